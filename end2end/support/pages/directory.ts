import { expect, type Locator, type Page } from '@playwright/test';
import type { MediatorSlug } from '../portals.ts';
import type { Server } from '../server.ts';
import { text } from '../texts.ts';

/** The public directory of members, as consumers see it. */
export class Directory {
  readonly page: Page;
  readonly search: Locator;
  /** The names found. */
  readonly results: Locator;
  /** Where screen readers hear what was found. */
  readonly announced: Locator;
  readonly #server: Server;
  readonly portal: MediatorSlug;

  constructor(page: Page, server: Server, portal: MediatorSlug = 'mediateur-hlm') {
    this.page = page;
    this.portal = portal;
    this.#server = server;
    const main = page.getByRole('main');
    this.search = main.getByRole('textbox', { name: text('directory.search') });
    this.results = main.getByRole('listitem');
    this.announced = main.getByRole('status');
  }

  get url(): string {
    return this.#server.url('/annuaire', this.portal);
  }

  async open(): Promise<void> {
    await this.page.goto(this.url);
    await expect(this.search).toBeVisible();
  }

  /** The one who has exactly that name, among those found. */
  result(name: string): Locator {
    return this.results.filter({ has: this.page.getByText(name, { exact: true }) });
  }

  /** Types a query and waits for the server's answer to it. */
  async type(query: string): Promise<void> {
    const answered = this.page.waitForResponse((response) => {
      const url = new URL(response.url());
      return url.pathname.includes('/api/') && [...url.searchParams.values()].includes(query);
    });
    await this.search.fill(query);
    await answered;
    await expect(this.announced).not.toBeEmpty();
  }

  async expectFound(query: string, name: string): Promise<void> {
    await this.type(query);
    await expect(this.result(name)).toBeVisible();
  }

  /** Somebody of that name isn't among those found by it. */
  async expectNotFound(name: string): Promise<void> {
    await this.type(name);
    await expect(this.result(name)).toHaveCount(0);
  }
}
