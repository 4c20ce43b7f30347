import { htmlFaults } from '../support/html.ts';
import { member } from '../support/mediation.ts';
import { bankPages, mediation, mediatorPages, portals } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

const pages = ['/', '/connexion', '/identifiant-oublie', '/mot-de-passe-oublie', '/locataire/inscription', '/cgu', '/cookies', '/accessibilite', '/mentions-legales', '/aide'];

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  const readable = { extranet: pages, ekidom: pages, 'mediateur-hlm': mediatorPages, prets: bankPages };
  for (const portal of ['extranet', 'ekidom', 'mediateur-hlm', 'prets'] as const) {
    for (const path of readable[portal]) {
      test(`X1 ${portal}${path} can be read, and says whom to call`, async ({ page, server, watch }) => {
        watch.acceptBlockedScripts();
        await page.goto(server.url(path, portal));
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
        await expect(page).toHaveTitle(/\S/);
        if (!['/cgu', '/cookies', '/accessibilite', '/mentions-legales', '/aide'].includes(path)) {
          const told = page.locator('main noscript');
          await expect(told).toBeVisible();
          expect(await told.innerText()).toMatch(/JavaScript[\s\S]*\d\d(\s\d\d){4}/u);
          await expect(told.locator('a')).toHaveAttribute('href', /^tel:\+?\d+$/);
        }
        await expect(page.getByRole('contentinfo').getByRole('link', { name: 'Cookies' })).toBeVisible();
      });
    }
  }

  test('T12 the terms are all there', async ({ page, server, watch }) => {
    watch.acceptBlockedScripts();
    await page.goto(server.url('/cgu', 'extranet'));
    await expect(page.getByRole('main')).toContainText('Un seul compte est ouvert par foyer');
    await expect(page.getByRole('main')).not.toContainText(/\{\w+\}/);
  });

  test('X1 the sign-up shows its first form before any program has come', async ({ page, server, watch }) => {
    watch.acceptBlockedScripts();
    for (const portal of ['extranet', 'ekidom'] as const) {
      await page.goto(server.url('/locataire/inscription', portal));
      await expect(page.getByLabel(portals[portal].referenceLabel, { exact: true })).toBeVisible();
      await expect(page.getByText('Étape 1 sur 4')).toBeVisible();
    }
  });
});

test.describe('without JavaScript, a mediator', () => {
  test.use({ javaScriptEnabled: false });

  test('X1 M2 the identity shows its first form before any program has come', async ({ page, server, watch }) => {
    watch.acceptBlockedScripts();
    await page.goto(server.url('/mediation/identite', 'mediateur-hlm'));
    await expect(page.getByLabel(mediation.name, { exact: true })).toBeVisible();
    await expect(page.getByLabel(mediation.number, { exact: true })).toBeVisible();
    await expect(page.getByText('Étape 1 sur 4')).toBeVisible();
  });

  test('X1 M6 the directory is searched', async ({ page, server, watch, mailbox, api, organisation }) => {
    watch.acceptBlockedScripts();
    const office = organisation();
    await member(api('mediateur-hlm'), mailbox, office);
    await page.goto(server.url('/annuaire', 'mediateur-hlm'));
    await page.getByLabel(text('directory.search'), { exact: true }).fill(office.name.toUpperCase());
    await page.getByRole('button', { name: text('directory.submit') }).click();
    await expect(page.getByRole('listitem').filter({ hasText: office.name })).toHaveCount(1);
    await expect(page.getByLabel(text('directory.search'), { exact: true })).toHaveValue(office.name.toUpperCase());
    await page.getByLabel(text('directory.search'), { exact: true }).fill('"><b>zzzzzz');
    await page.getByRole('button', { name: text('directory.submit') }).click();
    await expect(page.getByRole('main')).toContainText('Aucun organisme adhérent ne correspond');
    await expect(page.locator('main b')).toHaveCount(0);
  });

  test('X1 M1 the scheme says how its campaign stands', async ({ page, server, watch }) => {
    watch.acceptBlockedScripts();
    await page.goto(server.url('/mediation', 'mediateur-hlm'));
    await expect(page.getByRole('main')).toContainText(text('campaign.late_title'));
    await expect(page.getByRole('main')).toContainText(text('mediation.step_one_text'));
  });
});

test('X1 the pages are valid HTML as the server sends them', async ({ server }) => {
  const theirs = { extranet: [...pages, '/nulle-part'], 'mediateur-hlm': mediatorPages, prets: bankPages };
  const all = (['extranet', 'mediateur-hlm', 'prets'] as const).flatMap((portal) => theirs[portal].map((path) => [portal, path] as const));
  for (const [portal, path] of all) {
    const answer = await fetch(server.url(path, portal));
    expect(answer.status, path).toBe(path === '/nulle-part' ? 404 : 200);
    expect(await htmlFaults(await answer.text()), path).toEqual([]);
  }
});
