// What matters of a stage that failed: node scripts/lib/failures.cjs STAGE LOG
'use strict';
const { readFileSync } = require('node:fs');

const [stage, log] = process.argv.slice(2);
const read = (path) => {
  try {
    return readFileSync(path, 'utf8').replace(/\x1b\[[0-9;]*m/g, '');
  } catch {
    return '';
  }
};

/** Tests of Rust: each failed one's panic without its stack, and the names; of what didn't compile, the errors. */
function cargo(text) {
  const found = [];
  let within = false;
  let stack = false;
  for (const line of text.split('\n')) {
    if (/^failures:/.test(line)) within = true;
    if (/^test result:/.test(line)) {
      if (within) found.push(line, '');
      within = false;
    }
    if (/^stack backtrace:/.test(line)) stack = true;
    if (within && !stack && !/^\s+at /.test(line)) found.push(line);
    if (/^note: /.test(line) || line === '') stack = false;
  }
  if (found.length > 0) return found;
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /^error/.test(line));
  if (first < 0) return [];
  // A program that ended without a result: why stands before what cargo says about it.
  return lines.slice(lines[first].startsWith('error: test failed') ? Math.max(0, first - 60) : first);
}

/** Tests of Playwright: where each failed one is, its title, and the beginning of its error. */
function playwright(text) {
  const found = [];
  const walk = (suite, titles) => {
    for (const inner of suite.suites ?? []) walk(inner, [...titles, inner.title]);
    for (const spec of (suite.specs ?? []).filter((one) => !one.ok)) {
      found.push(`${spec.file}:${spec.line} ${[...titles.slice(1), spec.title].join(' › ')}`);
      const error = spec.tests.flatMap((test) => test.results.map((result) => result.error?.message)).find(Boolean);
      found.push(...(error ?? '').split('\n').slice(0, 8).map((line) => `    ${line}`), '');
    }
  };
  const { suites = [], errors = [] } = JSON.parse(text || '{}');
  for (const file of suites) walk(file, [file.title]);
  found.push(...errors.map((error) => error.message ?? String(error)));
  return found.map((line) => line.replace(/\x1b\[[0-9;]*m/g, ''));
}

let lines = [];
if (['native', 'browser', 'clippy', 'server', 'pages'].includes(stage)) lines = cargo(read(log));
if (stage === 'end2end') lines = playwright(read(log.replace(/\.log$/, '.json')));
if (lines.length === 0) lines = read(log).trimEnd().split('\n').slice(-80);
// Enough to see what to mend; the rest is in the log.
for (const line of lines.slice(0, 160)) console.log(line);
