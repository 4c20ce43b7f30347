import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPdf, type Pdf } from './pdf.ts';
import type { BankSlug, OfficeSlug } from './portals.ts';
import type { Server } from './server.ts';

/** A letter as it comes out of the printer. */
export interface PrintedLetter {
  reference: string;
  /** In groups, as it is printed. */
  code: string;
  /** Its page of the file, from 1. */
  page: number;
  /** The whole batch. */
  pdf: Pdf;
  bytes: Uint8Array;
}

const REFERENCE = /C-[0-9A-Z]{4}-[0-9A-Z]{4}/g;
const CODE = /\b[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}\b/g;

/** Prints the letters that wait, and gives the one to that organisation. */
export async function printLetter(server: Server, organisation: string, portal: BankSlug | OfficeSlug = 'prets'): Promise<PrintedLetter> {
  const folder = mkdtempSync(join(tmpdir(), 'letters-'));
  try {
    const file = join(folder, 'letters.pdf');
    const printed = await server.command('letters', 'print', '--portal', portal, '--out', file);
    if (printed.code !== 0) throw new Error(`printing ended with ${printed.code}: ${printed.output}${printed.told}`);
    // It has codes in it: for its owner alone.
    if ((statSync(file).mode & 0o077) !== 0) throw new Error('others may read the letters');
    const bytes = new Uint8Array(readFileSync(file));
    const pdf = await readPdf(bytes);
    const references = [...new Set(pdf.text.match(REFERENCE) ?? [])];
    const codes = [...new Set(pdf.text.match(CODE) ?? [])];
    if (references.length !== codes.length) throw new Error(`${references.length} letters have ${codes.length} codes: ${pdf.text}`);
    const place = pdf.text.indexOf(organisation);
    if (place < 0) throw new Error(`no letter to ${organisation}: ${pdf.text}`);
    // The letters come one after the other, and each names its organisation in the address, above its reference.
    const index = references.filter((reference) => pdf.text.indexOf(reference) < place).length;
    const [reference, code] = [references[index], codes[index]];
    if (reference === undefined || code === undefined) throw new Error(`no reference after ${organisation}: ${pdf.text}`);
    return { reference, code, page: index + 1, pdf, bytes };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the operator says of a letter: `posted`, `returned`, `lost`. */
export async function tellOf(server: Server, what: 'posted' | 'returned' | 'lost', reference: string, portal: BankSlug | OfficeSlug = 'prets'): Promise<void> {
  const told = await server.command('letters', what, reference, '--portal', portal);
  if (told.code !== 0) throw new Error(`${what} ended with ${told.code}: ${told.output}${told.told}`);
}
