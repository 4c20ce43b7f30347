import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { expect, type Page } from '@playwright/test';
import { inProject } from './places.ts';
import { expectNoSidewaysScroll } from './quality.ts';

/** 1280 × 1024 at 400 %: what sticks to an edge may cover all the rest here. */
const zoomed = { width: 320, height: 256 };
const desk = { width: 1280, height: 800 };

/** What is wrong with the place that has the focus: nothing is the right answer. */
async function faultOfStop(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const style = getComputedStyle(element);
    const said = element.outerHTML.slice(0, 80);
    if (!((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none')) return `no mark: ${said}`;
    // A link of several lines has several boxes, and a label may lie over its own box: one point that is seen is enough (2.4.11).
    const seen = [...element.getClientRects()].some((box) =>
      [0.1, 0.5, 0.9].some((part) => {
        const top = document.elementFromPoint(box.left + box.width * part, box.top + box.height / 2);
        return top !== null && (element.contains(top) || top.closest('label')?.control === element);
      }),
    );
    return seen ? '' : `covered or out of the window: ${said}`;
  });
}

/** All Tab stops of the page, as `role "name"`, each tried for being seen. */
async function stops(page: Page): Promise<string[]> {
  const order: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const at = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return 'out';
      if (element.dataset['stop'] !== undefined) return 'again';
      element.dataset['stop'] = '';
      return 'new';
    });
    if (at !== 'new') return order;
    expect.soft(await faultOfStop(page), `Tab stop of ${page.url()}`).toBe('');
    const [first = ''] = (await focused.ariaSnapshot()).split('\n');
    order.push(first.replace(/^- /, '').replace(/:$/, ''));
  }
  throw new Error(`${page.url()} has more than 80 Tab stops`);
}

async function show(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForLoadState('networkidle');
}

/** The order of Tab stops of pages is that in `focus-order/NAME.txt`, in which what is `one's own` stands as an ellipsis. */
export async function expectOrder(page: Page, name: string, pages: readonly (readonly [path: string, url: string])[], own: readonly string[] = []): Promise<void> {
  const recorded = inProject('end2end', 'tests', 'focus-order', `${name}.txt`);
  const found: string[] = [];
  for (const [path, url] of pages) {
    await show(page, url);
    found.push(path, ...(await stops(page)).map((stop) => `  ${own.reduce((said, value) => said.replaceAll(value, '…'), stop)}`));
  }
  const order = `${found.join('\n')}\n`;
  // PALIER_RECORD=1 writes what is found; whoever does it reads the difference.
  if (process.env.PALIER_RECORD === '1') writeFileSync(recorded, order);
  expect(order).toBe(readFileSync(recorded, 'utf8'));
}

/** At 400 % every Tab stop of these pages is seen, and nothing moves for who asked for rest. */
export async function expectSeenAt400(page: Page, urls: readonly string[]): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const url of urls) {
    await page.setViewportSize(desk);
    await show(page, url);
    await page.setViewportSize(zoomed);
    await expectNoSidewaysScroll(page);
    await stops(page);
    const moving = await page.evaluate(() => document.getAnimations().filter((one) => one.playState === 'running').length);
    expect.soft(moving, `what moves on ${page.url()}`).toBe(0);
  }
  await page.setViewportSize(desk);
}
