import { readFileSync } from 'node:fs';
import { inProject } from './places.ts';
import type { PortalSlug } from './portals.ts';

/** A lease of the demonstration data, as the landlord's file has it. */
export interface Lease {
  reference: string;
  surname: string;
  firstName: string;
  otherNames: string[];
  /** Day, month, year as typed; none when the file doesn't say. */
  birthDate: { day: string; month: string; year: string } | undefined;
  leftOn: string;
}

const files = {
  extranet: { encoding: 'windows-1252', separator: ';' },
  ekidom: { encoding: 'utf-8', separator: ',' },
} as const;

/** What Windows-1252 has where Latin-1 has controls, from 0x80 on. (Node 20's own decoder takes it for Latin-1.) */
const OWN_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decodeWindows1252(bytes: Buffer): string {
  return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, (sign) => OWN_SIGNS[sign.charCodeAt(0) - 0x80] ?? sign);
}

/** One line of a CSV file; fields between quotes may hold the separator. */
function cells(line: string, separator: string): string[] {
  const found: string[] = [];
  let cell = '';
  let quoted = false;
  for (let index = 0; index < line.length; index += 1) {
    const character = line[index];
    if (character === '"' && quoted && line[index + 1] === '"') {
      cell += '"';
      index += 1;
    } else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      found.push(cell);
      cell = '';
    } else cell += character;
  }
  return [...found, cell];
}

function birthDate(written: string): Lease['birthDate'] {
  const parts = written.includes('/') ? written.split('/') : written.split('-').reverse();
  const [day, month, year] = parts;
  return day && month && year ? { day, month, year } : undefined;
}

function read(portal: PortalSlug): Lease[] {
  const { encoding, separator } = files[portal];
  const bytes = readFileSync(inProject('demo', 'data', `leases-${portal}.csv`));
  const content = encoding === 'utf-8' ? bytes.toString('utf8') : decodeWindows1252(bytes);
  const [header = '', ...lines] = content.split(/\r?\n/).filter((line) => line !== '');
  const names = cells(header, separator);
  return lines.map((line) => {
    const values = cells(line, separator);
    const value = (name: string): string => values[names.indexOf(name)] ?? '';
    return {
      reference: value('reference'),
      surname: value('nom_signataire'),
      firstName: value('prenom_signataire'),
      otherNames: value('autres_noms').split(',').map((name) => name.trim()).filter((name) => name !== ''),
      birthDate: birthDate(value('date_naissance')),
      leftOn: value('date_sortie'),
    };
  });
}

/** The leases that the tests name one by one; the allocator never gives them to a test that asks for any. */
const NAMED: Record<PortalSlug, number> = { extranet: 10, ekidom: 10 };

/** Gives each test leases of its own, so that tests on one server can't meet. */
export class Leases {
  readonly #portal: PortalSlug;
  readonly #all: Lease[];
  readonly #free: Lease[];
  readonly #named = new Set<string>();

  constructor(portal: PortalSlug) {
    this.#portal = portal;
    this.#all = read(portal);
    this.#free = this.#all
      .slice(NAMED[portal])
      .filter((lease) => lease.leftOn === '' && lease.birthDate !== undefined && lease.surname.length >= 4);
  }

  /** A lease nobody else has, of a tenant who lives there. */
  take(): Lease {
    const lease = this.#free.shift();
    if (!lease) throw new Error(`no lease of ${this.#portal} is left: a new server would have them all again`);
    return lease;
  }

  /** A lease by its reference, for one test only, since it may end with an account. */
  takeNamed(reference: string): Lease {
    if (this.#named.has(reference)) throw new Error(`${reference} is already another test's`);
    this.#named.add(reference);
    return this.look(reference);
  }

  /** A lease by its reference, to look at without signing up to the end. */
  look(reference: string): Lease {
    const lease = this.#all.find((known) => known.reference === reference);
    if (!lease) throw new Error(`no lease ${reference} in the data of ${this.#portal}`);
    return lease;
  }
}
