import { readdirSync, readFileSync } from 'node:fs';
import { inProject } from './places.ts';

export type Language = 'fr' | 'en';
type Values = Record<string, string | number>;

/**
 * Reads the part of TOML that the files of texts use: tables, and keys whose value is one quoted text.
 * Anything else is refused aloud rather than skipped.
 */
function parseTexts(file: string, source: string, into: Map<string, string>): void {
  let table = '';
  const lines = source.split('\n');
  for (let index = 0; index < lines.length; index += 1) {
    const line = (lines[index] ?? '').trim();
    if (line === '' || line.startsWith('#')) continue;
    const heading = /^\[([\w.-]+)\]$/.exec(line);
    if (heading) {
      table = `${heading[1]}.`;
      continue;
    }
    const pair = /^("?)([\w.-]+)\1\s*=\s*(.*)$/.exec(line);
    if (!pair) throw new Error(`${file}:${index + 1} is not a text: ${line}`);
    let value = pair[3] ?? '';
    if (value.startsWith('"""')) {
      let text = value.slice(3);
      while (!text.includes('"""')) {
        index += 1;
        if (index >= lines.length) throw new Error(`${file}: a text never ends`);
        text += `\n${lines[index]}`;
      }
      value = JSON.stringify(text.slice(0, text.indexOf('"""')).replace(/^\n/, '').replace(/\\\n\s*/g, ''));
    }
    const quoted = /^"(?:[^"\\]|\\.)*"/.exec(value) ?? /^'[^']*'/.exec(value);
    if (!quoted) throw new Error(`${file}:${index + 1} has no quoted text`);
    into.set(table + pair[2], value.startsWith("'") ? quoted[0].slice(1, -1) : (JSON.parse(quoted[0]) as string));
  }
}

const loaded = new Map<Language, Map<string, string>>();

function texts(language: Language): Map<string, string> {
  let known = loaded.get(language);
  if (!known) {
    known = new Map();
    const folder = inProject('locales', language);
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.toml'))) {
      parseTexts(file, readFileSync(`${folder}/${file}`, 'utf8'), known);
    }
    loaded.set(language, known);
  }
  return known;
}

/** The text of a key as people read it, its values put in. A key that doesn't exist fails the test. */
export function text(key: string, values: Values = {}, language: Language = 'fr'): string {
  const found = texts(language).get(key);
  if (found === undefined) throw new Error(`no text ${key} in locales/${language}`);
  return found.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole));
}

const escape = (plain: string): string => plain.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Matches the text of a key wherever it stands, any value in the place of those not given, any kind of space. */
export function pattern(key: string, values: Values = {}, language: Language = 'fr'): RegExp {
  const parts = text(key, values, language).split(/\{\w+\}/);
  return new RegExp(parts.map((part) => escape(part).replace(/\s+/g, '\\s+')).join('.+?'), 'u');
}
