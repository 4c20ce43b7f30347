import { readFile } from 'node:fs/promises';
import { expect, type Locator } from '@playwright/test';
import { isFirefox } from './firefox.ts';

export interface File {
  name: string;
  content: Buffer;
}

/** The name that a browser gives what it is sent to keep. */
const nameIn = (disposition: string): string => decodeURIComponent(/filename\*=UTF-8''([^;]+)/.exec(disposition)?.[1] ?? /filename="?([^";]+)/.exec(disposition)?.[1] ?? '');

/** What a link gives to keep. ESR tells nobody of its downloads: there the same is asked for with the page's own cookies. */
export async function downloadBy(link: Locator): Promise<File> {
  const page = link.page();
  if (isFirefox(page.context())) {
    const href = await link.evaluate((anchor) => (anchor as HTMLAnchorElement).href);
    const answer = await page.request.get(href);
    expect(answer.status(), href).toBe(200);
    return { name: nameIn(answer.headers()['content-disposition'] ?? '') || new URL(href).pathname.split('/').pop() || '', content: await answer.body() };
  }
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) };
}
