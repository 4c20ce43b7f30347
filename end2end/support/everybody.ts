import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { expect, type Page } from '@playwright/test';
import { htmlFaults } from './html.ts';

/** What was looked at already, in this process: one page in one state is looked at once. */
const seen = new Set<string>();

/** Spacing that readers may choose (WCAG 1.4.12), as their own style sheet would set it; our policy forbids inline ones. */
async function spaced(page: Page, on: boolean): Promise<void> {
  await page.evaluate((wanted) => {
    const rules = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }';
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = wanted ? [sheet] : [];
  }, on);
}

/** Text that its box cuts off, and boxes that reach out of the window. */
async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const faults: string[] = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : [];
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const box = element.getBoundingClientRect();
      if (!element.checkVisibility() || box.width <= 1 || box.height <= 1) continue;
      if (element.closest('.vh, .skip, .scroll, [aria-hidden=true], svg') !== null) continue;
      const said = `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`;
      if (box.right > width + 1 || box.left < -1) faults.push(`out of the window: ${said}`);
      const { overflowX, overflowY } = getComputedStyle(element);
      const cut = (overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1) || (overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1);
      if (cut && element.childNodes.length > 0) faults.push(`cut off: ${said}`);
    }
    return faults;
  });
}

/** Controls that can't be told from text where the colours are the reader's: a button or field without an edge, a link without a line. */
async function edgeless(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const line = (style: CSSStyleDeclaration, side: 'Top' | 'Bottom'): boolean => style[`border${side}Style`] !== 'none' && parseFloat(style[`border${side}Width`]) >= 1;
    return [...document.querySelectorAll<HTMLElement>('button, input, select, textarea, main a[href]')].flatMap((control) => {
      if (!control.checkVisibility() || control.getBoundingClientRect().width <= 1) return [];
      const style = getComputedStyle(control);
      const ticked = control instanceof HTMLInputElement && ['checkbox', 'radio'].includes(control.type);
      if (ticked || line(style, 'Bottom') || style.outlineStyle !== 'none' || style.textDecorationLine.includes('underline')) return [];
      // What stands in a bar, or in its menu, is told by its place.
      if (control.closest('nav, header') !== null) return [];
      // A card is a link as a whole, and has the edge itself.
      const parent = control.closest<HTMLElement>('li, .card, dd, summary');
      if (parent && line(getComputedStyle(parent), 'Bottom')) return [];
      return [control.outerHTML.slice(0, 100)];
    });
  });
}

/** Stops and headings of what a screen reader is told that have no name, or say their own role. */
function unsaid(tree: string): string[] {
  const named = /^\s*- (?:button|link|textbox|combobox|checkbox|radio|heading|radiogroup|dialog|img|navigation|region)\b(.*)$/;
  return tree.split('\n').filter((line) => {
    const found = named.exec(line);
    return found !== null && !/^ (?:"|\/)/.test(found[1] ?? '') && !/: \S/.test(line);
  });
}

/** What is asked of each state of each page for those who see, hear or move otherwise; restores what it changes. */
export async function expectForEverybody(page: Page): Promise<void> {
  const tree = await page.locator('body').ariaSnapshot();
  const { pathname } = new URL(page.url());
  const state = createHash('sha256').update(`${pathname}\n${tree.replace(/\d+/g, '0')}`).digest('hex').slice(0, 12);
  if (seen.has(state)) return;
  seen.add(state);
  const size = page.viewportSize();
  const faults: Record<string, string[]> = { html: await htmlFaults(await page.content()), unsaid: unsaid(tree) };

  await page.setViewportSize({ width: 320, height: 640 });
  await spaced(page, true);
  faults['with spaced text'] = await cutOff(page);
  await spaced(page, false);
  // 1280 × 1024 at 400 %.
  await page.setViewportSize({ width: 320, height: 256 });
  faults['at 400 %'] = await cutOff(page);
  if (size) await page.setViewportSize(size);
  await page.emulateMedia({ forcedColors: 'active' });
  faults['in forced colours'] = await edgeless(page);
  await page.emulateMedia({ forcedColors: null, reducedMotion: 'reduce' });
  faults['moves'] = await page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').map((one) => String((one as CSSAnimation).animationName)));
  await page.emulateMedia({ reducedMotion: null });

  const folder = process.env.PALIER_AS_READ;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${pathname.replaceAll('/', '_')}-${state}.yml`), `${tree}\n`);
  }
  const found = Object.entries(faults).flatMap(([where, list]) => list.map((fault) => `${where}: ${fault}`));
  expect.soft(found, `for everybody, ${page.url()}`).toEqual([]);
}
