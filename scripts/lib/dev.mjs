// The front of `make dev`: pages as the server makes them, with the program and the styles that Trunk rebuilds at each
// change. Also builds the server again and starts it anew when its sources change. Ends all it started when it ends.
import { spawn } from 'node:child_process';
import { existsSync, watch } from 'node:fs';
import { createServer, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import tools from './server.cjs';

const { ROOT, freePort } = tools;
const listen = new URL(`http://${process.env.PALIER_LISTEN ?? '127.0.0.1:8080'}`);
const trunk = await freePort();
const palier = await freePort();
const say = (text) => console.error(`palier: ${text}`);

const running = new Set();
let closing = false;

/** Starts a program that ends with this one. */
function start(name, program, words, environment = {}) {
  const child = spawn(join(ROOT, program), words, {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  running.add(child);
  child.ended = new Promise((resolve) => child.on('exit', (code) => {
    running.delete(child);
    resolve(code);
    if (!closing && !child.replaced && code !== 0) say(`${name} ended with ${code}`);
  }));
  return child;
}

const startServer = () =>
  start('the server', 'build/dev/palier', ['serve', '--config', 'demo'], {
    PALIER_LISTEN: `127.0.0.1:${palier}`,
    PALIER_PUBLIC_URL: process.env.PALIER_PUBLIC_URL ?? listen.origin,
    PALIER_DATABASE_URL: process.env.PALIER_DATABASE_URL ?? `sqlite://${join(ROOT, '.palier', 'palier.db')}`,
    PALIER_SMTP_URL: process.env.PALIER_SMTP_URL ?? `file://${join(ROOT, '.palier', 'mails')}`,
    PALIER_DEMO: '1',
  });

let server = startServer();
start('trunk', 'scripts/dev', ['pages', String(trunk)]);

/** Builds the server again; the old one serves until the new one is there, and goes on if it doesn't compile. */
let building = false;
let again = false;
async function rebuild() {
  if (building) { again = true; return; }
  building = true;
  do {
    again = false;
    say('building the server again');
    if ((await start('the build', 'scripts/build-server', ['dev']).ended) === 0) {
      server.replaced = true;
      server.kill('SIGTERM');
      await server.ended;
      if (!closing) server = startServer();
    }
  } while (again && !closing);
  building = false;
}
let settled;
for (const folder of ['crates', 'locales', 'documents', 'demo']) {
  if (!existsSync(join(ROOT, folder))) continue;
  watch(join(ROOT, folder), { recursive: true }, () => {
    // Editors and version control write many files at once.
    clearTimeout(settled);
    settled = setTimeout(rebuild, 300);
  });
}

/** Names of released files end in a hash; those of `trunk serve` don't. */
const unhashed = (html) => html.replace(/-[0-9a-f]{16}(_bg\.wasm|\.js|\.css)/g, '$1');

// Trunk tells who listens that a build is done.
const RELOAD = `<script>{
  const open = (again) => {
    const socket = new WebSocket(location.origin.replace('http', 'ws') + '/.well-known/trunk/ws');
    socket.onopen = () => { if (again) location.reload(); };
    socket.onmessage = (event) => { if (JSON.parse(event.data).type === 'reload') location.reload(); };
    socket.onclose = () => setTimeout(open, 500, true);
  };
  open(false);
}</script>`;

/** What Trunk has built is asked of Trunk, everything else of the server. */
const target = (url) => {
  const path = new URL(url, listen).pathname;
  const built = path !== '/' && existsSync(join(ROOT, 'build', 'dev', 'dist', path));
  return built || path.startsWith('/.well-known/trunk') ? trunk : palier;
};

const front = createServer((asked, answer) => {
  const port = target(asked.url);
  const headers = { ...asked.headers };
  // Pages are changed on their way, so they come as they are.
  if (port === palier) delete headers['accept-encoding'];
  const onward = request({ host: '127.0.0.1', port, path: asked.url, method: asked.method, headers }, (given) => {
    const page = port === palier && given.headers['content-type']?.startsWith('text/html');
    if (!page || asked.method === 'HEAD') {
      answer.writeHead(given.statusCode, given.headers);
      given.pipe(answer);
      return;
    }
    const parts = [];
    given.on('data', (part) => parts.push(part));
    given.on('end', () => {
      const { 'content-length': _length, 'content-security-policy': _policy, etag: _etag, ...kept } = given.headers;
      answer.writeHead(given.statusCode, kept);
      answer.end(unhashed(Buffer.concat(parts).toString('utf8')).replace('</body>', `${RELOAD}</body>`));
    });
  });
  onward.on('error', () => answer.writeHead(502, { 'content-type': 'text/plain' }).end('Being built: reload in a moment.'));
  asked.pipe(onward);
});

front.on('upgrade', (asked, socket, head) => {
  const onward = connect(target(asked.url), '127.0.0.1', () => {
    const lines = [`${asked.method} ${asked.url} HTTP/1.1`];
    for (let i = 0; i < asked.rawHeaders.length; i += 2) lines.push(`${asked.rawHeaders[i]}: ${asked.rawHeaders[i + 1]}`);
    onward.write(`${lines.join('\r\n')}\r\n\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  for (const end of [socket, onward]) end.on('error', () => { socket.destroy(); onward.destroy(); });
});

async function close() {
  if (closing) return;
  closing = true;
  for (const child of running) child.kill('SIGTERM');
  await Promise.all([...running].map((child) => child.ended));
  process.exit(0);
}
process.on('SIGINT', close);
process.on('SIGTERM', close);

front.on('error', (error) => {
  say(`can't listen on ${listen.host}: ${error.message}`);
  void close();
});
front.listen(Number(listen.port), listen.hostname, () => say(`${listen.origin} (the first build of the pages takes a minute)`));
