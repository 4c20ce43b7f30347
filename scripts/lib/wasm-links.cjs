// What a WebAssembly file and its glue call each other: the names of its imports and exports.
'use strict';
const { sections, reader } = require('./wasm-sections.cjs');

const IMPORTS = 2;
const EXPORTS = 7;

/** Unsigned LEB128. */
function number(value) {
  const bytes = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  bytes.push(value);
  return Buffer.from(bytes);
}

const text = (words) => Buffer.concat([number(Buffer.byteLength(words)), Buffer.from(words)]);

/** The entries of a section of imports or exports, each as its name and the bytes before and after it. */
function entries(bytes, { id, start }) {
  const read = reader(bytes, start);
  const limits = () => { if (read.number() & 1) read.number(); read.number(); };
  const found = [];
  for (let left = read.number(); left > 0; left -= 1) {
    const before = read.at;
    if (id === IMPORTS) read.text();
    const named = read.at;
    const name = read.text();
    const after = read.at;
    const kind = read.number();
    if (id === EXPORTS || kind === 0) read.number(); // a number, of a function mostly
    else if (kind === 1) { read.number(); limits(); } // a table: what it holds, how many
    else if (kind === 2) limits(); // a memory
    else { read.number(); read.number(); } // a global's or a tag's two numbers
    found.push({ name, before: bytes.subarray(before, named), after: bytes.subarray(after, read.at) });
  }
  return found;
}

const isLinked = ({ id }) => id === IMPORTS || id === EXPORTS;

/** All names. */
const links = (bytes) => sections(bytes).filter(isLinked).flatMap((section) => entries(bytes, section).map(({ name }) => name));

/** The same file with other names, given as a map from the old ones, and without notes to tools. */
function relink(bytes, names) {
  const parts = [bytes.subarray(0, 8)]; // the magic number and the version
  for (const section of sections(bytes).filter(({ id }) => id !== 0)) {
    let content = bytes.subarray(section.start, section.end);
    if (isLinked(section)) {
      const all = entries(bytes, section);
      content = Buffer.concat([
        number(all.length),
        ...all.flatMap(({ name, before, after }) => [before, text(names.get(name) ?? name), after]),
      ]);
    }
    parts.push(Buffer.from([section.id]), number(content.length), content);
  }
  return Buffer.concat(parts);
}

module.exports = { links, relink };
