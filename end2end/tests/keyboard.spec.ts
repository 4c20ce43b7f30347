import type { Locator, Page } from '@playwright/test';
import { newClient } from '../support/clients.ts';
import { expectFocusedHeading } from '../support/forms.ts';
import { expectVisibleFocus, tabTo } from '../support/keyboard.ts';
import { link } from '../support/mails.ts';
import { Account } from '../support/pages/account.ts';
import { Registration } from '../support/pages/registration.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { administrator, labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

/** What somebody without a mouse does: goes to a control by Tab, sees that it has the focus, and types or presses a key. */
function keys(page: Page): { type: (field: Locator, typed: string) => Promise<void>; press: (control: Locator, key?: string) => Promise<void> } {
  const goTo = async (target: Locator): Promise<void> => {
    await tabTo(page, target);
    await expectVisibleFocus(page);
  };
  return {
    type: async (field, typed) => {
      await goTo(field);
      await page.keyboard.type(typed);
    },
    press: async (control, key = 'Enter') => {
      await goTo(control);
      await page.keyboard.press(key);
    },
  };
}

test('X1 the whole sign-up by keyboard alone, to signed in and out', { tag: '@chromium' }, async ({ page, server, person, mailbox }) => {
  const somebody = person('ekidom');
  const signUp = new SignUp(page, server, 'ekidom');
  const account = new Account(page, server, 'ekidom');
  const { type, press } = keys(page);

  await page.goto(server.url('/', 'ekidom'));
  await press(page.getByRole('main').getByRole('link', { name: labels.create }));
  await signUp.expectStep(1);

  await type(signUp.reference, '12');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeFocused();
  await expectVisibleFocus(page);
  await press(page.getByRole('alert').getByRole('link').first());
  await expect(signUp.reference).toBeFocused();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(somebody.lease.reference);
  await press(page.getByRole('button', { name: labels.continue, exact: true }), 'Space');

  await signUp.expectStep(2);
  await expectFocusedHeading(page);
  await type(signUp.surname, somebody.lease.surname);
  await type(signUp.birth('Jour'), somebody.lease.birthDate?.day ?? '');
  await type(signUp.birth('Mois'), somebody.lease.birthDate?.month ?? '');
  await type(signUp.birth('Année'), somebody.lease.birthDate?.year ?? '');
  await page.keyboard.press('Enter');

  await signUp.expectStep(3);
  await expectFocusedHeading(page);
  await type(signUp.email, somebody.email);
  await type(signUp.password, somebody.password);
  await press(page.getByRole('button', { name: 'Afficher le mot de passe' }));
  await expect(signUp.password).toHaveAttribute('type', 'text');
  await press(page.getByRole('button', { name: labels.continue, exact: true }));

  await signUp.expectReview();
  await expectFocusedHeading(page);
  await press(signUp.change(/^Modifier.*adresse e-mail/i));
  await signUp.expectStep(3);
  await press(page.getByRole('button', { name: labels.continue, exact: true }));
  await signUp.expectReview();
  await press(signUp.terms, 'Space');
  await expect(signUp.terms).toBeChecked();
  await press(page.getByRole('button', { name: labels.create, exact: true }));
  await signUp.expectSent();

  await page.goto(link(await mailbox.mail(somebody.email, 'confirm_sign_up'), '/locataire/confirmation'));
  await press(page.getByRole('button', { name: labels.confirm, exact: true }));
  await expectFocusedHeading(page);
  await mailbox.mail(somebody.email, 'account_active');
  await press(page.getByRole('main').getByRole('link', { name: labels.signIn }));
  await type(account.login, somebody.email);
  await type(account.password, somebody.password);
  await press(account.stay, 'Space');
  await expect(account.stay).toBeChecked();
  await press(account.signInButton);
  await account.expectSignedIn();
  await press(account.menu.locator('summary'));
  await press(page.getByRole('button', { name: labels.signOut, exact: true }));
  await account.expectSignedOut();
});

test('X1 A1 A2 A3 the first administrator’s sign-up by keyboard alone, to the letter that is asked for', async ({ page, server, mailbox }) => {
  test.slow();
  const office = await newClient(server);
  const registration = new Registration(page, server);
  const { main } = registration;
  const { type, press } = keys(page);
  const submit = page.getByRole('button', { name: administrator.submit, exact: true });

  await page.goto(server.url('/', 'prets'));
  await press(main.getByRole('link', { name: text('home.onboarding.title') }));
  await registration.expectStep(1);

  await press(main.getByText(text('registration.picture.summary')), 'Enter');
  await expect(main.getByRole('img').first()).toBeVisible();
  await type(registration.number, office.number);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toBeFocused();
  await press(page.getByRole('alert').getByRole('link').first());
  await expect(registration.human).toBeFocused();
  await page.keyboard.press('Space');
  await expect(main.getByText(text('human.done'))).toBeVisible();
  await press(submit, 'Space');

  await registration.expectStep(2);
  await expectFocusedHeading(page);
  await type(registration.firstName, office.firstName);
  await type(registration.surname, office.surname);
  await type(registration.email, office.email);
  await page.keyboard.press('Enter');

  await registration.expectStep(3);
  await expectFocusedHeading(page, labels.review);
  for (const words of [office.number, office.firstName, office.surname, office.email]) await expect(main).toContainText(words);
  await press(main.getByRole('link', { name: /^Modifier.*adresse e-mail/i }));
  await registration.expectStep(2);
  await expect(registration.email).toHaveValue(office.email);
  await press(page.getByRole('button', { name: labels.continue, exact: true }));
  await registration.expectStep(3);
  await press(registration.terms, 'Space');
  await expect(registration.terms).toBeChecked();
  await press(submit);
  await registration.expectSent();

  await page.goto(link(await mailbox.mail(office.email, 'confirm_registration'), '/administrateur/confirmation'));
  await press(page.getByRole('button', { name: labels.confirm, exact: true }));
  await expectFocusedHeading(page, text('registered.done.title'));
  await press(main.getByRole('link', { name: text('letter.title') }));
  await expect(main).toContainText(text('letter.stage.asked'));
});

test('X1 the first Tab offers to skip to the content', async ({ page, server }) => {
  await page.goto(server.url('/', 'extranet'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await page.locator('body').press('Tab');
  const skip = page.getByRole('link', { name: 'Aller au contenu' });
  await tabTo(page, skip);
  await expectVisibleFocus(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
});

test('X1 the account menu opens and closes on the person’s name, and closes when one leaves by it', async ({ page, server, api }) => {
  const somebody = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.signIn(somebody.email, somebody.password);
  const name = account.menu.locator('summary');
  const out = page.getByRole('button', { name: labels.signOut, exact: true });
  await tabTo(page, name, 'Shift+Tab');
  for (const key of ['Enter', 'Space']) {
    await page.keyboard.press(key);
    await expect(out).toBeVisible();
    await page.keyboard.press(key);
    await expect(out).toBeHidden();
    await expect(name).toBeFocused();
  }
  await page.keyboard.press('Enter');
  await tabTo(page, account.menu.getByRole('link', { name: 'Mon compte' }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(server.url('/compte', 'extranet'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(out).toBeHidden();
});

test('X1 nothing traps the focus: Tab goes round every page and comes back', async ({ page, server }) => {
  for (const path of ['/', '/connexion', '/locataire/inscription', '/cookies']) {
    await page.goto(server.url(path, 'extranet'));
    await page.waitForLoadState('networkidle');
    const count = await page.evaluate(() => document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]').length);
    const seen = new Set<string>();
    for (let presses = 0; presses < count + 5; presses += 1) {
      await page.keyboard.press('Tab');
      seen.add(await page.evaluate(() => {
        const all = [...document.querySelectorAll('*')];
        return document.activeElement ? String(all.indexOf(document.activeElement)) : '';
      }));
    }
    expect(seen.size, path).toBeGreaterThanOrEqual(await page.locator('a[href]:visible, button:visible, input:visible').count());
  }
});
