#!/usr/bin/env node
// French that is easy to read: every sentence that people are shown or sent is counted, in locales/fr and
// documents/pages. Per sentence: at most WORDS words. Per file: at most LIX (words a sentence, plus long words in a
// hundred; long: seven letters or more). LIX needs no dictionary and no syllables, so it can't be wrong about them.
// No dependency: `node scripts/checks/reading-level.mjs`; exit status 1 and one line per finding. `--list` shows all files.
import { readFileSync, readdirSync } from 'node:fs';
import process from 'node:process';

const root = new URL('../../', import.meta.url);
const WORDS = 25;
const LIX = 45;
// A file of a few labels has no level of its own.
const ENOUGH = 60;

/** Read by those who run a portal, not by those who use one; or words for paper and spreadsheets that aren't sentences. */
const NOT_FOR_PEOPLE = new Set(['cli', 'gallery', 'import', 'names', 'paper']);

/** What may be longer, by words of the sentence. One that no sentence needs any more is a finding. */
const EXCEPTIONS = [
  // Both sentences are those of the statement that the law prescribes, nearly word for word.
  'est non conforme avec le référentiel général d’amélioration de l’accessibilité',
  'Utilisez cette procédure dans le cas suivant',
];

const inFolder = (folder, wanted) =>
  readdirSync(new URL(folder, root), { recursive: true })
    .filter(wanted)
    .sort()
    .map((name) => `${folder}/${name}`);

/** The strings of a file of texts. Comments and keys aren't read by anybody. */
function ofTexts(source) {
  const strings = [...source.matchAll(/^[\w.-]+ = ("(?:[^"\\]|\\.)*"|"""[\s\S]*?""")$/gm)].map(([, text]) => text);
  return strings.map((text) => (text.startsWith('"""') ? text.slice(3, -3) : JSON.parse(text)));
}

/** The paragraphs, headings, items and cells of a written page. */
function ofPage(source) {
  return source
    .split('\n')
    .filter((line) => !/^\|[\s:|-]+\|$/.test(line))
    .flatMap((line) => (line.startsWith('|') ? line.split('|') : [line]))
    .map((line) => line.replace(/^(#+|-|\d+\.)\s+/, ''));
}

/** Sentences, as one says them: a colon or a semicolon is a pause, not an end. What stands in {} counts as one word. */
function sentences(text) {
  const said = text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*/g, '')
    .replace(/\{\w+\}/g, 'mot')
    .replace(/\bn\.? ?°/g, 'numéro')
    .replace(/([.?!…]\s*»?)\s+(?=\p{Lu}|«|\d)/gu, '$1\n');
  return said.split('\n').map((one) => one.trim()).filter((one) => one !== '');
}

// An elided article or pronoun is said with its word: "l'adresse" is one.
const words = (sentence) => sentence.match(/[\p{L}\d]+(?:[-'’‑.@/][\p{L}\d]+)*/gu) ?? [];
const isLong = (word) => word.replace(/^[\p{L}]{1,2}['’]/u, '').length >= 7;

const files = [
  ...inFolder('locales/fr', (name) => name.endsWith('.toml') && !NOT_FOR_PEOPLE.has(name.slice(0, -5))),
  ...inFolder('documents/pages', (name) => name.endsWith('.fr.md')),
];

const findings = [];
const used = new Set();
const totals = { sentences: 0, words: 0 };
let hardest = { lix: 0, file: '' };
for (const file of files) {
  const source = readFileSync(new URL(file, root), 'utf8');
  const texts = file.endsWith('.toml') ? ofTexts(source) : ofPage(source);
  const said = texts.flatMap(sentences);
  // A label or a heading isn't a sentence: it would make everything look short.
  const whole = said.filter((sentence) => /[.?!…]\s*»?$/.test(sentence) && words(sentence).length >= 3);
  for (const sentence of said) {
    const count = words(sentence).length;
    if (count <= WORDS) continue;
    const excepted = EXCEPTIONS.find((part) => sentence.includes(part));
    if (excepted) used.add(excepted);
    else findings.push(`${file}: ${count} words, ${WORDS} at most: ${sentence}`);
  }
  const all = whole.flatMap(words);
  totals.sentences += whole.length;
  totals.words += all.length;
  if (all.length < ENOUGH) continue;
  const lix = all.length / whole.length + (100 * all.filter(isLong).length) / all.length;
  if (process.argv.includes('--list')) console.log(`${lix.toFixed(1)}  ${(all.length / whole.length).toFixed(1)} words a sentence  ${file}`);
  if (lix > hardest.lix) hardest = { lix, file };
  if (lix > LIX) findings.push(`${file}: LIX ${lix.toFixed(1)}, ${LIX} at most`);
}
for (const exception of EXCEPTIONS) if (!used.has(exception)) findings.push(`an exception that nothing needs: ${exception}`);

for (const finding of findings) console.log(finding);
const mean = (totals.words / totals.sentences).toFixed(1);
console.log(`${files.length} files, ${totals.sentences} sentences of ${mean} words; the hardest is ${hardest.file}, LIX ${hardest.lix.toFixed(1)} (${LIX} at most)`);
process.exitCode = findings.length > 0 ? 1 : 0;
