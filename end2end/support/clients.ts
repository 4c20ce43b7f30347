import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newName } from './organisations.ts';
import { newEmail, newPassword } from './people.ts';
import type { Server } from './server.ts';

/** A client organisation of the bank, and the person who is to be its first administrator. */
export interface ClientOffice {
  number: string;
  name: string;
  /** Function of the legal representative. */
  representative: string;
  firstName: string;
  surname: string;
  email: string;
  password: string;
}

/** Brings a client that no other test has into the bank's list, as the operator does. */
export async function newClient(server: Server, changed: Partial<ClientOffice> = {}): Promise<ClientOffice> {
  const place = newName();
  const office = {
    // Those of the demonstration begin with 2, 4 and 5.
    number: String(randomInt(600_000, 999_999)),
    name: `OFFICE DE ${place.toUpperCase()} ${randomInt(1000)}`,
    representative: 'Directeur général',
    firstName: 'Maëlle',
    surname: newName(),
    email: newEmail(server, 'admin'),
    password: newPassword(server),
    ...changed,
  };
  server.secrets.add(office.surname);
  const folder = mkdtempSync(join(tmpdir(), 'clients-'));
  try {
    const file = join(folder, 'clients.csv');
    const head = 'numero_client;raison_sociale;fonction_representant;ligne_4;ligne_6';
    writeFileSync(file, `${head}\n${office.number};${office.name};${office.representative};12 rue des Paliers;86000 POITIERS\n`);
    const imported = await server.command('import', 'clients', file, '--portal', 'prets');
    if (imported.code !== 0) throw new Error(`the import ended with ${imported.code}: ${imported.output}${imported.told}`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return office;
}

/** Another person of the same organisation. */
export function colleague(server: Server, office: ClientOffice): ClientOffice {
  const surname = newName();
  server.secrets.add(surname);
  return { ...office, firstName: 'Yves', surname, email: newEmail(server, 'collegue'), password: newPassword(server) };
}
