import { expect, type Locator, type Page } from '@playwright/test';
import type { ClientOffice } from '../clients.ts';
import { administrator, labels } from '../portals.ts';
import type { Server } from '../server.ts';
import { text } from '../texts.ts';

const PATH = '/administrateur/inscription';

/** The sign-up of an organisation's first administrator, the letter, the activation. */
export class Registration {
  readonly page: Page;
  readonly number: Locator;
  readonly human: Locator;
  readonly firstName: Locator;
  readonly surname: Locator;
  readonly email: Locator;
  readonly terms: Locator;
  readonly code: Locator;
  readonly password: Locator;
  readonly main: Locator;
  readonly #server: Server;

  constructor(page: Page, server: Server) {
    this.page = page;
    this.#server = server;
    this.number = page.getByLabel(administrator.number, { exact: true });
    this.human = page.getByRole('checkbox', { name: administrator.human });
    this.firstName = page.getByLabel(administrator.firstName, { exact: true });
    this.surname = page.getByLabel(administrator.surname, { exact: true });
    this.email = page.getByLabel(labels.email, { exact: true });
    this.terms = page.getByRole('checkbox', { name: administrator.terms });
    this.code = page.getByLabel(administrator.code, { exact: true });
    this.password = page.getByLabel(labels.password, { exact: true });
    this.main = page.getByRole('main');
  }

  /** The address of a step, or of a page beside them. */
  url(step: '' | 'identite' | 'verification' | 'envoye' = ''): string {
    return this.place(`inscription${step === '' ? '' : `/${step}`}`);
  }

  place(name: string): string {
    return this.#server.url(`/administrateur/${name}`, 'prets');
  }

  async open(): Promise<void> {
    await this.page.goto(this.#server.url(PATH, 'prets'));
    await this.expectStep(1);
  }

  async expectStep(number: 1 | 2 | 3): Promise<void> {
    await expect(this.page.getByText(`Étape ${number} sur 3`)).toBeVisible();
  }

  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: administrator.submit, exact: true }).click();
  }

  /** Ticks the box, and waits until the proof is made. */
  async prove(): Promise<void> {
    await this.human.check();
    await expect(this.main.getByText(text('human.done'))).toBeVisible();
  }

  /** Step 1, and on to step 2: the server knows the organisation. */
  async giveNumber(typed: string): Promise<void> {
    await this.number.fill(typed);
    await this.prove();
    await this.submit();
    await this.expectStep(2);
  }

  /** Step 2, and on to the review. */
  async givePerson({ firstName, surname, email }: ClientOffice): Promise<void> {
    await this.firstName.fill(firstName);
    await this.surname.fill(surname);
    await this.email.fill(email);
    await this.page.getByRole('button', { name: labels.continue, exact: true }).click();
    await this.expectStep(3);
    await expect(this.page.getByRole('heading', { level: 1, name: labels.review })).toBeVisible();
  }

  /** The whole form, to the page that says to look at one's mail. */
  async complete(office: ClientOffice): Promise<void> {
    await this.open();
    await this.giveNumber(office.number);
    await this.givePerson(office);
    await this.terms.check();
    await this.submit();
    await this.expectSent();
  }

  async expectSent(): Promise<void> {
    await expect(this.page).toHaveURL(this.url('envoye'));
    await expect(this.page.getByRole('heading', { level: 1 })).toBeFocused();
  }

  /** The click on the page that the link of the first e-mail opens. */
  async confirm(link: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByRole('button', { name: labels.confirm, exact: true }).click();
  }

  /** A line of the letter's page. */
  fact(part: string): Locator {
    return this.page.getByRole('term').filter({ hasText: text(`letter.${part}`) }).locator('xpath=following-sibling::dd[1]');
  }

  async openActivation(): Promise<void> {
    await this.page.goto(this.place('activation'));
  }

  async activate(office: ClientOffice, code: string): Promise<void> {
    await this.email.fill(office.email);
    await this.code.fill(code);
    await this.password.fill(office.password);
    await this.prove();
    await this.submit();
  }
}
