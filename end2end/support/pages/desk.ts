import { expect, type Locator, type Page } from '@playwright/test';
import { timeOf } from '../api.ts';
import { newName } from '../organisations.ts';
import { newEmail, newPassword } from '../people.ts';
import type { AnySlug } from '../portals.ts';
import type { Server } from '../server.ts';
import { text } from '../texts.ts';
import { totp } from '../totp.ts';

type Role = 'operator' | 'support' | 'landlord';
type Room = '' | '/courriers' | '/demandes' | '/clients' | '/adhesions' | '/comptes';
type Fate = 'posted' | 'returned' | 'lost' | 'refused';

/** Somebody who runs a portal. */
export interface Staff {
  firstName: string;
  surname: string;
  email: string;
  password: string;
  role: Role;
  /** What leads to the welcome, once. */
  link: string;
}

/** Lets somebody new come to the desk of a portal, on the command line. */
export async function newStaff(server: Server, portal: AnySlug = 'prets', role: Role = 'operator'): Promise<Staff> {
  const somebody = { firstName: 'Awa', surname: newName(), email: newEmail(server, 'guichet'), password: newPassword(server), role };
  server.secrets.add(somebody.surname);
  return { ...somebody, link: await newLink(server, somebody.email, portal, role) };
}

/** A one-time link to somebody's address; what they had ends. */
export async function newLink(server: Server, email: string, portal: AnySlug = 'prets', role: Role = 'operator'): Promise<string> {
  const told = await server.command('operator', 'add', email, '--role', role, '--portal', portal);
  if (told.code !== 0) throw new Error(`operator add ended with ${told.code}: ${told.output}${told.told}`);
  const link = told.output.trim();
  server.secrets.add(link.slice(link.indexOf('#') + 1));
  return link;
}

/** `/guichet`: coming in with a second factor, and the work lists. */
export class Desk {
  readonly page: Page;
  readonly main: Locator;
  readonly email: Locator;
  readonly password: Locator;
  readonly code: Locator;
  readonly portal: AnySlug;
  /** That of the authenticator, once it was shown. */
  secret = '';
  readonly #server: Server;

  constructor(page: Page, server: Server, portal: AnySlug = 'prets') {
    this.page = page;
    this.portal = portal;
    this.#server = server;
    this.main = page.getByRole('main');
    this.email = page.getByLabel(text('field.desk_email.label'), { exact: true });
    this.password = page.getByLabel(text('field.password.label'), { exact: true });
    this.code = page.getByLabel(text('field.code.label'), { exact: true });
  }

  url(room: Room = '', query = ''): string {
    return this.#server.url(`/guichet${room}${query}`, this.portal);
  }

  async expectTitle(key: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(text(key));
  }

  /** What is said after something was done, or wasn't. */
  async expectTold(words: string | RegExp): Promise<void> {
    await expect(this.main.locator('.notice').filter({ hasText: words })).toBeVisible();
  }

  async press(key: string): Promise<void> {
    await this.main.getByRole('button', { name: text(key), exact: true }).click();
  }

  /** Names and password, by the one-time link. */
  async welcome({ link, firstName, surname, password }: Staff): Promise<void> {
    await this.page.goto(link);
    await this.expectTitle('desk.welcome.title');
    await this.page.getByLabel(text('field.first_name.label'), { exact: true }).fill(firstName);
    await this.page.getByLabel(text('field.own_surname.label'), { exact: true }).fill(surname);
    await this.password.fill(password);
    await this.press('desk.welcome.submit');
    await this.expectTitle('desk.sign_in.title');
  }

  async signIn({ email, password }: Pick<Staff, 'email' | 'password'>): Promise<void> {
    await this.expectTitle('desk.sign_in.title');
    await this.email.fill(email);
    await this.password.fill(password);
    await this.press('desk.sign_in.submit');
  }

  /** The secret as it is shown for who can't photograph it. */
  async readSecret(): Promise<void> {
    await this.expectTitle('desk.enrolment.title');
    this.secret = await this.main.locator('.ident').innerText();
    this.#server.secrets.add(this.secret, this.secret.replaceAll(' ', ''));
  }

  /** What the authenticator shows by the server's clock, so many steps of 30 seconds from now. */
  shown(steps = 0): string {
    return totp(this.secret, timeOf(this.#server), steps);
  }

  /** The first code, and the recovery codes that it brings. */
  async confirm(): Promise<string[]> {
    await this.main.getByRole('link', { name: text('wizard.continue'), exact: true }).click();
    await this.expectTitle('desk.first_code.title');
    await this.code.fill(this.shown());
    await this.press('desk.first_code.submit');
    await this.expectTitle('desk.recovery.title');
    const codes = await this.main.locator('.codes .ident').allInnerTexts();
    this.#server.secrets.add(...codes);
    return codes;
  }

  async enter(code: string): Promise<void> {
    await this.expectTitle('desk.code.title');
    await this.code.fill(code);
    await this.press('desk.code.submit');
  }

  /** From the one-time link to the open desk. */
  async comeFirst(somebody: Staff): Promise<string[]> {
    await this.welcome(somebody);
    await this.signIn(somebody);
    await this.readSecret();
    const codes = await this.confirm();
    await this.press('desk.recovery.kept');
    await this.expectHall();
    return codes;
  }

  async expectHall(): Promise<void> {
    await expect(this.rooms).toBeVisible();
    await this.expectTitle('desk.hall.title');
  }

  get rooms(): Locator {
    return this.page.getByRole('navigation', { name: text('desk.nav'), exact: true });
  }

  async go(room: 'letters' | 'requests' | 'clients' | 'memberships'): Promise<void> {
    await this.rooms.getByRole('link', { name: text(`desk.${room}.title`), exact: true }).click();
    await this.expectTitle(`desk.${room}.title`);
  }

  /** A number of the overview, and the way to what it counts. */
  count(what: string, count: number): Locator {
    return this.main.getByRole('listitem').filter({ hasText: text('desk.counted', { what: text(what), count }) });
  }

  async search(room: string, words: string): Promise<void> {
    await this.page.getByLabel(text(`desk.${room}.search`), { exact: true }).fill(words);
    await this.press('desk.search');
  }

  /** How many rows there are, as it is said. */
  async expectFound(room: string, count: number): Promise<void> {
    await expect(this.main.getByRole('status').filter({ hasText: text(`desk.${room}.count.${count < 2 ? 'one' : 'other'}`, { count }) })).toBeVisible();
  }

  /** Looks for who calls, and opens the sheet of the only one found. */
  async openCaller(typed: string, number: RegExp | string): Promise<void> {
    await this.rooms.getByRole('link', { name: text('support.accounts.title'), exact: true }).click();
    await this.expectTitle('support.accounts.title');
    await this.page.getByLabel(text('support.accounts.search'), { exact: true }).fill(typed);
    await this.press('desk.search');
    await expect(this.main.getByRole('status').filter({ hasText: text('support.accounts.count.one', { count: 1 }) })).toBeVisible();
    await this.main.getByRole('link', { name: number }).click();
    await this.expectTitle('support.sheet.title');
  }

  /** Does one of the things that help, after its question. */
  async helpCaller(help: string): Promise<void> {
    await this.press(`support.help.${help}.yes`);
    const dialog = this.page.getByRole('dialog');
    await expect(dialog).toContainText(text(`support.help.${help}.text`));
    await dialog.getByRole('button', { name: text(`support.help.${help}.yes`), exact: true }).click();
    await this.expectTold(text(`support.help.${help}.done`));
  }

  row(words: string): Locator {
    return this.main.getByRole('row').filter({ hasText: words });
  }

  filter(state: string): Locator {
    return this.page.getByRole('navigation', { name: text('desk.filter') }).getByRole('link', { name: new RegExp(`^${state} \\(\\d+\\)$`) });
  }

  /** Prints what waits: the one file that comes. */
  async print(): Promise<{ name: string; path: string }> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), this.press('desk.print.submit')]);
    await this.expectTold(text('desk.print.done'));
    return { name: download.suggestedFilename(), path: await download.path() };
  }

  async choose(organisation: string): Promise<void> {
    await this.row(organisation).getByRole('checkbox').check();
  }

  /** Notes what became of the letters that were chosen; what ends codes is asked again. */
  async note(fate: Fate): Promise<void> {
    await this.press(`desk.fate.${fate}`);
    if (fate !== 'posted') {
      const dialog = this.page.getByRole('dialog');
      await expect(dialog).toContainText(text(`desk.fate.${fate}_text`));
      await dialog.getByRole('button', { name: text(`desk.fate.${fate}_yes`), exact: true }).click();
    }
    await this.expectTold(text(`desk.fate.${fate}_done`, { done: 1 }));
  }

  async signOut(): Promise<void> {
    await this.press('menu.sign_out');
    await this.expectTitle('desk.sign_in.title');
  }
}
