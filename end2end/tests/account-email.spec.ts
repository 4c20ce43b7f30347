import { Api, moveClock } from '../support/api.ts';
import { expectRefusedField } from '../support/forms.ts';
import { link } from '../support/mails.ts';
import { newEmail, newPassword } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { expectSound } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

test.describe('T9 another e-mail address', () => {
  test('T9 is asked in the menu, confirmed from the new mailbox, and signed in with', async ({ page, server, mailbox, newDevice }) => {
    const somebody = await new Api(server, 'extranet').account();
    const account = new Account(page, server, 'extranet');
    const wanted = newEmail(server);
    await account.signIn(somebody.email, somebody.password);
    await account.choose('email');
    await expect(page).toHaveURL(account.url('/compte/adresse'));
    await expectSound(page);
    await expect(page.getByRole('main')).toMatchAriaSnapshot(`
      - link "Retour"
      - heading "Modifier mon adresse e-mail" [level=1]
      - paragraph: /Votre adresse actuelle reçoit aussi un message/
      - text: Nouvelle adresse e-mail
      - textbox "Nouvelle adresse e-mail"
      - text: Mot de passe actuel
      - textbox "Mot de passe actuel"
      - button "Changer d'adresse"
    `);

    await test.step('what is wrong is said at its field, and nothing typed is lost', async () => {
      await account.changeEmail(somebody.email, somebody.password);
      await expectRefusedField(page, account.newEmail, pattern('error.email.unchanged'));
      await account.changeEmail(wanted, 'pas le bon 47');
      await expect(page.getByRole('alert').last()).toContainText(pattern('problem.password_refused', { tries_left: 4 }));
      await expect(account.newEmail).toHaveValue(wanted);
      await expect(account.presentPassword).toHaveValue('');
    });

    await test.step('a double click asks once', async () => {
      await account.presentPassword.fill(somebody.password);
      await page.getByRole('button', { name: text('email_change.submit'), exact: true }).dblclick();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('email_change.sent.title'));
      await expectSound(page);
      await page.reload();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('email_change.sent.title'));
    });

    const told = await mailbox.mail(somebody.email, 'email_change_asked');
    expect(told.text).toContain(wanted);
    expect(mailbox.all(wanted).map((mail) => mail.kind)).toEqual(['confirm_email']);

    await test.step('the link works on another device, once', async () => {
      const device = await newDevice();
      const theirs = new Account(device, server, 'extranet');
      const opened = link(await mailbox.mail(wanted, 'confirm_email'), '/compte/adresse/confirmation');
      await device.goto(opened);
      await expectSound(device);
      await theirs.follow(opened, 'email_confirmation');
      await expect(device.getByRole('heading', { level: 1 })).toHaveText(text('email_confirmation.done.title'));
      await theirs.signIn(wanted, somebody.password);
    });

    await page.goto(account.url('/compte'));
    await expect(page.getByRole('main')).toContainText(wanted);
    await mailbox.mail(somebody.email, 'email_changed');
  });

  test('T9 who has the former address undoes it until the last second of seven days', async ({ page, ownServer }) => {
    const server = await ownServer();
    const somebody = await new Api(server, 'extranet').account();
    const account = new Account(page, server, 'extranet');
    const wanted = newEmail(server);
    await account.signIn(somebody.email, somebody.password);
    await page.goto(account.url('/compte/adresse'));
    await account.changeEmail(wanted, somebody.password);
    const confirm = link(await server.mailbox.mail(wanted, 'confirm_email'), '/compte/adresse/confirmation');
    await account.follow(confirm, 'email_confirmation');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('email_confirmation.done.title'));
    const undo = link(await server.mailbox.mail(somebody.email, 'email_changed'), '/compte/adresse/opposition');

    await moveClock(server, { minutes: 7 * 24 * 60 - 1 });
    await page.goto(undo);
    await expectSound(page);
    await account.follow(undo, 'email_objection');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('email_objection.done.title'));
    const reset = link(await server.mailbox.mail(somebody.email, 'password_reset'), '/mot-de-passe-oublie/nouveau');
    const password = newPassword(server);
    await account.choosePassword(reset, password);
    await server.mailbox.mail(somebody.email, 'password_changed');
    await account.signIn(somebody.email, password);
    await page.goto(account.url('/compte'));
    await expect(page.getByRole('main')).toContainText(somebody.email);
    await page.goto(undo);
    await account.follow(undo, 'email_objection');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('email_objection.link_used.title'));
  });

  test('T9 an address with an account is answered alike, and told by e-mail', async ({ page, server, mailbox }) => {
    const api = new Api(server, 'extranet');
    const [somebody, other] = [await api.account(), await api.account()];
    const account = new Account(page, server, 'extranet');
    await account.signIn(somebody.email, somebody.password);
    await page.goto(account.url('/compte/adresse'));
    await account.changeEmail(other.email, somebody.password);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('email_change.sent.title'));
    await mailbox.mail(other.email, 'email_taken');
    await page.goto(account.url('/compte/adresse/confirmation'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('email_confirmation.link_unknown.title'));
  });
});
