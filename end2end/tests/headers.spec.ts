import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { expect, test } from '../support/test.ts';

test('pages are sent with the rules of standards.md, compressed, and never stale', async ({ server }) => {
  const answer = await fetch(server.url('/locataire/inscription', 'extranet'), { headers: { 'accept-encoding': 'br' } });
  const policy = answer.headers.get('content-security-policy') ?? '';
  for (const rule of ["default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", "style-src 'self'", "connect-src 'self'"]) {
    expect(policy).toContain(rule);
  }
  expect(policy).not.toMatch(/unsafe-inline|(?<!wasm-)unsafe-eval|\*/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
  expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(answer.headers.get('cache-control')).toMatch(/no-cache|no-store/);
  await answer.arrayBuffer();
});

test('what the page loads is immutable, compressed beforehand, and of the right type', async ({ page, server }) => {
  const loaded = new Map<string, Record<string, string>>();
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (/\.(js|wasm|css)$/.test(pathname)) loaded.set(pathname, response.headers());
  });
  await new SignUp(page, server, 'extranet').open();
  await page.waitForLoadState('networkidle');
  expect([...loaded.keys()].map((path) => path.replace(/.*\./, '')).toSorted(), 'the styles are in the page').toEqual(['js', 'wasm']);
  for (const [path, headers] of loaded) {
    expect(headers['cache-control'], path).toMatch(/max-age=31536000.*immutable|immutable.*max-age=31536000/);
    expect(headers['content-encoding'], path).toMatch(/^(br|gzip)$/);
  }
  const wasm = [...loaded].find(([path]) => path.endsWith('.wasm'));
  expect(wasm?.[1]['content-type']).toBe('application/wasm');
});

test('a first form needs no call to the API, and a later visit no program again', async ({ page, server }) => {
  const signUp = new SignUp(page, server, 'extranet');
  const calls: string[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.includes('/api/')) calls.push(request.url());
  });
  await signUp.open();
  await page.waitForLoadState('networkidle');
  await page.goto(server.url('/connexion', 'extranet'));
  await page.waitForLoadState('networkidle');
  expect(calls).toEqual([]);
  const transferred = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ transferSize }) => transferSize > 0).map(({ name }) => name),
  );
  expect(transferred, 'what was not taken from the cache').toEqual([]);
});

test('T8 pages with somebody’s data are kept by no cache', async ({ page, server, api }) => {
  const somebody = await api('extranet').account();
  const account = new Account(page, server, 'extranet');
  await account.signIn(somebody.email, somebody.password);
  const answer = await page.request.get(server.url('/compte', 'extranet'));
  expect(answer.headers()['cache-control']).toContain('no-store');
  const session = await page.request.get(server.url('/api/account/session', 'extranet'), { headers: { 'x-palier': '1' } });
  expect(session.headers()['cache-control']).toContain('no-store');
});

test('the server says that it is alive and ready, and nothing about itself', async ({ server }) => {
  for (const path of ['/healthz', '/readyz']) {
    const answer = await fetch(server.url(path));
    expect(answer.status, path).toBe(200);
    expect(answer.headers.get('server') ?? '', path).not.toMatch(/\d/);
  }
  const missing = await fetch(server.url('/api/nothing', 'extranet'), { headers: { 'x-palier': '1' } });
  expect(missing.status).toBe(404);
  expect(missing.headers.get('content-type')).toContain('application/problem+json');
});
