import type { Page } from '@playwright/test';
import { expectVisibleFocus } from '../support/keyboard.ts';
import { campaign, certified } from '../support/mediation.ts';
import { expectNoAxe, expectNoSidewaysScroll, expectLargeTargets, expectSoundStructure } from '../support/quality.ts';
import { Account } from '../support/pages/account.ts';
import { Directory } from '../support/pages/directory.ts';
import { Identity } from '../support/pages/identity.ts';
import { Membership } from '../support/pages/membership.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { bankPages, labels, mediation, mediatorPages, partners } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

/** Everything that can be found by a program, on the page as it stands. */
async function expectSound(page: Page): Promise<void> {
  await expectSoundStructure(page);
  await expectNoAxe(page);
  await expectLargeTargets(page);
}

const pages = [
  '/', '/connexion', '/identifiant-oublie', '/mot-de-passe-oublie', '/locataire/inscription', '/locataire/confirmation',
  '/mot-de-passe-oublie/nouveau', '/cgu', '/cookies', '/accessibilite', '/mentions-legales', '/aide', '/nulle-part',
];
const theirs = { extranet: pages, ekidom: pages, 'mediateur-hlm': [...mediatorPages, '/nulle-part'], prets: bankPages };
for (const portal of ['extranet', 'ekidom', 'mediateur-hlm', 'prets'] as const) {
  for (const path of theirs[portal]) {
    test(`X1 ${portal}${path}: no finding in either theme`, async ({ page, server, watch }) => {
      if (path === '/nulle-part') watch.accept(/status of 404.*nulle-part/);
      await page.goto(server.url(path, portal));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expectSound(page);
    });
  }
}

for (const portal of ['extranet', 'ekidom'] as const) {
  test(`X1 ${portal}: every step of the sign-up, with errors and without`, async ({ page, server, person, mailbox }) => {
    test.slow();
    const somebody = person(portal);
    const signUp = new SignUp(page, server, portal);
    const wrongFirst = async (mend: () => Promise<void>): Promise<void> => {
      await signUp.continue();
      await expect(page.getByRole('alert')).toBeFocused();
      await expectSound(page);
      await mend();
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
      await expectSound(page);
    };
    await signUp.open();
    await page.locator('details summary').first().click();
    await wrongFirst(() => signUp.giveReference(somebody.lease.reference));
    await wrongFirst(() => signUp.giveSignatory(somebody));
    await signUp.email.fill('camille@gmial.com');
    await signUp.password.fill('azerty');
    await wrongFirst(() => signUp.giveAccess(somebody.email, somebody.password));
    await page.getByRole('button', { name: labels.create, exact: true }).click();
    await expect(page.getByRole('alert')).toBeFocused();
    await expectSound(page);
    await signUp.send();
    await signUp.expectSent();
    await expectSound(page);
    await page.getByRole('button', { name: /Renvoyer/ }).click();
    await expect(page.getByRole('status').filter({ hasText: /\S/ }).first()).toBeVisible();
    await expectSound(page);
    await mailbox.mail(somebody.email, 'confirm_sign_up');
  });
}

test('X1 an organisation’s identity: every step and state, with errors and without', async ({ page, server, mailbox, organisation }) => {
  test.slow();
  const office = organisation();
  const identity = new Identity(page, server);
  const wrongFirst = async (mend: () => Promise<void>): Promise<void> => {
    await identity.continue();
    await expect(page.getByRole('alert')).toBeFocused();
    await expectSound(page);
    await mend();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expectSound(page);
  };
  await identity.open();
  await wrongFirst(() => identity.giveStructure(office.name, office.siren));
  await wrongFirst(() => identity.giveDirector(office.director));
  await wrongFirst(() => identity.giveCorrespondent(office.email, office.password));
  await identity.certify();
  await identity.expectSent();
  await expectSound(page);
  await page.getByRole('button', { name: text('identity.sent.resend'), exact: true }).click();
  await expect(page.getByRole('status').filter({ hasText: text('identity.sent.resent') })).toBeVisible();
  await expectSound(page);
  const mails = [await mailbox.mail(office.email, 'certify_identity'), await mailbox.mail(office.email, 'certify_identity')] as const;
  // Replaced, right, used.
  for (const mail of [mails[0], mails[1], mails[1]]) {
    await page.goto(server.url('/', 'mediateur-hlm'));
    await identity.confirm(mail);
    await expect(page.getByRole('button', { name: labels.confirm, exact: true })).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expectSound(page);
  }
  await mailbox.mail(office.email, 'identity_certified');
});

test('X1 joining the scheme: every step and state, the directory with its results', async ({ page, server, mailbox, api, organisation }) => {
  test.slow();
  const office = organisation();
  await certified(api('mediateur-hlm'), mailbox, office);
  const membership = new Membership(page, server);
  await new Account(page, server, 'mediateur-hlm').signIn(office.email, office.password);
  await expectSound(page);
  await membership.open();
  await membership.expectRepresentative(office.director);
  await expectSound(page);
  await membership.lastName.fill('');
  const wrong = async (): Promise<void> => {
    await membership.continue();
    await expect(page.getByRole('alert')).toBeFocused();
    await expectSound(page);
  };
  await wrong();
  await membership.lastName.fill(office.director.lastName);
  await membership.keepRepresentative();
  await expectSound(page);
  await wrong();
  await membership.answerPartner('Oui');
  await wrong();
  await membership.giveFederation(partners.USH);
  await expect(page.getByRole('region', { name: text('membership.document.region') })).toBeVisible();
  await expectSound(page);
  await wrong();
  await membership.agree();
  await expectSound(page);
  await membership.code.fill('INCONNU');
  await wrong();
  await membership.tryCode('USH2017');
  await membership.expectReview();
  await expectSound(page);
  await membership.change(/^Modifier.*Prénom/).click();
  await membership.firstName.fill('Hélène');
  await membership.continue();
  await expect(page.getByText(text('membership.document.changed'))).toBeVisible();
  await expectSound(page);
  await membership.agreeAgain();
  await membership.submit();
  await membership.expectMember();
  await expect(page.getByRole('link', { name: mediation.download, exact: true })).toBeVisible();
  await expectSound(page);
  await mailbox.mail(office.email, 'membership_made');
  await page.goto(server.url('/mediation', 'mediateur-hlm'));
  await expect(page.getByRole('link', { name: text('mediation.joined') })).toBeVisible();
  await expectSound(page);
  const directory = new Directory(page, server);
  await directory.open();
  await directory.expectFound(office.name, office.name);
  await expectSound(page);
  await directory.type('zzzzqqqq');
  await expectSound(page);
});

for (const [when, opens, end] of [['before', 1, 30], ['closed', -30, -1]] as const) {
  test(`X1 the scheme when its campaign is ${when}`, async ({ page, ownServer }) => {
    const server = await ownServer({ portal: { 'mediateur-hlm': (toml) => campaign(toml, opens, end, end) } });
    for (const path of ['/mediation', '/mediation/identite']) {
      await page.goto(server.url(path, 'mediateur-hlm'));
      await expect(page.getByRole('heading', { name: text(`campaign.${when}_title`), exact: true })).toBeVisible();
      await expectSound(page);
    }
  });
}

test('X1 the pages that links open: before, after, used, replaced, unknown', async ({ page, server, person, mailbox }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  const older = await mailbox.mail(somebody.email, 'confirm_sign_up');
  await page.getByRole('button', { name: /Renvoyer/ }).click();
  const newer = await mailbox.mail(somebody.email, 'confirm_sign_up');
  const account = new Account(page, server, 'extranet');
  for (const mail of [older, newer, newer]) {
    await page.goto(server.url('/', 'extranet'));
    await account.confirm(mail);
    await expect(page.getByRole('button', { name: labels.confirm, exact: true })).toHaveCount(0);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expectSound(page);
  }
  await page.goto(server.url(`/locataire/confirmation#${'A'.repeat(43)}`, 'extranet'));
  await expectSound(page);
});

test('X1 signing in, refused, locked; the home, the account, the menu', async ({ page, server, api }) => {
  const somebody = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  await account.signInButton.click();
  await expect(page.getByRole('alert')).toBeFocused();
  await expectSound(page);
  await account.trySignIn('nobody@exemple.fr', 'pas le bon 47');
  await expect(page.getByRole('alert')).toContainText('incorrect');
  await expectSound(page);
  for (let tries = 0; tries < 5; tries += 1) await account.trySignIn('nobody@exemple.fr', 'pas le bon 47');
  await expect(page.getByRole('alert')).toContainText('bloquée');
  await expectSound(page);
  await account.trySignIn(somebody.email, somebody.password);
  await account.expectSignedIn();
  await expectSound(page);
  await account.openMenu();
  await expectSound(page);
  await page.goto(server.url('/compte', 'extranet'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectSound(page);
  await expectNoSidewaysScroll(page);
});

test('X1 the ways back in, asked and answered', async ({ page, server }) => {
  for (const path of ['/identifiant-oublie', '/mot-de-passe-oublie']) {
    await page.goto(server.url(path, 'ekidom'));
    await page.getByRole('main').getByRole('button').last().click();
    await expect(page.getByRole('alert')).toBeFocused();
    await expectSound(page);
    await page.getByRole('main').getByRole('textbox').fill('nobody@exemple.fr');
    await page.getByRole('main').getByRole('button').last().click();
    await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0);
    await expectSound(page);
  }
});

for (const path of ['/', '/demo/courriels', '/demo/horloge']) {
  test(`X1 the server’s own page ${path}`, async ({ page, server, api }) => {
    await api('extranet').account();
    await page.goto(server.url(path));
    await expectNoAxe(page);
    await expectSoundStructure(page, path === '/' ? 'without foot' : 'with foot');
  });
}

test('X1 without a network', async ({ page, context, server, watch }) => {
  watch.acceptLostNetwork();
  await new SignUp(page, server, 'extranet').open();
  await context.setOffline(true);
  await expect(page.getByRole('status').filter({ hasText: /hors connexion/ })).toBeVisible();
  await expectNoAxe(page);
  await context.setOffline(false);
});

test('X1 with forced colours everything that can be used still has its outline', { tag: '@chromium' }, async ({ page, server }) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.reference.press('Enter');
  await expect(page.getByRole('alert')).toBeFocused();
  await expectVisibleFocus(page);
  for (const used of [signUp.reference, page.getByRole('button', { name: labels.continue, exact: true }), page.getByRole('alert')]) {
    // Backgrounds are gone in this mode: only a border says where a thing is.
    const border = await used.evaluate((element) => {
      const { borderBlockStartStyle, borderBlockStartWidth, borderInlineStartWidth } = getComputedStyle(element);
      return borderBlockStartStyle === 'none' ? 0 : Math.max(parseFloat(borderBlockStartWidth), parseFloat(borderInlineStartWidth));
    });
    expect(border, String(used)).toBeGreaterThanOrEqual(1);
  }
});
