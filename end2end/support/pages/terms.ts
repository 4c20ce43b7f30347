import { expect, type Locator, type Page } from '@playwright/test';
import { administrator, type AnySlug } from '../portals.ts';
import type { Server } from '../server.ts';
import { text } from '../texts.ts';

/** The page that asks for the consent to new terms, and the list of what was accepted. */
export class Terms {
  readonly page: Page;
  readonly main: Locator;
  readonly box: Locator;
  readonly read: Locator;
  readonly #server: Server;
  readonly #portal: AnySlug;

  constructor(page: Page, server: Server, portal: AnySlug) {
    this.page = page;
    this.#server = server;
    this.#portal = portal;
    this.main = page.getByRole('main');
    this.box = page.getByRole('checkbox', { name: administrator.terms, exact: true });
    this.read = this.main.getByRole('link', { name: text('shell.terms.read'), exact: true });
  }

  url(path: string): string {
    return this.#server.url(path, this.#portal);
  }

  /** The question, in the place of the personal page at a path. */
  async expectAsked(instead: string, version: string): Promise<void> {
    await expect(this.page).toHaveURL(this.url(`/cgu/accepter?suite=${instead}`));
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(text('shell.terms.title'));
    await expect(this.main).toContainText(text('shell.terms.version', { version }));
    await expect(this.box).not.toBeChecked();
  }

  /** Presses the button, box ticked or not. */
  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: text('shell.terms.submit'), exact: true }).click();
  }

  async accept(): Promise<void> {
    await this.box.check();
    await this.submit();
  }

  async leave(): Promise<void> {
    await this.main.getByRole('button', { name: text('menu.sign_out'), exact: true }).click();
    await expect(this.page).toHaveURL(this.url('/connexion'));
  }

  /** The words of the terms in force, as everybody reads them. */
  async inForce(): Promise<string> {
    await this.page.goto(this.url('/cgu'));
    await expect(this.main.getByRole('article')).toBeVisible();
    return this.words();
  }

  /** The words of the text on the page. */
  words(): Promise<string> {
    return this.main.getByRole('article').innerText();
  }

  /** The list of what was accepted. */
  get versions(): Locator {
    return this.main.getByRole('listitem');
  }

  version(name: string): Locator {
    return this.versions.filter({ hasText: `Version ${name},` });
  }

  /** What leads to the kept text, to the byte. */
  get exact(): Locator {
    return this.main.getByRole('link', { name: text('shell.accepted.exact'), exact: true });
  }
}
