import { type ClientOffice, colleague } from '../support/clients.ts';
import { downloadBy } from '../support/download.ts';
import { becomeAdministrator, fullName, Users } from '../support/pages/users.ts';
import { administrator } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

const LOANS = 'Consultation des prêts';

/** The cells of a table as spreadsheets of this country read it. */
function cells(table: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of table.matchAll(/(?:"((?:[^"]|"")*)"|([^;"\r\n]*))(;|\r?\n|$)/g)) {
    lines.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end !== ';') lines.push([]);
  }
  return lines.filter((line) => line.length > 1);
}

test('A9 the journal is a table to keep, in which no name is a formula', async ({ page, server }) => {
  test.slow();
  const office = await becomeAdministrator(page, server);
  const users = new Users(page, server);
  // A name may begin with a hyphen, for which spreadsheets start to calculate; with an equals sign there is none.
  const somebody: ClientOffice = { ...colleague(server, office), firstName: '-Yves' };
  await users.open(office);
  await users.fillInvitation({ ...somebody, firstName: '=Yves' }, { [LOANS]: 'act' });
  await users.submit('invite');
  await expect(page.getByRole('alert').first()).toContainText(pattern('error.name_character', { found: '=' }));
  await page.getByLabel(administrator.firstName, { exact: true }).fill(somebody.firstName);
  await users.submit('invite');
  await users.expectTold('invite', fullName(somebody));

  await page.goto(users.url('journal'));
  await expect(page.getByRole('main')).toContainText(fullName(somebody));
  const { name, content } = await downloadBy(page.getByRole('link', { name: text('journal_page.table'), exact: true }));
  expect(name).toBe('journal.csv');
  const table = content.toString('utf8');
  expect(table.startsWith('\ufeff'), 'the mark by which a spreadsheet knows UTF-8').toBe(true);
  const [head, ...lines] = cells(table.slice(1));
  const columns = ['numero_client', 'organisme', 'numero', 'moment', 'code', 'texte', 'nom', 'email', 'role', 'droits', 'par', 'courrier', 'motif'];
  expect(head).toEqual(columns);
  expect(lines.map((line) => line[4])).toEqual([
    'designation_asked', 'letter_asked', 'letter_printed', 'administrator_designated', 'invitation_sent',
  ]);
  for (const line of lines) {
    expect(line).toHaveLength(columns.length);
    expect(line.slice(0, 2)).toEqual([office.number, office.name]);
    expect(line.filter((cell) => /^[=+\-@\t\r]/.test(cell)), 'cells that a spreadsheet runs').toEqual([]);
  }
  const [first, last] = [lines[0] ?? [], lines.at(-1) ?? []];
  expect(first[5]).toBe(text('journal.designation_asked', { name: fullName(office), email: office.email }));
  expect(last.slice(6, 8)).toEqual([`'${fullName(somebody)}`, somebody.email]);
  expect(last[10]).toBe(fullName(office));
});
