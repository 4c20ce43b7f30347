// Document 003, paragraph by paragraph, and who walks it:
//
// | what it says | shown by |
// |---|---|
// | provisional passwords are misread: l and I, O and 0 | "look-alikes" below; partners.spec: "each slip is told" |
// | lost password: has the landlord ever signed in? | partners.spec: "the whole tree of questions" |
// | case 1, never: identifiers again, by e-mail or letter | "two months" below; partners.spec: "two weeks to the second" |
// | case 2, already: a link to another password, for 24 hours | "case 2" below |
// | first sign-in: « Mettre à jour votre mot de passe » | partners.spec: "fills the page in", "opens nothing where one signs in" |
// | valid: 2 months by letter | "two months" below |
// | valid: 2 weeks by e-mail | partners.spec: "two weeks to the second" |
// | valid: 24 hours for a reset | "case 2" below |
// | valid: 6 months for one's own | desk-callers.spec: "a password that has come to its end" |
// | number of 14 digits, from its parts, 07802700750001 | partners.spec: "fills the page in" (typed with spaces); at the desk: desk_support_made.rs |
// | after the e-mail, wait for 3 or 4 hours | not here: partners.spec, "fills the page in", is let in at once |
// | five tries, then 10 minutes | partners.spec: "each slip is told" |
// | by letter: none sent again while one is valid | "two months" below; lost: partners.spec, "declared lost" |
// | don't ask for new ones before the end | partners.spec: "the same is said of every number", "the whole tree" |
// | a double click selects, Ctrl C, Ctrl V | "copied and pasted" below |
import type { Page } from '@playwright/test';
import { moveClock, startTheDay } from '../support/api.ts';
import { after, midnight, moveBefore, moveTo } from '../support/leaving.ts';
import { printLetter } from '../support/letters.ts';
import { link, type Mail } from '../support/mails.ts';
import { letterWaits, newPartner } from '../support/partners.ts';
import { newPassword } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { FirstSignIn } from '../support/pages/first-sign-in.ts';
import { labels } from '../support/portals.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

const PAGE = '/partenaire/premiere-connexion';
const CHOSEN = text('first_password.title');

/** The provisional password that an e-mail brings, in one word. */
function secretOf(mail: Mail): string {
  const [found] = link(mail, PAGE).match(/[2-9A-Z]{15}$/) ?? [];
  if (found === undefined) throw new Error(`${mail.subject}: no provisional password`);
  return found;
}

async function heading(page: Page, words: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words);
}

/** Asks for new identifiers, on the page that the questions lead to. */
async function askAgain(first: FirstSignIn, number: string): Promise<void> {
  await first.page.goto(first.url('/partenaire/aide/nouveaux-identifiants'));
  await first.number.fill(number);
  await first.page.getByRole('button', { name: text('partner_help.ask.submit'), exact: true }).click();
  await expect(first.main).toContainText(text('partner_help.ask.sent.text'));
}

test('P3 look-alikes are understood, pasted spaces too; what is in no password is told and costs no try', async ({ page, server }) => {
  const partner = await newPartner(server);
  const secret = secretOf(await server.mailbox.mail(partner.email, 'partner_identifiers'));
  const first = new FirstSignIn(page, server);
  await first.open();
  for (const letter of ['O', 'l', 'I', '0', '1']) {
    await first.number.fill(partner.number);
    await first.provisional.fill(letter + secret.slice(1));
    await page.getByRole('button', { name: labels.updatePassword, exact: true }).click();
    await expect(first.provisional).toHaveAccessibleDescription(pattern('error.provisional_password.letter_code_character', { found: letter }));
  }
  const like: Record<string, string> = { 5: 's', 2: 'Z', 8: 'b', 6: 'G' };
  const typed = [...secret.toLowerCase()].map((character) => like[character] ?? character).join('');
  await first.tryProve(` ${partner.number.slice(0, 3)}\u00a0${partner.number.slice(3)}\t`, `  ${typed.slice(0, 7)}\u00a0${typed.slice(7)} `);
  await heading(page, CHOSEN);
});

test('P5 case 2: who has a password of their own gets a link to another, for 24 hours', async ({ page, ownServer }) => {
  const server = await ownServer();
  const dawn = await startTheDay(server);
  const partner = await newPartner(server);
  const mail = await server.mailbox.mail(partner.email, 'partner_identifiers');
  const first = new FirstSignIn(page, server);
  await page.goto(link(mail, PAGE));
  await first.send();
  await first.choose(partner);
  await page.context().clearCookies();
  const account = new Account(page, server, 'partenaires');
  const asked = async (): Promise<string> => {
    await first.help('partner_help.signed_in.yes', 'partner_help.missing.password_link');
    await account.login.fill(partner.number);
    await page.getByRole('main').getByRole('button').click();
    return link(await server.mailbox.mail(partner.email, 'password_reset'), '/mot-de-passe-oublie/nouveau');
  };
  const tooLate = await asked();
  await moveClock(server, { minutes: dawn + 24 * 60 + 5 });
  await page.goto(tooLate);
  await account.newPassword.fill(newPassword(server));
  await page.getByRole('button', { name: text('new_password.submit'), exact: true }).click();
  await expect(page.getByRole('main')).toContainText(text('problem.link_expired'));
  const inTime = await asked();
  await moveClock(server, { minutes: dawn + 2 * 24 * 60 - 5 });
  const password = newPassword(server);
  await account.choosePassword(inTime, password);
  await server.mailbox.mail(partner.email, 'password_changed');
  await account.signIn(partner.number, password);
});

test('P2 P8 two months by letter: none is sent again before, and then one is', async ({ page, ownServer, watch }) => {
  test.slow();
  watch.accept(/status of 409/);
  const server = await ownServer();
  const partner = await newPartner(server, { channel: 'courrier' });
  await letterWaits(server, partner);
  const { code } = await printLetter(server, partner.name, 'partenaires');
  const first = new FirstSignIn(page, server);
  await askAgain(first, partner.number);
  const told = await server.mailbox.mail(partner.email, 'partner_letter_valid');
  const [, day, month, year] = /jusqu'au (\d\d)\/(\d\d)\/(\d{4})/.exec(told.text) ?? [];
  const last = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const days = (last.getTime() - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(57);
  expect(days).toBeLessThan(62);

  const end = midnight(after(last, 1));
  await moveBefore(server, end);
  await first.open();
  await first.tryProve(partner.number, code);
  await heading(page, CHOSEN);
  await moveTo(server, end);
  await first.open();
  await first.tryProve(partner.number, code);
  await expect(page.getByRole('alert')).toContainText(pattern('problem.provisional_over', { until: `${day}/${month}/${year}` }));
  await askAgain(first, partner.number);
  await letterWaits(server, partner);
});

test('P3 copied and pasted: a double click in the e-mail, a button on the page', { tag: '@chromium' }, async ({ page, context, server, newDevice }) => {
  const partner = await newPartner(server);
  const mail = await server.mailbox.mail(partner.email, 'partner_identifiers');
  const secret = secretOf(mail);
  await page.setContent(mail.html);
  const shown = page.getByText(secret, { exact: true });
  expect(await shown.evaluate((element) => getComputedStyle(element).fontFamily)).toContain('monospace');
  for (const clicks of [1, 2]) {
    await page.evaluate(() => getSelection()?.removeAllRanges());
    await shown.click({ clickCount: clicks });
    expect(await page.evaluate(() => getSelection()?.toString().trim()), `${clicks} clicks`).toBe(secret);
  }
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('Control+C');
  const first = new FirstSignIn(page, server);
  await first.open();
  const copy = page.getByRole('button', { name: text('first_sign_in.copy'), exact: true });
  await expect(copy, 'there is nothing yet').toHaveCount(0);
  await first.number.fill(partner.number);
  await first.provisional.focus();
  await page.keyboard.press('Control+V');
  await expect(first.provisional).toHaveValue(secret);

  await page.goto('about:blank');
  await page.goto(link(mail, PAGE));
  expect(await first.provisional.evaluate((element) => getComputedStyle(element).fontFamily)).toContain('monospace');
  await copy.click();
  await expect(first.main).toContainText(text('first_sign_in.copied'));
  await expectNoAxe(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.replaceAll('-', '')).toBe(secret);
  const elsewhere = new FirstSignIn(await newDevice(), server);
  await elsewhere.open();
  await elsewhere.tryProve(partner.number, copied);
  await heading(elsewhere.page, CHOSEN);
});

/** How often the server is asked something, from now on. */
function counted(page: Page, end: string): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.url().endsWith(end)) count += 1;
  });
  return () => count;
}

async function firstSignIn(page: Page, server: Server): Promise<{ first: FirstSignIn; opened: string; partner: Awaited<ReturnType<typeof newPartner>> }> {
  const partner = await newPartner(server);
  const opened = link(await server.mailbox.mail(partner.email, 'partner_identifiers'), PAGE);
  const first = new FirstSignIn(page, server);
  await page.goto(opened);
  await expect(first.provisional).not.toHaveValue('');
  return { first, opened, partner };
}

test('P4 a lost network, double clicks, Back and a second tab all end well', async ({ page, context, server, watch }) => {
  watch.acceptLostNetwork();
  watch.accept(/status of (401|409)/);
  const { first, opened, partner } = await firstSignIn(page, server);
  const tab = new FirstSignIn(await context.newPage(), server);
  await tab.page.goto(opened);
  await expect(tab.provisional).not.toHaveValue('');
  const typed = await first.provisional.inputValue();
  const update = page.getByRole('button', { name: labels.updatePassword, exact: true });
  await context.setOffline(true);
  await update.click();
  await expect(page.getByRole('alert').last()).toContainText(text('network.lost'));
  await expect(first.provisional).toHaveValue(typed);
  await context.setOffline(false);
  const checks = counted(page, '/first-sign-in/check');
  await update.dblclick();
  await heading(page, CHOSEN);
  expect(checks()).toBe(1);

  await page.goBack();
  await expect(first.provisional, 'nothing is to be typed again').toHaveValue(typed);
  await page.goForward();
  await first.password.fill(partner.password);
  const save = page.getByRole('button', { name: text('first_password.submit'), exact: true });
  await context.setOffline(true);
  await save.click();
  await expect(page.getByRole('alert').last()).toContainText(text('network.lost'));
  await context.setOffline(false);
  const chosen = counted(page, '/api/partners/first-sign-in');
  await save.dblclick();
  await expect(page).toHaveURL(first.url('/compte'));
  expect(chosen()).toBe(1);
  await page.goBack();
  await expect(first.provisional).toHaveValue('');

  await tab.send();
  await expect(tab.page.getByRole('alert')).toContainText(/que vous avez choisi|déjà choisi votre mot de passe/);
  await tab.page.getByRole('link', { name: text('first_sign_in.own'), exact: true }).click();
  const account = new Account(tab.page, server, 'partenaires');
  await account.trySignIn(partner.number, partner.password);
  await account.expectSignedIn();
});
