import { Account } from '../support/pages/account.ts';
import { Desk, newStaff } from '../support/pages/desk.ts';
import { expectNoAxe } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

// The browser's own clock is moved, since nobody can wait for 18 minutes; the server's stays as it is.
test.describe('X1 T8 before a visit ends for want of activity', () => {
  test('it is asked, by a dialog that keeps the focus, and can be prolonged', async ({ page, server, api }) => {
    const somebody = await api('extranet').account();
    const account = new Account(page, server, 'extranet');
    await page.clock.install();
    await account.signIn(somebody.email, somebody.password);
    await page.clock.fastForward('17:30');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.clock.fastForward('00:45');
    const dialog = page.getByRole('dialog', { name: pattern('idle.title') });
    await expect(dialog).toBeVisible();
    const stay = dialog.getByRole('button').first();
    await expect(stay).toBeFocused();
    for (let presses = 0; presses < 5; presses += 1) await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('dialog') !== null)).toBe(true);
    await expectNoAxe(page);
    const prolonged = page.waitForResponse((response) => response.url().endsWith('/session/extend'));
    await stay.click();
    expect((await prolonged).status()).toBe(204);
    await expect(dialog).toBeHidden();
    await account.expectName(somebody);
  });

  test('without an answer it ends, says so, and shows nothing of the person any more', async ({ page, server, api }) => {
    const somebody = await api('extranet').account();
    const account = new Account(page, server, 'extranet');
    await page.clock.install();
    await account.signIn(somebody.email, somebody.password);
    await page.clock.fastForward('18:15');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.clock.fastForward('02:15');
    await expect(account.login).toBeVisible();
    await expect(page.getByRole('status').filter({ hasText: pattern('session.ended') })).toBeVisible();
    await expect(page.getByText(somebody.lease.reference)).toHaveCount(0);
    await account.trySignIn(somebody.email, somebody.password);
    await expect(page).toHaveURL(account.url('/locataire'));
  });

  test('D3 at the desk too it is asked, and nothing typed is lost', async ({ page, server }) => {
    const somebody = await newStaff(server, 'prets', 'support');
    const desk = new Desk(page, server);
    await page.clock.install();
    await desk.comeFirst(somebody);
    const listed = page.waitForResponse((response) => response.url().includes('/api/desk/clients'));
    await desk.go('clients');
    // Its answer begins the twenty minutes anew.
    await listed;
    await expect(desk.main).not.toContainText(text('desk.loading'));
    const search = page.getByLabel(text('desk.clients.search'), { exact: true });
    await search.fill('Office de nulle part');
    await page.clock.fastForward('17:30');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.clock.fastForward('00:45');
    const dialog = page.getByRole('dialog', { name: pattern('idle.title') });
    const stay = dialog.getByRole('button', { name: text('idle.stay'), exact: true });
    await expect(stay).toBeFocused();
    await expectNoAxe(page);
    const prolonged = page.waitForResponse((response) => response.url().endsWith('/desk/session/extend'));
    await stay.click();
    expect((await prolonged).status()).toBe(204);
    await expect(dialog).toBeHidden();
    await expect(search).toHaveValue('Office de nulle part');
    await desk.press('desk.search');
    await expect(desk.main).toContainText(text('desk.nothing'));
  });

  test('D3 at the desk too it ends without an answer, and the address stays', async ({ page, server }) => {
    const somebody = await newStaff(server, 'prets', 'support');
    const desk = new Desk(page, server);
    await page.clock.install();
    await desk.comeFirst(somebody);
    const listed = page.waitForResponse((response) => response.url().includes('/api/desk/clients'));
    await desk.go('clients');
    // Its answer begins the twenty minutes anew.
    await listed;
    await expect(desk.main).not.toContainText(text('desk.loading'));
    await page.clock.fastForward('18:15');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.clock.fastForward('02:15');
    await desk.expectTold(text('desk.ended'));
    await desk.expectTitle('desk.sign_in.title');
    await expect(page).toHaveURL(desk.url('/clients'));
    await page.reload();
    await desk.expectTitle('desk.sign_in.title');
  });

  test('it is not asked of those who chose to stay signed in', async ({ page, server, api }) => {
    const somebody = await api('ekidom').account();
    const account = new Account(page, server, 'ekidom');
    await page.clock.install();
    await account.signIn(somebody.email, somebody.password, true);
    await page.clock.fastForward('25:00');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('contentinfo').getByRole('link', { name: 'Cookies' }).click();
    await account.expectName(somebody);
  });
});
