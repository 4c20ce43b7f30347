import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newClient } from '../support/clients.ts';
import { link } from '../support/mails.ts';
import { Account } from '../support/pages/account.ts';
import { Registration } from '../support/pages/registration.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { normalised, readPdf } from '../support/pdf.ts';
import { newPerson } from '../support/people.ts';
import { labels } from '../support/portals.ts';
import { expectLargeTargets, expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

test('T6 T7 a demonstration without a mail server: its mails are files, and read at /demo/courriels', async ({ page, ownServer }) => {
  const folder = join(mkdtempSync(join(tmpdir(), 'palier-mails-')), 'mails');
  const server = await ownServer({ environment: { PALIER_SMTP_URL: `file://${folder}` } });
  const somebody = newPerson(server, 'extranet');
  await new SignUp(page, server, 'extranet').complete(somebody);
  await expect(async () => {
    await page.goto(server.url('/demo/courriels'));
    await page.getByRole('link', { name: /Confirmez votre adresse/ }).first().click({ timeout: 500 });
  }).toPass();
  await expect(page.getByRole('main')).toContainText(somebody.email);
  await page.locator('a[href*="/locataire/confirmation#"]').first().click();
  await page.getByRole('button', { name: labels.confirm, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await expect(async () => {
    await page.goto(server.url('/demo/courriels', 'extranet'));
    await page.getByRole('link', { name: /est actif/ }).first().click({ timeout: 500 });
  }).toPass();
  const told = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(await page.getByRole('main').innerText())?.[0] ?? 'none';
  await new Account(page, server, 'extranet').signIn(told, somebody.password);
  expect(existsSync(folder)).toBe(true);
  // The office's partners are written to from the beginning.
  const written = readdirSync(folder).filter((name) => name.endsWith('.eml')).map((name) => readFileSync(join(folder, name), 'utf8'));
  expect(written.filter((mail) => mail.includes(somebody.email))).toHaveLength(2);
});

test('the clock is moved by its page, says how far, and goes back', async ({ page, ownServer, watch }) => {
  // The page is shown again with what is wrong: that is a 422.
  watch.accept(/status of 422 .*demo\/horloge/);
  const server = await ownServer();
  await page.goto(server.url('/demo/horloge'));
  await expect(page.getByRole('main')).toContainText("C'est l'heure réelle");
  await page.getByRole('button', { name: "Avancer d'un jour" }).click();
  await page.getByRole('button', { name: "Avancer d'une heure" }).click();
  await expect(page.getByRole('main')).toContainText("1 j 1 h 0 min d'avance");
  await page.getByLabel('Nombre de minutes').fill('90');
  await page.getByRole('button', { name: 'Avancer', exact: true }).click();
  await expect(page.getByRole('main')).toContainText("1 j 2 h 30 min d'avance");
  await server.restart();
  await page.goto(server.url('/demo/horloge', 'ekidom'));
  await expect(page.getByRole('main'), 'it outlives a restart').toContainText("1 j 2 h 30 min d'avance");
  await page.getByLabel('Nombre de minutes').fill('beaucoup');
  await page.getByRole('button', { name: 'Avancer', exact: true }).click();
  await expect(page.getByRole('main')).toContainText(/Saisissez un nombre de minutes/);
  await page.getByRole('button', { name: "Revenir à l'heure réelle" }).click();
  await expect(page.getByRole('main')).toContainText("C'est l'heure réelle");
});

test('A4 the letters of the demonstration are printed and posted at /demo/courriers, by anybody and on any screen', { tag: '@chromium' }, async ({ page, ownServer }) => {
  test.slow();
  const server = await ownServer();
  const office = await newClient(server);
  const registration = new Registration(page, server);
  await registration.complete(office);
  await registration.confirm(link(await server.mailbox.mail(office.email, 'confirm_registration'), '/administrateur/confirmation'));
  await expect(registration.main).toContainText(text('registered.done.title'));
  const row = page.getByRole('row').filter({ hasText: office.name });
  const expectState = async (state: string): Promise<void> => {
    await page.goto(server.url('/demo/courriers'));
    await expect(row).toHaveCount(1);
    await expect(row).toContainText(text(`demo.letters.states.${state}`));
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 720 });
      await expectNoAxe(page);
      await expectNoSidewaysScroll(page);
      await expectLargeTargets(page);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  };
  await expectState('asked');
  const printing = page.waitForEvent('download');
  await page.getByRole('button', { name: text('demo.letters.print', { count: 1 }), exact: true }).click();
  const pdf = await readPdf(new Uint8Array(await readFile(await (await printing).path())));
  expect(pdf.tagged).toBe(true);
  expect(pdf.text).toContain(normalised(office.name));
  const [code] = pdf.text.match(/\b[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}\b/) ?? ['no code'];
  await expectState('printed');
  await expect(page.getByRole('main'), 'the code is on paper alone').not.toContainText(code);
  await row.getByRole('button', { name: text('demo.letters.post') }).click();
  await expect(row).toContainText(text('demo.letters.states.posted'));
  await expectState('posted');
  await server.mailbox.mail(office.email, 'letter_posted');
});

test('outside a demonstration there is neither mailbox nor letters, desk nor clock', async ({ ownServer }) => {
  const server = await ownServer({ environment: { PALIER_DEMO: '0' } });
  for (const path of ['/demo/courriels', '/demo/courriers', '/demo/guichet', '/demo/horloge']) {
    for (const address of [server.url(path), server.url(path, 'extranet')]) {
      expect((await fetch(address)).status, address).toBe(404);
      expect((await fetch(address, { method: 'POST', body: '' })).status, address).toBeGreaterThanOrEqual(400);
    }
  }
});
