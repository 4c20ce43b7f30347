// A server of the demonstration for a measurement: on a free port, with a database that goes with it.
'use strict';
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const net = require('node:net');
const os = require('node:os');
const path = require('node:path');

const ROOT = path.join(__dirname, '..', '..');
const START_LIMIT = 30_000; // milliseconds

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const answers = (url) =>
  new Promise((resolve) => {
    const request = http.get(url, { timeout: 1000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(false));
  });

const newFolder = () => fs.mkdtempSync(path.join(os.tmpdir(), 'palier-measure-'));
const removeFolder = (folder) => fs.rmSync(folder, { recursive: true, force: true });

/** Starts `program` and waits until it is ready. `stop()` ends it and removes `folder`, which it writes to. */
async function serve({
  program = process.env.PALIER_BIN ?? path.join(ROOT, 'build', 'dev', 'palier'),
  config = path.join(ROOT, 'demo'),
  folder = newFolder(),
  environment = {},
} = {}) {
  if (!fs.existsSync(program)) throw new Error(`${program} is missing: run scripts/build-server first`);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  // In a file: reading it here would slow down what is measured.
  const logFile = path.join(folder, 'log');
  const log = fs.openSync(logFile, 'a', 0o600);
  const child = spawn(program, ['serve', '--config', config], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      PALIER_LISTEN: `127.0.0.1:${port}`,
      PALIER_PUBLIC_URL: origin,
      PALIER_DATABASE_URL: `sqlite://${path.join(folder, 'palier.db')}`,
      PALIER_SMTP_URL: `file://${path.join(folder, 'mails')}`,
      PALIER_DEMO: '1',
      ...environment,
    },
    stdio: ['ignore', log, log],
  });
  fs.closeSync(log);
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    const patience = setTimeout(() => child.kill('SIGKILL'), 15_000);
    await ended;
    clearTimeout(patience);
    removeFolder(folder);
  };

  for (let waited = 0; !(await answers(`${origin}/readyz`)); waited += 100) {
    if (child.exitCode !== null || waited > START_LIMIT) {
      const said = fs.readFileSync(logFile, 'utf8').slice(-4000);
      await stop();
      throw new Error(`the server did not start:\n${said}`);
    }
    await pause(100);
  }
  return { origin, folder, process: child, stop };
}

module.exports = { answers, serve, freePort, newFolder, removeFolder, pause, ROOT };
