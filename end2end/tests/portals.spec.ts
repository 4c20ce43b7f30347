import { request } from 'node:http';
import { link } from '../support/mails.ts';
import { certified } from '../support/mediation.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

test.describe('portals share nothing', () => {
  test('the root lists them, and each leads home', async ({ page, server }) => {
    for (const [portal, first] of [
      ['extranet', labels.create], ['ekidom', labels.create], ['mediateur-hlm', text('home.mediation.title')],
      ['prets', text('home.onboarding.title')], ['partenaires', text('home.first_sign_in.title')],
    ] as const) {
      await page.goto(server.url('/'));
      const links = page.getByRole('main').getByRole('link');
      await expect(links).toHaveCount(5);
      await page.locator(`main a[href^="/${portal}"]`).click();
      await expect(page).toHaveURL(new RegExp(`/${portal}/?$`));
      await expect(page.getByRole('main').getByRole('link', { name: first })).toBeVisible();
    }
  });

  test('T5 T8 one address, two landlords: two accounts with a password each', async ({ page, context, server, person, api, mailbox }) => {
    const here = await api('extranet').account();
    const there = { ...person('ekidom'), email: here.email };
    await new SignUp(page, server, 'ekidom').complete(there);
    const account = { here: new Account(page, server, 'extranet'), there: new Account(page, server, 'ekidom') };
    await account.there.confirm(await mailbox.mail(there.email, 'confirm_sign_up'));
    await expect.poll(() => mailbox.all(here.email).map(({ kind }) => kind)).toEqual([
      'confirm_sign_up', 'account_active', 'confirm_sign_up', 'account_active',
    ]);
    await account.there.openSignIn();
    await account.there.trySignIn(here.email, here.password);
    await expect(page.getByRole('alert')).toContainText('incorrect');
    await account.there.trySignIn(there.email, there.password);
    await account.there.expectSignedIn();

    // Signed in with one landlord is not signed in with the other, in the same browser.
    await page.goto(server.url('/compte', 'extranet'));
    await expect(account.here.login).toBeVisible();
    await account.here.trySignIn(here.email, here.password);
    await account.here.expectName(here);
    expect((await context.cookies()).map(({ name }) => name).sort()).toEqual(['palier-ekidom', 'palier-extranet']);
    await page.goto(server.url('/locataire', 'extranet'));
    await account.here.signOut();
    await page.goto(server.url('/compte', 'ekidom'));
    await account.there.expectName(there);
  });

  test('M2 T8 a tenant who is a correspondent too, with one address: each sign-in ends where it belongs', async ({ page, server, api, mailbox, organisation }) => {
    const tenant = await api('ekidom').account();
    const office = organisation({ email: tenant.email });
    await certified(api('mediateur-hlm'), mailbox, office);
    await new Account(page, server, 'mediateur-hlm').signIn(tenant.email, office.password);
    await expect(page).toHaveURL(server.url('/mediation', 'mediateur-hlm'));
    await new Account(page, server, 'ekidom').signIn(tenant.email, tenant.password);
    await expect(page).toHaveURL(server.url('/locataire', 'ekidom'));
    await page.goto(server.url('/compte', 'mediateur-hlm'));
    await expect(page.getByRole('main')).toContainText(tenant.email);
  });

  test('T8 a session of one landlord is not one of the other, whatever the cookie is called', async ({ api, context, page, server }) => {
    const somebody = await api('extranet').account();
    await new Account(page, server, 'extranet').signIn(somebody.email, somebody.password);
    const token = (await context.cookies())[0]?.value ?? '';
    server.secrets.add(token);
    const own = await api('extranet').call('GET', '/account/session', undefined, { cookie: `palier-extranet=${token}` });
    expect(own.status).toBe(200);
    const other = await api('ekidom').call('GET', '/account/session', undefined, { cookie: `palier-ekidom=${token}` });
    expect(other.status).toBe(401);
  });

  test('T6 T8 a link of one landlord is unknown to the other', async ({ api, person, mailbox }) => {
    const somebody = person('extranet');
    const client = api('extranet');
    await client.signUp(somebody, await client.terms());
    const token = new URL(link(await mailbox.mail(somebody.email, 'confirm_sign_up'), '/locataire/confirmation')).hash.slice(1);
    const other = await api('ekidom').post('/tenancy/confirmations', { token });
    expect([other.status, other.json.code]).toEqual([404, 'link_unknown']);
    expect((await client.post('/tenancy/confirmations', { token })).status).toBe(200);
  });

  test('T2 a lease of one landlord is unknown to the other', async ({ api, person }) => {
    const theirs = person('ekidom');
    const client = api('extranet');
    const answer = await client.signUp({ ...theirs, lease: { ...theirs.lease, reference: '123456' } }, await client.terms());
    expect(answer.status).toBe(422);
    expect(answer.json.fields).toMatchObject([{ name: 'surname', code: 'lease_unknown' }]);
  });

  test('a mediator has no tenants, a landlord no scheme: their pages and addresses are not there', async ({ page, server, watch }) => {
    watch.accept(/status of 404/);
    for (const [portal, paths] of [
      ['mediateur-hlm', ['/locataire/inscription', '/locataire/confirmation']],
      ['extranet', ['/mediation', '/mediation/identite', '/mediation/adhesion', '/annuaire']],
    ] as const) {
      for (const path of paths) {
        expect((await page.goto(server.url(path, portal)))?.status(), `${portal}${path}`).toBe(404);
        await expect(page.getByRole('heading', { level: 1, name: text('not_found.title') })).toBeVisible();
      }
    }
    expect((await fetch(server.url('/api/directory?q=habitat', 'extranet'))).status).toBe(404);
  });

  test('a portal that doesn’t exist is not found', async ({ server }) => {
    for (const path of ['/autre/', '/autre/connexion', '/autre/api/account/session']) {
      expect((await fetch(server.url(path))).status, path).toBe(404);
    }
  });

  test('a portal with a host name of its own has its addresses there', async ({ ownServer }) => {
    const server = await ownServer({
      portal: { ekidom: (toml) => `hosts = ["ekidom.localhost"]\n${toml.replace(/^hosts = .*\n/m, '')}` },
    });
    const page = await new Promise<{ status: number; body: string }>((resolve, reject) => {
      request(server.url('/locataire/inscription'), { headers: { host: 'ekidom.localhost' } }, (answer) => {
        let body = '';
        answer.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      }).on('error', reject).end();
    });
    expect(page.status).toBe(200);
    expect(page.body).toContain('Numéro de compte client');
  });
});
