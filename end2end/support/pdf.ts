import type { Page } from '@playwright/test';

/** A PDF as its readers get it, on screen or read aloud. */
export interface Pdf {
  pages: number;
  title: string;
  /** As the document says, such as `fr` or `fr-FR`; empty when it doesn't. */
  language: string;
  /** Says what is a heading, a paragraph, a list: screen readers need it. */
  tagged: boolean;
  /** The roles of its parts, such as `H1` or `P`, in the order of reading. */
  roles: string[];
  /** All text, with plain single spaces. */
  text: string;
}

/** Any kind of space is one space, ligatures are letters, and a word cut at the end of a line is whole. */
export function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\u00ad\s*/g, '')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

type Library = typeof import('pdfjs-dist/legacy/build/pdf.mjs');
let loading: Promise<Library> | undefined;

/** The reader of PDFs, without what it would draw them with: it asks for that when it is loaded, and does without. */
function library(): Promise<Library> {
  loading ??= (async () => {
    const place = globalThis as unknown as Record<string, unknown>;
    for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) place[name] ??= class {};
    const warn = console.warn;
    console.warn = (...words: unknown[]): void => {
      if (!String(words[0]).includes('@napi-rs/canvas')) warn(...words);
    };
    try {
      return await import('pdfjs-dist/legacy/build/pdf.mjs');
    } finally {
      console.warn = warn;
    }
  })();
  return loading;
}

interface Part {
  role?: string;
  children?: Part[];
}

const rolesOf = (part: Part): string[] => [
  ...(part.role === undefined || part.role === 'Root' ? [] : [part.role]),
  ...(part.children ?? []).flatMap(rolesOf),
];

/** Opens a PDF and reads all of it; bytes that are none fail the test. */
export async function readPdf(bytes: Uint8Array): Promise<Pdf> {
  const { getDocument, VerbosityLevel } = await library();
  // The reader takes what it is given for itself.
  const task = getDocument({ data: Uint8Array.from(bytes), verbosity: VerbosityLevel.ERRORS, disableFontFace: true, isEvalSupported: false });
  try {
    const document = await task.promise;
    const { info } = (await document.getMetadata()) as { info: { Title?: string; Language?: string | null } };
    const marks = (await document.getMarkInfo()) as { Marked?: boolean } | null;
    const texts: string[] = [];
    const roles: string[] = [];
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      texts.push(items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join(''));
      const tree = (await page.getStructTree()) as Part | null;
      if (tree) roles.push(...rolesOf(tree));
    }
    return {
      pages: document.numPages,
      title: info.Title ?? '',
      language: info.Language ?? '',
      tagged: marks?.Marked === true && roles.length > 0,
      roles,
      text: normalised(texts.join('\n')),
    };
  } finally {
    await task.destroy();
  }
}

/** The text of a PDF, with plain single spaces. */
export async function textOf(bytes: Uint8Array): Promise<string> {
  return (await readPdf(bytes)).text;
}

/** The page as it comes out of a printer, on A4; only Chromium can do that. */
export async function printed(page: Page): Promise<Uint8Array> {
  await page.emulateMedia({ media: 'print' });
  try {
    return await page.pdf({ format: 'A4', preferCSSPageSize: true, tagged: true });
  } finally {
    await page.emulateMedia({ media: null });
  }
}
