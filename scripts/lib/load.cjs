// Requests to a server under measurement.
'use strict';
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const { pause, ROOT } = require('./server.cjs');
const { lease, PASSWORD } = require('./bench.cjs');

const agent = new http.Agent({ keepAlive: true, maxSockets: 64 });
const now = () => Number(process.hrtime.bigint()) / 1e6; // milliseconds

/** Another place of the world for each number. */
const place = (number) => `203.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;

/** Sends one request; gives its status, its headers and its body as text. */
function send(origin, method, address, { body, headers = {}, from } = {}) {
  return new Promise((resolve, reject) => {
    const sent = { 'x-palier': '1', 'sec-fetch-site': 'same-origin', ...headers };
    if (from !== undefined) sent['x-forwarded-for'] = place(from);
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body));
    if (bytes) Object.assign(sent, { 'content-type': 'application/json', 'content-length': bytes.length });
    const request = http.request(origin + address, { method, agent, headers: sent }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text: Buffer.concat(parts).toString() }));
    });
    request.on('error', reject);
    request.end(bytes);
  });
}

/** The same, which must be answered with `status`. */
async function ask(status, ...request) {
  const answer = await send(...request);
  if (answer.status !== status) throw new Error(`${request[1]} ${request[2]}: ${answer.status} ${answer.text}`);
  return answer;
}

/**
 * Begins `rate` requests a second for so many seconds, whether or not those before are answered: a slow server is asked
 * as often as a fast one. Gives how long each took in milliseconds, from the moment at which it was due.
 */
async function openLoop(rate, seconds, request) {
  const times = [];
  const under = new Set();
  const begun = now();
  const total = rate * seconds;
  for (let next = 0; next < total; ) {
    const due = Math.min(total, Math.floor(((now() - begun) * rate) / 1000) + 1);
    for (; next < due; next += 1) {
      const meant = begun + (next * 1000) / rate;
      const answered = request(next).then(() => {
        times.push(now() - meant);
        under.delete(answered);
      });
      under.add(answered);
    }
    await pause(1);
  }
  await Promise.all(under);
  return times;
}

/** `workers` that each ask again as soon as they are answered, for so many seconds. Gives how many were answered a second. */
async function closedLoop(workers, seconds, request) {
  let count = 0;
  const begun = now();
  const work = async (worker) => {
    for (let round = 0; now() - begun < seconds * 1000; round += 1) {
      await request(worker, round);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return (count * 1000) / (now() - begun);
}

const { simpleParser } = require(path.join(ROOT, 'end2end', 'node_modules', 'mailparser'));

/** Signs up and confirms so many tenants, by the first leases that still run; gives their addresses. */
async function accounts(origin, folder, count) {
  const mails = path.join(folder, 'mails');
  const seen = new Set();
  const people = [];
  for (let number = 0; people.length < count; number += 1) {
    if (number % 12 === 11) continue;
    const email = `compte${number}@exemple.test`;
    const body = { ...lease(number), email, password: PASSWORD, terms: '2026-11' };
    await ask(202, origin, 'POST', '/api/tenancy/sign-ups', { body, from: number, headers: { 'idempotency-key': `measure-${number}` } });
    people.push(email);
  }
  for (let waited = 0; seen.size < count; waited += 100) {
    if (waited > 60_000) throw new Error(`${count - seen.size} e-mails didn't come within a minute`);
    await pause(100);
    for (const name of fs.existsSync(mails) ? fs.readdirSync(mails) : []) {
      if (!name.endsWith('.eml') || seen.has(name)) continue;
      const { text } = await simpleParser(fs.readFileSync(path.join(mails, name)));
      const token = /confirmation#(\S+)/.exec(text)?.[1];
      if (token === undefined) continue;
      seen.add(name);
      await ask(200, origin, 'POST', '/api/tenancy/confirmations', { body: { token } });
    }
  }
  return people;
}

/** Signs in; gives the cookie. */
async function signIn(origin, email, from) {
  const body = { login: email, password: PASSWORD, stay: false };
  const answer = await ask(200, origin, 'POST', '/api/account/session', { body, from });
  return answer.headers['set-cookie'][0].split(';')[0];
}

module.exports = { accounts, ask, closedLoop, now, openLoop, send, signIn };
