import type { Page } from '@playwright/test';

/** The address as the page itself has it: Firefox tells nobody outside of those that a program changed. */
export async function addressOf(page: Page): Promise<string> {
  return page.evaluate(() => location.href);
}

/** This address, whatever it ends in: `?…` or `#…`. */
export function at(url: string): RegExp {
  return new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?:[?#].*)?$`);
}
