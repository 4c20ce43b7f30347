import { randomBytes } from 'node:crypto';
import type { Lease } from './leases.ts';
import type { Server } from './server.ts';
import type { PortalSlug } from './portals.ts';

/** Somebody who signs up: a lease, an address of their own, and a password that every landlord accepts. */
export interface Person {
  portal: PortalSlug;
  lease: Lease;
  email: string;
  password: string;
}

/** An e-mail address nobody else has, and which the logs must never show. */
export function newEmail(server: Server, before = 'camille'): string {
  const email = `${before}.${randomBytes(5).toString('hex')}@exemple.fr`;
  server.secrets.add(email, email.slice(0, email.indexOf('@')));
  return email;
}

/** Four words and a number: strong under both profiles, and about nobody. */
export function newPassword(server: Server): string {
  const password = `Rampe ${randomBytes(3).toString('hex')} tilleul 47 Vigne`;
  server.secrets.add(password);
  return password;
}

/** A person of a portal, with a lease of their own unless one is given. */
export function newPerson(server: Server, portal: PortalSlug, lease: Lease = server.leases[portal].take()): Person {
  server.secrets.add(lease.surname, lease.firstName);
  return { portal, lease, email: newEmail(server), password: newPassword(server) };
}
