import type { Page } from '@playwright/test';
import { SignUp } from '../support/pages/sign-up.ts';
import { expect, test } from '../support/test.ts';

/** Keeps the program away until the function that is given back is called, as a slow network does. */
async function holdBack(page: Page): Promise<() => void> {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => { release = resolve; });
  await page.route(/\.wasm$/, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test('X2 an answer that is plainly wrong is told before the program has loaded', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  const release = await holdBack(page);
  await page.goto(signUp.url(), { waitUntil: 'commit' });
  await signUp.reference.fill('12');
  await expect(signUp.reference).not.toHaveAttribute('aria-invalid');
  await signUp.continue();
  const words = /saisissez de 6 à 10 chiffres, sans compter les zéros du début, par exemple/;
  await expect(page.getByRole('alert')).toHaveText(words);
  await expect(signUp.reference).toBeFocused();
  await expect(signUp.reference).toHaveAttribute('aria-invalid', 'true');
  await expect(signUp.reference).toHaveAccessibleDescription(words);

  // Mended while typing: the words go, and nothing is sent that nobody sent.
  await signUp.reference.fill(somebody.lease.reference);
  await expect(signUp.reference).toHaveAttribute('aria-invalid', 'false');
  await expect(page.getByRole('alert')).toHaveCount(0);
  release();
  await expect(signUp.reference).not.toHaveAttribute('data-wrong');
  await signUp.expectStep(1);
  await expect(signUp.reference).toHaveValue(somebody.lease.reference);
  await expect(signUp.reference).toBeFocused();
  await signUp.continue();
  await signUp.expectStep(2);
});

test('X2 the program says again, and more exactly, what was found wrong before it came', async ({ page, server }) => {
  const signUp = new SignUp(page, server, 'ekidom');
  const release = await holdBack(page);
  await page.goto(signUp.url(), { waitUntil: 'commit' });
  await signUp.reference.fill('12');
  await signUp.continue();
  await expect(page.getByRole('alert')).toHaveText(/saisissez/);
  release();
  await expect(page.getByRole('alert')).toContainText('Vous en avez saisi 2.');
  await expect(signUp.reference).toHaveAccessibleDescription(/Vous en avez saisi 2\./);
  await expect(signUp.reference).toHaveValue('12');
});

test('X2 a form sent before the program has loaded shows that it is on its way, and goes when it comes', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  const release = await holdBack(page);
  await page.goto(signUp.url(), { waitUntil: 'commit' });
  await signUp.reference.fill(` ${somebody.lease.reference} `);
  await signUp.continue();
  await expect(page.getByRole('button', { name: 'Continuer', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await expect(page.getByRole('alert')).toHaveCount(0);
  release();
  await signUp.expectStep(2);
});

test('X2 what is changed after it was sent too early isn’t sent by itself', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  const release = await holdBack(page);
  await page.goto(signUp.url(), { waitUntil: 'commit' });
  await signUp.reference.fill(somebody.lease.reference);
  await signUp.continue();
  await signUp.reference.press('End');
  await signUp.reference.press('Backspace');
  await expect(page.getByRole('button', { name: 'Continuer', exact: true })).toHaveAttribute('aria-disabled', 'false');
  release();
  await expect(signUp.reference).not.toHaveAttribute('data-wrong');
  await signUp.expectStep(1);
  await expect(signUp.reference).toHaveValue(somebody.lease.reference.slice(0, -1));
});

test('X2 an e-mail address without its sign is told before the program has loaded', async ({ page, server }) => {
  const release = await holdBack(page);
  await page.goto(server.url('/identifiant-oublie', 'extranet'), { waitUntil: 'commit' });
  const email = page.getByLabel(/adresse e-mail/i);
  await email.fill('nom.exemple.fr');
  await email.press('Enter');
  await expect(page.getByRole('alert')).toHaveText(/un seul signe @/);
  await expect(email).toBeFocused();
  release();
  await expect(email).not.toHaveAttribute('data-wrong');
  await expect(email).toHaveAccessibleDescription(/un seul signe @/);
});
