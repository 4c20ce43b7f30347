import { Api, moveClock } from '../support/api.ts';
import { newPerson } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { expect, test } from '../support/test.ts';

test('T6 the mail server is down for an hour: people sign up all the same, and their mail comes when it is back', async ({ page, ownServer }) => {
  const server = await ownServer();
  const somebody = newPerson(server, 'extranet');
  await server.mailbox.stop();
  await new SignUp(page, server, 'extranet').complete(somebody);
  for (const minutes of [10, 20, 40, 60]) await moveClock(server, { minutes });
  await server.mailbox.start();
  await moveClock(server, { minutes: 91 });
  const account = new Account(page, server, 'extranet');
  await account.confirm(await server.mailbox.mail(somebody.email, 'confirm_sign_up'));
  await server.mailbox.mail(somebody.email, 'account_active');
  await account.signIn(somebody.email, somebody.password);
  expect(server.mailbox.all(somebody.email)).toHaveLength(2);
});

test('T6 what waits to be sent survives a crash and a restart', async ({ page, ownServer }) => {
  const server = await ownServer();
  const somebody = newPerson(server, 'extranet');
  await server.mailbox.stop();
  await new SignUp(page, server, 'extranet').complete(somebody);
  await server.restart('SIGKILL');
  await server.mailbox.start();
  await moveClock(server, { hours: 1 });
  await new Account(page, server, 'extranet').confirm(await server.mailbox.mail(somebody.email, 'confirm_sign_up'));
  await server.mailbox.mail(somebody.email, 'account_active');
});

test('T6 a mail server that says "later" is asked again, and gets each mail once', async ({ page, ownServer }) => {
  const server = await ownServer();
  const somebody = newPerson(server, 'ekidom');
  server.mailbox.answer = 'later';
  const refused = server.mailbox.refused();
  await new SignUp(page, server, 'ekidom').complete(somebody);
  await refused;
  const again = server.mailbox.refused();
  await moveClock(server, { minutes: 5 });
  await again;
  expect(server.mailbox.refusals).toBeGreaterThanOrEqual(2);
  server.mailbox.answer = 'accept';
  await moveClock(server, { hours: 2 });
  await server.mailbox.mail(somebody.email, 'confirm_sign_up');
  await moveClock(server, { hours: 8 });
  const other = newPerson(server, 'ekidom');
  await new Api(server, 'ekidom').account(other);
  expect(server.mailbox.all(somebody.email)).toHaveLength(1);
});

test('T6 one address that is refused for good keeps nobody else’s mail', async ({ ownServer }) => {
  const server = await ownServer();
  const client = new Api(server, 'extranet');
  const gone = newPerson(server, 'extranet');
  server.acceptLogged(/e-mail given up/);
  server.mailbox.answer = 'never';
  const refused = server.mailbox.refused();
  expect((await client.signUp(gone, await client.terms())).status).toBe(202);
  await refused;
  server.mailbox.answer = 'accept';
  await client.account();
});

test('T6 the server stops gracefully in the middle of much mail, and sends the rest once started again', async ({ ownServer }) => {
  const server = await ownServer();
  const client = new Api(server, 'extranet');
  const terms = await client.terms();
  const people = Array.from({ length: 12 }, () => newPerson(server, 'extranet'));
  await server.mailbox.stop();
  for (const somebody of people) expect((await client.signUp(somebody, terms)).status).toBe(202);
  await server.mailbox.start();
  await moveClock(server, { hours: 1 });
  await server.mailbox.mail(people[0]?.email ?? '', 'confirm_sign_up');
  await server.restart();
  await moveClock(server, { hours: 2 });
  for (const somebody of people.slice(1)) await server.mailbox.mail(somebody.email, 'confirm_sign_up');
  expect(server.mailbox.everything()).toHaveLength(people.length);
});
