import { SignUp } from '../support/pages/sign-up.ts';
import { expectNoAxe } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

test('X2 switching to English in the middle keeps what was typed, and the mail comes in English', async ({ page, server, person, mailbox }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.giveReference(somebody.lease.reference);
  await signUp.surname.fill(somebody.lease.surname);
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const surname = page.getByLabel(text('field.surname.label', {}, 'en'), { exact: true });
  await expect(surname).toHaveValue(somebody.lease.surname);
  await expect(page.getByText('Step 2 of 4')).toBeVisible();
  await expectNoAxe(page);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.getByLabel(text('field.email.label', {}, 'en'), { exact: true }).fill(somebody.email);
  await page.getByLabel(text('field.password.label', {}, 'en'), { exact: true }).fill(somebody.password);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await expect(page.getByText('Step 4 of 4')).toBeVisible();
  await page.reload();
  await expect(page.locator('html'), 'the choice outlives a reload').toHaveAttribute('lang', 'en');
  await page.getByLabel(text('field.password.label', {}, 'en'), { exact: true }).fill(somebody.password);
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await page.getByRole('checkbox').check();
  await page.getByRole('main').locator('form').getByRole('button').last().click();
  await expect(page).toHaveURL(signUp.url('envoye'));
  const mail = await mailbox.mail(somebody.email, 'confirm_sign_up');
  expect(mail.language).toBe('en');
  expect(mail.html).toMatch(/<html[^>]* lang="en"/);

  await page.getByRole('link', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page).toHaveURL(signUp.url('envoye'));
});

test('X2 a password typed before switching the language is there after it', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.giveReference(somebody.lease.reference);
  await signUp.giveSignatory(somebody);
  await signUp.email.fill(somebody.email);
  await signUp.password.fill(somebody.password);
  await page.getByRole('link', { name: 'English' }).click();
  const password = page.getByLabel(text('field.password.label', {}, 'en'), { exact: true });
  await expect(password).toHaveValue(somebody.password);
  await expect(page.getByLabel(text('field.email.label', {}, 'en'), { exact: true })).toHaveValue(somebody.email);
});

test('X1 errors on the page change their language with it', async ({ page, server }) => {
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.reference.fill('12');
  await signUp.continue();
  await expect(page.getByRole('alert')).toContainText(/chiffres/);
  await page.getByRole('link', { name: 'English' }).click();
  const field = page.getByLabel(text('field.reference.label', {}, 'en'), { exact: true });
  await expect(field).toHaveValue('12');
  await expect(page.getByRole('main')).toContainText(pattern('error.reference_length', { min: 6, max: 10, found: 2 }, 'en'));
});

for (const path of ['/', '/connexion', '/cgu', '/cookies', '/accessibilite', '/mentions-legales', '/aide']) {
  test(`X1 ${path} is in English throughout when English is chosen`, async ({ page, context, server }) => {
    await context.addCookies([{ name: 'palier-langue', value: 'en', url: server.origin }]);
    await page.goto(server.url(path, 'extranet'));
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const french = await page.locator('body').evaluate((body) => {
      const copy = body.cloneNode(true) as HTMLElement;
      copy.querySelectorAll('[lang="fr"], [hidden], script, .brand').forEach((element) => element.remove());
      return /\b(vous|votre|vos|est|une|les|pour)\b/i.exec(copy.textContent ?? '')?.[0] ?? '';
    });
    expect(french, 'French words').toBe('');
  });
}
