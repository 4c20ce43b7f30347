import { Api } from '../support/api.ts';
import { expectRefusedField } from '../support/forms.ts';
import { newEmail, newPassword } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { Desk, newStaff } from '../support/pages/desk.ts';
import { newPartner } from '../support/partners.ts';
import { expectNoSidewaysScroll } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

test('X2 T9 another address: long, with spaces around it, without network, Back after the end', async ({ page, context, server, mailbox, watch }) => {
  watch.acceptLostNetwork();
  const somebody = await new Api(server, 'extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.signIn(somebody.email, somebody.password);
  await account.choose('email');
  const submit = page.getByRole('button', { name: text('email_change.submit'), exact: true });
  for (const typed of ['', `${'a'.repeat(300)}@exemple.fr`, 'sans arobase', 'deux@@exemple.fr']) {
    await account.changeEmail(typed, somebody.password);
    await expectRefusedField(page, account.newEmail, /\S/);
    await expect(account.newEmail, 'nothing typed is lost').toHaveValue(typed);
    await expectNoSidewaysScroll(page);
  }
  const wanted = newEmail(server);
  await context.setOffline(true);
  await account.changeEmail(`  ${wanted}\u00a0`, somebody.password);
  await expect(page.getByRole('alert').last()).toContainText(text('network.lost'));
  await expect(account.presentPassword).toHaveValue(somebody.password);
  await context.setOffline(false);
  await submit.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('email_change.sent.title'));
  await mailbox.mail(wanted, 'confirm_email');
  await page.goBack();
  await page.goForward();
  await expect(page.getByRole('main')).toBeVisible();
  expect(mailbox.all(wanted), 'nothing is sent again').toHaveLength(1);
});

test('X2 T9 another password: a double click changes it once; a visit that ended elsewhere says so', async ({ page, context, server, mailbox, newDevice, watch }) => {
  watch.accept(/status of (401|403)/);
  const somebody = await new Api(server, 'extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.signIn(somebody.email, somebody.password);
  const tab = new Account(await context.newPage(), server, 'extranet');
  await tab.page.goto(tab.url('/compte/mot-de-passe'));
  await account.choose('password');
  const submit = page.getByRole('button', { name: text('password_change.submit'), exact: true });
  for (const typed of ['', 'court', 'x'.repeat(300), somebody.password]) {
    await account.presentPassword.fill(somebody.password);
    await account.newPassword.fill(typed);
    await submit.click();
    await expectRefusedField(page, account.newPassword, /\S/);
    await expectNoSidewaysScroll(page);
  }
  const password = newPassword(server);
  await account.presentPassword.fill(somebody.password);
  await account.newPassword.fill(password);
  await submit.dblclick();
  await expect(page.getByRole('main')).toContainText(text('password_change.done'));
  await mailbox.mail(somebody.email, 'password_changed');

  await test.step('ended from another device: it is said, and signing in leads back', async () => {
    const device = new Account(await newDevice(), server, 'extranet');
    await device.signIn(somebody.email, password);
    await device.page.goto(device.url('/compte'));
    await device.page.getByRole('button', { name: text('sessions.end_others'), exact: true }).click();
    await expect(device.sessions).toHaveCount(1);
    await tab.changePassword(password, newPassword(server));
    await expect(tab.page).toHaveURL(tab.url('/connexion?retour=/compte/mot-de-passe'));
    await expect(tab.page.getByRole('main')).toContainText(text('session.ended'));
    await tab.trySignIn(somebody.email, password);
    await expect(tab.page).toHaveURL(tab.url('/compte/mot-de-passe'));
  });
  await test.step('signed out in one tab: the other one knows', async () => {
    await page.goto(account.url('/compte'));
    await account.signOut();
    await tab.expectSignedOut();
  });
  expect(mailbox.all(somebody.email).filter(({ kind }) => kind === 'password_changed'), 'once').toHaveLength(1);
});

test('X2 P7 at the desk: a double click sends one e-mail, two agents send one, a lost network loses nothing', async ({ page, context, ownServer, newDevice, watch }) => {
  test.slow();
  watch.acceptLostNetwork();
  watch.accept(/status of 409/);
  const server = await ownServer();
  const partner = await newPartner(server);
  await server.mailbox.mail(partner.email, 'partner_identifiers');
  const sent = (): number => server.mailbox.all(partner.email).length;
  const desks: Desk[] = [];
  for (const device of [page, await newDevice()]) {
    const desk = new Desk(device, server, 'partenaires');
    await desk.comeFirst(await newStaff(server, 'partenaires', 'support'));
    await desk.openCaller(partner.number, partner.number);
    desks.push(desk);
  }
  const [first, second] = desks as [Desk, Desk];
  const yes = text('support.help.lost_by_mail.yes');

  await context.setOffline(true);
  await first.press('support.help.lost_by_mail.yes');
  await page.getByRole('dialog').getByRole('button', { name: yes, exact: true }).click();
  await first.expectTold(text('network.lost'));
  await context.setOffline(false);
  expect(sent()).toBe(1);
  await first.press('support.help.lost_by_mail.yes');
  await page.getByRole('dialog').getByRole('button', { name: yes, exact: true }).dblclick();
  await first.expectTold(text('support.help.lost_by_mail.done'));
  await expect.poll(sent).toBe(2);

  await test.step('the other agent, who has the sheet open still, sends another only by saying so again', async () => {
    await second.helpCaller('lost_by_mail');
    await expect.poll(sent).toBe(3);
    await second.page.goBack();
    await expect(second.page.getByLabel(text('support.accounts.search'), { exact: true }), 'Back comes to what was found').toHaveValue(partner.number);
    await expect(second.main.getByRole('link', { name: partner.number })).toBeVisible();
    await second.page.goForward();
    await second.expectTitle('support.sheet.title');
  });

  await test.step('a visit that ended in another tab', async () => {
    const tab = await context.newPage();
    await tab.goto(first.url());
    await tab.getByRole('button', { name: text('menu.sign_out'), exact: true }).click();
    await first.expectTitle('desk.sign_in.title');
    expect(sent()).toBe(3);
  });

  await test.step('names of 300 characters, and words that mean something in a search', async () => {
    for (const typed of ['x'.repeat(300), '%', '_', "' OR 1=1 --", '\u202e', '<script>']) {
      await second.rooms.getByRole('link', { name: text('support.accounts.title'), exact: true }).click();
      await second.page.getByLabel(text('support.accounts.search'), { exact: true }).fill(typed);
      await second.press('desk.search');
      await expect(second.main).toContainText(/Rien ne correspond|Saisissez un numéro/);
      await expect(second.main.getByRole('row')).toHaveCount(0);
      await expectNoSidewaysScroll(second.page);
    }
  });
});
