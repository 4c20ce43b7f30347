import { expect, type Locator, type Page } from '@playwright/test';
import { type ClientOffice, newClient } from '../clients.ts';
import { printLetter } from '../letters.ts';
import { link } from '../mails.ts';
import { administrator, labels } from '../portals.ts';
import type { Server } from '../server.ts';
import { text } from '../texts.ts';
import { Account } from './account.ts';
import { Registration } from './registration.ts';

/** How far somebody may go in a service. */
export type Level = 'none' | 'consult' | 'act' | 'validate';

/** The name under which somebody is shown. */
export function fullName({ firstName, surname }: ClientOffice): string {
  return `${firstName} ${surname}`;
}

/** From the number to the signed-in administrator, by the pages and the letter. */
export async function becomeAdministrator(page: Page, server: Server, office?: ClientOffice): Promise<ClientOffice> {
  const somebody = office ?? (await newClient(server));
  const registration = new Registration(page, server);
  await registration.complete(somebody);
  const asked = await server.mailbox.mail(somebody.email, 'confirm_registration');
  await registration.confirm(link(asked, '/administrateur/confirmation'));
  await expect(registration.main).toContainText(text('registered.done.title'));
  const letter = await printLetter(server, somebody.name);
  await registration.openActivation();
  await registration.activate(somebody, letter.code);
  await expect(page.getByText(text('activation.done'))).toBeVisible();
  await new Account(page, server, 'prets').signIn(somebody.email, somebody.password);
  return somebody;
}

/** `/organisme/utilisateurs`, and the link of an invitation. */
export class Users {
  readonly page: Page;
  readonly main: Locator;
  readonly #server: Server;

  constructor(page: Page, server: Server) {
    this.page = page;
    this.#server = server;
    this.main = page.getByRole('main');
  }

  url(name = 'utilisateurs'): string {
    return this.#server.url(`/organisme/${name}`, 'prets');
  }

  async open({ name }: ClientOffice): Promise<void> {
    await this.page.goto(this.url());
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(text('users.title', { organisation: name }));
  }

  /** Somebody in one of the lists. */
  row(name: string): Locator {
    return this.main.getByRole('listitem').filter({ has: this.page.getByRole('heading', { level: 3, name }) });
  }

  /** Presses one of somebody's buttons: `accept`, `rights`, `suspend`… */
  async press(key: string, name: string): Promise<void> {
    await this.main.getByRole('button', { name: `${text(`users.${key}.open`)}${text('users.about', { name })}` }).click();
  }

  /** Presses it, and says yes to what is asked then. */
  async decide(key: string, name: string): Promise<void> {
    await this.press(key, name);
    const dialog = this.page.getByRole('dialog');
    await expect(dialog).toContainText(text(`users.${key}.text`));
    await dialog.getByRole('button', { name: text(`users.${key}.yes`), exact: true }).click();
    await this.expectTold(key, name);
  }

  async expectTold(key: string, name: string): Promise<void> {
    await expect(this.main.getByText(text(`users.${key}.done`, { name }))).toBeVisible();
  }

  /** The list of levels of a service, by its name. */
  level(service: string): Locator {
    return this.page.getByLabel(service, { exact: true });
  }

  async grant(levels: Record<string, Level>): Promise<void> {
    for (const [service, level] of Object.entries(levels)) await this.level(service).selectOption(level);
  }

  async submit(key: string): Promise<void> {
    await this.main.getByRole('button', { name: text(`users.${key}.submit`), exact: true }).click();
  }

  /** Opens the form of an invitation and fills it. */
  async fillInvitation(somebody: ClientOffice, levels: Record<string, Level>): Promise<void> {
    await this.main.getByRole('button', { name: text('users.invite.open'), exact: true }).click();
    await this.page.getByLabel(administrator.firstName, { exact: true }).fill(somebody.firstName);
    await this.page.getByLabel(administrator.surname, { exact: true }).fill(somebody.surname);
    await this.page.getByLabel(text('field.invited_email.label'), { exact: true }).fill(somebody.email);
    await this.grant(levels);
  }

  /** Invites somebody with these rights. */
  async invite(somebody: ClientOffice, levels: Record<string, Level>): Promise<void> {
    await this.fillInvitation(somebody, levels);
    await this.submit('invite');
    await this.expectTold('invite', fullName(somebody));
  }

  /** Opens the link of an invitation and chooses the password. */
  async join(opened: string, { name, password }: ClientOffice, terms: boolean): Promise<void> {
    await this.page.goto(opened);
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(text('invitation.title', { organisation: name }));
    await this.page.getByLabel(labels.password, { exact: true }).fill(password);
    const box = this.page.getByRole('checkbox', { name: administrator.terms });
    if (terms) await box.check();
    else await expect(box).toHaveCount(0);
    await this.page.getByRole('button', { name: text('invitation.submit'), exact: true }).click();
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(text('invitation.done.title'));
  }
}
