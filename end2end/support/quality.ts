import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { expect, type Page } from '@playwright/test';
import { expectForEverybody } from './everybody.ts';
import { isFirefox } from './firefox.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Finding {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

async function findings(page: Page): Promise<string[]> {
  // Injected by the debugger, not by the page: its content security policy stays as it is.
  await page.evaluate(axeSource);
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: unknown[] }> } };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await axe.run({ runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] })).violations;
  });
  return (found as Finding[]).flatMap(({ id, impact, help, nodes }) =>
    nodes.map((node) => `${id} (${impact}): ${help}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}

/** Transitions of colours are over before colours are measured. */
async function atRest(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const passing = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    await Promise.all(passing.map((animation) => animation.finished.catch(() => undefined)));
  });
}

/** No accessibility finding in the light nor in the dark theme, on the page as it stands now. */
export async function expectNoAxe(page: Page): Promise<void> {
  // What it finds isn't the browser's; and Firefox ESR's content process crashes when axe is put into a page again and again.
  if (isFirefox(page.context())) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await atRest(page);
    expect(await findings(page), `accessibility findings, ${colorScheme} theme, ${page.url()}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null });
  // Slower, and about each state of each page: `make prove ONLY=everybody`.
  if (process.env.PALIER_EVERYBODY === '1') await expectForEverybody(page);
}

/** The page doesn't scroll sideways, and no part of it reaches out of the window. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const scrolls = document.documentElement.scrollWidth > width;
    const reaching = [...document.body.querySelectorAll<HTMLElement>('*')].filter((element) => {
      const box = element.getBoundingClientRect();
      // What is in a closed menu has a place of its own, which nobody sees.
      const hidden = !element.checkVisibility() || box.width <= 1 || box.height <= 1 || element.closest('.vh, .skip, .scroll, [aria-hidden=true]') !== null;
      return !hidden && (box.right > width + 1 || box.left < -1);
    });
    return { scrolls, reaching: reaching.map((element) => `${element.tagName} ${element.textContent?.trim().slice(0, 40)}`) };
  });
  expect(wide, `width of ${page.url()}`).toEqual({ scrolls: false, reaching: [] });
}

/** What a page needs whatever it is about: one heading, landmarks, a language, a title, ids once. */
export async function expectSoundStructure(page: Page, foot: 'with foot' | 'without foot' = 'with foot'): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.getByRole('main')).toHaveCount(1);
  await expect(page.getByRole('banner')).toHaveCount(1);
  // The list of landlords is nobody's page: there are no terms, and nobody to call.
  await expect(page.getByRole('contentinfo')).toHaveCount(foot === 'with foot' ? 1 : 0);
  await expect(page).toHaveTitle(/\S/);
  await expect(page.locator('html')).toHaveAttribute('lang', /^(fr|en)$/);
  const twice = await page.evaluate(() => {
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    return ids.filter((id, index) => ids.indexOf(id) !== index);
  });
  expect(twice, 'ids used twice').toEqual([]);
}

/** The sum of the layout shifts since the page was opened, those right after a click or a key left out. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    // Two frames: what is about to be painted has been, and is counted.
    await new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    let sum = 0;
    const [load] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    // A browser may paint when half a word has arrived, and the other half makes a button wider: no page can help it.
    const word = 0.005;
    const add = (entries: PerformanceEntryList): void => {
      for (const entry of entries as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
        const arriving = entry.startTime < (load?.domInteractive ?? 0) && entry.value < word;
        if (!entry.hadRecentInput && !arriving) sum += entry.value;
      }
    };
    const observer = new PerformanceObserver((list) => add(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    await new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
    add(observer.takeRecords());
    observer.disconnect();
    return sum;
  });
}

/** Buttons, links outside sentences and boxes are at least 24 × 24 CSS pixels (WCAG 2.5.8). */
export async function expectLargeTargets(page: Page): Promise<void> {
  const small = await page.evaluate(() => {
    const targets = document.querySelectorAll<HTMLElement>('button, input, select, summary, nav a, .actions a, a.back');
    return [...targets].flatMap((target) => {
      const box = target.getBoundingClientRect();
      const shown = box.width > 0 && box.height > 0 && !target.matches('p button, p a');
      return shown && (box.width < 24 || box.height < 24) ? [`${target.outerHTML.slice(0, 80)}: ${box.width} × ${box.height}`] : [];
    });
  });
  expect(small, 'targets that are too small').toEqual([]);
}

/** All of it, on a small telephone and at a desk. */
export async function expectSound(page: Page): Promise<void> {
  await expectSoundStructure(page);
  for (const size of [{ width: 320, height: 640 }, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size);
    await expectNoAxe(page);
    await expectNoSidewaysScroll(page);
    await expectLargeTargets(page);
  }
}
