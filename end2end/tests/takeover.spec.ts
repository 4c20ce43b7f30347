import type { Page } from '@playwright/test';
import { moveClock } from '../support/api.ts';
import { type ClientOffice, colleague } from '../support/clients.ts';
import { printLetter } from '../support/letters.ts';
import { link } from '../support/mails.ts';
import { Account } from '../support/pages/account.ts';
import { Registration } from '../support/pages/registration.ts';
import { becomeAdministrator, fullName, Users } from '../support/pages/users.ts';
import { newPassword } from '../support/people.ts';
import { expectNoAxe } from '../support/quality.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

const LOANS = 'Consultation des prêts';

/** Somebody says that no administrator is left, and proves the address. */
async function takeOver(page: Page, server: Server, somebody: ClientOffice): Promise<Registration> {
  const registration = new Registration(page, server);
  await registration.open();
  await registration.giveNumber(somebody.number);
  await page.getByRole('checkbox', { name: text('field.takeover.label') }).check();
  await expectNoAxe(page);
  await registration.givePerson(somebody);
  await registration.terms.check();
  await registration.submit();
  await registration.expectSent();
  const asked = await server.mailbox.mail(somebody.email, 'confirm_takeover');
  await registration.confirm(link(asked, '/administrateur/confirmation'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('registered.done.title'));
  return registration;
}

test.describe('A8 no administrator is left', () => {
  test('A8 the letter waits for objections; then its code makes a second administrator', async ({ page, ownServer, newDevice }) => {
    test.slow();
    const server = await ownServer();
    const office = await becomeAdministrator(page, server);
    const theirs = await newDevice();
    const somebody = colleague(server, office);
    const registration = await takeOver(theirs, server, somebody);
    const told = await server.mailbox.mail(office.email, 'takeover_asked');
    expect(told.text).toContain(fullName(somebody));
    const held = await server.mailbox.mail(somebody.email, 'takeover_held');
    await theirs.goto(link(held, '/administrateur/courrier'));
    await expect(registration.main).toContainText(text('letter.stage.asked'));
    await expectNoAxe(theirs);
    await expect(printLetter(server, office.name)).rejects.toThrow();

    await moveClock(server, { days: 10, minutes: 1 });
    const letter = await printLetter(server, office.name);
    await registration.openActivation();
    await registration.activate(somebody, letter.code);
    await expect(theirs.getByText(text('activation.done'))).toBeVisible();
    const one = await server.mailbox.mail(office.email, 'other_administrator_named');
    expect(one.text).toContain(`${text('mail.other_administrator_named.representative')} a nommé ${fullName(somebody)}`);
    await new Account(theirs, server, 'prets').signIn(somebody.email, somebody.password);
    const users = new Users(theirs, server);
    await users.open(office);
    await expect(users.row(fullName(office)), 'the first one stays, until somebody decides').toBeVisible();
    await theirs.goto(link(told, '/organisme/opposition'));
    await theirs.getByRole('button', { name: text('objection.submit'), exact: true }).click();
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(text('objection.link_expired.title'));
  });

  test('A8 an administrator objects: no letter leaves, the request comes to them', async ({ page, server, mailbox, newDevice }) => {
    test.slow();
    const office = await becomeAdministrator(page, server);
    const somebody = colleague(server, office);
    await takeOver(await newDevice(), server, somebody);
    const told = await mailbox.mail(office.email, 'takeover_asked');
    await page.goto(link(told, '/organisme/opposition'));
    await expectNoAxe(page);
    await page.getByRole('button', { name: text('objection.submit'), exact: true }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('objection.done.title'));
    await expectNoAxe(page);
    await mailbox.mail(somebody.email, 'takeover_objected');
    const users = new Users(page, server);
    await users.open(office);
    await expect(users.row(fullName(somebody))).toContainText(somebody.email);
    await page.goto(users.url('journal'));
    await expect(page.getByRole('main')).toContainText(text('journal.designation_objected', { by: fullName(office), name: fullName(somebody), email: somebody.email }));
  });

  test('A8 a colleague who has an account takes over with it: another password, the same rights', async ({ page, ownServer, newDevice }) => {
    test.slow();
    const server = await ownServer();
    const office = await becomeAdministrator(page, server);
    const users = new Users(page, server);
    const somebody = colleague(server, office);
    const theirs = await newDevice();
    const account = new Account(theirs, server, 'prets');
    await users.open(office);
    await users.invite(somebody, { [LOANS]: 'act' });
    const invitation = await server.mailbox.mail(somebody.email, 'invitation');
    await new Users(theirs, server).join(link(invitation, '/organisme/invitation'), somebody, true);
    await account.signIn(somebody.email, somebody.password);

    const elsewhere = await newDevice();
    const renewed = { ...somebody, password: newPassword(server) };
    const registration = await takeOver(elsewhere, server, renewed);
    await server.mailbox.mail(office.email, 'takeover_asked');
    await moveClock(server, { days: 10, minutes: 1 });
    const letter = await printLetter(server, office.name);
    await registration.openActivation();
    await registration.activate(renewed, letter.code);
    await expect(elsewhere.getByText(text('activation.done'))).toBeVisible();
    await expectNoAxe(elsewhere);
    await server.mailbox.mail(somebody.email, 'password_changed');

    await new Account(elsewhere, server, 'prets').signIn(renewed.email, renewed.password);
    const theirUsers = new Users(elsewhere, server);
    await theirUsers.open(office);
    const row = theirUsers.row(fullName(somebody));
    await expect(row).toHaveCount(1);
    await expect(row).toContainText(text('users.role.administrator'));
    await expect(row, 'what they could do before').toContainText(LOANS);
    await expect(theirUsers.row(fullName(office))).toBeVisible();
  });
});
