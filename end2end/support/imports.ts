import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnySlug } from './portals.ts';
import type { Server } from './server.ts';

type Kind = 'leases' | 'exits' | 'partners';

/** `palier import` of a file with these lines, as the operator types it; how it ended and what it said. */
export async function tryImport(server: Server, portal: AnySlug, kind: Kind, head: string, ...lines: string[]): Promise<{ code: number; said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'import-'));
  try {
    const file = join(folder, `${kind}.csv`);
    writeFileSync(file, [head, ...lines, ''].join('\n'));
    const { code, output, told } = await server.command('import', kind, file, '--portal', portal);
    return { code, said: output + told };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same for a file that is right. */
export async function importLines(server: Server, portal: AnySlug, kind: Kind, head: string, ...lines: string[]): Promise<void> {
  const { code, said } = await tryImport(server, portal, kind, head, ...lines);
  if (code !== 0) throw new Error(`the import of ${kind} ended with ${code}: ${said}`);
}
