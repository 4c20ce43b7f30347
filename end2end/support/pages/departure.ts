import { expect, type Locator, type Page } from '@playwright/test';
import type { AnySlug } from '../portals.ts';
import type { Server } from '../server.ts';
import { pattern, text } from '../texts.ts';

type Kind = 'whole' | 'paperless';
type State = 'waiting' | 'accepted' | 'refused' | 'withdrawn';

/** `/compte/depart`, by its labels and buttons. */
export class Departure {
  readonly page: Page;
  readonly main: Locator;
  readonly note: Locator;
  readonly present: Locator;
  readonly #url: string;

  constructor(page: Page, server: Server, portal: AnySlug = 'extranet') {
    this.page = page;
    this.main = page.getByRole('main');
    this.note = page.getByLabel(text('field.departure_note.label'), { exact: true });
    this.present = page.getByLabel(text('field.present.label'), { exact: true });
    this.#url = server.url('/compte/depart', portal);
  }

  async open(): Promise<void> {
    await this.page.goto(this.#url);
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(text('departure.title'));
    await expect(this.main.getByText(text('departure.agency').split('{')[0]!)).toBeVisible();
  }

  choice(kind: Kind): Locator {
    return this.page.getByRole('radio', { name: text(`departure.${kind}.title`), exact: true });
  }

  get button(): Locator {
    return this.page.getByRole('button', { name: text('departure.submit'), exact: true });
  }

  /** Fills the form and sends it, whatever comes of it; nothing is chosen where there is one thing to ask. */
  async ask(kind: Kind, password: string, note = ''): Promise<void> {
    if (await this.choice(kind).count()) await this.choice(kind).check();
    await this.note.fill(note);
    await this.present.fill(password);
    await this.button.click();
  }

  async expectAsked(kind: Kind): Promise<void> {
    await expect(this.main.getByRole('status').filter({ hasText: text('departure.sent') })).toBeVisible();
    await this.expectState(kind, 'waiting');
  }

  async expectState(kind: Kind, state: State): Promise<void> {
    await expect(this.main).toContainText(pattern(`departure.state.${kind}.${state}`));
  }

  async withdraw(kind: Kind): Promise<void> {
    const about = text(`departure.${kind}.title`);
    await this.page.getByRole('button', { name: `${text('departure.withdraw')} : ${about}` }).click();
    await expect(this.main.getByRole('status').filter({ hasText: text('departure.withdrawn') })).toBeVisible();
    await this.expectState(kind, 'withdrawn');
  }
}
