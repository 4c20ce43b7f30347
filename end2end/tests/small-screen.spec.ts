import type { Page } from '@playwright/test';
import { expectNoSidewaysScroll, layoutShift } from '../support/quality.ts';
import { Account } from '../support/pages/account.ts';
import { Directory } from '../support/pages/directory.ts';
import { Identity } from '../support/pages/identity.ts';
import { Membership } from '../support/pages/membership.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { bankPages, mediatorPages, partners, tenantPages } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

/** Spacing that readers may choose (WCAG 1.4.12), as their own style sheet would set it; our policy forbids inline ones. */
async function spaceText(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }');
    document.adoptedStyleSheets.push(sheet);
  });
}

test.describe('320 pixels wide, which is 1280 at 400 %', () => {
  test.use({ viewport: { width: 320, height: 568 } });

  const theirs = { extranet: tenantPages, ekidom: tenantPages, 'mediateur-hlm': mediatorPages, prets: bankPages };
  for (const portal of ['extranet', 'ekidom', 'mediateur-hlm', 'prets'] as const) {
    test(`X1 ${portal}: no page scrolls sideways, even with spaced text`, async ({ page, server }) => {
      for (const path of theirs[portal]) {
        await page.goto(server.url(path, portal));
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expectNoSidewaysScroll(page);
        await spaceText(page);
        await expectNoSidewaysScroll(page);
      }
    });
  }

  test('X1 the sign-up, its errors, and long answers', async ({ page, server, person }) => {
    const somebody = person('extranet');
    const signUp = new SignUp(page, server, 'extranet');
    await signUp.open();
    await page.locator('details summary').first().click();
    await signUp.continue();
    await expect(page.getByRole('alert')).toBeFocused();
    await expectNoSidewaysScroll(page);
    await signUp.giveReference(somebody.lease.reference);
    await expectNoSidewaysScroll(page);
    await signUp.giveSignatory(somebody);
    await signUp.email.fill('camille@gmial.com');
    await signUp.password.fill(somebody.password);
    await expectNoSidewaysScroll(page);
    await signUp.giveAccess(`${'c'.repeat(60)}@${'d'.repeat(60)}.exemple.fr`, somebody.password);
    await expectNoSidewaysScroll(page);
    await signUp.change(/^Modifier.*adresse e-mail/i).click();
    await signUp.expectStep(3);
    await signUp.giveAccess(somebody.email, somebody.password);
    await signUp.send();
    await signUp.expectSent();
    await expectNoSidewaysScroll(page);
  });

  test('X1 joining a mediation scheme, with a name as long as names may be', async ({ page, server, mailbox, organisation }) => {
    test.slow();
    const office = organisation({ name: `Office public de l’habitat ${'interdépartemental'.repeat(7)}`.slice(0, 150) });
    const identity = new Identity(page, server);
    await identity.open();
    await identity.continue();
    await expect(page.getByRole('alert')).toBeFocused();
    await expectNoSidewaysScroll(page);
    await identity.giveStructure(office.name, office.siren);
    await expectNoSidewaysScroll(page);
    await identity.giveDirector(office.director);
    await expectNoSidewaysScroll(page);
    await identity.giveCorrespondent(office.email, office.password);
    await expectNoSidewaysScroll(page);
    await identity.certify();
    await identity.expectSent();
    await expectNoSidewaysScroll(page);
    await identity.confirm(await mailbox.mail(office.email, 'certify_identity'));
    await mailbox.mail(office.email, 'identity_certified');
    await expectNoSidewaysScroll(page);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.expectRepresentative(office.director);
    await expectNoSidewaysScroll(page);
    await membership.keepRepresentative();
    await membership.answerPartner('Oui');
    await expectNoSidewaysScroll(page);
    await membership.giveFederation(partners.FNAR);
    await expect(page.getByRole('region', { name: text('membership.document.region') })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await membership.agree();
    await expectNoSidewaysScroll(page);
    await membership.tryCode();
    await membership.expectReview();
    await expectNoSidewaysScroll(page);
    await membership.submit();
    await membership.expectMember();
    await expect(page.getByRole('region', { name: text('membership.document.region') })).toBeVisible();
    await expectNoSidewaysScroll(page);
    await mailbox.mail(office.email, 'membership_made');
    const directory = new Directory(page, server);
    await directory.open();
    await directory.expectFound(office.name, office.name);
    await expectNoSidewaysScroll(page);
  });

  test('X1 signed in, with the menu open', async ({ page, server, api }) => {
    const somebody = await api('ekidom').account();
    const account = new Account(page, server, 'ekidom');
    await account.signIn(somebody.email, somebody.password);
    await expectNoSidewaysScroll(page);
    await account.openMenu();
    await expectNoSidewaysScroll(page);
    await page.goto(server.url('/compte', 'ekidom'));
    await account.expectName(somebody);
    await expectNoSidewaysScroll(page);
    for (const path of ['/demo/courriels', '/demo/horloge', '/']) {
      await page.goto(server.url(path));
      await expectNoSidewaysScroll(page);
    }
  });
});

test('layoutShift sees a page that jumps', async ({ page, server }) => {
  await page.goto(server.url('/cgu', 'extranet'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(() => {
    const block = document.createElement('div');
    block.textContent = 'Une annonce qui pousse tout le reste vers le bas. '.repeat(40);
    document.querySelector('main')?.prepend(block);
  });
  expect(await layoutShift(page)).toBeGreaterThan(0);
});

for (const [name, viewport] of [['a small telephone', { width: 360, height: 640 }], ['a desk', { width: 1280, height: 800 }]] as const) {
  test.describe(`on ${name}`, () => {
    test.use({ viewport });

    for (const path of ['/', '/connexion', '/locataire/inscription', '/cgu', '/cookies']) {
      test(`X1 nothing moves when the program takes over ${path}`, async ({ page, server }) => {
        for (const portal of ['extranet', 'ekidom'] as const) {
          await page.goto(server.url(path, portal));
          await page.waitForLoadState('networkidle');
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          expect(await layoutShift(page), portal).toBe(0);
        }
      });
    }

    for (const path of ['/', '/mediation', '/mediation/identite', '/annuaire'] as const) {
      test(`X1 nothing moves when the program takes over ${path} of a mediator`, async ({ page, server }) => {
        await page.goto(server.url(path, 'mediateur-hlm'));
        await page.waitForLoadState('networkidle');
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        expect(await layoutShift(page)).toBe(0);
      });
    }
  });
}

test('X1 printed: the text in black on white, no buttons, nothing cut off', async ({ page, server, person }) => {
  const somebody = person('extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(somebody.email);
  const looks = await page.evaluate(() => {
    const shown = (selector: string): number =>
      [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => element.offsetParent !== null).length;
    const { backgroundColor } = getComputedStyle(document.body);
    const { color } = getComputedStyle(document.querySelector('h1') ?? document.body);
    return { buttons: shown('button'), navigation: shown('nav'), background: backgroundColor, text: color };
  });
  const luminance = (color: string): number => {
    const [red = 255, green = 255, blue = 255, alpha = 1] = (color.match(/[\d.]+/g) ?? []).map(Number);
    return alpha === 0 ? 255 : (red + green + blue) / 3;
  };
  expect(looks).toMatchObject({ buttons: 0, navigation: 0 });
  expect(luminance(looks.background)).toBeGreaterThan(240);
  expect(luminance(looks.text)).toBeLessThan(90);
  await page.goto(server.url('/cgu', 'extranet'));
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});
