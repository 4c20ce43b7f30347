import { Api } from '../support/api.ts';
import { expectRefused } from '../support/forms.ts';
import { Account } from '../support/pages/account.ts';
import { Terms } from '../support/pages/terms.ts';
import { becomeAdministrator, Users } from '../support/pages/users.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

const NEW = '2027-01';
const WRITTEN = {
  fr: '# Conditions générales d’utilisation\n\nVersion de janvier 2027.\n\n{landlord} peut maintenant vous écrire par SMS.\n',
  en: '# Terms of use\n\nVersion of January 2027.\n\n{landlord} may now write to you by text message.\n',
};
const NEWS = 'peut maintenant vous écrire par SMS';

test.describe('A10 terms that change', () => {
  test('A10 a tenant is asked at the next sign-in, and nothing personal is shown before', async ({ page, ownServer, newDevice, watch }) => {
    watch.accept(/status of 422.*cgu\/accepter/);
    const server = await ownServer();
    const somebody = await new Api(server, 'extranet').account();
    const account = new Account(page, server, 'extranet');
    const terms = new Terms(page, server, 'extranet');
    await page.goto(account.url('/cgu'));
    const before = await terms.main.innerText();
    expect(before).not.toContain(NEWS);
    await server.stop();
    server.changeTerms('extranet', NEW, WRITTEN);
    await server.start();

    await test.step('A10 asked instead of the page one was going to', async () => {
      await account.openSignIn();
      await account.trySignIn(somebody.email, somebody.password);
      await terms.expectAsked('/locataire', NEW);
      await expectNoAxe(page);
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        await expectNoSidewaysScroll(page);
      }
    });

    await test.step('A10 the new text is read beside it, and the question stays', async () => {
      const opened = page.context().waitForEvent('page');
      await terms.read.click();
      const read = await opened;
      await expect(read.getByRole('main')).toContainText(NEWS);
      await read.close();
      await expect(terms.box).toBeVisible();
    });

    await test.step('A10 no other address leads round it', async () => {
      for (const path of ['/locataire', '/compte']) {
        await page.goto(account.url(path));
        await terms.expectAsked(path, NEW);
      }
    });

    await test.step('A10 without the box it says why', async () => {
      await terms.submit();
      await expectRefused(page, terms.box, pattern('shell.terms.unticked'));
      await expectNoAxe(page);
    });

    await test.step('A10 who doesn’t accept signs out, and is asked again', async () => {
      await terms.leave();
      await account.trySignIn(somebody.email, somebody.password);
      await terms.expectAsked('/locataire', NEW);
    });

    await test.step('A10 who accepts goes on, and is never asked again', async () => {
      await terms.accept();
      await expect(page).toHaveURL(account.url('/locataire'));
      await account.expectName(somebody);
      const other = new Account(await newDevice(), server, 'extranet');
      await other.signIn(somebody.email, somebody.password);
    });

    await test.step('A10 each text that was accepted can be read again, word for word', async () => {
      await page.goto(account.url('/compte'));
      await page.getByRole('link', { name: text('account.read_terms'), exact: true }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('shell.accepted.title'));
      await expectNoAxe(page);
      const accepted = terms.main.getByRole('listitem');
      await expect(accepted).toHaveCount(2);
      await expect(accepted.first()).toContainText(NEW);
      await accepted.last().getByRole('link').click();
      await expect(terms.main).not.toContainText(NEWS);
      const [last] = before.trim().split('\n').slice(-1);
      await expect(terms.main).toContainText(last ?? 'there was no text');
      await expectNoAxe(page);
      await page.goBack();
      await accepted.first().getByRole('link').click();
      await expect(terms.main).toContainText(NEWS);
    });
  });

  test('A10 whoever is signed in when they change is asked at the next page', async ({ page, ownServer }) => {
    test.slow();
    const server = await ownServer();
    const office = await becomeAdministrator(page, server);
    const terms = new Terms(page, server, 'prets');
    const users = new Users(page, server);
    await users.open(office);
    await server.stop();
    server.changeTerms('prets', NEW, WRITTEN);
    await server.start();

    await test.step('A10 a click in the open page changes nothing, and says why', async () => {
      await page.getByRole('button', { name: text('users.invite.open'), exact: true }).click();
      await page.getByLabel(text('field.invited_email.label'), { exact: true }).fill('quelquun@exemple.fr');
      await page.getByLabel('Prénom', { exact: true }).fill('Yves');
      await page.getByLabel('Nom', { exact: true }).fill('Le Goff');
      await users.grant({ 'Consultation des prêts': 'consult' });
      await users.submit('invite');
      await expect(users.main).toContainText(text('problem.terms_due'));
      expect(server.mailbox.all('quelquun@exemple.fr')).toEqual([]);
      const refused = await page.request.get(server.url('/api/organisation/users', 'prets'));
      expect([refused.status(), ((await refused.json()) as { code: string }).code]).toEqual([403, 'terms_due']);
    });

    await test.step('A10 accepted, it leads back to where they were', async () => {
      await page.reload();
      await terms.expectAsked('/organisme/utilisateurs', NEW);
      await expectNoAxe(page);
      await terms.accept();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('users.title', { organisation: office.name }));
    });
  });
});
