// node scripts/lib/bom.cjs SERVER PAGES: one list (CycloneDX) of what is in the program and in the pages that it carries.
// Without a serial number and in one order: the same sources give the same list.
'use strict';
const fs = require('node:fs');

const [server, pages] = process.argv.slice(2).map((file) => JSON.parse(fs.readFileSync(file, 'utf8')));
// Our own crates are named by where they lie on this machine.
const anonymous = (text) => text.replace(/path\+file:\/\/[^"#]*?(\/crates\/[a-z]+)?#/g, (_, crate) => `${crate?.slice(1) ?? '.'}#`).replace(/\?download_url=file:[^"#]*/g, '');

const components = new Map();
const dependencies = new Map();
for (const bom of [server, pages]) {
  for (const one of bom.components) components.set(one['bom-ref'], one);
  for (const { ref, dependsOn = [] } of bom.dependencies) dependencies.set(ref, new Set([...(dependencies.get(ref) ?? []), ...dependsOn]));
}
const own = pages.metadata.component;
components.set(own['bom-ref'], own);
dependencies.get(server.metadata.component['bom-ref']).add(own['bom-ref']);

const by = (key) => (one, other) => (key(one) < key(other) ? -1 : 1);
const { timestamp, ...metadata } = server.metadata;
const { serialNumber, ...rest } = server;
const all = {
  ...rest,
  metadata: { timestamp: new Date(Number(process.env.SOURCE_DATE_EPOCH) * 1000).toISOString().replace('.000', ''), ...metadata },
  components: [...components.values()].sort(by((one) => one['bom-ref'])),
  dependencies: [...dependencies].map(([ref, on]) => ({ ref, dependsOn: [...on].sort() })).sort(by((one) => one.ref)),
};
process.stdout.write(`${anonymous(JSON.stringify(all, null, 1))}\n`);
