// What a WebAssembly file is made of: its sections and, where it has kept its names, the code of each crate.
'use strict';

const SECTION_NAMES = [
  'custom', 'types', 'imports', 'functions', 'tables', 'memories', 'globals', 'exports', 'start', 'elements', 'code',
  'data', 'data count', 'tags',
];

/** A reader of unsigned LEB128 numbers and names from `at` on. */
function reader(bytes, at) {
  return {
    get at() { return at; },
    skip(count) { at += count; },
    number() {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at++];
        value += (byte & 0x7f) * 2 ** shift;
        if (byte < 0x80) return value;
      }
    },
    text() {
      const length = this.number();
      at += length;
      return bytes.toString('utf8', at - length, at);
    },
  };
}

/** The sections in their order: name, where the content starts and ends. */
function sections(bytes) {
  const found = [];
  const read = reader(bytes, 8); // after the magic number and the version
  while (read.at < bytes.length) {
    const id = bytes[read.at];
    read.skip(1);
    const size = read.number();
    const start = read.at;
    const name = id === 0 ? `custom: ${reader(bytes, start).text()}` : SECTION_NAMES[id] ?? `section ${id}`;
    found.push({ id, name, start, end: start + size });
    read.skip(size);
  }
  return found;
}

/** How many functions are imported: they come first in the numbering, without code. */
function importedFunctions(bytes, section) {
  if (section === undefined) return 0;
  const read = reader(bytes, section.start);
  const limits = () => { if (read.number() & 1) { read.number(); } read.number(); };
  let functions = 0;
  for (let left = read.number(); left > 0; left -= 1) {
    read.text();
    read.text();
    const kind = read.number();
    if (kind === 0) { functions += 1; read.number(); }
    else if (kind === 1) { read.number(); limits(); }
    else if (kind === 2) limits();
    else { read.number(); read.number(); } // a global's or a tag's two numbers
  }
  return functions;
}

/** `<leptos::Foo as core::Bar>::baz` belongs to leptos, `<F as leptos::Foo>::bar` too; a name without path to the runtime. */
const owner = (name) => /([A-Za-z_][A-Za-z0-9_]*)(?:\[[0-9a-f]+\])?::/.exec(name)?.[1] ?? '(no path)';

/** Bytes of code by crate, largest first; empty where the names are gone. */
function crates(bytes) {
  const all = sections(bytes);
  const names = new Map();
  const naming = all.find(({ name }) => name === 'custom: name');
  if (naming !== undefined) {
    const read = reader(bytes, naming.start);
    read.text();
    while (read.at < naming.end) {
      const kind = read.number();
      const end = read.number() + read.at;
      if (kind === 1) for (let left = read.number(); left > 0; left -= 1) names.set(read.number(), read.text());
      read.skip(end - read.at);
    }
  }
  const totals = new Map();
  const code = all.find(({ id }) => id === 10);
  if (names.size === 0 || code === undefined) return [];
  const read = reader(bytes, code.start);
  let index = importedFunctions(bytes, all.find(({ id }) => id === 2));
  for (let left = read.number(); left > 0; left -= 1, index += 1) {
    const size = read.number();
    const crate = owner(names.get(index) ?? '');
    totals.set(crate, (totals.get(crate) ?? 0) + size);
    read.skip(size);
  }
  return [...totals].sort((a, b) => b[1] - a[1]);
}

module.exports = { sections, crates, reader };
