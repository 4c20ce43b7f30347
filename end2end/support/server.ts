import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setInterval } from 'node:timers/promises';
import { Leases } from './leases.ts';
import { expectCleanLogs, Secrets } from './logs.ts';
import { Mailbox } from './mailbox.ts';
import { inProject } from './places.ts';
import type { AnySlug, MediatorSlug, PortalSlug } from './portals.ts';
import type { Language } from './texts.ts';

export interface ServerOptions {
  /** Further lines of palier.toml. */
  settings?: string;
  /** Rewrites a portal's file before the start. */
  portal?: Partial<Record<AnySlug, (toml: string) => string>>;
  /** Further portals, each a folder of presets/ laid over the configuration. */
  presets?: MediatorSlug[];
  /** Its name in addresses; a number otherwise, for which browsers have no passkeys. */
  host?: 'localhost';
  /** Further environment. */
  environment?: Record<string, string>;
}

/** A port that nobody listens on, below those that systems give to outgoing connections meanwhile. */
async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = randomInt(20_000, 32_000);
    const probe = createServer();
    const free = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => resolve(true));
    });
    await new Promise((resolve) => probe.close(resolve));
    if (free) return port;
  }
  throw new Error('no free port');
}

/** Changes a file of the configuration. */
function rewrite(file: string, change: (toml: string) => string): void {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${file} is as it was: there was nothing to rewrite`);
  writeFileSync(file, after);
}

function program(): string {
  const path = process.env.PALIER_BIN ?? inProject('build', 'dev', 'palier');
  if (!existsSync(path)) throw new Error(`the server isn't built: ${path} is missing (scripts/build-server dev)`);
  return path;
}

/**
 * The real server with the demonstration landlords, on an SQLite file of its own and a real mail server. It can be
 * stopped and started again on the same file.
 */
export class Server {
  readonly secrets: Secrets;
  readonly leases: Record<PortalSlug, Leases> = { extranet: new Leases('extranet'), ekidom: new Leases('ekidom') };
  readonly origin: string;
  readonly mailbox: Mailbox;
  readonly #folder: string;
  readonly #port: number;
  readonly #environment: Record<string, string>;
  #process: ChildProcess | undefined;
  #ended: Promise<number | null> = Promise.resolve(null);
  #logs = '';
  #visitors = 0;
  readonly #asked: RegExp[] = [];

  private constructor(folder: string, port: number, mailbox: Mailbox, secrets: Secrets, { host, environment }: ServerOptions) {
    this.#folder = folder;
    this.#port = port;
    this.mailbox = mailbox;
    this.secrets = secrets;
    this.#environment = environment ?? {};
    this.origin = `http://${host ?? '127.0.0.1'}:${port}`;
  }

  static async start(options: ServerOptions = {}): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'palier-end2end-'));
    const configuration = join(folder, 'configuration');
    cpSync(inProject('demo'), configuration, { recursive: true });
    // Tests come from an address each, as people do: limits by address must not make them meet.
    const documents = options.presets ? 'documents = "documents"\n' : '';
    const settings = `trusted_proxies = ["127.0.0.1"]\n${documents}${options.settings ?? ''}`;
    writeFileSync(join(configuration, 'palier.toml'), settings);
    for (const preset of options.presets ?? []) {
      cpSync(inProject('end2end', 'presets', preset), configuration, { recursive: true });
    }
    for (const [slug, change] of Object.entries(options.portal ?? {})) rewrite(join(configuration, `${slug}.toml`), change);
    const secrets = new Secrets();
    const server = new Server(folder, await freePort(), await Mailbox.open(secrets), secrets, options);
    await server.start();
    return server;
  }

  /** An address of this server's, below a portal when one is named. */
  url(path: string, portal?: AnySlug): string {
    return `${this.origin}${portal === undefined ? '' : `/${portal}`}${path}`;
  }

  /** An address on the Internet that no other visitor of this server has. */
  visitor(): string {
    this.#visitors += 1;
    return `100.64.${this.#visitors >> 8}.${this.#visitors & 255}`;
  }

  get logs(): string {
    return this.#logs;
  }

  /** Errors in the logs that a test brings about on purpose. */
  acceptLogged(...patterns: RegExp[]): void {
    this.#asked.push(...patterns);
  }

  /** Starts the program and waits until it says that it is ready. */
  async start(): Promise<void> {
    if (this.#process) throw new Error('the server is running already');
    const started = spawn(program(), ['serve', '--config', this.#configuration], {
      env: this.#settings(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = started;
    const listen = (chunk: Buffer): void => {
      this.#logs += chunk.toString('utf8');
    };
    started.stdout.on('data', listen);
    started.stderr.on('data', listen);
    this.#ended = new Promise((resolve) => started.once('close', resolve));
    const limit = Date.now() + 30_000;
    for await (const _ of setInterval(25)) {
      if (started.exitCode !== null) throw new Error(`the server ended with ${started.exitCode}:\n${this.#logs}`);
      if (await this.#ready()) return;
      if (Date.now() > limit) throw new Error(`the server isn't ready after 30 s:\n${this.#logs}`);
    }
  }

  get #configuration(): string {
    return join(this.#folder, 'configuration');
  }

  #settings(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      RUST_BACKTRACE: '1',
      PALIER_LISTEN: `127.0.0.1:${this.#port}`,
      PALIER_PUBLIC_URL: this.origin,
      PALIER_DATABASE_URL: `sqlite://${join(this.#folder, 'palier.db')}?mode=rwc`,
      PALIER_SMTP_URL: this.mailbox.url,
      PALIER_DEMO: '1',
      ...this.#environment,
    };
  }

  /** What a command of the same program writes, run beside the server on its configuration and database. */
  command(name: string, ...further: string[]): Promise<{ code: number; output: string; told: string }> {
    return new Promise((resolve, reject) => {
      const given = [name, '--config', this.#configuration, ...further];
      execFile(program(), given, { env: this.#settings(), timeout: 30_000 }, (error, output, told) => {
        if (error && typeof error.code !== 'number') reject(error);
        else resolve({ code: Number(error?.code ?? 0), output, told });
      });
    });
  }

  /** Puts other terms in force at a portal from the next start on, written in the operator's own folder of documents. */
  changeTerms(slug: AnySlug, version: string, written: Record<Language, string>): void {
    const folder = join(this.#configuration, 'documents', 'cgu', version);
    mkdirSync(folder, { recursive: true });
    for (const [language, text] of Object.entries(written)) writeFileSync(join(folder, `${language}.md`), text);
    rewrite(join(this.#configuration, `${slug}.toml`), (toml) => toml.replace(/(?<=\[terms\]\nversion = ")[^"]+/, version));
    const common = join(this.#configuration, 'palier.toml');
    const named = 'documents = "documents"\n';
    if (!readFileSync(common, 'utf8').includes(named)) rewrite(common, (toml) => named + toml);
  }

  async #ready(): Promise<boolean> {
    try {
      return (await fetch(`${this.origin}/readyz`)).ok;
    } catch {
      return false;
    }
  }

  /** Stops it as an operator does; it must finish what is under way and end well. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const running = this.#process;
    if (!running) return;
    this.#process = undefined;
    running.kill(signal);
    const code = await this.#ended;
    if (signal === 'SIGKILL') this.mailbox.senderKilled();
    if (signal === 'SIGTERM' && code !== 0) throw new Error(`the server ended with ${code}:\n${this.#logs}`);
  }

  async restart(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    await this.stop(signal);
    await this.start();
  }

  /** Ends everything and looks at what was left behind: the logs name nobody, and no mail was sent twice. */
  async dispose(): Promise<void> {
    try {
      await this.stop();
      await this.mailbox.stop();
      expectCleanLogs(this.#logs, this.secrets, this.#asked);
      this.mailbox.expectNothingTwice();
    } finally {
      this.#process?.kill('SIGKILL');
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }
}
