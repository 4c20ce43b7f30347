import { Api, moveClock } from '../support/api.ts';
import { expectRefusedField } from '../support/forms.ts';
import { newEmail, newPerson } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

test('T8 the three ways are on one page, and managers of passwords find their fields', async ({ page, server }) => {
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  await expect(account.login).toHaveAttribute('autocomplete', 'username');
  await expect(account.password).toHaveAttribute('autocomplete', 'current-password');
  await expect(account.stay).not.toBeChecked();
  await page.getByRole('link', { name: labels.lostIdentifier }).click();
  await expect(page).toHaveURL(server.url('/identifiant-oublie', 'extranet'));
  await page.goBack();
  await page.getByRole('link', { name: labels.lostPassword }).click();
  await expect(page).toHaveURL(server.url('/mot-de-passe-oublie', 'extranet'));
});

test('T8 empty fields are asked for', async ({ page, server }) => {
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  await account.signInButton.click();
  await expectRefusedField(page, account.login, pattern('error.login.required', { label: labels.login }));
  await expect(account.password).toHaveAttribute('aria-invalid', 'true');
});

test('T8 a wrong password keeps the address typed, and not the password', async ({ page, server, api }) => {
  const somebody = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  await account.trySignIn(somebody.email, 'pas le bon 47');
  await expect(page.getByRole('alert')).toContainText('incorrect');
  await expect(account.login).toHaveValue(somebody.email);
  await expect(account.password).toHaveValue('');
});

test('T8 a new token at each sign-in, and the old one is dead after signing out', async ({ page, context, server, api }) => {
  const somebody = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  const token = async (): Promise<string> => (await context.cookies()).find(({ name }) => name === 'palier-extranet')?.value ?? '';
  await account.signIn(somebody.email, somebody.password);
  const first = await token();
  expect(first).toMatch(/^[\w-]{43}$/);
  server.secrets.add(first);
  await account.signOut();
  await account.signIn(somebody.email, somebody.password);
  expect(await token()).not.toBe(first);
  const stolen = await api('extranet').call('GET', '/account/session', undefined, { cookie: `palier-extranet=${first}` });
  expect(stolen.status).toBe(401);
  expect(stolen.json.code).toBe('signed_out');
});

test('T8 signing out in one tab signs out the other', async ({ page, context, server, api }) => {
  const somebody = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.signIn(somebody.email, somebody.password);
  const second = await context.newPage();
  await second.goto(server.url('/compte', 'extranet'));
  await new Account(second, server, 'extranet').expectName(somebody);
  await account.signOut();
  await second.reload();
  await expect(second.getByLabel(labels.login)).toBeVisible();
  await expect(second.getByText(somebody.email)).toHaveCount(0);
});

test('T8 a visit ends after 20 minutes without activity, and after 12 hours whatever happens', async ({ page, ownServer }) => {
  const server = await ownServer();
  const somebody = newPerson(server, 'extranet');
  await new Api(server, 'extranet').account(somebody);
  const account = new Account(page, server, 'extranet');
  await account.signIn(somebody.email, somebody.password);
  await moveClock(server, { minutes: 19 });
  await page.goto(server.url('/compte', 'extranet'));
  await account.expectName(somebody);
  await moveClock(server, { minutes: 19 + 21 });
  await page.goto(server.url('/compte', 'extranet'));
  await expect(account.login).toBeVisible();

  await account.trySignIn(somebody.email, somebody.password);
  await account.expectName(somebody);
  const start = 40;
  for (let minutes = 15; minutes < 12 * 60; minutes += 15) {
    await moveClock(server, { minutes: start + minutes });
    // Opening a page is a sign of life; it carries who is signed in.
    const opened = await page.request.get(server.url('/compte', 'extranet'));
    expect(await opened.text(), `after ${minutes} minutes`).toContain(somebody.email);
  }
  await moveClock(server, { minutes: start + 12 * 60 + 1 });
  await page.goto(server.url('/compte', 'extranet'));
  await expect(account.login).toBeVisible();
});

test('T8 T13 staying signed in lasts 30 days', async ({ page, ownServer }) => {
  const server = await ownServer();
  const somebody = await new Api(server, 'ekidom').account();
  const account = new Account(page, server, 'ekidom');
  await account.signIn(somebody.email, somebody.password, true);
  await moveClock(server, { days: 29 });
  await page.goto(server.url('/compte', 'ekidom'));
  await account.expectName(somebody);
  await moveClock(server, { days: 31 });
  await page.goto(server.url('/compte', 'ekidom'));
  await expect(account.login).toBeVisible();
});

test('T8 P6 nobody learns whether an account exists: same page, status, size, and time', async ({ api, server }) => {
  const client = api('extranet');
  const known: number[] = [];
  const unknown: number[] = [];
  const bodies = new Set<string>();
  // Each account has 5 tries: a fresh one, and a fresh unknown address, for every four.
  for (let round = 0; round < 4; round += 1) {
    const somebody = await client.account();
    const nobody = newEmail(server, 'personne');
    for (let tries = 0; tries < 4; tries += 1) {
      for (const [login, times] of [[somebody.email, known], [nobody, unknown]] as const) {
        const answer = await client.signIn(login, 'pas le bon 47');
        expect(answer.status).toBe(401);
        const { request_id: _, tries_left: left, ...rest } = answer.json;
        expect(left).toBe(4 - tries);
        bodies.add(JSON.stringify(rest));
        times.push(answer.took);
      }
    }
  }
  expect([...bodies]).toHaveLength(1);
  const median = (times: number[]): number => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;
  // Without the dummy hash an unknown address would be answered in a tenth of the time.
  expect(median(unknown)).toBeGreaterThan(median(known) * 0.6);
  expect(median(unknown)).toBeLessThan(median(known) * 1.7);
});
