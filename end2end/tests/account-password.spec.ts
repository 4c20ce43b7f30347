import { Api } from '../support/api.ts';
import { newPassword } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { labels } from '../support/portals.ts';
import { expectSound } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

test('T9 another password: the other device is signed out, this one goes on, in two tabs', async ({ page, context, server, mailbox, newDevice, watch }) => {
  const somebody = await new Api(server, 'extranet').account();
  const account = new Account(page, server, 'extranet');
  const device = await newDevice();
  const theirs = new Account(device, server, 'extranet');
  await theirs.signIn(somebody.email, somebody.password, true);
  await account.signIn(somebody.email, somebody.password);
  const tab = await context.newPage();
  await tab.goto(account.url('/compte'));

  await account.choose('password');
  await expect(page).toHaveURL(account.url('/compte/mot-de-passe'));
  await expectSound(page);
  watch.acceptLostNetwork();
  const password = newPassword(server);
  await page.context().setOffline(true);
  await account.changePassword(somebody.password, password);
  await expect(page.getByRole('alert').last()).toContainText(text('network.lost'));
  await page.context().setOffline(false);
  await expect(account.newPassword, 'nothing is lost with the network').toHaveValue(password);
  await page.getByRole('button', { name: text('password_change.submit'), exact: true }).click();
  await expect(page).toHaveURL(account.url('/compte'));
  await expect(page.getByRole('main')).toContainText(text('password_change.done'));
  await mailbox.mail(somebody.email, 'password_changed');

  await tab.reload();
  await new Account(tab, server, 'extranet').expectName(somebody);
  await device.goto(account.url('/compte'));
  await expect(device).toHaveURL(account.url('/connexion?retour=/compte'));
  await theirs.trySignIn(somebody.email, password);
  await expect(device).toHaveURL(account.url('/compte'));
});

test('T8 devices are shown, and signed out one by one or all at once', async ({ page, server, newDevice }) => {
  const somebody = await new Api(server, 'ekidom').account();
  const account = new Account(page, server, 'ekidom');
  const devices = [await newDevice(), await newDevice()];
  for (const device of devices) await new Account(device, server, 'ekidom').signIn(somebody.email, somebody.password);
  await account.signIn(somebody.email, somebody.password);
  await account.choose('account');
  await expect(account.sessions).toHaveCount(3);
  await expect(account.sessions.first()).toContainText(text('sessions.this'));
  await expect(page.getByRole('main')).toContainText(text('account.consents.title'));
  await expectSound(page);
  await account.sessions.nth(1).getByRole('button').click();
  await expect(account.sessions).toHaveCount(2);
  await page.getByRole('button', { name: text('sessions.end_others'), exact: true }).click();
  await expect(account.sessions).toHaveCount(1);
  for (const device of devices) {
    await device.goto(account.url('/compte'));
    await expect(device).toHaveURL(account.url('/connexion?retour=/compte'));
  }

  await test.step('home is another program: Back comes back', async () => {
    await account.openMenu();
    await page.getByRole('banner').getByRole('link', { name: text('menu.home'), exact: true }).click();
    await expect(page).toHaveURL(account.url('/locataire'));
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Bonjour');
    await page.goBack();
    await expect(page).toHaveURL(account.url('/compte'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('account.title'));
    await account.openMenu();
    await page.getByRole('button', { name: labels.signOut, exact: true }).click();
    await account.expectSignedOut();
  });
});
