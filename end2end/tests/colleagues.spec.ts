import { moveClock } from '../support/api.ts';
import { colleague } from '../support/clients.ts';
import { link } from '../support/mails.ts';
import { Account } from '../support/pages/account.ts';
import { Registration } from '../support/pages/registration.ts';
import { becomeAdministrator, fullName, Users } from '../support/pages/users.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

const LOANS = 'Consultation des prêts';
const PAYMENTS = 'Échéances et paiements';

test.describe('colleagues of the first administrator', () => {
  test('A7 document 001, case 2: from the number to a first sign-in with limited rights', async ({ page, server, mailbox, newDevice }) => {
    test.slow();
    const office = await becomeAdministrator(page, server);
    const users = new Users(page, server);
    const theirs = await newDevice();
    const somebody = colleague(server, office);
    const registration = new Registration(theirs, server);

    await test.step('A7 told that there is an account, and not whose', async () => {
      await registration.open();
      await registration.giveNumber(office.number);
      await expect(registration.main).toContainText(office.name);
      for (const secret of [office.surname, office.email]) await expect(registration.main).not.toContainText(secret);
      await expectNoAxe(theirs);
      await registration.givePerson(somebody);
      await registration.terms.check();
      await registration.submit();
      await registration.expectSent();
    });

    await test.step('A7 the request leaves when the address is proven; no letter does', async () => {
      await registration.confirm(link(await mailbox.mail(somebody.email, 'confirm_request'), '/administrateur/confirmation'));
      await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(text('registered.requested.title'));
      await expectNoAxe(theirs);
      const listed = await server.command('letters', 'list', '--portal', 'prets');
      expect(listed.output.split(office.name), 'the first administrator’s, and no other').toHaveLength(2);
    });

    await test.step('A7 the administrator is told, and a standing notice asks for a second one', async () => {
      const told = await mailbox.mail(office.email, 'access_asked');
      expect(told.text).toContain(fullName(somebody));
      expect(told.links).toContain(users.url());
      await users.open(office);
      await expect(users.main).toContainText(text('users.alone.title'));
      await expectNoAxe(page);
    });

    await test.step('A7 no rights at all is refused; then some are given', async () => {
      await users.press('accept', fullName(somebody));
      await users.submit('accept');
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expectNoAxe(page);
      await users.grant({ [LOANS]: 'consult', [PAYMENTS]: 'act' });
      await users.submit('accept');
      await users.expectTold('accept', fullName(somebody));
      await expectNoAxe(page);
    });

    await test.step('A7 the link of the e-mail lets a password be chosen; the terms were accepted before', async () => {
      const granted = await mailbox.mail(somebody.email, 'access_granted');
      await new Users(theirs, server).join(link(granted, '/organisme/invitation'), somebody, false);
      await expectNoAxe(theirs);
      await mailbox.mail(somebody.email, 'colleague_active');
    });

    await test.step('A8 their first sign-in shows their rights, and not the others', async () => {
      await new Account(theirs, server, 'prets').signIn(somebody.email, somebody.password);
      const main = theirs.getByRole('main');
      for (const words of [office.name, LOANS, PAYMENTS, text('account.user')]) await expect(main).toContainText(words);
      await expect(main).not.toContainText('Demandes de prêt');
      await expectNoAxe(theirs);
      await theirs.goto(users.url());
      await expect(theirs.getByRole('main')).toContainText(text('problem.no_client'));
      await expect(theirs.getByRole('main')).not.toContainText(office.email);
      await expectNoAxe(theirs);
    });

    await test.step('A9 the journal tells all of it', async () => {
      await page.goto(users.url('journal'));
      for (const words of [fullName(somebody), fullName(office), LOANS]) await expect(page.getByRole('main')).toContainText(words);
      await expectNoAxe(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScroll(page);
      await page.goto(users.url());
      await expect(users.row(fullName(somebody))).toBeVisible();
      await expectNoSidewaysScroll(page);
    });
  });

  test('A7 a request is refused with a reason, which the person reads; asking again is possible', async ({ page, server, mailbox, newDevice }) => {
    test.slow();
    const office = await becomeAdministrator(page, server);
    const users = new Users(page, server);
    const theirs = await newDevice();
    const somebody = colleague(server, office);
    const registration = new Registration(theirs, server);
    await registration.complete(somebody);
    await registration.confirm(link(await mailbox.mail(somebody.email, 'confirm_request'), '/administrateur/confirmation'));
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(text('registered.requested.title'));
    await users.open(office);
    await users.press('refuse', fullName(somebody));
    await users.submit('refuse');
    await expect(page.getByRole('alert').first()).toContainText(text('field.reason.label'));
    const reason = 'Je ne vous connais pas <b>du tout</b>.';
    await page.getByLabel(text('field.reason.label'), { exact: true }).fill(reason);
    await users.submit('refuse');
    await users.expectTold('refuse', fullName(somebody));
    const refused = await mailbox.mail(somebody.email, 'access_refused');
    expect(refused.text).toContain(reason);
    expect(refused.html).not.toContain('<b>du tout</b>');
    const later = await newDevice();
    const again = new Registration(later, server);
    await again.complete(somebody);
    await again.confirm(link(await mailbox.mail(somebody.email, 'confirm_request'), '/administrateur/confirmation'));
    await expect(later.getByRole('heading', { level: 1 })).toHaveText(text('registered.requested.title'));
  });

  test('A8 invited, suspended, back again, named administrator: each at once, and each told', async ({ page, server, mailbox, newDevice }) => {
    test.slow();
    const office = await becomeAdministrator(page, server);
    const users = new Users(page, server);
    const theirs = await newDevice();
    const somebody = colleague(server, office);
    const name = fullName(somebody);
    const account = new Account(theirs, server, 'prets');

    await test.step('A8 invited by a link, with the terms to accept', async () => {
      await users.open(office);
      await users.invite(somebody, { [LOANS]: 'validate' });
      await expect(users.row(name)).toContainText(somebody.email);
      await expectNoAxe(page);
      const invitation = await mailbox.mail(somebody.email, 'invitation');
      expect(invitation.text).toContain(fullName(office));
      await new Users(theirs, server).join(link(invitation, '/organisme/invitation'), somebody, true);
      await account.signIn(somebody.email, somebody.password);
    });

    await test.step('A8 the only administrator can’t leave', async () => {
      await users.open(office);
      await expect(users.row(text('users.you', { name: fullName(office) })).getByRole('button', { name: text('users.leave.open') })).toHaveCount(0);
    });

    await test.step('A8 suspended: the open session ends, and the right password says why', async () => {
      await users.decide('suspend', name);
      await mailbox.mail(somebody.email, 'user_suspended');
      await theirs.goto(server.url('/compte', 'prets'));
      await expect(theirs).toHaveURL(/connexion/);
      await account.trySignIn(somebody.email, somebody.password);
      await expect(theirs.getByRole('alert')).toContainText(text('problem.suspended'));
      await expectNoAxe(theirs);
    });

    await test.step('A8 back again, then administrator: both see the same, and the notice is gone', async () => {
      await users.decide('resume', name);
      await users.decide('promote', name);
      await expect(users.main).not.toContainText(text('users.alone.title'));
      await account.signIn(somebody.email, somebody.password);
      const second = new Users(theirs, server);
      await second.open(office);
      await second.decide('demote', fullName(office));
    });

    await test.step('A8 who was demoted on the other device is told at the next click', async () => {
      await users.press('suspend', name);
      await page.getByRole('dialog').getByRole('button', { name: text('users.suspend.yes'), exact: true }).click();
      await expect(users.main).toContainText(text('problem.no_client'));
    });

    await test.step('A8 removed: out at once, and no way back by the same password', async () => {
      const second = new Users(theirs, server);
      await second.open(office);
      await second.decide('remove', fullName(office));
      await page.goto(server.url('/compte', 'prets'));
      await expect(page).toHaveURL(/connexion/);
      const first = new Account(page, server, 'prets');
      await first.trySignIn(office.email, office.password);
      await expect(page.getByRole('alert')).toBeVisible();
      await expect(page).toHaveURL(/connexion/);
    });
  });

  test('A8 the link of an invitation: sent again, cancelled, too old', async ({ page, ownServer, newDevice }) => {
    test.slow();
    const server = await ownServer();
    const office = await becomeAdministrator(page, server);
    const users = new Users(page, server);
    const theirs = await newDevice();
    const somebody = colleague(server, office);
    await users.open(office);
    await users.invite(somebody, { [PAYMENTS]: 'act' });
    const first = await server.mailbox.mail(somebody.email, 'invitation');
    await users.press('resend', fullName(somebody));
    await users.expectTold('resend', fullName(somebody));
    const second = await server.mailbox.mail(somebody.email, 'invitation');
    await theirs.goto(link(first, '/organisme/invitation'));
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(text('invitation.link_superseded.title'));
    await expectNoAxe(theirs);
    await moveClock(server, { days: 8 });
    await theirs.goto(link(second, '/organisme/invitation'));
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(text('invitation.link_expired.title'));
    // Too long without a sign of life: the administrator signs in again.
    await new Account(page, server, 'prets').signIn(office.email, office.password);
    await users.open(office);
    await expect(users.row(fullName(somebody))).toBeVisible();
    await users.decide('withdraw', fullName(somebody));
    await theirs.goto(link(second, '/organisme/invitation'));
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(text('invitation.link_expired.title'));
  });
});
