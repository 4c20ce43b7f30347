import type { Locator, Page } from '@playwright/test';
import { expectVisibleFocus } from './keyboard.ts';

/** What of a page can be done to a locator without a mouse. */
type Act = (this: Locator, ...values: never[]) => Promise<unknown>;
type Acts = Record<'click' | 'fill' | 'check' | 'uncheck' | 'selectOption' | 'press' | 'focus' | 'clear', Act>;

/** Twice round the longest page. */
const MOST = 250;

/** Of what somebody without a mouse would stop at to use this: itself, its field, or what it is in. */
async function stopOf(target: Locator): Promise<string> {
  return target.evaluate((element) => {
    const field = element instanceof HTMLLabelElement ? element.control : null;
    const stop = field ?? element.closest<HTMLElement>('a[href], button, input, select, textarea, summary, [tabindex]') ?? element;
    if (stop instanceof HTMLButtonElement && stop.disabled) return 'disabled';
    document.querySelectorAll('[data-goal]').forEach((other) => other.removeAttribute('data-goal'));
    stop.setAttribute('data-goal', '');
    const kind = stop instanceof HTMLInputElement ? stop.type : stop.tagName.toLowerCase();
    return kind;
  });
}

/** Whether it has the focus; of radio buttons, one is the stop for all. */
async function isThere(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const goal = document.querySelector('[data-goal]');
    const at = document.activeElement;
    if (goal === null || at === goal) return goal !== null;
    const radio = goal instanceof HTMLInputElement && goal.type === 'radio' && at instanceof HTMLInputElement && at.type === 'radio';
    return radio && at.name === goal.name && at.form === goal.form;
  });
}

/** Goes to it by the Tab key, and sees that it has the focus; gives what it is. */
async function goTo(target: Locator, timeout = 15_000): Promise<string> {
  const page = target.page();
  await target.waitFor({ state: 'visible', timeout });
  const until = Date.now() + timeout;
  // What keeps the focus while something appears above it may be out of the window: leaving and coming back shows it.
  if ((await stopOf(target)) !== 'disabled' && (await isThere(page))) {
    await page.keyboard.press('Shift+Tab');
  }
  for (let presses = 0; presses < MOST && Date.now() < until; presses += 1) {
    const kind = await stopOf(target);
    if (kind !== 'disabled' && (await isThere(page))) {
      if (kind === 'radio') await arrowTo(page);
      await expectVisibleFocus(page);
      return kind;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab doesn't lead to ${String(target)}`);
}

/** Among radio buttons, one goes by arrows; that chooses. */
async function arrowTo(page: Page): Promise<void> {
  for (let presses = 0; presses < 20; presses += 1) {
    if (await page.evaluate(() => document.activeElement?.hasAttribute('data-goal') ?? false)) return;
    await page.keyboard.press('ArrowDown');
  }
}

async function press(target: Locator, timeout?: number): Promise<void> {
  const kind = await goTo(target, timeout);
  const page = target.page();
  const isTicked = kind === 'radio' && (await target.page().evaluate(() => (document.activeElement as HTMLInputElement).checked));
  if (isTicked) return;
  // A link is followed by Enter alone; what is pressed or ticked, by the space bar. A field that is clicked only has the focus then.
  if (['a', 'summary'].includes(kind)) await page.keyboard.press('Enter');
  else if (['button', 'submit', 'checkbox', 'radio'].includes(kind)) await page.keyboard.press('Space');
}

async function type(target: Locator, text: string): Promise<void> {
  const { keyboard } = target.page();
  await goTo(target);
  await keyboard.press('Control+A');
  await keyboard.press('Delete');
  // Only what keys can write is typed; the rest comes as from an input method.
  if (text.length < 60) await keyboard.type(text);
  else await keyboard.insertText(text);
}

/** A choice in a closed list: from its first entry, downwards. */
async function choose(target: Locator, wanted: unknown): Promise<string[]> {
  const { keyboard } = target.page();
  await goTo(target);
  const index = await target.evaluate((select, choice) => {
    const { value, label } = (typeof choice === 'string' ? { value: choice, label: choice } : choice) as { value?: string; label?: string };
    return [...(select as HTMLSelectElement).options].findIndex((option) => option.value === value || option.label === label);
  }, wanted);
  await keyboard.press('Home');
  for (let presses = 0; presses < index; presses += 1) await keyboard.press('ArrowDown');
  return [];
}

async function tick(target: Locator, wanted: boolean): Promise<void> {
  await goTo(target);
  if ((await target.isChecked()) !== wanted) await target.page().keyboard.press('Space');
}

let changed = false;

/** From now on, all that tests do to pages is done by the keyboard: by Tab, and what each kind of control is used by. */
export function withoutMouse(page: Page): void {
  if (changed) return;
  changed = true;
  const acts = Object.getPrototypeOf(page.locator('html')) as Acts;
  const clicked = acts.click as (this: Locator, options?: object) => Promise<void>;
  Object.assign(acts, {
    async click(this: Locator, options: { timeout?: number } = {}): Promise<void> {
      // Several clicks at once, or one at a place, are what their test is about.
      const plain = Object.keys(options).every((name) => name === 'timeout');
      await (plain ? press(this, options.timeout) : clicked.call(this, options));
    },
    fill(this: Locator, text: string): Promise<void> {
      return type(this, text);
    },
    clear(this: Locator): Promise<void> {
      return type(this, '');
    },
    check(this: Locator): Promise<void> {
      return tick(this, true);
    },
    uncheck(this: Locator): Promise<void> {
      return tick(this, false);
    },
    selectOption(this: Locator, wanted: unknown): Promise<string[]> {
      return choose(this, wanted);
    },
    async focus(this: Locator): Promise<void> {
      await goTo(this);
    },
  });
}
