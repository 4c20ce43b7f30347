import { moveClock } from '../support/api.ts';
import { link, type Mail } from '../support/mails.ts';
import { certified } from '../support/mediation.ts';
import { newOrganisation, siretOf } from '../support/organisations.ts';
import { newEmail } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { Identity } from '../support/pages/identity.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

const PATH = '/mediation/identite/certification';

/** Says nothing of who the address belongs to. */
function expectUnnamed(mail: Mail, email: string): void {
  expect(mail.raw + mail.text).not.toContain(email);
  expect(mail.raw + mail.text).not.toContain(email.split('@')[0]);
}

test('M2 a second identity of an organisation: the same page, other mails, and nobody is named', async ({ page, server, mailbox, api, organisation }) => {
  const first = organisation();
  await certified(api('mediateur-hlm'), mailbox, first);
  const colleague = { ...organisation(), siren: siretOf(first.siren) };
  const identity = new Identity(page, server);
  await identity.complete(colleague);
  const shown = (await page.getByRole('main').innerText()).replace(colleague.email, 'x');

  const told = await mailbox.mail(colleague.email, 'organisation_known');
  expectUnnamed(told, first.email);
  expect(told.text).not.toContain(first.director.lastName);
  expect(told.text).toMatch(/\d\d( \d\d){4}/);
  expect(told.links.some((known) => known.includes('certification'))).toBe(false);
  const warned = await mailbox.mail(first.email, 'identity_asked_again');
  expect(warned.text).toContain(first.name);
  expectUnnamed(warned, colleague.email);

  // Word for word what somebody sees whose organisation has none.
  const free = organisation();
  await new Identity(await page.context().newPage(), server).complete(free);
  const other = page.context().pages()[1];
  expect((await other?.getByRole('main').innerText())?.replace(free.email, 'x')).toBe(shown);
  // The account of the first is as it was.
  await new Account(page, server, 'mediateur-hlm').signIn(first.email, first.password);
});

test('M2 an address that has an account is told so by mail only', async ({ page, server, mailbox, api, organisation }) => {
  const first = organisation();
  await certified(api('mediateur-hlm'), mailbox, first);
  const again = organisation({ email: first.email.toUpperCase() });
  await new Identity(page, server).complete(again);
  const mail = await mailbox.mail(again.email, 'address_has_account');
  expect(mail.links).toContain(server.url('/connexion', 'mediateur-hlm'));
  expect(mail.links.some((known) => known.includes('certification'))).toBe(false);
});

test('M2 M3 two colleagues at once: the first to click has the identity, the other is told', async ({ page, server, mailbox, organisation }) => {
  const one = organisation();
  const other = { ...one, email: newEmail(server, 'collegue') };
  const identity = new Identity(page, server);
  await identity.complete(one);
  await new Identity(await page.context().newPage(), server).complete(other);
  const mails = [await mailbox.mail(one.email, 'certify_identity'), await mailbox.mail(other.email, 'certify_identity')] as const;
  await identity.confirm(mails[1]);
  await expect(page.getByRole('heading', { level: 1, name: text('certification.done.title') })).toBeFocused();
  await mailbox.mail(other.email, 'identity_certified');
  await page.goto(server.url('/', 'mediateur-hlm'));
  await identity.confirm(mails[0]);
  await expect(page.getByRole('heading', { level: 1, name: text('certification.organisation_known.title') })).toBeFocused();
  await expect(page.getByRole('main')).not.toContainText(other.email);
  await expect(page.getByRole('button', { name: labels.confirm, exact: true })).toHaveCount(0);
});

test('M3 the link opens on another device, once', async ({ page, server, mailbox, organisation, newDevice }) => {
  const office = organisation();
  await new Identity(page, server).complete(office);
  const telephone = await newDevice({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true });
  const identity = new Identity(telephone, server);
  const mail = await mailbox.mail(office.email, 'certify_identity');
  await identity.confirm(mail);
  await expect(telephone.getByRole('heading', { level: 1, name: text('certification.done.title') })).toBeFocused();
  await mailbox.mail(office.email, 'identity_certified');
  await telephone.goto(server.url('/', 'mediateur-hlm'));
  await identity.confirm(mail);
  await expect(telephone.getByRole('heading', { level: 1, name: text('certification.link_used.title') })).toBeFocused();
  await expect(telephone.getByRole('main').getByRole('link', { name: labels.signIn, exact: true })).toBeVisible();
  await new Account(page, server, 'mediateur-hlm').signIn(office.email, office.password);
  expect(mailbox.all(office.email)).toHaveLength(2);
});

test('M3 an expired link says so, sends a fresh one at a click, and only the fresh one works', async ({ page, ownServer }) => {
  const server = await ownServer();
  const office = newOrganisation(server);
  const identity = new Identity(page, server);
  await identity.complete(office);
  const mail = await server.mailbox.mail(office.email, 'certify_identity');
  await moveClock(server, { hours: 24, minutes: 1 });
  await identity.confirm(mail);
  await expect(page.getByRole('heading', { level: 1, name: text('certification.link_expired.title') })).toBeFocused();
  await page.getByRole('main').getByRole('button', { name: text('certification.resend'), exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: text('certification.resent.title') })).toBeVisible();
  const fresh = await server.mailbox.mail(office.email, 'certify_identity');
  expect(link(fresh, PATH)).not.toBe(link(mail, PATH));
  await page.goto(server.url('/', 'mediateur-hlm'));
  await identity.confirm(mail);
  await expect(page.getByRole('heading', { level: 1, name: text('certification.link_superseded.title') })).toBeFocused();
  await page.goto(server.url('/', 'mediateur-hlm'));
  await identity.confirm(fresh);
  await server.mailbox.mail(office.email, 'identity_certified');
  await new Account(page, server, 'mediateur-hlm').signIn(office.email, office.password);
});

test('M3 the mail can be sent again from the page that follows the form, and the address changed', async ({ page, server, mailbox, organisation }) => {
  const office = organisation();
  const identity = new Identity(page, server);
  await identity.complete(office);
  const first = await mailbox.mail(office.email, 'certify_identity');
  await page.getByRole('button', { name: text('identity.sent.resend'), exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: text('identity.sent.resent') })).toBeVisible();
  const second = await mailbox.mail(office.email, 'certify_identity');
  await page.getByText(text('identity.sent.wrong'), { exact: true }).click();
  await page.getByRole('button', { name: text('identity.sent.restart'), exact: true }).click();
  await identity.expectStep('');
  await expect(identity.name).toHaveValue('');
  await identity.confirm(first);
  await expect(page.getByRole('heading', { level: 1, name: text('certification.link_superseded.title') })).toBeFocused();
  await page.goto(server.url('/', 'mediateur-hlm'));
  // The address was said to be wrong: whoever reads that mailbox can do nothing with the link.
  await identity.confirm(second);
  await expect(page.getByRole('heading', { level: 1, name: text('certification.link_superseded.title') })).toBeFocused();
});

test('M3 a link that was cut is not taken for one, and opening a link alone certifies nothing', async ({ page, server, mailbox, organisation }) => {
  const office = organisation();
  const identity = new Identity(page, server);
  await identity.complete(office);
  const mail = await mailbox.mail(office.email, 'certify_identity');
  const [address = '', token = ''] = link(mail, PATH).split('#');
  await page.goto(`${address}#${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`);
  await page.getByRole('button', { name: labels.confirm, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: text('certification.link_unknown.title') })).toBeFocused();
  // A scanner with a whole browser: it opens the page and presses nothing.
  await page.goto(server.url('/', 'mediateur-hlm'));
  await page.goto(link(mail, PATH));
  await expect(page.getByRole('button', { name: labels.confirm, exact: true })).toBeVisible();
  await expect(page).toHaveURL(identity.url('certification'));
  const account = new Account(page, server, 'mediateur-hlm');
  await account.openSignIn();
  await account.trySignIn(office.email, office.password);
  await expect(page.getByRole('alert')).toContainText('incorrect');
  await identity.confirm(mail);
  await mailbox.mail(office.email, 'identity_certified');
});

test('M3 M4 the password chosen with the identity can be had again when it is lost', async ({ page, server, mailbox, api, organisation }) => {
  const office = organisation();
  await certified(api('mediateur-hlm'), mailbox, office);
  const account = new Account(page, server, 'mediateur-hlm');
  await page.goto(account.url('/mot-de-passe-oublie'));
  await account.login.fill(office.email);
  await page.getByRole('main').getByRole('button').last().click();
  const mail = await mailbox.mail(office.email, 'password_reset');
  const fresh = `Rampe Neuve ${office.siren} tilleul`;
  server.secrets.add(fresh);
  await account.choosePassword(link(mail, '/mot-de-passe-oublie/nouveau'), fresh);
  await mailbox.mail(office.email, 'password_changed');
  await account.signIn(office.email, fresh);
});
