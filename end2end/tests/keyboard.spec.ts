import { expectFocusedHeading } from '../support/forms.ts';
import { expectVisibleFocus, tabTo } from '../support/keyboard.ts';
import { link } from '../support/mailbox.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

test('X1 the whole sign-up by keyboard alone, to signed in and out', async ({ page, server, person, mailbox }) => {
  const somebody = person('ekidom');
  const signUp = new SignUp(page, server, 'ekidom');
  const account = new Account(page, server, 'ekidom');
  const type = async (field: Parameters<typeof tabTo>[1], typed: string): Promise<void> => {
    await tabTo(page, field);
    await expectVisibleFocus(page);
    await page.keyboard.type(typed);
  };
  const press = async (control: Parameters<typeof tabTo>[1], key = 'Enter'): Promise<void> => {
    await tabTo(page, control);
    await expectVisibleFocus(page);
    await page.keyboard.press(key);
  };

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
  await expectFocusedHeading(page);
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
