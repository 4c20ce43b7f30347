import { identifier, link } from '../support/mails.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

test.describe('extranet: a tenant signs up', () => {
  test('T1 T2 T3 T4 T6 T7 T8 from the first page to the signed-in home, and out again', async ({ page, server, mailbox, person }) => {
    const camille = person('extranet');
    const signUp = new SignUp(page, server, 'extranet');
    const account = new Account(page, server, 'extranet');

    await test.step('the home page leads to the sign-up', async () => {
      await page.goto(server.url('/', 'extranet'));
      await page.getByRole('main').getByRole('link', { name: labels.create }).click();
      await expect(page).toHaveURL(signUp.url());
    });

    await test.step('T1 what to have at hand, with the picture of the rent notice', async () => {
      await expect(page.getByRole('heading', { name: 'À avoir sous la main' })).toBeVisible();
      const picture = page.getByRole('img', { name: /avis d.échéance/i });
      await page.getByRole('group').filter({ hasText: 'Où trouver' }).locator('summary').click();
      await expect(picture).toBeVisible();
      expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    });

    await test.step('the four steps', async () => {
      await signUp.giveReference(camille.lease.reference);
      await expect(page.getByRole('group', { name: /Date de naissance/ })).toHaveCount(0);
      await signUp.giveSignatory(camille);
      await signUp.giveAccess(camille.email, camille.password);
      await expect(signUp.answer('Référence client')).toContainText(camille.lease.reference);
      await expect(signUp.answer(labels.surname)).toHaveText(camille.lease.surname);
      await expect(signUp.answer(labels.email)).toHaveText(camille.email);
      await expect(page.getByText(camille.password)).toHaveCount(0);
      await signUp.send();
      await signUp.expectSent();
      await expect(page.getByRole('main')).toContainText(camille.email);
    });

    await test.step('T6 the first mail: nothing is active before the click', async () => {
      const mail = await mailbox.mail(camille.email, 'confirm_sign_up');
      expect(mail.language).toBe('fr');
      expect(mail.text).not.toContain(camille.password);
      await account.openSignIn();
      await account.trySignIn(camille.email, camille.password);
      await expect(page.getByRole('alert')).toContainText('incorrect');
      await account.confirm(mail);
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
      await expect(page.getByRole('main').getByRole('link', { name: labels.signIn })).toBeVisible();
      expect(link(mail, '/locataire/confirmation')).toContain(server.url('/locataire/confirmation#', 'extranet'));
    });

    const active = await test.step('T7 the second mail tells the identifier', async () => {
      const mail = await mailbox.mail(camille.email, 'account_active');
      expect(mail.links).toContain(server.url('/connexion', 'extranet'));
      return identifier(mail);
    });

    await test.step('T8 signs in by the address, out, and in by the identifier', async () => {
      await page.getByRole('main').getByRole('link', { name: labels.signIn }).click();
      await account.trySignIn(camille.email, camille.password);
      await account.expectSignedIn();
      await account.expectName(camille);
      await expect(page.getByRole('main')).toContainText(active);
      await expect(page.getByRole('main')).toContainText(camille.lease.reference);
      await account.signOut();
      await account.signIn(active, camille.password);
      await account.signOut();
      await account.signIn(active.toLowerCase().replace('-', ' '), camille.password);
      await account.signOut();
    });

    await test.step('signed out is signed out', async () => {
      await page.goto(server.url('/locataire', 'extranet'));
      await expect(account.login).toBeVisible();
      await expect(page.getByText(active)).toHaveCount(0);
    });
  });

  test('T8 a page that needs signing in comes back after it', async ({ page, server, api }) => {
    const camille = await api('extranet').account();
    const account = new Account(page, server, 'extranet');
    await page.goto(server.url('/compte', 'extranet'));
    await account.trySignIn(camille.email, camille.password);
    await expect(page).toHaveURL(server.url('/compte', 'extranet'));
    await account.expectName(camille);
  });
});
