#!/usr/bin/env node
// Contrast of every pair of colours that style/main.css puts together (WCAG 2.2, 1.4.3 and 1.4.11),
// for the built-in brand and for the hardest brand colours a configuration may contain: those
// that only just reach 4.5:1 on white (--brand) or on the dark surface (--brand-dark).
// No dependency: `node scripts/checks/contrast.mjs`; exit status 1 and one line per failing pair.
import { readFileSync } from 'node:fs';

const css = readFileSync(new URL('../../style/main.css', import.meta.url), 'utf8');

/** Declarations of custom properties in the first block opened by `opening`. */
function tokens(opening) {
  const start = css.indexOf(opening);
  if (start < 0) throw new Error(`style/main.css has no block "${opening}"`);
  const block = css.slice(start + opening.length, css.indexOf('}', start));
  return Object.fromEntries([...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2]]));
}

const hex = (text) => {
  const digits = text.length === 4 ? [...text.slice(1)].map((c) => c + c).join('') : text.slice(1, 7);
  return [0, 2, 4].map((i) => parseInt(digits.slice(i, i + 2), 16));
};

/** A token's colour as [red, green, blue] of 0 to 255, following var() and color-mix(in srgb, …). */
function colour(value, all) {
  if (value.startsWith('#')) return hex(value);
  const variable = value.match(/^var\((--[\w-]+)(?:, (#\w+))?\)$/);
  if (variable) return colour(all[variable[1]] ?? variable[2], all);
  const mix = value.match(/^color-mix\(in srgb, (var\(--[\w-]+\)) (\d+)%, (var\(--[\w-]+\))\)$/);
  if (!mix) throw new Error(`a colour this check cannot read: ${value}`);
  const [first, second] = [colour(mix[1], all), colour(mix[3], all)];
  return first.map((channel, i) => (channel * mix[2] + second[i] * (100 - mix[2])) / 100);
}

const luminance = (rgb) => {
  const [r, g, b] = rgb.map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

const surfaces = ['surface', 'wall', 'dado', 'tint'];
const tinted = ['danger-tint', 'warn-tint', 'ok-tint'];
const pairs = [
  ...[...surfaces, ...tinted].map((s) => ['ink', s, 4.5]),
  ...['surface', 'tint'].map((s) => ['link', s, 4.5]),
  ...['surface', 'tint'].map((s) => ['soft', s, 4.5]),
  ...['surface', 'danger-tint'].map((s) => ['danger', s, 4.5]),
  ['on-accent', 'accent', 4.5], ['on-accent', 'link', 4.5],
  ['surface', 'ink', 4.5], ['surface', 'danger', 4.5], ['surface', 'warn', 4.5], ['surface', 'ok', 4.5],
  ['warn', 'warn-tint', 3], ['ok', 'ok-tint', 3],
  ['edge', 'surface', 3], ['edge', 'tint', 3], ['accent', 'surface', 3], ['accent', 'wall', 3], ['accent', 'tint', 3],
];

/** Colours all round the wheel, each brought just past 4.5:1 on `ground`: the worst that is accepted. */
function hardest(ground, towards) {
  const found = [];
  for (let hue = 0; hue < 360; hue += 6) {
    for (const saturation of [0, 0.35, 0.7, 1]) {
      for (let step = 0; step <= 500; step += 1) {
        const light = towards === 'dark' ? 1 - step / 500 : step / 500;
        const chroma = saturation * Math.min(light, 1 - light);
        const rgb = [0, 8, 4].map((n) => {
          const k = (n + hue / 30) % 12;
          return Math.round(255 * (light - chroma * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
        });
        if (contrast(rgb, ground) >= 4.5) {
          found.push(`#${rgb.map((v) => v.toString(16).padStart(2, '0')).join('')}`);
          break;
        }
      }
    }
  }
  return found;
}

const root = tokens(':root {');
const mixed = tokens('@supports (color: color-mix(in srgb, red, blue)) {\n  :root {');
const dark = tokens(':root[data-theme="dark"] {');
const automatic = tokens(':root:not([data-theme="light"]) {');
const failures = new Set();
let checked = 0;

if (JSON.stringify(dark) !== JSON.stringify(automatic)) failures.add('the two dark blocks of tokens differ');
for (const [theme, base, name] of [['light', root, '--brand'], ['dark', { ...root, ...dark }, '--brand-dark']]) {
  const brands = hardest(colour(base['--surface'], base), theme === 'light' ? 'dark' : 'light');
  for (const derived of [{}, mixed]) {
    for (const brand of [undefined, ...brands]) {
      const all = { ...base, ...derived, ...(brand && { [name]: brand }) };
      for (const [front, back, least] of pairs) {
        const ratio = contrast(colour(all[`--${front}`], all), colour(all[`--${back}`], all));
        checked += 1;
        if (ratio < least) {
          failures.add(`${theme}: ${front} on ${back} is ${ratio.toFixed(2)}:1, needs ${least}:1 (${name} ${brand ?? 'built in'}${derived === mixed ? '' : ', without color-mix'})`);
        }
      }
    }
  }
}

for (const failure of failures) console.error(failure);
console.log(`contrast: ${checked} pairs checked, ${failures.size} failed`);
process.exit(failures.size ? 1 : 0);
