import { Api, moveClock } from '../support/api.ts';
import { expectRefusedField } from '../support/forms.ts';
import { identifier, link } from '../support/mails.ts';
import { newEmail, newPassword } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

const NEW = '/mot-de-passe-oublie/nouveau';

/** Asks for the link that opens a new password, from the sign-in page on. */
async function askReset(account: Account, login: string): Promise<string> {
  await account.openSignIn();
  await account.page.getByRole('link', { name: labels.lostPassword }).click();
  await account.login.fill(login);
  await account.page.getByRole('main').getByRole('button').click();
  await expect(account.page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(account.login).toHaveCount(0);
  return (await account.page.getByRole('main').innerText()).replaceAll(login, 'x');
}

test('T8 forgets the password, chooses another by the link, once; other devices are signed out and the owner is told', async ({
  page, server, mailbox, api, newDevice,
}) => {
  const somebody = await api('extranet').account();
  const elsewhere = await newDevice();
  await new Account(elsewhere, server, 'extranet').signIn(somebody.email, somebody.password, true);

  const account = new Account(page, server, 'extranet');
  await askReset(account, somebody.email);
  const mail = await mailbox.mail(somebody.email, 'password_reset');
  const opened = link(mail, NEW);
  const password = newPassword(server);
  await account.choosePassword(opened, 'court 1');
  await expectRefusedField(page, account.newPassword, pattern('error.password_short', { min: 8, found: 7 }));
  await account.choosePassword(opened, password);
  await expect(page.getByRole('main')).toContainText(/mot de passe/);
  await mailbox.mail(somebody.email, 'password_changed');

  await elsewhere.goto(server.url('/compte', 'extranet'));
  await expect(elsewhere.getByLabel(labels.login)).toBeVisible();
  await account.openSignIn();
  await account.trySignIn(somebody.email, somebody.password);
  await expect(page.getByRole('alert')).toContainText('incorrect');
  await account.trySignIn(somebody.email, password);
  await account.expectSignedIn();
  await account.signOut();

  await account.choosePassword(opened, newPassword(server));
  await expect(page.getByRole('main')).toContainText(/déjà servi/);
});

test('T8 the link for a new password ends after 24 hours', async ({ page, ownServer }) => {
  const server = await ownServer();
  const somebody = await new Api(server, 'extranet').account();
  const account = new Account(page, server, 'extranet');
  await askReset(account, somebody.email);
  const opened = link(await server.mailbox.mail(somebody.email, 'password_reset'), NEW);
  await moveClock(server, { hours: 24, minutes: 1 });
  await account.choosePassword(opened, newPassword(server));
  await expect(page.getByRole('main')).toContainText(/trop ancien|durée de validité|expiré/);
  await account.signIn(somebody.email, somebody.password);
});

test('T8 a newer link replaces the older one', async ({ page, server, mailbox, api }) => {
  const somebody = await api('ekidom').account();
  const account = new Account(page, server, 'ekidom');
  await askReset(account, somebody.email);
  const older = link(await mailbox.mail(somebody.email, 'password_reset'), NEW);
  await askReset(account, somebody.email);
  const newer = link(await mailbox.mail(somebody.email, 'password_reset'), NEW);
  const password = newPassword(server);
  await account.choosePassword(older, password);
  await expect(page.getByRole('main')).toContainText(/plus récent/);
  await account.choosePassword(newer, password);
  await mailbox.mail(somebody.email, 'password_changed');
  await account.signIn(somebody.email, password);
});

test('T4 T8 the new password follows the rules of the account’s owner', async ({ page, server, mailbox, api }) => {
  const somebody = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  await askReset(account, somebody.email);
  const opened = link(await mailbox.mail(somebody.email, 'password_reset'), NEW);
  for (const [password, code] of [
    [`${somebody.lease.firstName}-2026`, 'password_starts_first_name'],
    [`${somebody.lease.surname}-2026`, 'password_starts_surname'],
    ['password1', 'password_well_known'],
  ] as const) {
    await page.goto(server.url('/', 'extranet'));
    await account.choosePassword(opened, password);
    await expectRefusedField(page, account.newPassword, pattern(`error.${code}`));
  }
  const password = newPassword(server);
  await account.newPassword.fill(password);
  await account.newPassword.press('Enter');
  await mailbox.mail(somebody.email, 'password_changed');
  await account.signIn(somebody.email, password);
});

test('T8 a new password also by the identifier', async ({ page, server, mailbox, api }) => {
  const somebody = await api('extranet').account();
  const told = identifier(await mailbox.mail(somebody.email, 'account_active'));
  const account = new Account(page, server, 'extranet');
  await askReset(account, told.toLowerCase());
  await mailbox.mail(somebody.email, 'password_reset');
});

test('T8 the same answer whether or not the account exists', async ({ page, server, mailbox, api }) => {
  const somebody = await api('extranet').account();
  const nobody = newEmail(server, 'personne');
  const account = new Account(page, server, 'extranet');
  expect(await askReset(account, nobody)).toBe(await askReset(account, somebody.email));
  const client = api('extranet');
  const answers = [];
  for (const login of [nobody, somebody.email, 'K7TM-94PX']) {
    const { status, text, headers } = await client.post('/account/password-resets', { login });
    answers.push(JSON.stringify([status, text, [...headers.keys()].sort()]));
  }
  expect(new Set(answers).size).toBe(1);
  await mailbox.mail(somebody.email, 'password_reset');
  expect(mailbox.all(nobody)).toEqual([]);
});

test('T8 forgets the identifier, is told it by mail, and signs in with it', async ({ page, server, mailbox, api }) => {
  const somebody = await api('ekidom').account();
  const told = identifier(await mailbox.mail(somebody.email, 'account_active'));
  const account = new Account(page, server, 'ekidom');
  const ask = async (email: string): Promise<string> => {
    await account.openSignIn();
    await page.getByRole('link', { name: labels.lostIdentifier }).click();
    await page.getByLabel(labels.email, { exact: true }).fill(email);
    await page.getByRole('main').getByRole('button').last().click();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page.getByLabel(labels.email, { exact: true })).toHaveCount(0);
    return (await page.getByRole('main').innerText()).replaceAll(email, 'x');
  };
  const nobody = newEmail(server, 'personne');
  expect(await ask(nobody)).toBe(await ask(somebody.email));
  expect(identifier(await mailbox.mail(somebody.email, 'identifier_reminder'))).toBe(told);
  expect(mailbox.all(nobody)).toEqual([]);
  await account.signIn(told, somebody.password);
});

test('T6 T8 a password asked for before confirming sends the confirmation again', async ({ page, server, mailbox, person }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  await mailbox.mail(somebody.email, 'confirm_sign_up');
  const account = new Account(page, server, 'extranet');
  await askReset(account, somebody.email);
  await account.confirm(await mailbox.mail(somebody.email, 'confirm_sign_up'));
  await mailbox.mail(somebody.email, 'account_active');
  await account.signIn(somebody.email, somebody.password);
});
