// node scripts/lib/notices.cjs > FILE: the licences of all that is inside the program, the pages that it carries included: for each
// text, who asks for it to be passed on.
'use strict';
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');
const { ROOT } = require('./server.cjs');

const TARGETS = [
  ['palier-server', 'x86_64-unknown-linux-gnu', []],
  ['palier', 'wasm32-unknown-unknown', ['--features', 'office,account']],
];

/** Crates linked into the program of `name`: what it needs to run, not to be built or tested. */
function linked(name, target, features) {
  const out = execFileSync(
    'cargo',
    ['metadata', '--locked', '--offline', '--format-version', '1', '--filter-platform', target, ...features],
    { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  const { packages, resolve } = JSON.parse(out);
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const all = new Map(packages.map((one) => [one.id, one]));
  const seen = new Set();
  const visit = (id) => {
    if (seen.has(id)) return;
    seen.add(id);
    for (const { pkg, dep_kinds: kinds } of nodes.get(id).deps) if (kinds.some(({ kind }) => kind === null)) visit(pkg);
  };
  visit(packages.find((one) => one.name === name && one.source === null).id);
  return [...seen].map((id) => all.get(id)).filter(({ source }) => source !== null);
}

/** The texts that a crate comes with. */
function texts({ manifest_path: manifest, license_file: named }) {
  const folder = path.dirname(manifest);
  const names = fs.readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice|unlicense)/i.test(name));
  if (named && !names.includes(named)) names.push(named);
  return names
    .map((name) => path.join(folder, name))
    .filter((file) => fs.existsSync(file) && fs.statSync(file).isFile())
    .sort()
    .map((file) => fs.readFileSync(file, 'utf8').replace(/\r/g, '').trim());
}

const crates = new Map();
for (const target of TARGETS) for (const one of linked(...target)) crates.set(`${one.name} ${one.version}`, one);

const said = new Map();
const silent = [];
for (const [name, one] of [...crates].sort(([a], [b]) => (a < b ? -1 : 1))) {
  const licence = one.license ?? 'see its own file';
  const found = texts(one);
  if (found.length === 0) silent.push(`${name} (${licence})`);
  for (const text of found) {
    // Spaces and line ends differ from copy to copy.
    const key = text.replace(/\s+/g, ' ');
    const entry = said.get(key) ?? { text, names: [] };
    entry.names.push(`${name} (${licence})`);
    said.set(key, entry);
  }
}

const rule = `\n\n${'-'.repeat(80)}\n\n`;
const head = `Palier contains ${crates.size} libraries of others. Their licences, each with those that ask for it.`;
const parts = [...said.values()].map(({ text, names }) => `${names.join('\n')}\n\n${text}`);
if (silent.length > 0) parts.push(`Without a text of their own; what their licence says is among those above:\n${silent.join('\n')}`);
process.stdout.write(`${[head, ...parts].join(rule)}\n`);
