import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { Api } from '../support/api.ts';
import { colleague } from '../support/clients.ts';
import { expectRefusedField } from '../support/forms.ts';
import { Account } from '../support/pages/account.ts';
import { Terms } from '../support/pages/terms.ts';
import { becomeAdministrator, Users } from '../support/pages/users.ts';
import type { AnySlug } from '../support/portals.ts';
import { expectNoAxe, expectSound } from '../support/quality.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';
import type { Watch } from '../support/watch.ts';

const VERSION = '2027-01';
const NEWS = 'peut maintenant vous écrire par SMS';

/** The server is stopped, and started again with other terms. */
async function changeTerms(server: Server, portal: AnySlug, version = VERSION, news = NEWS): Promise<void> {
  await server.stop();
  server.changeTerms(portal, version, {
    fr: `# Conditions générales d’utilisation\n\nVersion ${version}.\n\n## Ce qui change\n\n{landlord} ${news}.\n`,
    en: `# Terms of use\n\nVersion ${version}.\n\n## What changes\n\n{landlord} may now write to you by text message.\n`,
  });
  await server.start();
}

/** A form refused on a page of the server's own is an answer, which Chromium reports as an error. */
const acceptRefusal = (watch: Watch): void => watch.accept(/status of 422.*\/cgu\/accepter\)$/);

/** What the API says of who is signed in in a page. */
async function asked(page: Page, address: string, body?: object): Promise<{ status: number; json: Record<string, unknown> }> {
  const headers = { 'x-palier': '1', origin: new URL(address).origin, 'sec-fetch-site': 'same-origin' };
  const answer = await (body === undefined ? page.request.get(address, { headers }) : page.request.post(address, { headers, data: body }));
  return { status: answer.status(), json: (await answer.json()) as Record<string, unknown> };
}

test.describe('A10 terms that changed', () => {
  test('A10 a tenant is asked at the next sign-in, can refuse, accepts, and reads both versions again', async ({ page, context, ownServer, watch }) => {
    test.slow();
    acceptRefusal(watch);
    const server = await ownServer();
    const somebody = await new Api(server, 'extranet').account();
    const terms = new Terms(page, server, 'extranet');
    const account = new Account(page, server, 'extranet');
    const before = await terms.inForce();
    await changeTerms(server, 'extranet');
    const after = await terms.inForce();
    expect(after).toContain(NEWS);
    expect(before).not.toContain(NEWS);

    await test.step('the sign-in leads to the question', async () => {
      await account.openSignIn();
      await account.trySignIn(somebody.email, somebody.password);
      await terms.expectAsked('/locataire', VERSION);
      await expectSound(page);
      await expect(page.getByRole('main')).toMatchAriaSnapshot(`
        - heading "Les conditions générales d'utilisation ont changé" [level=1]
        - paragraph: Pour continuer, lisez la nouvelle version, puis acceptez-la.
        - paragraph:
          - text: /2027-01/
          - link "Lire les conditions générales d'utilisation (nouvel onglet)"
        - checkbox "J'ai lu et j'accepte les conditions générales d'utilisation"
        - text: J'ai lu et j'accepte les conditions générales d'utilisation
        - button "Accepter et continuer"
        - heading "Vous ne voulez pas les accepter maintenant ?" [level=2]
        - paragraph: /Déconnectez-vous/
        - button "Se déconnecter"
      `);
    });

    await test.step('the new text is read in a tab of its own', async () => {
      const opened = context.waitForEvent('page');
      await terms.read.click();
      const tab = await opened;
      await expect(tab.getByRole('article')).toContainText(NEWS);
      await tab.close();
      await expect(terms.box).toBeVisible();
    });

    await test.step('personal pages lead back there; the others stay open', async () => {
      for (const path of ['/compte', '/locataire']) {
        await page.goto(terms.url(path));
        await terms.expectAsked(path, VERSION);
      }
      await page.goto(terms.url('/aide'));
      await expect(page).toHaveURL(terms.url('/aide'));
    });

    await test.step('the API tells that they are due, and takes no other consent', async () => {
      const session = await asked(page, terms.url('/api/account/session'));
      expect(session.json.due).toBe('terms');
      for (const [given, code] of [['2026-11', 'terms_outdated'], ['', 'required']] as const) {
        const refused = await asked(page, terms.url('/api/account/consents'), { read_terms: given });
        expect(refused.status).toBe(422);
        expect(refused.json.fields).toEqual([{ name: 'read_terms', code }]);
      }
    });

    await test.step('who doesn’t accept signs out, and is asked again', async () => {
      await page.goto(terms.url('/compte'));
      await terms.leave();
      await account.expectSignedOut();
      await page.goto(terms.url('/compte'));
      await expect(page).toHaveURL(terms.url('/connexion?retour=/compte'));
      await account.trySignIn(somebody.email, somebody.password);
      await terms.expectAsked('/compte', VERSION);
    });

    await test.step('without the box it says so, in either language, and forgets nothing', async () => {
      await terms.submit();
      await expectRefusedField(page, terms.box, pattern('shell.terms.unticked'));
      await expectSound(page);
      await page.getByRole('banner').getByRole('link', { name: 'English' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('shell.terms.title', {}, 'en'));
      await expectNoAxe(page);
      await page.getByRole('banner').getByRole('link', { name: 'Français' }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('shell.terms.title'));
      await terms.submit();
      await terms.accept();
      await expect(page).toHaveURL(terms.url('/compte'));
      await expect(page.getByRole('main')).toContainText(somebody.email);
    });

    await test.step('both versions are listed, and each is shown again as it was', async () => {
      await page.getByRole('link', { name: text('account.read_terms'), exact: true }).click();
      await expect(page).toHaveURL(terms.url('/cgu/acceptees'));
      await expect(terms.versions).toHaveCount(2);
      await expectSound(page);
      for (const [version, shown] of [[VERSION, after], ['2026-11', before]] as const) {
        await page.goto(terms.url('/cgu/acceptees'));
        const listed = (await terms.version(version).innerText()).replace(/\s/g, '');
        await terms.version(version).getByRole('link').click();
        await expect(page.getByRole('article')).toBeVisible();
        expect(await terms.words()).toEqual(shown);
        const print = /[0-9a-f]{64}/.exec(await terms.main.innerText())?.[0] ?? '';
        expect(listed).toContain(print);
        await expectSound(page);
        const exact = await page.request.get(new URL((await terms.exact.getAttribute('href')) ?? '', page.url()).href);
        expect(createHash('sha256').update(await exact.body()).digest('hex')).toBe(print);
        expect(await exact.text()).toContain(version === VERSION ? NEWS : 'Un seul compte est ouvert par foyer');
      }
      await page.getByRole('main').getByRole('link', { name: 'Retour' }).click();
      await expect(page).toHaveURL(terms.url('/cgu/acceptees'));
    });

    await test.step('nobody is asked twice', async () => {
      await page.goto(terms.url('/cgu/accepter'));
      await expect(page).toHaveURL(terms.url('/locataire'));
      await account.signOut();
      await account.signIn(somebody.email, somebody.password);
    });
  });

  test('A10 a session that was open before is asked at its next step, in each tab', async ({ page, context, ownServer, watch }) => {
    acceptRefusal(watch);
    const server = await ownServer();
    const somebody = await new Api(server, 'ekidom').account();
    const terms = new Terms(page, server, 'ekidom');
    const account = new Account(page, server, 'ekidom');
    await account.signIn(somebody.email, somebody.password);
    const tab = await context.newPage();
    await tab.goto(terms.url('/locataire'));
    await expect(new Account(tab, server, 'ekidom').menu).toBeVisible();
    await changeTerms(server, 'ekidom');

    await test.step('by a link of the page that was open', async () => {
      await account.openMenu();
      await page.getByRole('banner').getByRole('link', { name: text('menu.account'), exact: true }).click();
      await terms.expectAsked('/compte', VERSION);
      await expectNoAxe(page);
    });

    await test.step('by loading the page again, in another tab', async () => {
      await tab.reload();
      await new Terms(tab, server, 'ekidom').expectAsked('/locataire', VERSION);
    });

    await test.step('changed once more under the eyes of the reader: the newest is asked for', async () => {
      await changeTerms(server, 'ekidom', '2027-02', 'ne vous écrit plus par SMS');
      await terms.accept();
      await expectRefusedField(page, terms.box, pattern('shell.terms.outdated'));
      await expect(terms.main).toContainText(text('shell.terms.version', { version: '2027-02' }));
      await expect(terms.box).not.toBeChecked();
    });

    await test.step('accepted in one tab, it leads on in the other, and counts once', async () => {
      await terms.accept();
      await expect(page).toHaveURL(terms.url('/compte'));
      await tab.reload();
      await expect(tab).toHaveURL(terms.url('/locataire'));
      await account.expectName(somebody);
      await page.goto(terms.url('/cgu/acceptees'));
      await expect(terms.versions).toHaveCount(2);
    });
  });

  test('A10 an administrator does nothing for the organisation before accepting', async ({ page, ownServer, newDevice }) => {
    test.slow();
    const server = await ownServer();
    const office = await becomeAdministrator(page, server);
    const terms = new Terms(page, server, 'prets');
    const users = new Users(page, server);
    await users.open(office);
    const version = 'organismes-2027-01';
    await changeTerms(server, 'prets', version);
    const somebody = colleague(server, office);

    await test.step('what is open is refused, and says what to do', async () => {
      await users.fillInvitation(somebody, { 'Consultation des prêts': 'consult' });
      await users.submit('invite');
      await expect(page.getByRole('alert').first()).toContainText(text('problem.terms_due'));
      await expectNoAxe(page);
    });

    await test.step('the API answers nothing of the organisation', async () => {
      for (const path of ['/api/organisation/users', '/api/organisation/journal', '/api/organisation/journal.csv']) {
        expect(await asked(page, terms.url(path)), path).toMatchObject({ status: 403, json: { code: 'terms_due' } });
      }
    });

    await test.step('its pages lead to the question, a fresh sign-in too', async () => {
      await page.reload();
      await terms.expectAsked('/organisme/utilisateurs', version);
      await expectSound(page);
      const device = await newDevice();
      const theirs = new Account(device, server, 'prets');
      await device.goto(users.url('journal'));
      await theirs.trySignIn(office.email, office.password);
      await new Terms(device, server, 'prets').expectAsked('/organisme/journal', version);
      await theirs.openSignIn();
      await device.goto(theirs.url('/compte'));
      await new Terms(device, server, 'prets').leave();
      await theirs.trySignIn(office.email, office.password);
      await new Terms(device, server, 'prets').expectAsked('/compte', version);
    });

    await test.step('accepted, it leads to the users; nothing was sent before', async () => {
      await terms.accept();
      await expect(page).toHaveURL(users.url());
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('users.title', { organisation: office.name }));
      expect(server.mailbox.all(somebody.email)).toEqual([]);
      await users.invite(somebody, { 'Consultation des prêts': 'consult' });
      await server.mailbox.mail(somebody.email, 'invitation');
      await page.goto(terms.url('/cgu/acceptees'));
      await expect(terms.versions).toHaveCount(2);
    });
  });
});
