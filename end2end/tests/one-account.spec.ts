import { newEmail } from '../support/people.ts';
import { link } from '../support/mails.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

test('T5 a second try for a home learns nothing on the page, and by mail nothing about who', async ({ page, server, mailbox, api, person }) => {
  const first = await api('extranet').account();
  await mailbox.mail(first.email, 'account_active');
  const second = person('extranet', server);
  const again = { ...second, lease: first.lease };
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.complete(again);
  const shown = (await page.getByRole('main').innerText()).replace(again.email, 'x');

  const mail = await mailbox.mail(again.email, 'home_has_account');
  expect(mail.raw + mail.text).not.toContain(first.email);
  expect(mail.raw + mail.text).not.toContain(first.email.split('@')[0]);
  expect(mail.links, 'the ways to recover').toEqual(
    expect.arrayContaining([server.url('/identifiant-oublie', 'extranet'), server.url('/mot-de-passe-oublie', 'extranet')]),
  );
  expect(mail.text, 'and the landlord’s number').toMatch(/\d\d( \d\d){4}/);
  expect(mail.links.some((known) => known.includes('/confirmation'))).toBe(false);

  // Word for word what somebody sees whose home has no account.
  const free = person('extranet');
  await new SignUp(page, server, 'extranet').complete(free, 'used');
  expect((await page.getByRole('main').innerText()).replace(free.email, 'x')).toBe(shown);
  expect(mailbox.all(first.email).map((known) => known.kind)).toEqual(['confirm_sign_up', 'account_active']);
});

test('T5 an address that has an account already is told so by mail only', async ({ page, server, mailbox, api, person }) => {
  const first = await api('extranet').account();
  const again = { ...person('extranet'), email: first.email.toUpperCase() };
  await new SignUp(page, server, 'extranet').complete(again);
  const mail = await mailbox.mail(again.email, 'email_has_account');
  expect(mail.links).toContain(server.url('/connexion', 'extranet'));
  expect(mail.links.some((known) => known.includes('/confirmation'))).toBe(false);
});

test('T5 T6 signing up again before confirming: the newer link works, the older says that it is replaced', async ({ page, newDevice, server, mailbox, person }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  const older = await mailbox.mail(somebody.email, 'confirm_sign_up');
  await new SignUp(await newDevice(), server, 'extranet').complete(somebody);
  const newer = await mailbox.mail(somebody.email, 'confirm_sign_up');
  expect(link(newer, '/locataire/confirmation')).not.toBe(link(older, '/locataire/confirmation'));
  const account = new Account(page, server, 'extranet');
  await account.confirm(older);
  await expect(page.getByRole('main')).toContainText(/plus récent/);
  await account.confirm(newer);
  await mailbox.mail(somebody.email, 'account_active');
  await account.signIn(somebody.email, somebody.password);
});

test('T5 two people of one home sign up at once: the first to confirm has the account, the other is told', async ({ page, newDevice, server, mailbox, person }) => {
  const one = person('extranet');
  const other = { ...one, email: newEmail(server, 'dominique') };
  await new SignUp(page, server, 'extranet').complete(one);
  await new SignUp(await newDevice(), server, 'extranet').complete(other);
  const account = new Account(page, server, 'extranet');
  const links = [await mailbox.mail(one.email, 'confirm_sign_up'), await mailbox.mail(other.email, 'confirm_sign_up')] as const;
  await account.confirm(links[1]);
  await mailbox.mail(other.email, 'account_active');
  await account.confirm(links[0]);
  await expect(page.getByRole('main')).toContainText(/un seul compte par foyer/i);
  await expect(page.getByRole('main')).not.toContainText(other.email);
  await expect(page.getByRole('button', { name: labels.confirm })).toHaveCount(0);
  await account.openSignIn();
  await account.trySignIn(one.email, one.password);
  await expect(page.getByRole('alert')).toContainText('incorrect');
  await account.trySignIn(other.email, other.password);
  await account.expectSignedIn();
});

test('T5 an unconfirmed sign-up keeps neither the address nor the home from anybody', async ({ page, newDevice, server, mailbox, person }) => {
  const squatter = person('extranet');
  await new SignUp(page, server, 'extranet').complete(squatter);
  await mailbox.mail(squatter.email, 'confirm_sign_up');
  const owner = { ...person('extranet'), email: squatter.email };
  await new SignUp(await newDevice(), server, 'extranet').complete(owner);
  const account = new Account(page, server, 'extranet');
  await account.confirm(await mailbox.mail(owner.email, 'confirm_sign_up'));
  await mailbox.mail(owner.email, 'account_active');
  await account.signIn(owner.email, owner.password);
  await account.expectName(owner);
});

test('T6 somebody who typed a wrong address begins anew: what went there opens nothing', async ({ page, server, mailbox, person }) => {
  const wrong = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.complete(wrong);
  const stray = await mailbox.mail(wrong.email, 'confirm_sign_up');
  const right = { ...wrong, email: newEmail(server, 'dominique') };
  await signUp.complete(right, 'used');
  const account = new Account(page, server, 'extranet');
  await account.confirm(stray);
  await expect(page.getByRole('main')).toContainText(/plus récent/);
  await account.confirm(await mailbox.mail(right.email, 'confirm_sign_up'));
  await mailbox.mail(right.email, 'account_active');
  await account.signIn(right.email, right.password);
});
