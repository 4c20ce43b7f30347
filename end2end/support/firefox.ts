import type { BrowserContext, Locator, Page } from '@playwright/test';

export const isFirefox = (context: BrowserContext): boolean => context.browser()?.browserType().name() === 'firefox';

/** In the page: goes back or forward, and ends when the page shown is another one; one that is left is gone before it can say so. */
const step = (by: number): Promise<void> =>
  new Promise((resolve) => {
    addEventListener('popstate', () => resolve(), { once: true });
    history.go(by);
  });

/** Where going back loads nothing, Firefox tells nobody that it is done; what comes next waits for what it looks for. */
function withHistory(page: Page): void {
  const go = (by: number) => async (): Promise<null> => {
    // A page that is left can't say that it did.
    await page.evaluate(step, by).catch(() => undefined);
    await page.waitForLoadState();
    return null;
  };
  Object.assign(page, { goBack: go(-1), goForward: go(1) });
}

/** A page that was loaded anew doesn't have the focus of the window's keyboard by itself, as it has for people. */
function withKeys(page: Page): void {
  const { keyboard } = page;
  const press = keyboard.press.bind(keyboard);
  const type = keyboard.type.bind(keyboard);
  const first = (act: typeof press): typeof press => async (...values) => {
    await page.bringToFront();
    await act(...values);
  };
  Object.assign(keyboard, { press: first(press), type: first(type) });
}

let fronted = false;

/** Of several windows only the one in front has the focus: whoever uses one brings it there first, as people do. */
function toFront(page: Page): void {
  if (fronted) return;
  fronted = true;
  const acts = Object.getPrototypeOf(page.locator('html')) as Record<string, (this: Locator, ...values: unknown[]) => Promise<unknown>>;
  for (const name of ['click', 'fill', 'check', 'uncheck', 'press', 'selectOption']) {
    const act = acts[name];
    if (!act) continue;
    acts[name] = async function inFront(...values): Promise<unknown> {
      await this.page().bringToFront();
      return act.apply(this, values);
    };
  }
}

/** In the page: what it is told when the network goes or comes back. */
function tell(off: boolean): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => !off });
  dispatchEvent(new Event(off ? 'offline' : 'online'));
}

/** What ESR can't be told by Playwright: an address of its own on the Internet, a network that is lost, Back. */
export async function helpFirefox(context: BrowserContext, headers: Record<string, string>): Promise<void> {
  let lost = false;
  // It adds no headers by itself: its requests are stopped, and go on with one more.
  await context.route('**/*', (route) =>
    lost ? route.abort('internetdisconnected') : route.continue({ headers: { ...route.request().headers(), ...headers } }),
  );
  context.on('page', (page) => {
    withHistory(page);
    withKeys(page);
    toFront(page);
  });
  Object.assign(context, {
    async setOffline(off: boolean): Promise<void> {
      lost = off;
      for (const page of context.pages()) await page.evaluate(tell, off);
    },
  });
}
