import { expect, type Locator, type Page } from '@playwright/test';
import type { Person } from '../people.ts';
import { labels, type PortalSlug, portals } from '../portals.ts';
import type { Server } from '../server.ts';
import { text } from '../texts.ts';

const PATH = '/locataire/inscription';

/** The tenant's sign-up as somebody in front of it sees it: labels and buttons, nothing else. */
export class SignUp {
  readonly page: Page;
  readonly reference: Locator;
  readonly surname: Locator;
  readonly email: Locator;
  readonly password: Locator;
  readonly terms: Locator;
  readonly #server: Server;
  readonly portal: PortalSlug;

  constructor(page: Page, server: Server, portal: PortalSlug) {
    this.page = page;
    this.portal = portal;
    this.#server = server;
    this.reference = page.getByLabel(portals[portal].referenceLabel, { exact: true });
    this.surname = page.getByLabel(labels.surname, { exact: true });
    this.email = page.getByLabel(labels.email, { exact: true });
    this.password = page.getByLabel(labels.password, { exact: true });
    this.terms = page.getByRole('checkbox', { name: labels.terms });
  }

  /** The address of a step. */
  url(step: '' | 'signataire' | 'acces' | 'verification' | 'envoye' = ''): string {
    return this.#server.url(`${PATH}${step === '' ? '' : `/${step}`}`, this.portal);
  }

  async open(): Promise<void> {
    await this.page.goto(this.url());
    await this.expectStep(1);
  }

  async expectStep(number: 1 | 2 | 3 | 4): Promise<void> {
    await expect(this.page.getByText(`Étape ${number} sur 4`)).toBeVisible();
  }

  /** A part of the birth date. */
  birth(part: 'Jour' | 'Mois' | 'Année'): Locator {
    return this.page.getByRole('group', { name: 'Date de naissance du signataire principal' }).getByLabel(part, { exact: true });
  }

  async continue(): Promise<void> {
    await this.page.getByRole('button', { name: labels.continue, exact: true }).click();
  }

  /** Step 1, and on to step 2. */
  async giveReference(typed: string): Promise<void> {
    await this.reference.fill(typed);
    await this.continue();
    await this.expectStep(2);
  }

  async fillSignatory(person: Pick<Person, 'lease'>, surname = person.lease.surname): Promise<void> {
    await this.surname.fill(surname);
    const date = person.lease.birthDate;
    if (!portals[this.portal].asksBirthDate || !date) return;
    await this.birth('Jour').fill(date.day);
    await this.birth('Mois').fill(date.month);
    await this.birth('Année').fill(date.year);
  }

  /** Step 2, and on to step 3: the server has found the lease. */
  async giveSignatory(person: Pick<Person, 'lease'>, surname?: string): Promise<void> {
    await this.fillSignatory(person, surname);
    await this.continue();
    await this.expectStep(3);
  }

  /** Step 3, and on to the review. */
  async giveAccess(email: string, password: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.continue();
    await this.expectReview();
  }

  async expectReview(): Promise<void> {
    await this.expectStep(4);
    await expect(this.page.getByRole('heading', { level: 1, name: labels.review })).toBeVisible();
  }

  /** Another sign-up in a tab that has sent one: it shows that one until it is told to begin anew. */
  async openAgain(): Promise<void> {
    await this.page.goto(this.url());
    await this.expectSent();
    await this.page.getByText(text('sign_up.sent.wrong'), { exact: true }).click();
    await this.page.getByRole('button', { name: text('sign_up.sent.restart'), exact: true }).click();
    await this.expectStep(1);
    await expect(this.reference).toHaveValue('');
  }

  /** Everything up to the page of answers. */
  async toReview(person: Person, tab: 'fresh' | 'used' = 'fresh'): Promise<void> {
    await (tab === 'fresh' ? this.open() : this.openAgain());
    await this.giveReference(person.lease.reference);
    await this.giveSignatory(person);
    await this.giveAccess(person.email, person.password);
  }

  /** Ticks the box and sends. */
  async send(): Promise<void> {
    await this.terms.check();
    await this.page.getByRole('button', { name: labels.create, exact: true }).click();
  }

  async expectSent(): Promise<void> {
    await expect(this.page).toHaveURL(this.url('envoye'));
    await expect(this.page.getByRole('heading', { level: 1 })).toBeFocused();
  }

  /** The whole form, to the page that says to look at one's mail. */
  async complete(person: Person, tab: 'fresh' | 'used' = 'fresh'): Promise<void> {
    await this.toReview(person, tab);
    await this.send();
    await this.expectSent();
  }

  /** A line of the page of answers. */
  answer(label: string): Locator {
    return this.page.getByRole('term').filter({ hasText: label }).locator('xpath=following-sibling::dd[1]');
  }

  /** The link that changes an answer. */
  change(what: string | RegExp): Locator {
    return this.page.getByRole('link', { name: what });
  }
}
