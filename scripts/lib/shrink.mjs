#!/usr/bin/env node
// Called by Trunk once the pages are built (Trunk.toml): what only people read is taken out of what phones download.
//
// - What wasm and glue call each other ends in 16 random digits, which no compression makes shorter: 3 kB on the way.
//   Both get the same short names.
// - Glue, styles and the page's own scripts lose comments and spaces (esbuild; Trunk's own minifier can't read the glue
//   of wasm-bindgen).
// - The styles are in the page: it is painted without waiting for another answer.
// - Their addresses tell their content, as the server promises: they are named anew after what they are now.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import wasmLinks from './wasm-links.cjs';

const { links, relink } = wasmLinks;

const { TRUNK_STAGING_DIR: folder, TRUNK_PROFILE: profile, PALIER_PAGES: pages } = process.env;
/** Whether pages leave out a file of styles: what only organisations' portals show, what only the office shows. */
const leftOut = (name) => (/^scheme-/.test(name) && (pages === 'tenants' || pages === 'account')) || ['office', 'account'].some((own) => name.startsWith(`${own}-`) && pages !== own);
/** Trunk's mark in a file's name: a number in hexadecimal, 16 digits unless it begins with zeros. */
const MARK = /-([0-9a-f]{8,16})(?=[._])/;

const esbuild = (text, ...flags) =>
  execFileSync('esbuild', ['--minify', '--log-level=warning', ...flags], { input: text, encoding: 'utf8', stdio: ['pipe', 'pipe', 'inherit'] });

/** Changes a text file of the folder. */
function change(name, by) {
  const file = join(folder, name);
  writeFileSync(file, by(readFileSync(file, 'utf8')));
}

const minify = (name, kind) => change(name, (text) => esbuild(text, `--loader=${kind}`));

/** Trunk's start of the program, without what nobody asks for: its event, what the program exports. */
const lighten = (script) =>
  script
    .replace(/dispatchEvent\(new CustomEvent\("TrunkApplicationStarted"[^;]*\);?/, '')
    .replace(/,\s*\*\s*as bindings/, '')
    .replace(/const wasm\s*=\s*await/, 'await')
    .replace(/(window\.wasmBindings)\s*=\s*bindings/, '$1 = true');

/** The page's own scripts; the server reads them here for its security policy. */
const minifyScripts = () =>
  change('index.html', (page) => page.replaceAll(' crossorigin="anonymous"', ' crossorigin').replace(/(<script[^>]*>)([^<]+[\s\S]*?)(<\/script>)/g, (_, start, text, end) => start + esbuild(lighten(text)).trim() + end));

/** Gives what glue and wasm call each other short names in both. */
function shorten(glue, wasm) {
  const text = readFileSync(join(folder, glue), 'utf8');
  const bytes = readFileSync(join(folder, wasm));
  const names = links(bytes).filter((name) => /^(__wb|wasm_bindgen)\w*[0-9a-f]{16}$/.test(name));
  // A name that is used nowhere in the glue, or could be taken for another word, stays as it is.
  const short = new Map(names.map((name, at) => [name, `_${at.toString(36)}`]));
  const taken = new Set(text.match(/\b_[0-9a-z]+\b/g));
  for (const [name, other] of short) if (taken.has(other) || !text.includes(name)) short.delete(name);
  writeFileSync(join(folder, glue), text.replace(/\b\w{17,}\b/g, (word) => short.get(word) ?? word));
  writeFileSync(join(folder, wasm), relink(bytes, short));
}

/** Puts the styles into the page. Their file stays: the server's own pages ask for it. */
const paintAtOnce = () =>
  change('index.html', (page) => page.replace(/\n?<link rel="stylesheet" href="\/([^"]+)"\s*\/?>/g, (_, name) =>
    leftOut(name) ? '' : `<style>${readFileSync(join(folder, name), 'utf8').trim()}</style>`));

/** Names files after their content; those that name each other are one content. */
function rename(names) {
  const hash = createHash('sha256');
  for (const name of names) hash.update(readFileSync(join(folder, name)));
  const mark = hash.digest('hex').slice(0, 16);
  const [, old] = names[0].match(MARK);
  for (const name of names) renameSync(join(folder, name), join(folder, name.replace(old, mark)));
  change('index.html', (page) => page.replaceAll(old, mark));
}

if (folder && profile === 'release') {
  const marked = readdirSync(folder).filter((name) => MARK.test(name)).sort();
  const [glue, wasm] = ['.js', '_bg.wasm'].map((end) => marked.find((name) => name.endsWith(end)));
  if (!glue || !wasm) throw new Error(`glue or wasm is missing in ${folder}`);
  shorten(glue, wasm);
  minify(glue, 'js');
  rename([glue, wasm]);
  for (const style of marked.filter((name) => name.endsWith('.css'))) {
    minify(style, 'css');
    rename([style]);
  }
  minifyScripts();
  paintAtOnce();
}
