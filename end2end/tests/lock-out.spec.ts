import { Api, moveClock, startTheDay } from '../support/api.ts';
import { link } from '../support/mails.ts';
import { newEmail, newPassword } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

const WRONG = 'pas le bon 47';
const refused = (left: number): RegExp => pattern('problem.sign_in_refused', { tries_left: left });

test('P6 five wrong passwords: tries left are told, then 10 minutes, and the right one opens it afterwards', async ({ page, ownServer }) => {
  const server = await ownServer();
  const dawn = await startTheDay(server);
  const somebody = await new Api(server, 'extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  for (const left of [4, 3, 2, 1]) {
    await account.trySignIn(somebody.email, WRONG);
    await expect(page.getByRole('alert')).toContainText(refused(left));
  }
  await account.trySignIn(somebody.email, WRONG);
  await expect(page.getByRole('alert')).toContainText(pattern('problem.locked', { minutes: 10 }));
  await expect(page.getByRole('alert'), 'when it opens again').toContainText(/\d{1,2}\sh\s\d\d/);
  await account.trySignIn(somebody.email, somebody.password);
  await expect(page.getByRole('alert'), 'the right one doesn’t open it before').toContainText(/bloquée/);

  await moveClock(server, { minutes: dawn + 9 });
  await account.trySignIn(somebody.email, somebody.password);
  await expect(page.getByRole('alert')).toContainText(pattern('problem.locked', { minutes: 1 }));
  await moveClock(server, { minutes: dawn + 10 });
  await account.trySignIn(somebody.email, somebody.password);
  await account.expectSignedIn();
});

test('P6 the lock holds across a restart of the server, and the second one lasts twice as long', { tag: '@chromium' }, async ({ page, ownServer, watch }) => {
  const server = await ownServer();
  const dawn = await startTheDay(server);
  const client = new Api(server, 'extranet');
  const somebody = await client.account();
  watch.acceptLostNetwork();
  for (let tries = 0; tries < 3; tries += 1) await client.signIn(somebody.email, WRONG);
  await server.restart('SIGKILL');
  expect((await client.signIn(somebody.email, WRONG)).json.tries_left, 'tries are counted on').toBe(1);
  await client.signIn(somebody.email, WRONG);
  await server.restart();
  const account = new Account(page, server, 'extranet');
  // The same address as before: the lock is for those who come from it.
  await page.setExtraHTTPHeaders({ 'x-forwarded-for': client.visitor });
  await account.openSignIn();
  await account.trySignIn(somebody.email, somebody.password);
  await expect(page.getByRole('alert')).toContainText(/bloquée/);

  await moveClock(server, { minutes: dawn + 11 });
  const statuses = [];
  for (let tries = 0; tries < 5; tries += 1) statuses.push((await client.signIn(somebody.email, WRONG)).status);
  expect(statuses).toEqual([401, 401, 401, 401, 429]);
  const locked = await client.signIn(somebody.email, somebody.password);
  expect(locked.status).toBe(429);
  expect(locked.json.minutes).toBe(20);
});

test('P6 an account that doesn’t exist behaves the same: same words, same count, same lock', async ({ page, server, api, newDevice }) => {
  const somebody = await api('ekidom').account();
  const nobody = newEmail(server, 'personne');
  const told: string[][] = [];
  for (const [device, login] of [[page, somebody.email], [await newDevice(), nobody], [await newDevice(), 'K7TM-94PX']] as const) {
    const account = new Account(device, server, 'ekidom');
    await account.openSignIn();
    const words: string[] = [];
    for (const left of [4, 3, 2, 1, 0, 0]) {
      await account.trySignIn(login, WRONG);
      await expect(device.getByRole('alert')).toContainText(left === 0 ? /bloquée/ : refused(left));
      words.push((await device.getByRole('alert').innerText()).replace(/\d{1,2}\sh\s\d\d/, 'hour'));
    }
    told.push(words);
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);
});

test('P6 somebody else’s wrong tries don’t lock the tenant out', async ({ page, server, api }) => {
  const somebody = await api('extranet').account();
  const stranger = api('extranet');
  const statuses = [];
  for (let tries = 0; tries < 6; tries += 1) statuses.push((await stranger.signIn(somebody.email, WRONG)).status);
  expect(statuses).toEqual([401, 401, 401, 401, 429, 429]);
  const account = new Account(page, server, 'extranet');
  await account.signIn(somebody.email, somebody.password);
});

test('P6 T8 a new password opens a locked account at once', async ({ page, server, mailbox, api }) => {
  const somebody = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  for (let tries = 0; tries < 5; tries += 1) {
    await account.trySignIn(somebody.email, WRONG);
    await expect(account.password).toHaveValue('');
  }
  await expect(page.getByRole('alert')).toContainText(/bloquée/);
  await page.getByRole('link', { name: labels.lostPassword }).click();
  await account.login.fill(somebody.email);
  await page.getByRole('main').getByRole('button').last().click();
  const opened = link(await mailbox.mail(somebody.email, 'password_reset'), '/mot-de-passe-oublie/nouveau');
  const password = newPassword(server);
  await account.choosePassword(opened, password);
  await mailbox.mail(somebody.email, 'password_changed');
  await account.signIn(somebody.email, password);
});

test('P6 a sign-in that succeeds gives all the tries back', async ({ api }) => {
  const client = api('extranet');
  const somebody = await client.account();
  for (let tries = 0; tries < 4; tries += 1) await client.signIn(somebody.email, WRONG);
  expect((await client.signIn(somebody.email, somebody.password)).status).toBe(200);
  expect((await client.signIn(somebody.email, WRONG)).json.tries_left).toBe(4);
});

test('P6 tries sent all at once are all counted', async ({ api }) => {
  const client = api('extranet');
  const somebody = await client.account();
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.signIn(somebody.email, WRONG)));
  const statuses = answers.map(({ status }) => status).toSorted();
  expect(statuses.filter((status) => status === 401).length, 'never more than the tries there are').toBeLessThanOrEqual(5);
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
  expect((await client.signIn(somebody.email, somebody.password)).status).toBe(429);
});
