import type { Page } from '@playwright/test';
import { Api } from '../support/api.ts';
import { link } from '../support/mails.ts';
import { Device } from '../support/passkeys.ts';
import { newPassword } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { expectSound } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

async function expectGoodPage(page: Page): Promise<void> {
  await expectSound(page);
}

const main = (page: Page) => page.getByRole('main');
const press = (page: Page, key: string) => main(page).getByRole('button', { name: text(key), exact: true }).click();
const follow = (page: Page, key: string) => main(page).getByRole('link', { name: text(key), exact: true }).click();

/** Home is another program than the page of the button: it is loaded, and begins at its top. */
async function expectHome(account: Account): Promise<void> {
  await expect(account.page).toHaveURL(account.url('/locataire'));
  await expect(account.menu).toBeVisible();
}

/** From the account to the passkeys, and another one. */
async function addPasskey(account: Account, password: string): Promise<void> {
  const { page } = account;
  await page.goto(account.url('/compte/cles'));
  await follow(page, 'passkeys.add');
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await account.presentPassword.fill(password);
  await press(page, 'passkey_add.submit');
}

/** From the page where one signs in, by the passkey of the device. */
async function signInByPasskey(account: Account): Promise<void> {
  await account.openSignIn();
  await follow(account.page, 'sign_in.passkey');
  await expect(account.page).toHaveURL(account.url('/connexion/cle'));
  await press(account.page, 'passkey_sign_in.submit');
}

test('X3 a passkey is added, opens the account without a password, and is removed', async ({ page, ownServer }) => {
  const server = await ownServer({ host: 'localhost' });
  const somebody = await new Api(server, 'extranet').account();
  const account = new Account(page, server, 'extranet');
  const device = await Device.of(page);
  await account.signIn(somebody.email, somebody.password);
  await account.choose('account');
  await follow(page, 'passkeys.title');
  await expect(page).toHaveURL(account.url('/compte/cles'));
  await expect(main(page)).toContainText(text('passkeys.none'));
  await expectGoodPage(page);

  await follow(page, 'passkeys.add');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('passkey_add.title'));
  await expectGoodPage(page);
  await account.presentPassword.fill(somebody.password);
  await press(page, 'passkey_add.submit');
  await expect(page).toHaveURL(account.url('/compte/cles'));
  await expect(main(page)).toContainText(text('passkeys.done'));
  expect(await device.count()).toBe(1);
  await server.mailbox.mail(somebody.email, 'passkey_added');
  await expect(main(page)).toMatchAriaSnapshot(`
    - status:
      - paragraph: La clé d'accès est ajoutée. Vous pourrez vous connecter avec elle.
    - link "Retour"
    - heading "Clés d'accès" [level=1]
    - paragraph: /remplace le mot de passe/
    - list:
      - listitem:
        - heading "Chrome sur Windows" [level=2]
        - paragraph: /Ajoutée le/
        - paragraph: Pas encore utilisée
        - paragraph:
          - link /Retirer.+Chrome sur Windows, ajoutée le/
    - paragraph:
      - link "Ajouter une clé d'accès"
  `);
  await expectGoodPage(page);

  await test.step('the same device is told that it has one', async () => {
    await addPasskey(account, somebody.password);
    await expect(main(page).getByRole('alert')).toContainText(text('passkey.known'));
    await expect(account.presentPassword).toHaveValue('');
  });

  await account.signOut();
  await test.step('nothing is typed to sign in', async () => {
    await signInByPasskey(account);
    await expectHome(account);
    await account.expectName(somebody);
  });

  await page.goto(account.url('/compte/cles'));
  await expect(main(page)).toContainText(text('passkeys.used').split('{')[0] ?? '');
  await main(page).getByRole('link', { name: /^Retirer/ }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('passkey_remove.title'));
  await expect(main(page)).toContainText('Chrome sur Windows');
  await expectGoodPage(page);
  await account.presentPassword.fill('pas le bon 1');
  await press(page, 'passkey_remove.submit');
  await expect(main(page).getByRole('alert')).toContainText('Essais restants');
  await account.presentPassword.fill(somebody.password);
  await press(page, 'passkey_remove.submit');
  await expect(page).toHaveURL(account.url('/compte/cles'));
  await expect(main(page)).toContainText(text('passkeys.removed'));
  await expect(main(page)).toContainText(text('passkeys.none'));
  await server.mailbox.mail(somebody.email, 'passkey_removed');

  await account.signOut();
  await signInByPasskey(account);
  await expect(main(page).getByRole('alert')).toContainText(text('problem.passkey_unknown'));
  await expectGoodPage(page);
  await follow(page, 'passkey_sign_in.password');
  await account.trySignIn(somebody.email, somebody.password);
  await expectHome(account);
});

test('X3 a finger that isn’t right, and a device without any, have ways out', async ({ page, ownServer }) => {
  const server = await ownServer({ host: 'localhost' });
  const somebody = await new Api(server, 'ekidom').account();
  const account = new Account(page, server, 'ekidom');
  const device = await Device.of(page);
  await account.signIn(somebody.email, somebody.password);
  await device.verifies(false);
  await addPasskey(account, somebody.password);
  await expect(main(page).getByRole('alert')).toContainText(text('passkey.cancelled'));
  await device.verifies(true);
  await account.presentPassword.fill(somebody.password);
  await press(page, 'passkey_add.submit');
  await expect(main(page)).toContainText(text('passkeys.done'));
  await account.signOut();

  await device.verifies(false);
  await page.goto(account.url('/connexion/cle'));
  await account.stay.check();
  await press(page, 'passkey_sign_in.submit');
  await expect(main(page).getByRole('alert')).toContainText(text('passkey.cancelled'));
  await expect(account.stay).toBeChecked();
  await expect(main(page)).toMatchAriaSnapshot(`
    - heading "Se connecter avec une clé d'accès" [level=1]
    - paragraph: /Il n'y a rien à saisir ici/
    - checkbox "Rester connecté" [checked]
    - text: Rester connecté
    - paragraph: /30 jours/
    - alert:
      - paragraph: /La demande a été annulée/
    - button "Utiliser ma clé d'accès"
    - list:
      - listitem:
        - link "Se connecter avec un mot de passe"
  `);
  await expectGoodPage(page);
  await device.verifies(true);
  await press(page, 'passkey_sign_in.submit');
  await expectHome(account);
  await account.signOut();

  await device.forget();
  await page.goto(account.url('/connexion/cle'));
  await press(page, 'passkey_sign_in.submit');
  await expect(main(page).getByRole('alert')).toContainText(text('passkey.cancelled'));
});

test('X3 two portals on one host keep their passkeys apart', async ({ page, newDevice, ownServer }) => {
  const server = await ownServer({ host: 'localhost' });
  const here = new Account(page, server, 'extranet');
  const somebody = await new Api(server, 'extranet').account();
  await Device.of(page);
  await here.signIn(somebody.email, somebody.password);
  await addPasskey(here, somebody.password);
  await expect(main(page)).toContainText(text('passkeys.done'));
  await here.signOut();

  const there = new Account(page, server, 'ekidom');
  await signInByPasskey(there);
  await expect(main(page).getByRole('alert')).toContainText(text('problem.passkey_unknown'));
  await signInByPasskey(here);
  await here.expectName(somebody);

  await test.step('a browser without passkeys says so', async () => {
    const other = await newDevice();
    await other.addInitScript('delete window.PublicKeyCredential');
    const account = new Account(other, server, 'extranet');
    await other.goto(account.url('/connexion/cle'));
    await press(other, 'passkey_sign_in.submit');
    await expect(main(other).getByRole('alert')).toContainText(text('passkey.unsupported'));
  });
});

test('X3 a new password by link removes the passkeys, and their owner is told', async ({ page, ownServer }) => {
  const server = await ownServer({ host: 'localhost' });
  const somebody = await new Api(server, 'extranet').account();
  const account = new Account(page, server, 'extranet');
  await Device.of(page);
  await account.signIn(somebody.email, somebody.password);
  await addPasskey(account, somebody.password);
  await expect(main(page)).toContainText(text('passkeys.done'));
  await account.signOut();
  await page.goto(account.url('/mot-de-passe-oublie'));
  await account.login.fill(somebody.email);
  await press(page, 'forgotten_password.submit');
  const password = newPassword(server);
  await account.choosePassword(link(await server.mailbox.mail(somebody.email, 'password_reset'), '/mot-de-passe-oublie/nouveau'), password);
  await server.mailbox.mail(somebody.email, 'passkeys_removed');
  await signInByPasskey(account);
  await expect(main(page).getByRole('alert')).toContainText(text('problem.passkey_unknown'));
  await account.signIn(somebody.email, password);
});

test('X3 an address without a name has no passkeys, and says so', async ({ page, server }) => {
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  await expect(main(page).getByRole('link', { name: text('sign_in.passkey') })).toHaveCount(0);
  await page.goto(account.url('/connexion/cle'));
  await expect(main(page)).toContainText(text('passkeys.off'));
  await expect(main(page).getByRole('button')).toHaveCount(0);
  await expectGoodPage(page);
  await follow(page, 'passkey_sign_in.password');
  await expect(page).toHaveURL(account.url('/connexion'));
});
