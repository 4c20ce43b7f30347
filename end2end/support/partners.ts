import { randomInt } from 'node:crypto';
import { expect } from '@playwright/test';
import { importLines } from './imports.ts';
import { newName } from './organisations.ts';
import { newEmail, newPassword } from './people.ts';
import type { Server } from './server.ts';

/** A landlord to whom the office opens an account. */
export interface Partner {
  /** Fourteen digits: 078, then seven of the third party, then the rank. */
  number: string;
  name: string;
  email: string;
  channel: 'courrier' | 'mail';
  /** The password of their own that they will choose. */
  password: string;
}

/** Waits until the letter to a partner waits to be printed: the server asks for it by itself. */
export async function letterWaits(server: Server, partner: Partner): Promise<void> {
  const listed = async (): Promise<string> => (await server.command('letters', 'list', '--state', 'asked', '--portal', 'partenaires')).output;
  await expect.poll(listed, `the letter to ${partner.number}`).toContain(partner.number);
}

/** Brings a partner that no other test has into the office's list, as the operator does; the server gives identifiers then. */
export async function newPartner(server: Server, changed: Partial<Partner> = {}): Promise<Partner> {
  const third = String(randomInt(1_000_000, 9_999_999));
  const partner: Partner = {
    number: `078${third}0001`,
    name: `SCI ${newName()}`,
    email: newEmail(server, 'bailleur'),
    channel: 'mail',
    password: newPassword(server),
    ...changed,
  };
  server.secrets.add(partner.password);
  const [office, reference, rank] = [partner.number.slice(0, 3), partner.number.slice(3, 10), partner.number.slice(10)];
  const head = 'code_organisme;ref_tiers;rang;nom;email;ligne_4;ligne_6;canal';
  const line = `${office};${reference};${rank};${partner.name};${partner.email};14 rue des Rampes;69003 LYON;${partner.channel}`;
  await importLines(server, 'partenaires', 'partners', head, line);
  return partner;
}
