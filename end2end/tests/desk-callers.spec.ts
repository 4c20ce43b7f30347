import type { Page } from '@playwright/test';
import { Api, moveClock, startTheDay } from '../support/api.ts';
import { after, leave, startOf } from '../support/leaving.ts';
import { link } from '../support/mails.ts';
import { Account } from '../support/pages/account.ts';
import { Desk, newStaff } from '../support/pages/desk.ts';
import { FirstSignIn } from '../support/pages/first-sign-in.ts';
import { newPartner } from '../support/partners.ts';
import { newPassword } from '../support/people.ts';
import type { AnySlug } from '../support/portals.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

const FIRST = '/partenaire/premiere-connexion';
const RESET = '/mot-de-passe-oublie/nouveau';

/** An agent at the open desk of a portal. */
async function agentAt(page: Page, server: Server, portal: AnySlug): Promise<Desk> {
  const somebody = await newStaff(server, portal, 'support');
  const desk = new Desk(page, server, portal);
  await desk.comeFirst(somebody);
  return desk;
}

async function expectSound(page: Page): Promise<void> {
  for (const size of [{ width: 320, height: 640 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size);
    await expectNoAxe(page);
    await expectNoSidewaysScroll(page);
  }
}

test.describe('P7 the desk beside the caller, each with a browser of their own', () => {
  test('P7 P8 a partner who lost the e-mail: told what is valid, sent another, signs in, then forgets the password', async ({ page, server, newDevice, watch }) => {
    test.slow();
    watch.accept(/status of 401/);
    const partner = await newPartner(server);
    const lost = await server.mailbox.mail(partner.email, 'partner_identifiers');
    const desk = await agentAt(page, server, 'partenaires');
    const caller = new FirstSignIn(await newDevice(), server);

    await test.step('the agent says until when the e-mail is valid', async () => {
      await desk.openCaller(partner.name, partner.number);
      await expect(desk.main).toContainText(pattern('support.state.mail'));
      await expect(desk.main.getByRole('blockquote')).toContainText(pattern('support.say.mail'));
      await expect(desk.main).toContainText(text('support.never'));
      await expect(page.locator('body')).not.toContainText(/#\d{14}|[2-9A-Z]{15}/);
      await expectSound(page);
    });

    await test.step('declared lost, it opens nothing any more, and another one comes', async () => {
      await desk.helpCaller('lost_by_mail');
      await caller.page.goto(link(lost, FIRST));
      await caller.send();
      await expect(caller.page.getByRole('alert')).toContainText(pattern('problem.provisional_refused'));
      await expect.poll(() => server.mailbox.all(partner.email).length).toBe(2);
      await caller.page.goto(link(server.mailbox.all(partner.email)[1]!, FIRST));
      await caller.send();
      await caller.choose(partner);
    });

    await test.step('the agent sees it at once, and sends a link to another password', async () => {
      await page.reload();
      await desk.expectTitle('support.sheet.title');
      await expect(desk.main).toContainText(pattern('support.state.personal'));
      await expect(desk.main).not.toContainText(text('support.never'));
      await desk.helpCaller('reset');
      for (const kind of ['lost_by_mail', 'reset']) await expect(desk.row(text(`support.done.${kind}`)).first()).toBeVisible();
      const mail = await server.mailbox.mail(partner.email, 'password_reset');
      const account = new Account(caller.page, server, 'partenaires');
      const password = newPassword(server);
      await account.choosePassword(link(mail, RESET), password);
      await expect(caller.page.getByLabel(text('field.login.label'), { exact: true })).toBeVisible();
      await account.trySignIn(partner.number, password);
      await account.expectSignedIn();
    });
  });

  test('P6 P7 a tenant who is locked out is told until when, and let in by a link', async ({ page, ownServer, newDevice, watch }) => {
    test.slow();
    watch.accept(/status of (401|429)/);
    const server = await ownServer();
    await startTheDay(server);
    const somebody = await new Api(server, 'extranet').account();
    const caller = new Account(await newDevice(), server, 'extranet');
    await caller.openSignIn();
    for (let tries = 0; tries < 5; tries += 1) {
      await caller.trySignIn(somebody.email, 'pas le bon 12');
      // Until then the button is busy, and does nothing.
      await expect(caller.password).toHaveValue('');
    }
    await expect(caller.page.getByRole('alert')).toContainText(pattern('problem.locked', { minutes: 10 }));
    const desk = await agentAt(page, server, 'extranet');
    await desk.openCaller(somebody.email, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    await expect(desk.main).toContainText(somebody.email);
    const [, until] = /bloquée jusqu’à (\d\d:\d\d)/.exec(await desk.main.innerText()) ?? [];
    expect(until, 'the time of opening').toBeDefined();
    await expectSound(page);
    await desk.helpCaller('reset');
    const password = newPassword(server);
    await caller.choosePassword(link(await server.mailbox.mail(somebody.email, 'password_reset'), RESET), password);
    await expect(caller.login).toBeVisible();
    await caller.trySignIn(somebody.email, password);
    await caller.expectSignedIn();
    await page.reload();
    await expect(desk.row(text('support.done.reset'))).toBeVisible();
    await expect(desk.main).not.toContainText(until ?? '');
  });

  test('P7 a tenant who waits for the first e-mail gets it again while calling', async ({ page, server, person, newDevice }) => {
    const somebody = person('extranet', server);
    const api = new Api(server, 'extranet');
    await api.signUp(somebody, await api.terms());
    const first = await server.mailbox.mail(somebody.email, 'confirm_sign_up');
    const desk = await agentAt(page, server, 'extranet');
    await desk.openCaller(somebody.email, /^inscription-\d+$/);
    await expect(desk.main).toContainText(pattern('support.state.unconfirmed'));
    await expectSound(page);
    await desk.helpCaller('resend');
    await expect.poll(() => server.mailbox.all(somebody.email).length).toBe(2);
    const caller = new Account(await newDevice(), server, 'extranet');
    await caller.page.goto(link(first, '/locataire/confirmation'));
    await caller.page.goto(link(server.mailbox.all(somebody.email)[1]!, '/locataire/confirmation'));
    await caller.page.getByRole('button', { name: text('confirmation.submit'), exact: true }).click();
    await server.mailbox.mail(somebody.email, 'account_active');
    await desk.openCaller(somebody.email, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    await expect(desk.main).toContainText(pattern('support.state.personal'));
  });

  test('P7 what nobody has is not found, and the desk of another portal finds nobody', async ({ page, server, newDevice }) => {
    const somebody = await new Api(server, 'extranet').account();
    const desk = await agentAt(page, server, 'ekidom');
    await desk.rooms.getByRole('link', { name: text('support.accounts.title'), exact: true }).click();
    for (const typed of [somebody.email, `  ${'x'.repeat(300)}  `, '%_%']) {
      await page.getByLabel(text('support.accounts.search'), { exact: true }).fill(typed);
      await desk.press('desk.search');
      await expect(desk.main).toContainText(/Rien ne correspond|Saisissez un numéro/);
      await expect(desk.main.getByRole('row')).toHaveCount(0);
    }
    const stranger = await newDevice();
    await stranger.goto(server.url('/guichet/comptes', 'extranet'));
    await expect(stranger.getByRole('heading', { level: 1 })).toHaveText(text('desk.sign_in.title'));
  });
});

test('D4 who has left is erased at the desk, after a question, and is nobody there any more', async ({ page, ownServer, newDevice, watch }) => {
  test.slow();
  watch.accept(/status of (401|403|404)/);
  const server = await ownServer();
  const api = new Api(server, 'extranet');
  const [somebody, neighbour] = [await api.account(), await api.account()];
  await leave(server, [somebody, after(startOf(Date.now()), -120)]);
  await server.mailbox.mail(somebody.email, 'account_closing');
  await moveClock(server, { days: 5 });
  await server.mailbox.mail(somebody.email, 'account_closed');
  const desk = await agentAt(page, server, 'extranet');
  await desk.openCaller(neighbour.email, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  await expect(desk.main.getByRole('button', { name: text('support.help.erased.yes'), exact: true })).toHaveCount(0);
  await desk.openCaller(somebody.email, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
  await expect(desk.main).toContainText(pattern('support.state.closed'));
  const dialog = page.getByRole('dialog', { name: text('support.help.erased.question') });
  await desk.main.getByRole('button', { name: text('support.help.erased.yes'), exact: true }).click();
  await expectNoAxe(page);
  await dialog.getByRole('button', { name: text('desk.fate.cancel'), exact: true }).click();
  await expect(desk.main, 'nothing was done').toContainText(pattern('support.state.closed'));
  await desk.helpCaller('erased');
  await expect(desk.main).toContainText(text('support.state.erased'));
  await expect(desk.main).not.toContainText(somebody.email);
  await expectSound(page);
  await page.reload();
  await expect(page.getByRole('alert')).toBeVisible();
  const caller = new Account(await newDevice(), server, 'extranet');
  await caller.openSignIn();
  await caller.trySignIn(somebody.email, somebody.password);
  await expect(caller.page.getByRole('alert')).toContainText(pattern('problem.sign_in_refused'));
  await caller.signIn(neighbour.email, neighbour.password);
});

test('P2 a password that has come to its end: warned, asked for another before anything else, never locked out', async ({ page, ownServer, newDevice, watch }) => {
  test.slow();
  watch.accept(/status of 403/);
  const server = await ownServer();
  const partner = await newPartner(server);
  const mail = await server.mailbox.mail(partner.email, 'partner_identifiers');
  const first = new FirstSignIn(page, server);
  await page.goto(link(mail, FIRST));
  await first.send();
  await first.choose(partner);
  const end = new Date();
  end.setMonth(end.getMonth() + 6);
  const last = Math.round((end.getTime() - Date.now()) / 86_400_000);
  for (const [days, warnings] of [[last - 29, 1], [last - 13, 2], [last - 2, 3]] as const) {
    await moveClock(server, { days });
    await expect.poll(() => server.mailbox.all(partner.email).filter(({ kind }) => kind === 'password_ends').length).toBe(warnings);
  }
  await moveClock(server, { days: last + 2 });
  const account = new Account(await newDevice(), server, 'partenaires');
  await account.openSignIn();
  await account.trySignIn(partner.number, partner.password);
  await expect(account.page).toHaveURL(account.url('/compte/mot-de-passe?retour=/compte'));
  await expect(account.page.getByRole('main')).toContainText(text('password_change.due'));
  await expectSound(account.page);
  await account.page.goto(account.url('/compte'));
  await expect(account.page, 'at any address').toHaveURL(account.url('/compte/mot-de-passe?retour=/compte'));
  await account.changePassword(partner.password, partner.password);
  await expect(account.newPassword).toHaveAttribute('aria-invalid', 'true');
  const password = newPassword(server);
  await account.changePassword(partner.password, password);
  await expect(account.page).toHaveURL(account.url('/compte'));
  await expect(account.page.getByRole('main')).toContainText(text('password_change.done'));
  // A page that was loaded asks nothing more: its menu stays open.
  await account.page.goto(account.url('/compte'));
  await account.signOut();
  await account.signIn(partner.number, password);
});
