import { attached } from '../support/mails.ts';
import { newOrganisation } from '../support/organisations.ts';
import { Directory } from '../support/pages/directory.ts';
import { Identity } from '../support/pages/identity.ts';
import { Membership } from '../support/pages/membership.ts';
import { readPdf } from '../support/pdf.ts';
import { mediation, mediators } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

test('M8 another mediator is a file and documents: another name, no partner, no code, a contract of its own', async ({ page, ownServer, newDevice }) => {
  const server = await ownServer({ presets: ['autre-mediateur'] });
  const office = newOrganisation(server);
  const { name } = mediators['autre-mediateur'];
  const main = page.getByRole('main');
  await page.goto(server.url('/mediation', 'autre-mediateur'));
  await expect(page).toHaveTitle(new RegExp(name));
  await expect(main).toContainText(text('campaign.open_endless'));
  await expect(main).toContainText(text('mediation.intro', { landlord: name }));

  const identity = new Identity(page, server, 'autre-mediateur');
  await identity.complete(office);
  const mail = await server.mailbox.mail(office.email, 'certify_identity');
  expect(mail.subject).toContain(name);
  expect(mail.text).not.toContain(mediators['mediateur-hlm'].name);
  await identity.confirm(mail);
  await server.mailbox.mail(office.email, 'identity_certified');

  const membership = new Membership(page, server, 'autre-mediateur');
  await membership.enter(office);
  await membership.expectRepresentative(office.director);
  await membership.continue();
  await membership.expectStep('contrat');
  const sheet = page.getByRole('region', { name: text('membership.document.region') });
  await expect(sheet.getByRole('heading', { name: 'Convention de médiation' })).toBeVisible();
  await expect(sheet).toContainText('L’adhésion est gratuite.');
  await membership.authorised.check();
  await membership.continue();
  await membership.expectReview();
  for (const asked of [mediation.isPartner, mediation.partner, mediation.code]) await expect(page.getByText(asked)).toHaveCount(0);
  await membership.submit();
  await membership.expectMember();
  for (const fact of ['partner', 'code'] as const) await expect(membership.fact(fact)).toHaveCount(0);

  const receipt = await server.mailbox.mail(office.email, 'membership_made');
  const contract = await readPdf(attached(receipt, 'application/pdf').content);
  expect(contract).toMatchObject({ title: 'Convention de médiation', tagged: true });
  expect(contract.text).toContain(`${name}, service de Médiation Nouvelle, société coopérative`);
  expect(contract.text).toContain(office.name);

  // A member of the one is nobody at the other.
  const consumer = await newDevice();
  const here = new Directory(consumer, server, 'autre-mediateur');
  await here.open();
  await here.expectFound(office.name, office.name);
  const there = new Directory(consumer, server);
  await there.open();
  await there.expectNotFound(office.name);
  await page.goto(server.url('/mediation/adhesion', 'mediateur-hlm'));
  await expect(page).toHaveURL(/\/mediateur-hlm\/connexion/);
});
