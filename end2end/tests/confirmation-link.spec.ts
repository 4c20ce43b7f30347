import { moveClock } from '../support/api.ts';
import { expectFocusedHeading } from '../support/forms.ts';
import { link } from '../support/mails.ts';
import { newPerson } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

const PATH = '/locataire/confirmation';

test('T6 a link already used says so and leads to signing in', async ({ page, server, mailbox, person }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  const mail = await mailbox.mail(somebody.email, 'confirm_sign_up');
  const account = new Account(page, server, 'extranet');
  await account.confirm(mail);
  await mailbox.mail(somebody.email, 'account_active');
  await page.goto(server.url('/', 'extranet'));
  await account.confirm(mail);
  await expect(page.getByRole('main')).toContainText(/déjà servi/);
  await expectFocusedHeading(page);
  await page.getByRole('main').getByRole('link', { name: labels.signIn }).first().click();
  await account.trySignIn(somebody.email, somebody.password);
  await account.expectSignedIn();
  expect(mailbox.all(somebody.email).map((known) => known.kind)).toEqual(['confirm_sign_up', 'account_active']);
});

test('T6 mail scanners that open links with GET and HEAD use nothing up', async ({ page, server, mailbox, person }) => {
  const somebody = person('ekidom');
  await new SignUp(page, server, 'ekidom').complete(somebody);
  const mail = await mailbox.mail(somebody.email, 'confirm_sign_up');
  const opened = link(mail, PATH);
  const token = new URL(opened).hash.slice(1);
  expect(new URL(opened).search, 'the secret is in the fragment, which no server sees').toBe('');
  for (const address of [opened, opened.replace('#', '?token='), opened.replace('#', '%23')]) {
    for (const method of ['HEAD', 'GET', 'HEAD']) {
      const answer = await fetch(address, { method });
      expect(await answer.text()).not.toContain(token);
    }
  }
  // A scanner with a whole browser: it opens the page and presses nothing.
  await page.goto(opened);
  await expect(page.getByRole('button', { name: labels.confirm })).toBeVisible();
  await page.goto(server.url('/', 'ekidom'));
  await new Account(page, server, 'ekidom').confirm(mail);
  await mailbox.mail(somebody.email, 'account_active');
});

test('T6 the link can be opened on another device', async ({ page, server, mailbox, person, newDevice }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  const telephone = await newDevice({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  const account = new Account(telephone, server, 'extranet');
  await account.confirm(await mailbox.mail(somebody.email, 'confirm_sign_up'));
  await mailbox.mail(somebody.email, 'account_active');
  await new Account(page, server, 'extranet').signIn(somebody.email, somebody.password);
});

test('T6 the link can be opened while signed in as somebody else, who stays signed in', async ({ page, server, mailbox, person, api }) => {
  const neighbour = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.signIn(neighbour.email, neighbour.password);
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  await account.confirm(await mailbox.mail(somebody.email, 'confirm_sign_up'));
  await mailbox.mail(somebody.email, 'account_active');
  await page.goto(server.url('/locataire', 'extranet'));
  await account.expectName(neighbour);
  await expect(page.getByRole('main')).not.toContainText(somebody.lease.reference);
  await account.signOut();
  await account.signIn(somebody.email, somebody.password);
  await account.expectName(somebody);
});

test('T6 an expired link says so, sends a fresh one at a click, and only the fresh one works', async ({ page, ownServer }) => {
  const server = await ownServer();
  const somebody = newPerson(server, 'extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  const mail = await server.mailbox.mail(somebody.email, 'confirm_sign_up');
  const account = new Account(page, server, 'extranet');
  await moveClock(server, { hours: 24, minutes: 1 });
  await account.confirm(mail);
  await expect(page.getByRole('main')).toContainText(/trop ancien|durée de validité|expiré/);
  await page.getByRole('main').getByRole('button', { name: /nouve/ }).click();
  const fresh = await server.mailbox.mail(somebody.email, 'confirm_sign_up');
  expect(link(fresh, PATH)).not.toBe(link(mail, PATH));
  await account.confirm(fresh);
  await server.mailbox.mail(somebody.email, 'account_active');
  await account.signIn(somebody.email, somebody.password);
});

test('T6 a link works to the last minute', async ({ page, ownServer }) => {
  const server = await ownServer();
  const somebody = newPerson(server, 'ekidom');
  await new SignUp(page, server, 'ekidom').complete(somebody);
  const mail = await server.mailbox.mail(somebody.email, 'confirm_sign_up');
  await moveClock(server, { hours: 23, minutes: 55 });
  await new Account(page, server, 'ekidom').confirm(mail);
  await server.mailbox.mail(somebody.email, 'account_active');
});

test('T6 the mail can be sent again from the page that follows the form', async ({ page, server, mailbox, person }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  const first = await mailbox.mail(somebody.email, 'confirm_sign_up');
  await page.getByRole('button', { name: /Renvoyer/ }).click();
  await expect(page.getByRole('status').filter({ hasText: /\S/ })).toBeVisible();
  const second = await mailbox.mail(somebody.email, 'confirm_sign_up');
  const account = new Account(page, server, 'extranet');
  await account.confirm(first);
  await expect(page.getByRole('main')).toContainText(/plus récent/);
  await account.confirm(second);
  await mailbox.mail(somebody.email, 'account_active');
});

const broken: [string, (token: string) => string][] = [
  ['cut', (token) => token.slice(0, 20)],
  ['empty', () => ''],
  ['changed', (token) => `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`],
];
for (const [what, change] of broken) {
  test(`T6 a link that was ${what} is told apart, and nothing happens`, async ({ page, server, mailbox, person }) => {
    const somebody = person('extranet');
    await new SignUp(page, server, 'extranet').complete(somebody);
    const opened = link(await mailbox.mail(somebody.email, 'confirm_sign_up'), PATH);
    const [address = '', token = ''] = opened.split('#');
    await page.goto(`${address}#${change(token)}`);
    const button = page.getByRole('button', { name: labels.confirm, exact: true });
    const told = page.getByRole('main').getByText(/incomplet|coupé|reconnu/).first();
    await expect(button.or(told).first()).toBeVisible();
    if (await button.isVisible()) await button.click();
    await expect(told).toBeVisible();
    expect(mailbox.all(somebody.email)).toHaveLength(1);
  });
}

test('T6 Back after confirming shows a page that does nothing again', async ({ page, server, mailbox, person }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  const account = new Account(page, server, 'extranet');
  await account.confirm(await mailbox.mail(somebody.email, 'confirm_sign_up'));
  await mailbox.mail(somebody.email, 'account_active');
  await page.getByRole('main').getByRole('link', { name: labels.signIn }).click();
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const again = page.getByRole('button', { name: labels.confirm, exact: true });
  if (await again.isVisible()) {
    await again.click();
    await expect(page.getByRole('main')).toContainText(/déjà servi/);
  }
  expect(mailbox.all(somebody.email)).toHaveLength(2);
});

test('T6 X2 the page of the link can be loaded again before the click, and shows no secret in its address', async ({ page, server, mailbox, person }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  await page.goto(link(await mailbox.mail(somebody.email, 'confirm_sign_up'), PATH));
  const button = page.getByRole('button', { name: labels.confirm, exact: true });
  await expect(button).toBeVisible();
  await expect(page).toHaveURL(server.url(PATH, 'extranet'));
  await page.reload();
  await button.click();
  await expectFocusedHeading(page);
  await mailbox.mail(somebody.email, 'account_active');
});

test('T6 the e-mail says what happened, what to do, and has both bodies', async ({ page, server, mailbox, person }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  const mail = await mailbox.mail(somebody.email, 'confirm_sign_up');
  expect(mail.html).toContain(`href="${link(mail, PATH)}"`);
  expect(mail.html).toMatch(/<html[^>]* lang="fr"/);
  expect(mail.html, 'nothing is loaded from elsewhere').not.toMatch(/<(img|script|link|iframe)\b/);
  for (const key of ['title', 'todo', 'not_you']) expect(mail.text).toMatch(pattern(`mail.confirm_sign_up.${key}`));
  expect(mail.text).toMatch(pattern('mail.confirm_sign_up.expires.other', { count: 24 }));
  expect(mail.parsed.from?.value[0]?.address).toMatch(/@/);
  expect(mail.parsed.messageId).toMatch(/^<.+@.+>$/);
  expect(mail.parsed.headers.get('auto-submitted')).toBe('auto-generated');
});
