import { expect } from '@playwright/test';

const plain = (value: string): string => value.normalize('NFC').toLowerCase();

/** What must never be found in the server's logs: everything typed that says who somebody is, and every secret. */
export class Secrets {
  readonly #known = new Set<string>();

  /** Short names (Ly, O) are part of ordinary words and prove nothing. */
  add(...values: string[]): void {
    for (const value of values) if (value.length >= 5) this.#known.add(plain(value));
  }

  foundIn(logs: string): string[] {
    const all = plain(logs);
    return [...this.#known].filter((secret) => all.includes(secret));
  }

  get size(): number {
    return this.#known.size;
  }
}

/** Fails when the logs name somebody, give a secret away, or tell of a crash or of errors that no test `asked` for. */
export function expectCleanLogs(logs: string, secrets: Secrets, asked: RegExp[] = []): void {
  // What a demonstration prints for people to try (a reference, a name) is not the log: that is JSON.
  const lines = logs.split('\n').filter((line) => line.startsWith('{'));
  const shown = secrets.foundIn(lines.join('\n')).map((secret) => lines.find((line) => plain(line).includes(secret)));
  expect(shown, 'log lines with personal data or secrets').toEqual([]);
  const crashes = logs.split('\n').filter((line) => /panicked at|stack backtrace|"level":"ERROR"|\bERROR\b/.test(line));
  expect(crashes.filter((line) => !asked.some((pattern) => pattern.test(line))), 'crashes and errors in the logs').toEqual([]);
}
