import { randomUUID } from 'node:crypto';
import { link } from '../support/mails.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

test('X2 a double click makes one request, one mail, one account', async ({ page, server, person, mailbox }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.toReview(somebody);
  let sent = 0;
  page.on('request', (request) => (sent += request.method() === 'POST' && request.url().endsWith('/tenancy/sign-ups') ? 1 : 0));
  await signUp.terms.check();
  await page.getByRole('button', { name: labels.create, exact: true }).dblclick();
  await signUp.expectSent();
  await mailbox.mail(somebody.email, 'confirm_sign_up');
  expect(sent).toBe(1);
  const next = person('extranet');
  await new SignUp(page, server, 'extranet').complete(next, 'used');
  await mailbox.mail(next.email, 'confirm_sign_up');
  expect(mailbox.all(somebody.email)).toHaveLength(1);
});

test('X2 while it is sent the button says so, and is not to be pressed', async ({ page, server, person }) => {
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.toReview(person('extranet'));
  await signUp.terms.check();
  // What the button was between the click and the answer, seen by the page itself.
  await page.evaluate(() => {
    const seen = ((window as unknown as { seen: string[] }).seen = [] as string[]);
    new MutationObserver(() => {
      const button = document.querySelector('main form button.button:not(.secondary)');
      if (button) seen.push(`${button.getAttribute('aria-disabled')} ${button.textContent?.trim()}`);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await page.getByRole('button', { name: labels.create, exact: true }).click();
  await signUp.expectSent();
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen.some((state) => state.startsWith('true ') && !state.endsWith(labels.create)), seen.join(' | ')).toBe(true);
});

test('X2 the same submission twenty times at once: one mail, the same answer to all', async ({ api, person, mailbox }) => {
  const somebody = person('extranet');
  const client = api('extranet');
  const terms = await client.terms();
  const key = randomUUID();
  const answers = await Promise.all(Array.from({ length: 20 }, () => client.signUp(somebody, terms, key)));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  const mail = await mailbox.mail(somebody.email, 'confirm_sign_up');
  const token = new URL(link(mail, '/locataire/confirmation')).hash.slice(1);
  const confirmed = await Promise.all(Array.from({ length: 20 }, () => client.post('/tenancy/confirmations', { token })));
  expect(confirmed.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(new Set(confirmed.filter(({ status }) => status !== 200).map(({ status, json }) => `${status} ${json.code}`))).toEqual(
    new Set(['410 link_used']),
  );
  await mailbox.mail(somebody.email, 'account_active');
  expect(mailbox.all(somebody.email)).toHaveLength(2);
});

test('X2 T5 twenty people for one home at once: one account', async ({ api, person, mailbox }) => {
  const client = api('extranet');
  const terms = await client.terms();
  const first = person('extranet');
  const household = Array.from({ length: 20 }, (_, index) => ({ ...first, email: first.email.replace('camille', `camille${index}`) }));
  const answers = await Promise.all(
    household.map((somebody) => {
      const own = api('extranet');
      return own.signUp(somebody, terms);
    }),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
  const tokens = await Promise.all(
    household.map(async ({ email }) => new URL(link(await mailbox.mail(email, 'confirm_sign_up'), '/locataire/confirmation')).hash.slice(1)),
  );
  const confirmed = await Promise.all(tokens.map((token) => api('extranet').post('/tenancy/confirmations', { token })));
  expect(confirmed.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 409)]);
});

test('X2 a key used again for something else is refused', async ({ api, person }) => {
  const client = api('extranet');
  const terms = await client.terms();
  const key = randomUUID();
  expect((await client.signUp(person('extranet'), terms, key)).status).toBe(202);
  const other = await client.signUp(person('extranet'), terms, key);
  expect(other.status).toBeGreaterThanOrEqual(400);
  expect(other.status).toBeLessThan(500);
  expect(other.headers.get('content-type')).toContain('application/problem+json');
});

test('X2 requests that don’t come from the pages are refused', async ({ api, person, server }) => {
  const client = api('extranet');
  const form = client.signUpForm(person('extranet'), await client.terms());
  const key = { 'idempotency-key': randomUUID() };
  const strangers: Record<string, string>[] = [
    { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
    { 'x-palier': '' },
    { 'content-type': 'text/plain' },
    { 'content-type': 'application/x-www-form-urlencoded' },
  ];
  for (const headers of strangers) {
    const answer = await client.post('/tenancy/sign-ups', form, { ...key, ...headers });
    expect([400, 403, 415], JSON.stringify(headers)).toContain(answer.status);
  }
  const unknownField = await client.post('/tenancy/sign-ups', { ...form, admin: true }, key);
  expect([400, 422]).toContain(unknownField.status);
  const large = await client.post('/tenancy/sign-ups', { ...form, surname: 'a'.repeat(2_000_000) }, key);
  expect(large.status).toBe(413);
  expect((await fetch(server.url('/api/tenancy/sign-ups', 'extranet'))).status).toBe(405);
});
