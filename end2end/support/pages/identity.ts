import { expect, type Locator, type Page } from '@playwright/test';
import { at } from '../address.ts';
import { link, type Mail } from '../mails.ts';
import type { Organisation } from '../organisations.ts';
import { labels, mediation, type MediatorSlug } from '../portals.ts';
import type { Server } from '../server.ts';

const PATH = '/mediation/identite';
const STEPS = ['', 'directeur', 'correspondant', 'verification'] as const;
export type IdentityStep = (typeof STEPS)[number];

/** The digital identity of an organisation, as its correspondent makes it. */
export class Identity {
  readonly page: Page;
  readonly name: Locator;
  readonly number: Locator;
  readonly firstName: Locator;
  readonly lastName: Locator;
  readonly birthDate: Locator;
  readonly email: Locator;
  readonly password: Locator;
  readonly #server: Server;
  readonly portal: MediatorSlug;

  constructor(page: Page, server: Server, portal: MediatorSlug = 'mediateur-hlm') {
    this.page = page;
    this.portal = portal;
    this.#server = server;
    this.name = page.getByLabel(mediation.name, { exact: true });
    this.number = page.getByLabel(mediation.number, { exact: true });
    this.firstName = page.getByLabel(mediation.directorFirstName, { exact: true });
    this.lastName = page.getByLabel(mediation.directorLastName, { exact: true });
    this.birthDate = page.getByRole('group', { name: mediation.directorBirthDate });
    this.email = page.getByLabel(mediation.email, { exact: true });
    this.password = page.getByLabel(labels.password, { exact: true });
  }

  /** The address of a step. */
  url(step: IdentityStep | 'envoye' | 'certification' = ''): string {
    return this.#server.url(`${PATH}${step === '' ? '' : `/${step}`}`, this.portal);
  }

  async open(): Promise<void> {
    await this.page.goto(this.url());
    await this.expectStep('');
  }

  async expectStep(step: IdentityStep): Promise<void> {
    // Changed from the page of answers, the address says so at its end.
    await expect(this.page).toHaveURL(at(this.url(step)));
    await expect(this.page.getByText(`Étape ${STEPS.indexOf(step) + 1} sur ${STEPS.length}`)).toBeVisible();
  }

  /** A part of the director's birth date. */
  birth(part: 'Jour' | 'Mois' | 'Année'): Locator {
    return this.birthDate.getByLabel(part, { exact: true });
  }

  async fillBirthDate({ day, month, year }: Organisation['director']['birthDate']): Promise<void> {
    await this.birth('Jour').fill(day);
    await this.birth('Mois').fill(month);
    await this.birth('Année').fill(year);
  }

  async continue(): Promise<void> {
    await this.page.getByRole('button', { name: labels.continue, exact: true }).click();
  }

  /** Step 1, and on to step 2. `number` is a SIREN or a SIRET, as typed. */
  async giveStructure(name: string, number: string): Promise<void> {
    await this.name.fill(name);
    await this.number.fill(number);
    await this.continue();
    await this.expectStep('directeur');
  }

  /** Step 2, and on to step 3. */
  async giveDirector({ firstName, lastName, birthDate }: Organisation['director']): Promise<void> {
    await this.firstName.fill(firstName);
    await this.lastName.fill(lastName);
    await this.fillBirthDate(birthDate);
    await this.continue();
    await this.expectStep('correspondant');
  }

  /** Step 3, and on to the review. */
  async giveCorrespondent(email: string, password: string): Promise<void> {
    await this.email.fill(email);
    await this.password.fill(password);
    await this.continue();
    await this.expectReview();
  }

  async expectReview(): Promise<void> {
    await this.expectStep('verification');
    await expect(this.page.getByRole('heading', { level: 1, name: labels.review })).toBeVisible();
  }

  /** Everything up to the page of answers. */
  async toReview(organisation: Organisation): Promise<void> {
    await this.open();
    await this.giveStructure(organisation.name, organisation.siren);
    await this.giveDirector(organisation.director);
    await this.giveCorrespondent(organisation.email, organisation.password);
  }

  async certify(): Promise<void> {
    await this.page.getByRole('button', { name: mediation.certify, exact: true }).click();
  }

  async expectSent(): Promise<void> {
    await expect(this.page).toHaveURL(this.url('envoye'));
    await expect(this.page.getByRole('heading', { level: 1 })).toBeFocused();
  }

  /** The whole form, to the page that says to look at one's mail. */
  async complete(organisation: Organisation): Promise<void> {
    await this.toReview(organisation);
    await this.certify();
    await this.expectSent();
  }

  /** Opens the link of the mail and clicks, as its reader does, whatever comes of it. */
  async confirm(mail: Mail): Promise<void> {
    await this.page.goto(link(mail, `${PATH}/certification`));
    await this.page.getByRole('button', { name: labels.confirm, exact: true }).click();
  }

  /** A line of the page of answers. */
  answer(label: string): Locator {
    return this.page.getByRole('term').and(this.page.getByText(label, { exact: true })).locator('xpath=following-sibling::dd[1]');
  }

  /** The link that changes an answer. */
  change(what: string | RegExp): Locator {
    return this.page.getByRole('link', { name: what });
  }
}
