import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { defineConfig, devices } from '@playwright/test';

/** A Chromium of the system when there is one (set-up names it), otherwise Playwright's own. */
const systemChromium = [process.env.PALIER_CHROMIUM, '/usr/bin/chromium'].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
);

const chromiumArguments = [
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium's sandbox refuses to start for the superuser, who is the one running in most containers.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** Which browser: Chromium, or the Firefox of the system with PALIER_BROWSER=firefox (`make prove ONLY=firefox`). */
const inFirefox = process.env.PALIER_BROWSER === 'firefox';

const chromium = {
  name: 'chromium',
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: {
      args: chromiumArguments,
      ...(systemChromium === undefined ? {} : { executablePath: systemChromium }),
    },
  },
};

/** What ESR can't be told is told to its process: the time zone, the languages. */
const firefox = {
  name: 'firefox',
  use: {
    ...devices['Desktop Firefox'],
    locale: undefined,
    timezoneId: undefined,
    channel: 'moz-firefox',
    launchOptions: {
      executablePath: fileURLToPath(new URL('support/firefox.cjs', import.meta.url)),
      env: { ...process.env, TZ: 'Europe/Paris' } as Record<string, string>,
      // Each of several windows has the focus, as each of several people's has.
      firefoxUserPrefs: { 'intl.accept_languages': 'fr-FR, fr', 'focusmanager.testmode': true },
    },
  },
};

export default defineConfig({
  testDir: './tests',
  outputDir: './test-results/files',
  fullyParallel: true,
  // A test that passes the second time has shown a fault, not the absence of one; but ESR's own process crashes now and then when it is driven.
  retries: inFirefox ? 1 : 0,
  workers: 2,
  forbidOnly: process.env.CI !== undefined,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['json', { outputFile: process.env.PALIER_RESULTS ?? './test-results/results.json' }],
  ],
  use: {
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    screenshot: 'only-on-failure',
    trace: process.env.PALIER_TRACE === undefined ? 'off' : 'retain-on-failure',
  },
  projects: [inFirefox ? firefox : chromium],
});
