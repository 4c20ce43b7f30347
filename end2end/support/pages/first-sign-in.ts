import { expect, type Locator, type Page } from '@playwright/test';
import type { Partner } from '../partners.ts';
import { labels } from '../portals.ts';
import type { Server } from '../server.ts';
import { text } from '../texts.ts';

/** The first sign-in of a partner, and the questions about what is lost. */
export class FirstSignIn {
  readonly page: Page;
  readonly main: Locator;
  readonly number: Locator;
  readonly provisional: Locator;
  readonly password: Locator;
  readonly #server: Server;

  constructor(page: Page, server: Server) {
    this.page = page;
    this.#server = server;
    this.main = page.getByRole('main');
    this.number = page.getByLabel(labels.userNumber, { exact: true });
    this.provisional = page.getByLabel(labels.provisionalPassword, { exact: true });
    this.password = page.getByLabel(labels.newPassword, { exact: true });
  }

  url(path = '/partenaire/premiere-connexion'): string {
    return this.#server.url(path, 'partenaires');
  }

  async open(): Promise<void> {
    await this.page.goto(this.url());
    await expect(this.number).toBeVisible();
  }

  /** Types what was sent, presses the button, and waits for the server's answer, whatever it is. */
  async tryProve(number: string, provisional: string): Promise<void> {
    await this.number.fill(number);
    await this.provisional.fill(provisional);
    await this.send();
  }

  async send(): Promise<void> {
    const answered = this.page.waitForResponse((response) => response.url().endsWith('/api/partners/first-sign-in/check'));
    await this.page.getByRole('button', { name: labels.updatePassword, exact: true }).click();
    await answered;
  }

  /** Chooses a password, once what was sent was found right. */
  async choose(partner: Partner): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(text('first_password.title'));
    await this.password.fill(partner.password);
    await this.page.getByRole('button', { name: text('first_password.submit'), exact: true }).click();
    await expect(this.page).toHaveURL(this.url('/compte'));
    await expect(this.main).toContainText(partner.name);
  }

  /** Opens the questions and answers by the links with these texts. */
  async help(...answers: string[]): Promise<void> {
    await this.page.goto(this.url('/partenaire/aide'));
    for (const answer of answers) {
      await this.main.getByRole('link', { name: text(answer), exact: true }).click();
    }
  }

  /** Says which day what was sent bears. */
  async sentOn(day: Date): Promise<void> {
    const group = this.page.getByRole('group', { name: text('field.sent_on.label') });
    await group.getByLabel(text('date.day'), { exact: true }).fill(String(day.getDate()));
    await group.getByLabel(text('date.month'), { exact: true }).fill(String(day.getMonth() + 1));
    await group.getByLabel(text('date.year'), { exact: true }).fill(String(day.getFullYear()));
    await this.page.getByRole('button', { name: text('partner_help.letter.submit'), exact: true }).click();
  }
}
