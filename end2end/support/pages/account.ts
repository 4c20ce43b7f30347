import { expect, type Locator, type Page } from '@playwright/test';
import { link, type Mail } from '../mails.ts';
import type { Person } from '../people.ts';
import { type AnySlug, labels, mediators } from '../portals.ts';
import type { Server } from '../server.ts';
import { text } from '../texts.ts';

/** Signing in and out, and the ways back in, by labels and buttons. */
export class Account {
  readonly page: Page;
  readonly login: Locator;
  readonly password: Locator;
  readonly newPassword: Locator;
  readonly stay: Locator;
  readonly presentPassword: Locator;
  readonly newEmail: Locator;
  readonly #server: Server;
  readonly portal: AnySlug;

  constructor(page: Page, server: Server, portal: AnySlug) {
    this.page = page;
    this.portal = portal;
    this.#server = server;
    this.login = page.getByLabel(labels.login, { exact: true });
    this.password = page.getByLabel(labels.password, { exact: true });
    this.newPassword = page.getByLabel(labels.newPassword, { exact: true });
    this.presentPassword = page.getByLabel(text('field.present.label'), { exact: true });
    this.newEmail = page.getByLabel(text('field.new_email.label'), { exact: true });
    this.stay = page.getByRole('checkbox', { name: labels.stay });
  }

  url(path: string): string {
    return this.#server.url(path, this.portal);
  }

  async openSignIn(): Promise<void> {
    await this.page.goto(this.url('/connexion'));
    await expect(this.login).toBeVisible();
  }

  /** Fills the form, presses the button, and waits for the server's answer, whatever it is. */
  async trySignIn(login: string, password: string, stay = false): Promise<void> {
    await this.login.fill(login);
    await this.password.fill(password);
    if (stay) await this.stay.check();
    const answered = this.page.waitForResponse((response) => response.url().endsWith('/api/account/session'));
    await this.signInButton.click();
    await answered;
  }

  /** The button of the form; the header's link has the same words. */
  get signInButton(): Locator {
    return this.page.getByRole('button', { name: labels.signIn, exact: true });
  }

  async signIn(login: string, password: string, stay = false): Promise<void> {
    await this.openSignIn();
    await this.trySignIn(login, password, stay);
    await this.expectSignedIn();
  }

  async expectSignedIn(): Promise<void> {
    const home = this.portal === 'prets' || this.portal === 'partenaires' ? '/compte' : '/locataire';
    await expect(this.page).toHaveURL(this.url(this.portal in mediators ? '/mediation' : home));
    const heading = this.page.getByRole('heading', { level: 1 });
    // The account is a program of its own: its page is loaded, and begins at its top as loaded pages do.
    await (home === '/compte' ? expect(heading).toBeVisible() : expect(heading).toBeFocused());
    await expect(this.menu).toBeVisible();
  }

  /** The menu under the person's name. */
  get menu(): Locator {
    return this.page.getByRole('banner').getByRole('group');
  }

  async openMenu(): Promise<void> {
    await this.menu.locator('summary').click();
  }

  async signOut(): Promise<void> {
    await this.openMenu();
    await this.page.getByRole('button', { name: labels.signOut, exact: true }).click();
    await this.expectSignedOut();
  }

  async expectSignedOut(): Promise<void> {
    await expect(this.page.getByRole('banner').getByRole('link', { name: labels.signIn, exact: true })).toBeVisible();
    await expect(this.menu).toHaveCount(0);
  }

  /** Opens the link of the first mail and clicks, as its reader does. */
  async confirm(mail: Mail): Promise<void> {
    await this.page.goto(link(mail, '/locataire/confirmation'));
    await this.page.getByRole('button', { name: labels.confirm, exact: true }).click();
  }

  /** Opens the link for a new password and chooses one, whatever comes of it. */
  async choosePassword(opened: string, password: string): Promise<void> {
    await this.page.goto(opened);
    await this.newPassword.fill(password);
    await this.page.getByRole('button', { name: text('new_password.submit'), exact: true }).click();
  }

  /** Goes to a page of the account by the menu under the name. */
  async choose(key: 'email' | 'password' | 'account'): Promise<void> {
    await this.openMenu();
    await this.page.getByRole('banner').getByRole('link', { name: text(`menu.${key}`), exact: true }).click();
  }

  /** Fills the form for another e-mail address and sends it, whatever comes of it. */
  async changeEmail(email: string, password: string): Promise<void> {
    await this.newEmail.fill(email);
    await this.presentPassword.fill(password);
    await this.page.getByRole('button', { name: text('email_change.submit'), exact: true }).click();
  }

  /** Fills the form for another password and sends it, whatever comes of it. */
  async changePassword(present: string, password: string): Promise<void> {
    await this.presentPassword.fill(present);
    await this.newPassword.fill(password);
    await this.page.getByRole('button', { name: text('password_change.submit'), exact: true }).click();
  }

  /** Opens a link and presses its one button. */
  async follow(opened: string, page: 'email_confirmation' | 'email_objection'): Promise<void> {
    await this.page.goto(opened);
    await this.page.getByRole('button', { name: text(`${page}.submit`), exact: true }).click();
  }

  /** The devices on which the account is open. */
  get sessions(): Locator {
    return this.page.getByRole('main').getByRole('list').filter({ has: this.page.getByRole('heading', { level: 3 }) }).getByRole('listitem');
  }

  /** Somebody known to be the one signed in. */
  async expectName(person: Person): Promise<void> {
    await expect(this.menu.locator('summary')).toHaveText(new RegExp(person.lease.surname, 'iu'));
  }
}
