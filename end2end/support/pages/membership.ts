import { expect, type Locator, type Page } from '@playwright/test';
import { at } from '../address.ts';
import { downloadBy } from '../download.ts';
import type { Organisation } from '../organisations.ts';
import { Account } from './account.ts';
import { labels, mediation, mediators, type MediatorSlug } from '../portals.ts';
import type { Server } from '../server.ts';
import { text } from '../texts.ts';

const PATH = '/mediation/adhesion';
export type MembershipStep = '' | 'federation' | 'contrat' | 'code' | 'verification';

export interface Joining {
  /** The partner chosen; without one the answer is "Non". */
  partner?: string;
  /** The promotional code as typed. */
  code?: string;
}

/** The membership of an organisation in the scheme, as its correspondent sees it. */
export class Membership {
  readonly page: Page;
  readonly firstName: Locator;
  readonly lastName: Locator;
  readonly isPartner: Locator;
  readonly partner: Locator;
  readonly authorised: Locator;
  readonly code: Locator;
  readonly print: Locator;
  readonly #server: Server;
  readonly portal: MediatorSlug;

  constructor(page: Page, server: Server, portal: MediatorSlug = 'mediateur-hlm') {
    this.page = page;
    this.portal = portal;
    this.#server = server;
    this.firstName = page.getByLabel(mediation.representativeFirstName, { exact: true });
    this.lastName = page.getByLabel(mediation.representativeLastName, { exact: true });
    this.isPartner = page.getByRole('radiogroup', { name: mediation.isPartner });
    this.partner = page.getByLabel(mediation.partner, { exact: true });
    this.authorised = page.getByRole('checkbox', { name: mediation.authorised });
    this.code = page.getByLabel(mediation.code, { exact: true });
    this.print = page.getByRole('button', { name: mediation.print, exact: true });
  }

  /** The address of a step. */
  url(step: MembershipStep | 'envoye' = ''): string {
    return this.#server.url(`${PATH}${step === '' ? '' : `/${step}`}`, this.portal);
  }

  async open(): Promise<void> {
    await this.page.goto(this.url());
  }

  /** Opens the membership, signs in as its correspondent, and comes to where they stood. */
  async enter({ email, password }: Organisation, stay = false): Promise<void> {
    await this.open();
    await new Account(this.page, this.#server, this.portal).trySignIn(email, password, stay);
  }

  async expectStep(step: MembershipStep): Promise<void> {
    // Changed from the page of answers, the address says so at its end.
    await expect(this.page).toHaveURL(at(this.url(step)));
    const { steps } = mediators[this.portal];
    await expect(this.page.getByText(`Étape ${steps.indexOf(step) + 1} sur ${steps.length}`)).toBeVisible();
  }

  async continue(): Promise<void> {
    await this.page.getByRole('button', { name: labels.continue, exact: true }).click();
  }

  /** Step 1 asks nothing twice: the representative is the director, there already. */
  async expectRepresentative({ firstName, lastName }: Organisation['director']): Promise<void> {
    await this.expectStep('');
    await expect(this.firstName).toHaveValue(firstName);
    await expect(this.lastName).toHaveValue(lastName);
  }

  /** Step 1 as it is, and on to step 2. */
  async keepRepresentative(): Promise<void> {
    await this.expectStep('');
    await this.continue();
    await this.expectStep('federation');
  }

  async answerPartner(answer: 'Oui' | 'Non'): Promise<void> {
    await this.isPartner.getByRole('radio', { name: answer, exact: true }).check();
  }

  /** Step 2, and on to step 3. */
  async giveFederation(partner?: string): Promise<void> {
    await this.answerPartner(partner === undefined ? 'Non' : 'Oui');
    if (partner === undefined) await expect(this.partner).toBeHidden();
    else await this.partner.selectOption({ label: partner });
    await this.continue();
    await this.expectStep('contrat');
  }

  /** Step 3, the contract being there to be read, and on to step 4. */
  async agree(): Promise<void> {
    await this.#tick();
    await this.expectStep('code');
  }

  async #tick(): Promise<void> {
    await expect(this.page.getByRole('region', { name: text('membership.document.region') })).toBeVisible();
    await this.authorised.check();
    await this.continue();
  }

  /** Step 3 again, after an answer that changed the contract, and straight back to the page of answers. */
  async agreeAgain(): Promise<void> {
    await this.expectStep('contrat');
    await this.#tick();
    await this.expectReview();
  }

  /** What the link to the contract gives, wherever it stands. */
  async download(): Promise<{ name: string; content: Uint8Array }> {
    const { name, content } = await downloadBy(this.page.getByRole('link', { name: mediation.download, exact: true }));
    return { name, content: new Uint8Array(content) };
  }

  /** Step 4 with a code or without, whatever comes of it. */
  async tryCode(typed = ''): Promise<void> {
    await this.code.fill(typed);
    await this.continue();
  }

  async expectReview(): Promise<void> {
    await this.expectStep('verification');
    await expect(this.page.getByRole('heading', { level: 1, name: labels.review })).toBeVisible();
  }

  /** From the first step, which is shown, to the page of answers. */
  async toReview({ partner, code }: Joining = {}): Promise<void> {
    await this.keepRepresentative();
    await this.giveFederation(partner);
    await this.agree();
    await this.tryCode(code);
    await this.expectReview();
  }

  async submit(): Promise<void> {
    await this.page.getByRole('button', { name: mediation.submit, exact: true }).click();
  }

  /** What the page of the membership says of it, by the words before it. */
  fact(name: 'reference' | 'since' | 'partner' | 'code' | 'fingerprint'): Locator {
    return this.answer(text(`membership.done.${name}`));
  }

  async expectMember(): Promise<void> {
    await expect(this.page).toHaveURL(this.url('envoye'));
    await expect(this.page.getByRole('heading', { level: 1, name: mediation.member })).toBeVisible();
  }

  async complete(joining: Joining = {}): Promise<void> {
    await this.toReview(joining);
    await this.submit();
    await this.expectMember();
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
