import { addressOf } from '../support/address.ts';
import { expectFocusedHeading, expectRefused, errorSummary } from '../support/forms.ts';
import { Account } from '../support/pages/account.ts';
import { Identity } from '../support/pages/identity.ts';
import { Membership } from '../support/pages/membership.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels, mediatorPages, mediators } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

test('X1 every page and step has a title of its own, naming the landlord', async ({ page, server, person, mailbox }) => {
  const titles = new Map<string, string>();
  const note = async (): Promise<void> => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    titles.set((await addressOf(page)).replace(/#.*/, ''), await page.title());
  };
  for (const path of ['/', '/connexion', '/identifiant-oublie', '/mot-de-passe-oublie', '/cgu', '/cookies', '/accessibilite', '/mentions-legales', '/aide']) {
    await page.goto(server.url(path, 'extranet'));
    await note();
  }
  const brand = await page.getByRole('banner').getByRole('link').first().textContent();
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await note();
  await signUp.giveReference(somebody.lease.reference);
  await note();
  await signUp.giveSignatory(somebody);
  await note();
  await signUp.giveAccess(somebody.email, somebody.password);
  await note();
  await signUp.send();
  await signUp.expectSent();
  await note();
  const account = new Account(page, server, 'extranet');
  await account.confirm(await mailbox.mail(somebody.email, 'confirm_sign_up'));
  await mailbox.mail(somebody.email, 'account_active');
  await note();
  await account.signIn(somebody.email, somebody.password);
  await note();
  await page.goto(server.url('/compte', 'extranet'));
  await account.expectName(somebody);
  await note();
  expect(new Set(titles.values()).size, [...titles].join('\n')).toBe(titles.size);
  for (const [address, title] of titles) expect(title, address).toContain(brand ?? 'no brand');
});

test('X1 every page and step of a mediator has a title of its own, naming the mediator', async ({ page, server, mailbox, organisation }) => {
  const titles = new Map<string, string>();
  const note = async (): Promise<void> => {
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.waitForLoadState('networkidle');
    titles.set((await addressOf(page)).replace(/#.*/, ''), await page.title());
  };
  // Without the secret of their link, the pages that links open all say that it isn't known.
  const opened = ['/mediation/identite/certification', '/mediation/rappels', '/mot-de-passe-oublie/nouveau'];
  for (const path of mediatorPages.filter((known) => !opened.includes(known))) {
    await page.goto(server.url(path, 'mediateur-hlm'));
    await note();
  }
  const office = organisation();
  const identity = new Identity(page, server);
  await identity.open();
  await identity.giveStructure(office.name, office.siren);
  await note();
  await identity.giveDirector(office.director);
  await note();
  await identity.giveCorrespondent(office.email, office.password);
  await note();
  await identity.certify();
  await identity.expectSent();
  await note();
  await identity.confirm(await mailbox.mail(office.email, 'certify_identity'));
  await mailbox.mail(office.email, 'identity_certified');
  const membership = new Membership(page, server);
  await membership.enter(office);
  await membership.expectStep('');
  await note();
  await membership.keepRepresentative();
  await note();
  await membership.giveFederation();
  await note();
  await membership.agree();
  await note();
  await membership.tryCode();
  await membership.expectReview();
  await note();
  await membership.submit();
  await membership.expectMember();
  await note();
  await mailbox.mail(office.email, 'membership_made');
  // Of two journeys each ends on a page where the answers are checked, under the same heading.
  const own = [...titles].filter(([address]) => !address.endsWith('/verification'));
  expect(new Set(own.map(([, title]) => title)).size, [...titles].join('\n')).toBe(own.length);
  for (const [address, title] of titles) expect(title, address).toContain(mediators['mediateur-hlm'].name);
});

test('X1 going to another page gives its heading the focus, and the window its top', async ({ page, server }) => {
  await page.goto(server.url('/', 'extranet'));
  const foot = page.getByRole('contentinfo');
  for (const name of [/Conditions générales/i, /^Cookies/i, /accessibilité/i, /Mentions légales/i, /^Aide/i]) {
    await foot.getByRole('link', { name }).click();
    await expectFocusedHeading(page, name);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  }
  await page.goBack();
  await expectFocusedHeading(page, /Mentions légales/);
});

test('X1 several errors are counted, in the order of the fields, each with its link', async ({ page, server, person }) => {
  const somebody = person('ekidom');
  const signUp = new SignUp(page, server, 'ekidom');
  await signUp.open();
  await signUp.giveReference(somebody.lease.reference);
  await signUp.continue();
  await expectRefused(page, signUp.surname, pattern('error.surname.required', { label: labels.surname }));
  const links = errorSummary(page).getByRole('link');
  await expect(links).toHaveCount(2);
  await expect(errorSummary(page).getByRole('heading')).toContainText('2');
  await links.nth(1).click();
  await expect(signUp.birth('Jour')).toBeFocused();
  // Mended one by one: the summary follows the next try, not the typing.
  await signUp.surname.fill(somebody.lease.surname);
  await expect(links).toHaveCount(2);
  await signUp.continue();
  await expect(links).toHaveCount(1);
  await expect(errorSummary(page)).toBeFocused();
  await expect(signUp.surname).not.toHaveAttribute('aria-invalid', 'true');
});

test('X1 nothing is told while somebody is still typing', async ({ page, server }) => {
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.reference.pressSequentially('abc');
  await signUp.reference.press('Tab');
  await expect(signUp.reference).not.toHaveAttribute('aria-invalid', 'true');
  await expect(errorSummary(page)).toHaveCount(0);
  await expect(page).not.toHaveTitle(/^Erreur/);
});

test('X1 an error that is mended is gone from the title and the page', async ({ page, server, person }) => {
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.continue();
  await expectRefused(page, signUp.reference, pattern('error.reference.required', { label: 'Référence client' }));
  await signUp.giveReference(person('extranet').lease.reference);
  await expect(page).not.toHaveTitle(/^Erreur/);
  await expect(errorSummary(page)).toHaveCount(0);
  await page.goBack();
  await signUp.expectStep(1);
  await expect(signUp.reference).not.toHaveAttribute('aria-invalid', 'true');
});

test('X1 an address that leads nowhere says so, with a way home', async ({ page, server, watch }) => {
  watch.accept(/status of 404.*nulle-part/);
  const answer = await page.goto(server.url('/nulle-part', 'extranet'));
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/n.existe pas|introuvable/i);
  await page.getByRole('main').getByRole('link').first().click();
  await expect(page).toHaveURL(new RegExp('/extranet/?$'));
});
