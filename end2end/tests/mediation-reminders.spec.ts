import { moveClock } from '../support/api.ts';
import { link } from '../support/mails.ts';
import { asked, certified, member } from '../support/mediation.ts';
import { newOrganisation, type Organisation } from '../support/organisations.ts';
import { Account } from '../support/pages/account.ts';
import { Identity } from '../support/pages/identity.ts';
import { Membership } from '../support/pages/membership.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

test('M8 who stops half-way is reminded after a week, and can stop that', async ({ page, newDevice, ownServer, api }) => {
  test.slow();
  const server = await ownServer();
  const client = api('mediateur-hlm', server);
  const { mailbox } = server;
  const [waiting, known, joined, later] = Array.from({ length: 4 }, () => newOrganisation(server)) as [Organisation, Organisation, Organisation, Organisation];
  await asked(client, waiting);
  await mailbox.mail(waiting.email, 'certify_identity');
  await certified(client, mailbox, known);
  await member(client, mailbox, joined);
  await moveClock(server, { days: 1 });
  await certified(api('mediateur-hlm', server), mailbox, later);
  await moveClock(server, { days: 7, hours: 1 });

  await test.step('the identity: a fresh link, which certifies it', async () => {
    const reminder = await mailbox.mail(waiting.email, 'identity_reminder');
    expect(reminder.subject).toContain(waiting.name);
    const identity = new Identity(page, server);
    await identity.confirm(reminder);
    await expect(page.getByRole('heading', { level: 1, name: text('certification.done.title') })).toBeFocused();
    await mailbox.mail(waiting.email, 'identity_certified');
  });

  const reminder = await mailbox.mail(known.email, 'membership_reminder');
  await test.step('the membership: the link leads to where it stood', async () => {
    const elsewhere = await newDevice();
    await elsewhere.goto(link(reminder, '/mediation/adhesion'));
    await new Account(elsewhere, server, 'mediateur-hlm').trySignIn(known.email, known.password);
    await new Membership(elsewhere, server).expectRepresentative(known.director);
  });

  await test.step('one click stops them, nothing before it', async () => {
    await page.goto(link(reminder, '/mediation/rappels'));
    await expect(page.getByRole('heading', { level: 1, name: text('reminders.title') })).toBeVisible();
    await expect(page).toHaveURL(server.url('/mediation/rappels', 'mediateur-hlm'));
    await page.getByRole('button', { name: text('reminders.submit'), exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: text('reminders.done.title') })).toBeFocused();
  });

  await test.step('each in its own time', async () => {
    await moveClock(server, { days: 8, hours: 1 });
    const theirs = await mailbox.mail(later.email, 'membership_reminder');
    const since = mailbox.all(later.email).find(({ kind }) => kind === 'identity_certified')?.parsed.date;
    const days = (Number(theirs.parsed.date) - Number(since)) / (24 * 3_600_000);
    expect(days).toBeGreaterThanOrEqual(7);
    expect(days).toBeLessThan(7.1);
  });

  await moveClock(server, { days: 29 });
  await mailbox.mail(later.email, 'membership_reminder');
  // Reminded: the one whose identity was certified a week later, and not who stopped it, nor who is a member.
  await mailbox.mail(waiting.email, 'membership_reminder');
  const kinds = (email: string): string[] => mailbox.all(email).map(({ kind }) => kind);
  expect(kinds(known.email)).toEqual(['certify_identity', 'identity_certified', 'membership_reminder']);
  expect(kinds(joined.email)).toEqual(['certify_identity', 'identity_certified', 'membership_made']);
});

test('M8 a link that stops reminders and is cut says so', async ({ page, server }) => {
  await page.goto(server.url(`/mediation/rappels#${'A'.repeat(43)}`, 'mediateur-hlm'));
  await page.getByRole('button', { name: text('reminders.submit'), exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: text('reminders.link_unknown.title') })).toBeFocused();
});

test('M8 a mediator who wants no reminders sends none', async ({ ownServer, api }) => {
  const server = await ownServer({ presets: ['autre-mediateur'] });
  const [here, there] = [newOrganisation(server), newOrganisation(server)];
  await certified(api('autre-mediateur', server), server.mailbox, here);
  await certified(api('mediateur-hlm', server), server.mailbox, there);
  // Those of the other mediator came, in two rounds that were about this one too.
  for (const days of [8, 30]) {
    await moveClock(server, { days });
    await server.mailbox.mail(there.email, 'membership_reminder');
  }
  expect(server.mailbox.all(here.email).map(({ kind }) => kind)).toEqual(['certify_identity', 'identity_certified']);
});

/** The rows of a table as spreadsheets of this country read it, without what no cell of ours has: line ends inside. */
function rows(csv: string): string[][] {
  return csv.replace(/^\ufeff/, '').split(/\r?\n/).filter((line) => line !== '').map((line) =>
    [...line.matchAll(/(?:^|;)(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? ''),
  );
}

test('M8 the operator has the memberships as a table that no spreadsheet takes for formulas', async ({ ownServer, api }) => {
  const server = await ownServer();
  const client = api('mediateur-hlm', server);
  const [waiting, known, joined] = [
    newOrganisation(server, { name: '=HYPERLINK("http://ailleurs.example";"Habitat")' }),
    newOrganisation(server, { name: '+33 ; "Logis" du Val' }),
    newOrganisation(server, { name: '@Toits' }),
  ];
  await asked(client, waiting);
  await server.mailbox.mail(waiting.email, 'certify_identity');
  await certified(client, server.mailbox, known);
  await member(client, server.mailbox, joined);

  const { code, output, told } = await server.command('export', 'memberships', '--portal', 'mediateur-hlm');
  expect(code, told).toBe(0);
  expect(output.startsWith('\ufeff')).toBe(true);
  const [header = [], ...lines] = rows(output);
  const table = lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index]])));
  expect(table).toHaveLength(3);
  expect(table.find(({ etat }) => etat === 'creee')).toMatchObject({
    denomination: `'${waiting.name}`, siren: waiting.siren, email_correspondant: waiting.email, certifiee_le: '', adhesion_le: '', reference: '',
  });
  expect(table.find(({ etat }) => etat === 'certifiee')).toMatchObject({ denomination: `'${known.name}`, adhesion_le: '', reference: '' });
  const row = table.find(({ etat }) => etat === 'membre');
  expect(row).toMatchObject({
    denomination: `'${joined.name}`, siren: joined.siren, nom_directeur: joined.director.lastName, email_correspondant: joined.email,
    version_contrat: '2026-11', partenaire: '', code_promotionnel: '',
  });
  expect(row?.reference).toMatch(/^M-\S{4}-\S{4}$/);
  expect(row?.adhesion_le).toMatch(/^\d{4}-\d\d-\d\d$/);

  const members = await server.command('export', 'memberships', '--portal', 'mediateur-hlm', '--state', 'member');
  expect(rows(members.output)).toHaveLength(2);
  expect(members.output).not.toContain(known.email);
  const nobody = await server.command('export', 'memberships', '--portal', 'extranet');
  expect(nobody.code).not.toBe(0);
});
