#!/usr/bin/env node
// Firefox ESR for Playwright. It is started in the browser's place, starts the system's Firefox, and stands between the two:
// commands that ESR doesn't know yet are answered as if there were nothing to do, and the content security policy, which refuses
// what Playwright runs in pages, is taken out of answers (Chromium's tests see to the policy).
'use strict';
const { spawn } = require('node:child_process');
const { existsSync } = require('node:fs');
const { WebSocket, WebSocketServer } = require('ws');

const real = [process.env.PALIER_FIREFOX, '/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => path && existsSync(path));
const child = spawn(real, process.argv.slice(2), { stdio: ['inherit', 'pipe', 'pipe'] });
child.stdout.pipe(process.stdout);
child.on('exit', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));

const POLICY = /^content-security-policy/i;
const OWN = 1_000_000_000; // Ids of our own commands begin here.

/** What Playwright and Firefox say to each other, in one session. */
class Session {
  constructor(client, address) {
    this.client = client;
    this.browser = new WebSocket(address, { maxPayload: 1 << 28 });
    this.waiting = [];
    this.next = OWN;
    this.news = new Map();
    client.on('message', (data) => this.asked(data.toString()));
    client.on('close', () => this.browser.close());
    this.browser.on('open', () => this.waiting.splice(0).forEach((text) => this.browser.send(text)));
    this.browser.on('message', (data) => this.answered(JSON.parse(data.toString())));
    this.browser.on('close', () => client.close());
    this.browser.on('error', () => client.close());
  }

  send(text) {
    if (this.browser.readyState === WebSocket.OPEN) this.browser.send(text);
    else this.waiting.push(text);
  }

  own(method, params) {
    this.send(JSON.stringify({ id: (this.next += 1), method, params }));
  }

  asked(text) {
    const { id, method } = JSON.parse(text);
    if (method === 'session.new') this.news.set(id, true);
    this.send(text);
  }

  answered(message) {
    if (message.id >= OWN) {
      if (message.result?.intercept) this.intercept = message.result.intercept;
      return;
    }
    if (this.news.delete(message.id) && message.type === 'success') this.own('network.addIntercept', { phases: ['responseStarted'] });
    if (message.type === 'error' && message.error === 'unknown command') {
      this.tell({ type: 'success', id: message.id, result: { collector: 'none' } });
      return;
    }
    if (message.method === 'network.responseStarted' && message.params.intercepts?.includes(this.intercept)) this.let(message.params);
    this.tell(message);
  }

  /** Lets an answer go on without its policy. */
  let(params) {
    const headers = params.response.headers.filter(({ name }) => !POLICY.test(name));
    const changed = headers.length < params.response.headers.length ? { headers } : {};
    this.own('network.continueResponse', { request: params.request.request, ...changed });
    params.intercepts = params.intercepts.filter((one) => one !== this.intercept);
    params.isBlocked = params.intercepts.length > 0;
  }

  tell(message) {
    this.client.send(JSON.stringify(message));
  }
}

/** Firefox says where it listens; Playwright is told where we do. */
function instead(line) {
  const found = /^(WebDriver BiDi listening on )(ws:\/\/127\.0\.0\.1:\d+)/.exec(line);
  if (!found) return process.stderr.write(`${line}\n`);
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', maxPayload: 1 << 28 });
  server.on('listening', () => process.stderr.write(`${found[1]}ws://127.0.0.1:${server.address().port}\n`));
  server.on('connection', (client, request) => new Session(client, `${found[2]}${request.url}`));
  return undefined;
}

let kept = '';
child.stderr.on('data', (part) => {
  const lines = `${kept}${part}`.split('\n');
  kept = lines.pop();
  lines.forEach(instead);
});
