import { expect, type Locator, type Page } from '@playwright/test';

/** The box above the heading that says what is wrong and leads to the fields. */
export const errorSummary = (page: Page): Locator => page.getByRole('alert').filter({ has: page.getByRole('link') });

/**
 * A refused field, told as `standards.md` asks: a summary that has the focus and links to the field with the same
 * words, a title that starts with "Erreur", a message tied to the field. `field` is the control (or a date's part).
 */
export async function expectRefused(page: Page, field: Locator, message: RegExp): Promise<void> {
  const summary = errorSummary(page);
  await expect(summary).toBeFocused();
  await expect(page).toHaveTitle(/^Erreur\s:\s/u);
  const link = summary.getByRole('link', { name: message });
  await expect(link).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await link.click();
  await expect(field).toBeFocused();
}

/** The same for a field with a message of its own, which screen readers read with it. */
export async function expectRefusedField(page: Page, field: Locator, message: RegExp): Promise<void> {
  await expectRefused(page, field, message);
  await expect(field).toHaveAccessibleDescription(message);
}

/** The heading of the page has the focus: where a screen reader goes on reading. */
export async function expectFocusedHeading(page: Page, name?: string | RegExp): Promise<void> {
  const heading = page.getByRole('heading', { level: 1, ...(name === undefined ? {} : { name }) });
  await expect(heading).toBeFocused();
}

/** An element has been pressed and the page takes it as done: the button says that it is busy, or is gone. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
}

/** What screen readers read after a field's label: hint and message. */
export function description(field: Locator): Promise<string> {
  return field.evaluate((element) =>
    (element.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  );
}
