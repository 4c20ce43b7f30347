import { description } from '../support/forms.ts';
import { identifier } from '../support/mails.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

test.describe('ekidom: another landlord, the same program, another configuration', () => {
  test('T2 T3 T4 T6 T7 T8 from the first page to the signed-in home', async ({ page, server, mailbox, person }) => {
    const awa = person('ekidom');
    const signUp = new SignUp(page, server, 'ekidom');
    const account = new Account(page, server, 'ekidom');
    await signUp.open();
    await expect(page.getByLabel('Référence client')).toHaveCount(0);
    await signUp.giveReference(awa.lease.reference);
    await signUp.giveSignatory(awa);
    await signUp.giveAccess(awa.email, awa.password);
    await expect(signUp.answer('Numéro de compte client')).toContainText(awa.lease.reference.replace(/^0+/, ''));
    await expect(signUp.answer('Date de naissance du signataire principal')).toContainText(awa.lease.birthDate?.year ?? 'none');
    await signUp.send();
    await signUp.expectSent();
    await account.confirm(await mailbox.mail(awa.email, 'confirm_sign_up'));
    const told = identifier(await mailbox.mail(awa.email, 'account_active'));
    await account.signIn(told, awa.password);
    await account.expectName(awa);
  });

  test('T4 what is asked of a password is said before it is typed, each landlord its own rules', async ({ page, server, person }) => {
    const told: string[] = [];
    for (const portal of ['ekidom', 'extranet'] as const) {
      const signUp = new SignUp(page, server, portal);
      const somebody = person(portal);
      await signUp.open();
      await signUp.giveReference(somebody.lease.reference);
      await signUp.giveSignatory(somebody);
      await expect(signUp.password).toHaveAccessibleDescription(/8 caractères/u);
      told.push(await description(signUp.password));
    }
    expect(told[0]).not.toBe(told[1]);
  });

  test('T1 colours, contact and picture are the landlord’s own', async ({ page, server }) => {
    const seen: Record<string, string[]> = { phone: [], brand: [], picture: [], colour: [] };
    for (const portal of ['extranet', 'ekidom'] as const) {
      await new SignUp(page, server, portal).open();
      seen.phone?.push((await page.getByRole('contentinfo').getByRole('link', { name: /^\d\d( \d\d){4}$/ }).textContent()) ?? '');
      seen.brand?.push((await page.getByRole('banner').getByRole('link').first().textContent()) ?? '');
      seen.picture?.push((await page.locator('figure img').getAttribute('src')) ?? '');
      const button = page.getByRole('button', { name: labels.continue, exact: true });
      seen.colour?.push(await button.evaluate((element) => getComputedStyle(element).backgroundColor));
    }
    for (const [what, [one, other]] of Object.entries(seen)) {
      expect(one, what).not.toBe('');
      expect(one, what).not.toBe(other);
    }
  });
});
