import type { BrowserContext, Page } from '@playwright/test';
import { Api } from '../support/api.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { portals } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

/** The first cells of the tables of /cookies: the names of the cookies it admits. */
async function admitted(page: Page, address: string): Promise<string> {
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1, name: 'Cookies' })).toBeVisible();
  return (await page.getByRole('table').allInnerTexts()).join('\n');
}

const names = async (context: BrowserContext): Promise<string[]> => (await context.cookies()).map(({ name }) => name).sort();

for (const portal of ['extranet', 'ekidom'] as const) {
  const own = portals[portal].cookie;

  test(`T13 ${portal}: no cookie before signing in, none of them a surprise after, and no banner`, async ({ page, context, server, api, person }) => {
    const listed = await admitted(page, server.url('/cookies', portal));
    for (const path of ['/', '/connexion', '/aide', '/cgu', '/locataire/inscription']) {
      await page.goto(server.url(path, portal));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('button', { name: /accepter|refuser/i })).toHaveCount(0);
    }
    expect(await names(context)).toEqual([]);
    await new SignUp(page, server, portal).complete(person(portal));
    expect(await names(context), 'signing up needs none either').toEqual([]);

    const somebody = await api(portal).account();
    const account = new Account(page, server, portal);
    await account.signIn(somebody.email, somebody.password);
    expect(await names(context)).toEqual([own]);
    expect(listed).toContain(own);
    const [session] = await context.cookies();
    expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 });
    expect(await page.evaluate(() => document.cookie), 'programs of the page can’t read it').toBe('');
    await account.signOut();
    expect(await names(context)).toEqual([]);
  });

  test(`T13 ${portal}: Rester connecté keeps it 30 days, as /cookies says`, async ({ page, context, server, api }) => {
    const listed = await admitted(page, server.url('/cookies', portal));
    expect(listed).toMatch(/Rester connecté[\s\S]*30\sjours/);
    const somebody = await api(portal).account();
    const account = new Account(page, server, portal);
    await account.signIn(somebody.email, somebody.password, true);
    const [session, ...more] = await context.cookies();
    expect(more).toEqual([]);
    expect(session?.name).toBe(own);
    const days = ((session?.expires ?? 0) * 1000 - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30.01);
  });

  test(`T13 ${portal}: choosing a language leaves the one cookie that /cookies names for it`, async ({ page, context, server }) => {
    const listed = await admitted(page, server.url('/cookies', portal));
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    expect(await names(context)).toEqual(['palier-langue']);
    expect(listed).toContain('palier-langue');
    const [language] = await context.cookies();
    expect(language, 'forgotten with the browser').toMatchObject({ value: 'en', expires: -1 });
  });
}

test('T13 nothing else is kept in the browser: the draft only, never a password, and gone once sent', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  const kept = (): Promise<{ local: number; session: string }> =>
    page.evaluate(() => ({ local: localStorage.length, session: JSON.stringify(Object.entries(sessionStorage)) }));
  await signUp.toReview(somebody);
  const during = await kept();
  expect(during.local).toBe(0);
  expect(during.session).toContain(somebody.email);
  expect(during.session).not.toContain(somebody.password);
  await signUp.send();
  await signUp.expectSent();
  const after = await kept();
  expect(after.local).toBe(0);
  for (const typed of [somebody.lease.reference, somebody.lease.surname, somebody.password]) expect(after.session).not.toContain(typed);
});

test('T13 nothing is asked of any other host', async ({ page, server }) => {
  const hosts = new Set<string>();
  page.on('request', (request) => hosts.add(new URL(request.url()).origin));
  for (const path of ['/', '/connexion', '/locataire/inscription', '/cookies']) {
    await page.goto(server.url(path, 'extranet'));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect([...hosts]).toEqual([server.origin]);
});

test('T13 over an encrypted connection the cookie is bound to this host, and links are what the configuration says', async ({ ownServer }) => {
  const server = await ownServer({ environment: { PALIER_PUBLIC_URL: 'https://espace.exemple.fr' } });
  const client = new Api(server, 'extranet');
  const somebody = await client.account();
  const mail = await server.mailbox.mail(somebody.email, 'account_active');
  expect(mail.links).toContain('https://espace.exemple.fr/extranet/connexion');
  const answer = await client.signIn(somebody.email, somebody.password);
  expect(answer.status).toBe(200);
  const cookie = answer.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^__Host-palier-extranet=[\w-]{43};/);
  for (const part of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(cookie.split('; ')).toContain(part);
  expect(cookie).not.toMatch(/Domain|Max-Age|Expires/i);
  expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=\d{7,}/);
});
