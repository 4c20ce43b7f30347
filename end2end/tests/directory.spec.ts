import { addressOf } from '../support/address.ts';
import { expectNoAxe } from '../support/quality.ts';
import { tabTo } from '../support/keyboard.ts';
import { asked, certified, member } from '../support/mediation.ts';
import { newName } from '../support/organisations.ts';
import { Directory } from '../support/pages/directory.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

/** The word with two neighbouring letters the wrong way round, in its middle. */
const swapped = (word: string): string => word.slice(0, 4) + (word[5] ?? '') + (word[4] ?? '') + word.slice(6);

test('M6 members are found by part of their name, whatever the case, the accents and a slip', async ({ page, server, mailbox, api, organisation }) => {
  const town = `Étoile-${newName()}`;
  const name = `Société d’habitation de ${town}`;
  await member(api('mediateur-hlm'), mailbox, organisation({ name }));
  const directory = new Directory(page, server);
  await directory.open();
  const own = town.split('-')[1] ?? town;
  for (const query of [
    name, own, own.toUpperCase(), own.toLowerCase(), `etoile ${own}`, `ÉTOILE ${own}`, `${own} société`, `habitation ${own.slice(0, 6)}`,
    swapped(own), `${own.slice(0, 4)}${own.slice(5)}`, `societe d'habitation de ${own}`,
  ]) {
    await test.step(query, async () => {
      await directory.expectFound(query, name);
    });
  }
});

test('M6 only members are listed', async ({ page, server, mailbox, api, organisation }) => {
  const names = ['demandée', 'certifiée', 'membre'].map((state) => `Habitat ${newName()} ${state}`) as [string, string, string];
  const [waiting, known, joined] = names.map((name) => organisation({ name }));
  if (!waiting || !known || !joined) throw new Error('three organisations');
  await asked(api('mediateur-hlm'), waiting);
  await mailbox.mail(waiting.email, 'certify_identity');
  await certified(api('mediateur-hlm'), mailbox, known);
  await member(api('mediateur-hlm'), mailbox, joined);
  const directory = new Directory(page, server);
  await directory.open();
  await directory.expectFound(names[2], names[2]);
  await expect(directory.result(names[2])).toContainText(`SIREN ${joined.siren.replace(/(\d{3})(?=\d)/g, '$1\u00a0')}`);
  // Neither the correspondent's address nor the director is public.
  for (const secret of [joined.email, joined.director.lastName]) await expect(page.getByText(secret)).toHaveCount(0);
  await directory.expectNotFound(names[0]);
  await directory.expectNotFound(names[1]);
});

test('M6 it searches as one types, in far fewer requests than keys, and the last text wins', async ({ page, server, mailbox, api, organisation }) => {
  const name = `Coopérative du logement ${newName()}`;
  await member(api('mediateur-hlm'), mailbox, organisation({ name }));
  const directory = new Directory(page, server);
  await directory.open();
  const queries: string[] = [];
  let atOnce = 0;
  let most = 0;
  const searches = (url: string): boolean => new URL(url).pathname.endsWith('/api/directory');
  page.on('request', (request) => {
    if (!searches(request.url())) return;
    queries.push(new URL(request.url()).searchParams.get('q') ?? '');
    atOnce += 1;
    most = Math.max(most, atOnce);
  });
  page.on('requestfinished', (request) => (atOnce -= searches(request.url()) ? 1 : 0));
  await directory.search.pressSequentially(name, { delay: 20 });
  await expect(directory.result(name)).toBeVisible();
  expect(queries.at(-1)).toBe(name);
  expect(queries.length, queries.join(' | ')).toBeLessThanOrEqual(3);
  expect(most, 'one at a time').toBe(1);
  // The same text isn't asked for twice, and one letter not at all.
  const before = queries.length;
  await directory.search.press('Enter');
  await directory.search.fill('C');
  await directory.search.press('Enter');
  await expect(directory.announced).toHaveText(text('directory.short'));
  await expect(directory.results).toHaveCount(0);
  expect(queries.length).toBe(before);
});

test('M6 what was found is announced, in words and numbers', async ({ page, server, mailbox, api, organisation }) => {
  const common = newName();
  for (const who of ['Logis', 'Toits']) await member(api('mediateur-hlm'), mailbox, organisation({ name: `${who} de ${common}` }));
  const directory = new Directory(page, server);
  await directory.open();
  await expect(directory.announced).toBeEmpty();
  await directory.type(common);
  await expect(directory.announced).toHaveText('2 organismes trouvés');
  await directory.type(`Toits de ${common}`);
  await expect(directory.announced).toHaveText('1 organisme trouvé');
  await directory.type(`${common.slice(0, 3)} zzzzqqqq xxxx`);
  await expect(directory.announced).toHaveText(text('directory.nothing', { phone: '01 99 00 20 17' }));
  await expect(directory.results).toHaveCount(0);
});

test('M6 with the keyboard alone', async ({ page, server, mailbox, api, organisation }) => {
  const name = `Foyer de ${newName()}`;
  await member(api('mediateur-hlm'), mailbox, organisation({ name }));
  const directory = new Directory(page, server);
  await directory.open();
  await tabTo(page, directory.search);
  await page.keyboard.type(name.toLowerCase());
  await page.keyboard.press('Enter');
  await expect(directory.result(name)).toBeVisible();
  // The focus stays where one types.
  await expect(directory.search).toBeFocused();
  await tabTo(page, page.getByRole('button', { name: text('directory.submit'), exact: true }));
  await page.keyboard.press('Space');
  await expect(directory.result(name)).toBeVisible();
  await expectNoAxe(page);
});

test('M6 the search stands in the address: it survives a reload, Back, and being sent to somebody', async ({ page, server, mailbox, api, organisation, newDevice }) => {
  const name = `Maisons & Cie d’${newName()} + 50 %`;
  await member(api('mediateur-hlm'), mailbox, organisation({ name }));
  const directory = new Directory(page, server);
  await directory.open();
  await directory.expectFound(name, name);
  await expect.poll(async () => new URL(await addressOf(page)).searchParams.get('q')).toBe(name);
  await page.reload();
  await expect(directory.search).toHaveValue(name);
  await expect(directory.result(name)).toBeVisible();
  await page.getByRole('contentinfo').getByRole('link', { name: 'Cookies' }).click();
  await expect(page).toHaveURL(/cookies$/);
  await page.goBack();
  await expect(directory.search).toHaveValue(name);
  await expect(directory.result(name)).toBeVisible();
  const friend = new Directory(await newDevice(), server);
  await friend.page.goto(await addressOf(page));
  await expect(friend.result(name)).toBeVisible();
});

test('M6 odd searches find nothing, and break nothing', async ({ page, server }) => {
  const directory = new Directory(page, server);
  await directory.open();
  for (const query of ["'; DROP TABLE organisations; --", '<script>alert(1)</script>', '%%', '\\\\', 'x'.repeat(300), '🏠🏠']) {
    await directory.type(query);
    await expect(directory.results).toHaveCount(0);
    await expect(directory.announced).toHaveText(text('directory.nothing', { phone: '01 99 00 20 17' }));
  }
});

test('M6 X2 the network is lost: it says so, and searches again at a click', async ({ page, context, server, mailbox, api, organisation, watch }) => {
  watch.acceptLostNetwork();
  const name = `Résidences de ${newName()}`;
  await member(api('mediateur-hlm'), mailbox, organisation({ name }));
  const directory = new Directory(page, server);
  await directory.open();
  await context.setOffline(true);
  await directory.search.fill(name);
  await expect(page.getByRole('alert')).toContainText(/connexion/i);
  await context.setOffline(false);
  await page.getByRole('button', { name: text('directory.submit'), exact: true }).click();
  await expect(directory.result(name)).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
});
