// HAProxy before several servers, as docs/OPERATIONS.md shows it, but without its second tries: what is shown is that the
// servers themselves refuse nothing that they were given.
'use strict';
const { spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { answers, freePort, pause } = require('./server.cjs');

const program = ['/usr/sbin/haproxy', '/usr/local/sbin/haproxy'].find((one) => fs.existsSync(one));

/** Each server is asked for /readyz five times a second: one that leaves or is gone gets nothing more. */
const settings = (port, ports) => `
global
    maxconn 2000
defaults
    mode http
    option forwardfor
    option http-keep-alive
    retries 0
    timeout connect 1s
    timeout client 30s
    timeout server 30s
frontend people
    bind 127.0.0.1:${port}
    default_backend palier
backend palier
    balance roundrobin
    option httpchk GET /readyz
${ports.map((one, index) => `    server palier${index + 1} 127.0.0.1:${one} check inter 200ms fall 1 rise 1`).join('\n')}
`;

async function proxy(folder, ports) {
  const port = await freePort();
  const file = path.join(folder, 'haproxy.cfg');
  fs.writeFileSync(file, settings(port, ports));
  const faulty = spawnSync(program, ['-c', '-f', file], { encoding: 'utf8' });
  if (faulty.status !== 0) throw new Error(faulty.stderr);
  const child = spawn(program, ['-db', '-f', file], { stdio: 'ignore' });
  const origin = `http://127.0.0.1:${port}`;
  for (let waited = 0; !(await answers(`${origin}/healthz`)); waited += 50) {
    if (waited > 10_000) throw new Error('HAProxy does not answer');
    await pause(50);
  }
  return { origin, stop: () => child.kill('SIGKILL') };
}

module.exports = { proxy, program };
