import type { Page } from '@playwright/test';
import { expectVisibleFocus } from '../support/keyboard.ts';
import { expectNoAxe, expectNoSidewaysScroll, expectLargeTargets, expectSoundStructure } from '../support/quality.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

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
for (const portal of ['extranet', 'ekidom'] as const) {
  for (const path of pages) {
    test(`X1 ${portal}${path}: no finding in either theme`, async ({ page, server, watch }) => {
      if (path === '/nulle-part') watch.accept(/status of 404.*nulle-part/);
      await page.goto(server.url(path, portal));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expectSound(page);
    });
  }

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

test('X1 with forced colours everything that can be used still has its outline', async ({ page, server }) => {
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
