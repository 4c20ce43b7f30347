import { moveClock } from '../support/api.ts';
import { colleague } from '../support/clients.ts';
import { link } from '../support/mails.ts';
import { Account } from '../support/pages/account.ts';
import { Registration } from '../support/pages/registration.ts';
import { becomeAdministrator, fullName, Users } from '../support/pages/users.ts';
import { expectNoAxe } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

test('A7 a request that nobody answers ends: the person is told, and may ask again', async ({ page, ownServer, newDevice }) => {
  test.slow();
  const server = await ownServer();
  const office = await becomeAdministrator(page, server);
  const somebody = colleague(server, office);
  const name = fullName(somebody);
  const users = new Users(page, server);
  const ask = async (): Promise<void> => {
    const registration = new Registration(await newDevice(), server);
    await registration.complete(somebody);
    await registration.confirm(link(await server.mailbox.mail(somebody.email, 'confirm_request'), '/administrateur/confirmation'));
    await expect(registration.page.getByRole('heading', { level: 1 })).toHaveText(text('registered.requested.title'));
  };
  const signInAgain = async (): Promise<void> => {
    // The visit was over long ago.
    await new Account(page, server, 'prets').signIn(office.email, office.password);
    await users.open(office);
  };
  await ask();
  await users.open(office);
  await expect(users.row(name)).toBeVisible();

  await test.step('A7 a day before the end it can be decided', async () => {
    await moveClock(server, { days: 29 });
    await signInAgain();
    await expect(users.row(name)).toBeVisible();
  });

  await test.step('A7 afterwards the applicant is told, and nothing is left to decide', async () => {
    await moveClock(server, { days: 30, minutes: 1 });
    const told = await server.mailbox.mail(somebody.email, 'access_expired');
    expect(told.text).toContain(office.name);
    await signInAgain();
    await expect(users.row(name)).toHaveCount(0);
    await expectNoAxe(page);
    await page.goto(users.url('journal'));
    await expect(page.getByRole('main')).toContainText(text('journal.access_expired', { name, email: somebody.email }));
  });

  await test.step('A7 asking again is a new request', async () => {
    await ask();
    await users.open(office);
    await expect(users.row(name)).toBeVisible();
  });
});
