import process from 'node:process';
import { type Browser, type BrowserContext, type BrowserContextOptions, type Page, test as base, type TestInfo } from '@playwright/test';
import { Api } from './api.ts';
import { helpFirefox } from './firefox.ts';
import { withoutMouse } from './keyboard-only.ts';
import { Mailbox } from './mailbox.ts';
import { newOrganisation, type Organisation } from './organisations.ts';
import { newPerson, type Person } from './people.ts';
import type { AnySlug, PortalSlug } from './portals.ts';
import { Server, type ServerOptions } from './server.ts';
import { Watch } from './watch.ts';

export { expect } from '@playwright/test';

interface TestFixtures {
  /** Options of the test's own server; with them, or with `ownServer`, the test doesn't share one. */
  ownServer: (options?: ServerOptions) => Promise<Server>;
  /** What went wrong in the browser. */
  watch: Watch;
  /** The address this test's browser comes from. */
  visitor: string;
  /** The mail server of the shared server. */
  mailbox: Mailbox;
  /** Another device: a browser with nothing of the first one's. */
  newDevice: (options?: BrowserContextOptions) => Promise<Page>;
  /** The API, as a program calls it. */
  api: (portal: AnySlug, server?: Server) => Api;
  logsOfFailures: void;
  /** Somebody new. */
  person: (portal: PortalSlug, server?: Server) => Person;
  /** A housing organisation that no mediator knows yet. */
  organisation: (changed?: Partial<Organisation>, server?: Server) => Organisation;
}

/** What the server said is of use when a test failed. */
async function attachLogs(info: TestInfo, server: Server): Promise<void> {
  if (info.status !== info.expectedStatus) await info.attach('server.log', { body: server.logs.slice(-20_000), contentType: 'text/plain' });
}

interface WorkerFixtures {
  server: Server;
}

/** A context whose requests come from an address on the Internet of its own. */
async function open(browser: Browser, watch: Watch, address: string, options: BrowserContextOptions): Promise<BrowserContext> {
  const from = { 'x-forwarded-for': address };
  const other = browser.browserType().name() === 'firefox';
  const context = await browser.newContext(other ? options : { ...options, extraHTTPHeaders: from });
  if (other) await helpFirefox(context, from);
  // `make prove ONLY=keyboard`: the same journeys by somebody without a mouse.
  if (process.env.PALIER_KEYBOARD === '1') context.on('page', withoutMouse);
  watch.over(context);
  return context;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker' },
  ],

  ownServer: async ({ watch }, use, info) => {
    const started: Server[] = [];
    await use(async (options) => {
      const server = await Server.start(options);
      started.push(server);
      return server;
    });
    // A page may just be asking for something when its server goes.
    watch.end();
    for (const server of started) {
      await attachLogs(info, server);
      await server.dispose();
    }
  },

  logsOfFailures: [
    async ({ server }, use, info) => {
      await use();
      await attachLogs(info, server);
    },
    { auto: true },
  ],

  watch: async ({}, use) => {
    const watch = new Watch();
    await use(watch);
    watch.expectNothing();
  },

  visitor: async ({ server }, use) => use(server.visitor()),

  mailbox: async ({ server }, use) => use(server.mailbox),

  context: async ({ browser, contextOptions, watch, visitor }, use) => {
    const context = await open(browser, watch, visitor, contextOptions);
    await use(context);
    await context.close();
  },

  newDevice: async ({ browser, contextOptions, watch, server }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await open(browser, watch, server.visitor(), { ...contextOptions, ...options });
      opened.push(context);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },

  api: async ({ server }, use) => use((portal, own = server) => new Api(own, portal)),

  person: async ({ server }, use) => use((portal, own = server) => newPerson(own, portal)),

  organisation: async ({ server }, use) => use((changed = {}, own = server) => newOrganisation(own, changed)),
});
