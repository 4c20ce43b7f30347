import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { Api } from '../support/api.ts';
import { link } from '../support/mails.ts';
import { certified } from '../support/mediation.ts';
import { newOrganisation } from '../support/organisations.ts';
import { newPartner } from '../support/partners.ts';
import { Account } from '../support/pages/account.ts';
import { FirstSignIn } from '../support/pages/first-sign-in.ts';
import { becomeAdministrator } from '../support/pages/users.ts';
import { expectNoAxe, expectSound } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';
import { unzip } from '../support/zip.ts';

const main = (page: Page) => page.getByRole('main');
const button = (page: Page) => main(page).getByRole('button', { name: text('data_download.submit'), exact: true });

async function open(account: Account): Promise<void> {
  await account.page.goto(account.url('/compte'));
  await main(account.page).getByRole('link', { name: text('data.title'), exact: true }).click();
  await expect(account.page).toHaveURL(account.url('/compte/donnees'));
  await expect(account.presentPassword).toBeVisible();
}

/** Downloads the file with the password, and gives what is in it. */
async function download(account: Account, password: string): Promise<Map<string, string>> {
  const { page } = account;
  await account.presentPassword.fill(password);
  const coming = page.waitForEvent('download');
  await button(page).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^palier-donnees-\d{4}-\d\d-\d\d\.zip$/);
  await expect(main(page).getByRole('status')).toContainText(text('data.done'));
  await expect(account.presentPassword).toHaveValue('');
  return unzip(readFileSync(await file.path()));
}

const json = (files: Map<string, string>): Record<string, unknown> =>
  JSON.parse(files.get('donnees.json') ?? '') as Record<string, unknown>;

test('D4 a tenant downloads what is kept of them, and nothing of anybody else', { tag: '@chromium' }, async ({ page, server, mailbox, watch }) => {
  const somebody = await new Api(server, 'extranet').account();
  const other = await new Api(server, 'extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.signIn(somebody.email, somebody.password);
  await open(account);
  await expect(main(page)).toContainText('Baux terminés');
  await expect(main(page)).not.toContainText('organismes');
  await expectSound(page);

  await test.step('what is wrong is said in words, and nothing is lost', async () => {
    await button(page).click();
    await expect(main(page).getByRole('alert')).toContainText(text('error.present.required'));
    watch.accept(/401/);
    await account.presentPassword.fill('pas le bon 1');
    await button(page).click();
    await expect(main(page).getByRole('alert')).toContainText('Essais restants');
    await expect(account.presentPassword).toHaveValue('');
    watch.acceptLostNetwork();
    await account.presentPassword.fill(somebody.password);
    await page.context().setOffline(true);
    await button(page).click();
    await expect(main(page).getByRole('alert')).toContainText(text('network.lost'));
    await page.context().setOffline(false);
    await expect(account.presentPassword).toHaveValue(somebody.password);
  });

  const files = await download(account, somebody.password);
  await mailbox.mail(somebody.email, 'data_downloaded');
  await expectNoAxe(page);
  const data = json(files);
  expect(data['account']).toMatchObject({ email: somebody.email });
  expect(data['leases']).toMatchObject([{ reference: somebody.lease.reference.replace(/\D/g, '').replace(/^0+/, '') }]);
  expect(JSON.stringify(data['emails'])).toContain('account_active');
  expect(files.get('LISEZ-MOI.txt')).toContain('compte.csv');
  expect(files.get('compte.csv')).toContain('Identifiant;Adresse e-mail');
  for (const content of files.values()) {
    for (const theirs of [other.email, other.lease.reference, somebody.password, 'argon2']) expect(content).not.toContain(theirs);
  }
});

test('D4 a correspondent, a user of an organisation and a partner get their own', { tag: '@chromium' }, async ({ page, server, mailbox, newDevice }) => {
  await test.step('correspondent', async () => {
    const organisation = newOrganisation(server);
    await certified(new Api(server, 'mediateur-hlm'), mailbox, organisation);
    const account = new Account(page, server, 'mediateur-hlm');
    await account.signIn(organisation.email, organisation.password);
    await open(account);
    const files = await download(account, organisation.password);
    expect(json(files)['organisations']).toMatchObject([{ name: organisation.name, siren: organisation.siren }]);
    await mailbox.mail(organisation.email, 'data_downloaded');
  });

  await test.step('bank user', async () => {
    const device = await newDevice();
    const office = await becomeAdministrator(device, server);
    const account = new Account(device, server, 'prets');
    await open(account);
    const data = json(await download(account, office.password));
    expect(data['rights']).toMatchObject([{ client_name: office.name, administrator: true }]);
    expect(data['letters']).toMatchObject([{ kind: 'designation' }]);
    await mailbox.mail(office.email, 'data_downloaded');
  });

  await test.step('partner', async () => {
    const device = await newDevice();
    const partner = await newPartner(server);
    const mail = await mailbox.mail(partner.email, 'partner_identifiers');
    const first = new FirstSignIn(device, server);
    await device.goto(link(mail, '/partenaire/premiere-connexion'));
    await expect(first.number).toHaveValue(partner.number);
    await first.send();
    await first.choose(partner);
    const account = new Account(device, server, 'partenaires');
    await open(account);
    const data = json(await download(account, partner.password));
    expect(data['partner']).toMatchObject({ number: partner.number });
    await mailbox.mail(partner.email, 'data_downloaded');
  });
});
