import type { BrowserContext } from '@playwright/test';
import { newPerson } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

test('X2 two tabs with two sign-ups don’t mix', { tag: '@chromium' }, async ({ page, context, server, person, mailbox }) => {
  const one = person('extranet');
  const other = person('extranet');
  const first = new SignUp(page, server, 'extranet');
  const second = new SignUp(await context.newPage(), server, 'extranet');
  await first.open();
  await second.open();
  await first.giveReference(one.lease.reference);
  await second.giveReference(other.lease.reference);
  await first.giveSignatory(one);
  await second.giveSignatory(other);
  await first.giveAccess(one.email, one.password);
  await second.giveAccess(other.email, other.password);
  await first.page.reload();
  await first.expectStep(3);
  await expect(first.email).toHaveValue(one.email);
  await first.password.fill(one.password);
  await first.continue();
  await expect(first.answer(labels.surname)).toHaveText(one.lease.surname);
  await expect(second.answer(labels.surname)).toHaveText(other.lease.surname);
  await first.send();
  await second.send();
  await first.expectSent();
  await second.expectSent();
  await mailbox.mail(one.email, 'confirm_sign_up');
  await mailbox.mail(other.email, 'confirm_sign_up');
});

test('X2 one sign-up sent from two tabs makes one account', { tag: '@chromium' }, async ({ page, context, server, person, mailbox }) => {
  const somebody = person('extranet');
  const first = new SignUp(page, server, 'extranet');
  const second = new SignUp(await context.newPage(), server, 'extranet');
  await first.toReview(somebody);
  await second.toReview(somebody);
  await Promise.all([first.send(), second.send()]);
  await first.expectSent();
  await second.expectSent();
  const mails = [await mailbox.mail(somebody.email, 'confirm_sign_up'), await mailbox.mail(somebody.email, 'confirm_sign_up')];
  const account = new Account(page, server, 'extranet');
  let active = 0;
  for (const mail of mails) {
    await account.confirm(mail);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expect(page.getByRole('button', { name: labels.confirm })).toHaveCount(0);
    if (!/plus récent/.test(await page.getByRole('main').innerText())) active += 1;
    await page.goto(server.url('/', 'extranet'));
  }
  expect(active, 'one of the two links is the newer one').toBe(1);
  await mailbox.mail(somebody.email, 'account_active');
  await account.signIn(somebody.email, somebody.password);
});

async function offline(context: BrowserContext, whether: boolean): Promise<void> {
  await context.setOffline(whether);
}

test('X2 the network is lost in the middle: it says so, keeps everything, and goes on when it is back', async ({
  page, context, server, person, mailbox, watch,
}) => {
  watch.acceptLostNetwork();
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await offline(context, true);
  await expect(page.getByRole('status').filter({ hasText: /hors connexion/ })).toBeVisible();
  // The first page needs no server.
  await signUp.giveReference(somebody.lease.reference);
  await signUp.surname.fill(somebody.lease.surname);
  await signUp.continue();
  await expect(page.getByRole('alert')).toContainText(/connexion|réseau/i);
  await expect(signUp.surname).toHaveValue(somebody.lease.surname);
  await offline(context, false);
  await expect(page.getByText(/hors connexion/)).toHaveCount(0);
  await signUp.continue();
  await signUp.expectStep(3);
  await signUp.giveAccess(somebody.email, somebody.password);

  await offline(context, true);
  await signUp.send();
  await expect(page.getByRole('alert')).toContainText(/connexion|réseau/i);
  await expect(signUp.terms).toBeChecked();
  await expect(signUp.answer(labels.email)).toHaveText(somebody.email);
  await offline(context, false);
  await page.getByRole('button', { name: labels.create, exact: true }).click();
  await signUp.expectSent();
  await mailbox.mail(somebody.email, 'confirm_sign_up');
  expect(mailbox.all(somebody.email)).toHaveLength(1);
});

test('X2 T8 the network is lost at the sign-in: nothing typed is lost', async ({ page, context, server, api, watch }) => {
  watch.acceptLostNetwork();
  const somebody = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  await account.login.fill(somebody.email);
  await account.password.fill(somebody.password);
  await offline(context, true);
  await account.signInButton.click();
  await expect(page.getByRole('alert')).toContainText(/connexion|réseau/i);
  await expect(account.login).toHaveValue(somebody.email);
  await offline(context, false);
  await account.trySignIn(somebody.email, somebody.password);
  await account.expectSignedIn();
});

test('X2 the server is restarted in the middle: the person only sees that it takes a second try', async ({ page, ownServer, watch }) => {
  watch.acceptLostNetwork();
  const server = await ownServer();
  const somebody = newPerson(server, 'extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.giveReference(somebody.lease.reference);
  await server.restart();
  await signUp.giveSignatory(somebody);
  await signUp.giveAccess(somebody.email, somebody.password);
  await server.stop();
  await signUp.send();
  await expect(page.getByRole('alert')).toContainText(/connexion|réseau|service/i);
  await expect(signUp.terms).toBeChecked();
  await server.start();
  await page.getByRole('button', { name: labels.create, exact: true }).click();
  await signUp.expectSent();
  const mail = await server.mailbox.mail(somebody.email, 'confirm_sign_up');
  await server.restart('SIGKILL');
  const account = new Account(page, server, 'extranet');
  await account.confirm(mail);
  await server.mailbox.mail(somebody.email, 'account_active');
  await account.signIn(somebody.email, somebody.password);
  await server.restart();
  await page.reload();
  await account.expectName(somebody);
  expect(server.mailbox.all(somebody.email)).toHaveLength(2);
});
