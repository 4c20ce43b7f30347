import { Api } from '../support/api.ts';
import { importLines, tryImport } from '../support/imports.ts';
import { after, inFile, inWords, lastDayIn, leave, leftFor, midnight, moveBefore, moveTo } from '../support/leaving.ts';
import { newPassword, newPerson, type Person } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

// Here the clock goes on between two looks; that it is the very second, routes/leaving.rs shows.

/** What somebody was written about leaving, in order. */
const told = (server: Server, person: Person): string[] =>
  server.mailbox.all(person.email).map(({ kind }) => kind).filter((kind) => !['confirm_sign_up', 'account_active'].includes(kind));

/** Two with accounts. The second one leaves a day sooner: what it is written shows that the first one was looked at too, just before. */
async function two(server: Server): Promise<[Person, Person]> {
  return [await new Api(server, 'extranet').account(), await new Api(server, 'extranet').account()];
}

test('T11 told 30, 14 and 3 days before; open to the end of the last day, then closed', async ({ page, ownServer, newDevice, watch }) => {
  test.slow();
  watch.accept(/status of (401|403)/);
  const server = await ownServer();
  const [person, sooner] = await two(server);
  const last = lastDayIn(server, 40);
  await leave(server, [person, leftFor(last)], [sooner, leftFor(after(last, -1))]);
  const warned: string[] = [];
  for (const days of [30, 14, 3]) {
    const due = midnight(after(last, 1 - days));
    await moveBefore(server, due);
    await server.mailbox.mail(sooner.email, 'account_closing');
    expect(told(server, person), `just before ${days} days`).toEqual(warned);
    await moveTo(server, due);
    const mail = await server.mailbox.mail(person.email, 'account_closing');
    expect(mail.subject).toContain(inWords(last));
    expect(mail.text).toContain(`ouvert jusqu'au ${inWords(last)} inclus`);
    warned.push('account_closing');
  }

  const closing = midnight(after(last, 1));
  await moveBefore(server, closing);
  await server.mailbox.mail(sooner.email, 'account_closed');
  const account = new Account(page, server, 'extranet');
  await account.signIn(person.email, person.password);
  await moveTo(server, closing);
  const closed = await server.mailbox.mail(person.email, 'account_closed');
  expect(closed.text).toContain(inWords(after(last, 1)));
  await page.reload();
  await expect(page, 'what was open is over').toHaveURL(/\/connexion/);
  await account.expectSignedOut();

  await account.openSignIn();
  await account.trySignIn(person.email, person.password);
  await expect(page.getByRole('alert')).toContainText(text('problem.account_closed'));
  await expectNoAxe(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  const answers: string[] = [];
  for (const login of [person.email, 'personne@exemple.fr']) {
    const stranger = new Account(await newDevice(), server, 'extranet');
    await stranger.openSignIn();
    await stranger.trySignIn(login, 'pas le bon 47');
    answers.push(await stranger.page.getByRole('alert').innerText());
  }
  expect(answers[0], 'who doesn’t know the password learns nothing').toBe(answers[1]);
  expect(answers[0]).toMatch(pattern('problem.sign_in_refused'));
  expect(told(server, person), 'nothing twice').toEqual([...warned, 'account_closed']);
});

test('T11 a day that is moved is told at once, one that is taken back too, and then the account stays', async ({ page, ownServer }) => {
  const server = await ownServer();
  const [person, sooner] = await two(server);
  const last = lastDayIn(server, 10);
  await leave(server, [person, leftFor(last)]);
  expect((await server.mailbox.mail(person.email, 'account_closing')).text).toContain(inWords(last));
  const later = lastDayIn(server, 50);
  await leave(server, [person, leftFor(later)]);
  expect((await server.mailbox.mail(person.email, 'account_closing')).text).toContain(inWords(later));
  await leave(server, [person, undefined], [sooner, leftFor(later)]);
  expect((await server.mailbox.mail(person.email, 'account_staying')).text).toContain(text('mail.account_staying.todo'));

  await moveTo(server, midnight(after(later, 1)));
  // The other one's was late: three days remain.
  await server.mailbox.mail(sooner.email, 'account_closing');
  await moveTo(server, midnight(after(later, 5)));
  await server.mailbox.mail(sooner.email, 'account_closed');
  await new Account(page, server, 'extranet').signIn(person.email, person.password);
  expect(told(server, person)).toEqual(['account_closing', 'account_closing', 'account_staying']);
});

test('T11 a file with a line that is wrong takes nobody’s account away', async ({ server }) => {
  const person = await new Api(server, 'extranet').account();
  const [head, mine] = ['reference;date_sortie', `${person.lease.reference};2020-01-31`];
  for (const [wrong, said] of [
    ['999999999;2020-01-31', 'error.no_such_lease'],
    [`${newPerson(server, 'extranet').lease.reference};31/02/2020`, 'error.date_unreadable'],
    [mine, 'error.twice_in_file'],
  ] as const) {
    const tried = await tryImport(server, 'extranet', 'exits', head, mine, wrong);
    expect(tried.code, said).not.toBe(0);
    expect(tried.said).toMatch(pattern(said));
  }
  await expect(new Api(server, 'extranet').signIn(person.email, person.password)).resolves.toMatchObject({ status: 200 });
  expect(told(server, person)).toEqual([]);
});

test('T5 T11 the next household signs up with the same reference; who left, elsewhere, with the same e-mail', async ({ page, ownServer, newDevice, watch }) => {
  test.slow();
  watch.accept(/status of (401|403)/);
  const server = await ownServer();
  const before = await new Api(server, 'extranet').account();
  const last = lastDayIn(server, 5);
  await leave(server, [before, leftFor(last)]);
  await server.mailbox.mail(before.email, 'account_closing');
  const { reference } = before.lease;
  const entered = inFile(after(leftFor(last), 5));
  await importLines(server, 'extranet', 'leases', 'reference;nom_signataire;prenom_signataire;date_entree', `${reference};BENALI;Karim;${entered}`);

  // While the account of the one before is still open.
  const next = newPerson(server, 'extranet', { ...before.lease, surname: 'BENALI', firstName: 'Karim', otherNames: [] });
  const theirs = await newDevice();
  await new SignUp(theirs, server, 'extranet').complete(next);
  const account = new Account(theirs, server, 'extranet');
  await account.confirm(await server.mailbox.mail(next.email, 'confirm_sign_up'));
  await server.mailbox.mail(next.email, 'account_active');
  await account.signIn(next.email, next.password);
  await account.expectName(next);
  const old = new Account(page, server, 'extranet');
  await old.openSignIn();
  await old.trySignIn(before.email, before.password);
  await expect(page, 'to their account: there is no home any more').toHaveURL(old.url('/compte'));
  await expect(page.getByRole('main')).not.toContainText(reference);

  await moveTo(server, midnight(after(last, 1)));
  await server.mailbox.mail(before.email, 'account_closed');
  const again = { ...newPerson(server, 'extranet'), email: before.email, password: newPassword(server) };
  await page.context().clearCookies();
  await new SignUp(page, server, 'extranet').complete(again);
  await old.confirm(await server.mailbox.mail(again.email, 'confirm_sign_up'));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('confirmation.done.title'));
  await server.mailbox.mail(again.email, 'account_active');
  await old.signIn(again.email, again.password);
  await old.expectName(again);
  await page.context().clearCookies();
  await old.openSignIn();
  await old.trySignIn(before.email, before.password);
  await expect(page.getByRole('alert'), 'the password of the account that closed').toContainText(pattern('problem.sign_in_refused'));
  await expect(page.getByRole('button', { name: labels.signIn, exact: true })).toBeVisible();
  await account.signIn(next.email, next.password);
  await account.expectName(next);
});
