import { Api } from '../support/api.ts';
import { certified } from '../support/mediation.ts';
import { newOrganisation } from '../support/organisations.ts';
import { Account } from '../support/pages/account.ts';
import { Desk, newStaff } from '../support/pages/desk.ts';
import { FirstSignIn } from '../support/pages/first-sign-in.ts';
import { becomeAdministrator } from '../support/pages/users.ts';
import { newPartner } from '../support/partners.ts';
import { link } from '../support/mails.ts';
import { type AnySlug, bankPages, mediatorPages, partnerPages, tenantPages } from '../support/portals.ts';
import type { Server } from '../support/server.ts';
import { expectOrder, expectSeenAt400 } from '../support/stops.ts';
import { test } from '../support/test.ts';

const addresses = (server: Server, portal: AnySlug, paths: readonly string[]): (readonly [string, string])[] =>
  paths.map((path) => [path, server.url(path, portal)] as const);

const ACCOUNT = ['/compte', '/compte/adresse', '/compte/mot-de-passe', '/compte/donnees', '/compte/depart'];
const DESK = ['', '/courriers', '/clients', '/demandes', '/adhesions', '/comptes', '/nouveau-compte', '/desinscriptions'].map((end) => `/guichet${end}`);

const open = { extranet: [...tenantPages, '/locataire/inscription'], 'mediateur-hlm': mediatorPages, prets: bankPages, partenaires: partnerPages };
for (const portal of ['extranet', 'mediateur-hlm', 'prets', 'partenaires'] as const) {
  test(`X1 ${portal}: the order of Tab stops is the recorded one, and each is seen`, async ({ page, server }) => {
    test.slow();
    await expectOrder(page, portal, addresses(server, portal, open[portal]));
  });

  test(`X1 ${portal}: at 400 % every Tab stop is seen, and nothing moves for who asked for rest`, async ({ page, server }) => {
    test.slow();
    await expectSeenAt400(page, open[portal].map((path) => server.url(path, portal)));
  });
}

test.describe('signed in: the order of Tab stops is the recorded one, and each is seen, at 400 % too', () => {
  test.slow();

  test('X1 a tenant', async ({ page, server }) => {
    const somebody = await new Api(server, 'extranet').account();
    await new Account(page, server, 'extranet').signIn(somebody.email, somebody.password);
    const pages = addresses(server, 'extranet', ['/locataire', ...ACCOUNT]);
    await expectOrder(page, 'tenant', pages, [somebody.email, somebody.lease.firstName, somebody.lease.surname]);
    await expectSeenAt400(page, pages.map(([, url]) => url));
  });

  test('X1 a correspondent', async ({ page, server, mailbox }) => {
    const organisation = newOrganisation(server);
    await certified(new Api(server, 'mediateur-hlm'), mailbox, organisation);
    await new Account(page, server, 'mediateur-hlm').signIn(organisation.email, organisation.password);
    const pages = addresses(server, 'mediateur-hlm', ['/mediation', '/mediation/adhesion', ...ACCOUNT]);
    await expectOrder(page, 'correspondent', pages, [organisation.name, organisation.siren, organisation.email, organisation.director.firstName, organisation.director.lastName]);
    await expectSeenAt400(page, pages.map(([, url]) => url));
  });

  test('X1 an administrator', async ({ page, server }) => {
    const office = await becomeAdministrator(page, server);
    const pages = addresses(server, 'prets', ['/organisme/utilisateurs', '/organisme/journal', ...ACCOUNT]);
    await expectOrder(page, 'administrator', pages, [office.name, office.email, office.firstName, office.surname]);
    await expectSeenAt400(page, pages.map(([, url]) => url));
  });

  test('X1 a partner', async ({ page, server }) => {
    const partner = await newPartner(server);
    await page.goto(link(await server.mailbox.mail(partner.email, 'partner_identifiers'), '/partenaire/premiere-connexion'));
    const first = new FirstSignIn(page, server);
    await first.send();
    await first.choose(partner);
    const pages = addresses(server, 'partenaires', ACCOUNT.slice(0, -1));
    await expectOrder(page, 'partner', pages, [partner.name, partner.number, partner.email]);
    await expectSeenAt400(page, pages.map(([, url]) => url));
  });

  for (const portal of ['prets', 'partenaires'] as const) {
    test(`X1 the desk of ${portal}`, async ({ page, ownServer }) => {
      const server = await ownServer();
      const staff = await newStaff(server, portal, portal === 'prets' ? 'operator' : 'support');
      await new Desk(page, server, portal).comeFirst(staff);
      const pages = addresses(server, portal, DESK);
      await expectOrder(page, `desk-${portal}`, pages, [staff.email, staff.firstName, staff.surname]);
      await expectSeenAt400(page, pages.map(([, url]) => url));
    });
  }
});
