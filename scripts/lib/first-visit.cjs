// What a browser that comes for the first time is sent: a page and, for as long as something names them, its files.
'use strict';
const http = require('node:http');
const zlib = require('node:zlib');

const KINDS = ['HTML', 'CSS', 'JS', 'wasm', 'texts'];
const kindOf = (path) =>
  ({ css: 'CSS', js: 'JS', mjs: 'JS', wasm: 'wasm', json: 'texts' })[/\.(\w+)$/.exec(path)?.[1]] ?? 'HTML';

const decode = (encoding, bytes) => {
  if (encoding === 'br') return zlib.brotliDecompressSync(bytes);
  if (encoding === 'gzip') return zlib.gunzipSync(bytes);
  return bytes;
};

const asked = (origin, path) =>
  new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'br, gzip', 'accept-language': 'fr', accept: '*/*', 'sec-fetch-site': 'none' };
    const request = http.get(origin + path, { headers, timeout: 10_000 }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode !== 200) return reject(new Error(`${path} was answered with ${response.statusCode}`));
        const body = Buffer.concat(parts);
        const encoding = response.headers['content-encoding'];
        const quick = /-quick"$/.test(response.headers.etag ?? '');
        return resolve({ path, encoding, sent: body.length, bytes: decode(encoding, body), quick });
      });
    });
    request.on('timeout', () => request.destroy(new Error(`${path} was not answered in ten seconds`)));
    request.on('error', reject);
  });

/**
 * One file: its path, how many bytes were sent, how they were compressed, and what they are. Who is first to ask for a page after a
 * start gets it compressed quickly; what everybody else gets is waited for.
 */
async function get(origin, path) {
  for (let tried = 0; ; tried += 1) {
    const file = await asked(origin, path);
    if (!file.quick || tried >= 200) return file;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Paths that a file names: style sheets, scripts, wasm, French texts. Pictures are no part of the budget. */
const named = (text) =>
  [...text.matchAll(/["'(](\/[\w./-]+\.(?:css|m?js|wasm|json))["')]/g)]
    .map((match) => match[1])
    .filter((path) => !path.endsWith('.json') || /(^|[-_./])fr([-_.]|$)/.test(path));

/** All files of a first visit, the page first. */
async function firstVisit(origin, page) {
  const files = new Map([[page, undefined]]);
  // A map can grow while it is walked: what a file names is walked too.
  for (const path of files.keys()) {
    const file = await get(origin, path);
    files.set(path, file);
    if (kindOf(path) === 'wasm') continue;
    for (const other of named(file.bytes.toString('utf8'))) if (!files.has(other)) files.set(other, undefined);
  }
  return [...files.values()];
}

module.exports = { firstVisit, get, kindOf, KINDS };
