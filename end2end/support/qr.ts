import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import jsQR from 'jsqr';

/** Nothing lies there: what the page asks for is given by the test. */
const PLACE = 'http://paper.invalid';
const FILES: Record<string, string> = {
  '/pdf.mjs': 'pdfjs-dist/legacy/build/pdf.mjs',
  '/worker.mjs': 'pdfjs-dist/legacy/build/pdf.worker.mjs',
};
/**
 * Dots of a point, which is 1/72 inch: some 216 an inch, as a phone sees a page held before it. Like a phone that is moved nearer and
 * away until it reads, others are tried when the first isn't read: where squares fall between dots, the reader misses some codes.
 */
const SCALES = [3, 4, 2];
/** Parts of the page that are looked at, from left, top, right, bottom: where letters have it, then everywhere. */
const PARTS = [
  [0.6, 0.42, 1, 0.68],
  [0, 0, 1, 1],
] as const;

/** Some of the dots of a page. */
function part(dots: Uint8ClampedArray, width: number, height: number, [left, top, right, bottom]: (typeof PARTS)[number]): [Uint8ClampedArray, number, number] {
  const [x, y] = [Math.floor(left * width), Math.floor(top * height)];
  const [wide, high] = [Math.floor(right * width) - x, Math.floor(bottom * height) - y];
  const some = new Uint8ClampedArray(wide * high * 4);
  for (let row = 0; row < high; row += 1) {
    const start = ((y + row) * width + x) * 4;
    some.set(dots.subarray(start, start + wide * 4), row * wide * 4);
  }
  return [some, wide, high];
}

/** Runs in a browser's page, which draws: the dots of a page of `/paper.pdf`, four numbers each, in base 64. */
const DRAW = `async ([number, scale]) => {
  const library = await import('/pdf.mjs');
  library.GlobalWorkerOptions.workerSrc = '/worker.mjs';
  const document = await library.getDocument({ url: '/paper.pdf', isEvalSupported: false }).promise;
  const page = await document.getPage(number);
  const viewport = page.getViewport({ scale });
  const canvas = new OffscreenCanvas(Math.floor(viewport.width), Math.floor(viewport.height));
  const context = canvas.getContext('2d');
  await page.render({ canvasContext: context, viewport, canvas: null }).promise;
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
  let text = '';
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return { data: btoa(text), width, height };
}`;

/** What the QR code of a page of a PDF says, as a phone reads it off the paper; undefined when there is none. */
export async function qrCodeOf(browser: Browser, pdf: Uint8Array, page = 1): Promise<string | undefined> {
  const context = await browser.newContext({ serviceWorkers: 'block' });
  try {
    await context.route(`${PLACE}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      const file = FILES[pathname];
      if (file !== undefined) await route.fulfill({ path: fileURLToPath(import.meta.resolve(file)), contentType: 'text/javascript' });
      else if (pathname === '/paper.pdf') await route.fulfill({ body: Buffer.from(pdf), contentType: 'application/pdf' });
      else await route.fulfill({ body: '<!doctype html><title>Paper</title>', contentType: 'text/html' });
    });
    const drawing = await context.newPage();
    await drawing.goto(`${PLACE}/`);
    for (const scale of SCALES) {
      const drawn = await drawing.evaluate<{ data: string; width: number; height: number }>(`(${DRAW})([${page}, ${scale}])`);
      const dots = new Uint8ClampedArray(Buffer.from(drawn.data, 'base64'));
      for (const seen of PARTS) {
        const read = jsQR(...part(dots, drawn.width, drawn.height, seen))?.data;
        if (read !== undefined && read !== '') return read;
      }
    }
    return undefined;
  } finally {
    await context.close();
  }
}
