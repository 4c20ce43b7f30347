// Servers that are killed, restarted and put beside each other.
'use strict';
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { answers, freePort, pause, ROOT } = require('./server.cjs');

const PROGRAM = process.env.PALIER_BIN ?? path.join(ROOT, 'build', 'palier');

/** One process of the program at a port that stays the same, on a folder and a database that outlive it. */
class Instance {
  constructor(house, port, environment = {}) {
    this.house = house;
    this.port = port;
    this.origin = `http://127.0.0.1:${port}`;
    this.environment = { ...house.environment, PALIER_LISTEN: `127.0.0.1:${port}`, PALIER_PUBLIC_URL: this.origin, ...environment };
    this.log = path.join(house.folder, `log-${port}`);
  }

  /** Starts it, without waiting. */
  launch() {
    const log = fs.openSync(this.log, 'a', 0o600);
    this.process = spawn(PROGRAM, ['serve', '--config', this.house.config], {
      cwd: this.house.folder,
      env: { PATH: process.env.PATH, PALIER_LOG_FORMAT: 'json', ...this.environment },
      stdio: ['ignore', log, log],
    });
    fs.closeSync(log);
    this.ended = new Promise((resolve) => this.process.on('exit', (code, signal) => resolve(code ?? signal)));
    return this;
  }

  async ready(limit = 30_000) {
    for (let waited = 0; !(await answers(`${this.origin}/readyz`)); waited += 20) {
      if (this.process.exitCode !== null || waited > limit) throw new Error(`the server did not start:\n${this.said().slice(-3000)}`);
      await pause(20);
    }
    return this;
  }

  start() {
    return this.launch().ready();
  }

  /** Ends it by a signal and waits for the end; gives its exit code, or the signal's name. */
  end(signal) {
    this.process.kill(signal);
    return this.ended;
  }

  /** All that it logged since it was made. */
  said() {
    return fs.existsSync(this.log) ? fs.readFileSync(this.log, 'utf8') : '';
  }
}

/** One command of the program on the same configuration: `{ code, out }`. */
function command(house, environment, ...values) {
  const ran = spawnSync(PROGRAM, [...values, '--config', house.config], {
    cwd: house.folder,
    env: { PATH: process.env.PATH, ...house.environment, ...environment },
    encoding: 'utf8',
  });
  return { code: ran.status, out: `${ran.stdout}${ran.stderr}` };
}

const instance = async (house, environment) => new Instance(house, await freePort(), environment);

module.exports = { Instance, command, instance };
