import { Api, moveClock } from '../support/api.ts';
import { after, leave, startOf } from '../support/leaving.ts';
import { Account } from '../support/pages/account.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

/** What a command said, whatever it ended with. */
async function palier(server: Server, ...words: [string, ...string[]]): Promise<{ code: number; said: string }> {
  const { code, output, told } = await server.command(...words);
  return { code, said: output + told };
}

test('T11 D4 a closed account says so for a year, and is erased then', async ({ page, ownServer, watch }) => {
  watch.accept(/status of (401|403)/);
  const server = await ownServer();
  const person = await new Api(server, 'extranet').account();
  await leave(server, [person, after(startOf(Date.now()), -120)]);
  await server.mailbox.mail(person.email, 'account_closing');
  await moveClock(server, { days: 5 });
  await server.mailbox.mail(person.email, 'account_closed');
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  await account.trySignIn(person.email, person.password);
  await expect(page.getByRole('alert')).toContainText(text('problem.account_closed'));
  await moveClock(server, { days: 5 + 364 });
  await account.openSignIn();
  await account.trySignIn(person.email, person.password);
  await expect(page.getByRole('alert'), 'a day before').toContainText(text('problem.account_closed'));
  await moveClock(server, { days: 5 + 367 });
  await expect(async () => {
    await account.openSignIn();
    await account.trySignIn(person.email, person.password);
    await expect(page.getByRole('alert')).toContainText(pattern('problem.sign_in_refused'), { timeout: 500 });
  }).toPass();
});

test('D4 one person is erased on request, and nobody else; the table tells what would go', async ({ page, ownServer, watch }) => {
  watch.accept(/status of 401/);
  const server = await ownServer();
  const api = new Api(server, 'extranet');
  const [person, neighbour] = [await api.account(), await api.account()];
  const dry = await palier(server, 'retention', '--dry-run', '--portal', 'extranet');
  expect(dry.code).toBe(0);
  expect(dry.said).toMatch(/comptes fermés\s+12\smois\s+0/);
  expect(dry.said.trim().split('\n')).toHaveLength(15);
  const nobody = await palier(server, 'erase', 'personne@exemple.fr', '--portal', 'extranet');
  expect(nobody.code).toBe(1);
  const erased = await palier(server, 'erase', person.email, '--portal', 'extranet');
  expect(erased.code).toBe(0);
  expect(erased.said, 'not the address').not.toContain(person.email);
  const account = new Account(page, server, 'extranet');
  await account.openSignIn();
  await account.trySignIn(person.email, person.password);
  await expect(page.getByRole('alert')).toContainText(pattern('problem.sign_in_refused'));
  expect((await palier(server, 'erase', person.email, '--portal', 'extranet')).code, 'there is nobody any more').toBe(1);
  expect((await palier(server, 'check')).code).toBe(0);
  await account.signIn(neighbour.email, neighbour.password);
  // The address and the home are free again.
  await api.account(person);
  await account.signOut();
  await account.signIn(person.email, person.password);
});
