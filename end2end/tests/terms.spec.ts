import { expectRefused } from '../support/forms.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

const pages = ['/', '/connexion', '/identifiant-oublie', '/mot-de-passe-oublie', '/locataire/inscription', '/cgu', '/cookies', '/aide', '/nulle-part'];

for (const path of pages) {
  test(`T12 the terms are at the foot of ${path}`, async ({ page, server, watch }) => {
    if (path === '/nulle-part') watch.accept(/status of 404.*nulle-part/);
    await page.goto(server.url(path, 'extranet'));
    await page.getByRole('contentinfo').getByRole('link', { name: /Conditions générales/ }).click();
    await expect(page).toHaveURL(server.url('/cgu', 'extranet'));
    await expect(page.getByRole('heading', { level: 1, name: /Conditions générales d.utilisation/ })).toBeVisible();
    await expect(page.getByRole('main')).toContainText('Un seul compte est ouvert par foyer');
  });
}

test('T12 A10 without the box ticked nothing is sent, and it says why', async ({ page, server, person, mailbox }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.toReview(somebody);
  await expect(signUp.terms).not.toBeChecked();
  await page.getByRole('button', { name: labels.create, exact: true }).click();
  await expectRefused(page, signUp.terms, pattern('error.terms.required'));
  expect(mailbox.all(somebody.email)).toEqual([]);
  await signUp.send();
  await signUp.expectSent();
});

test('T12 the terms are read from the review without losing anything', async ({ page, context, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.toReview(somebody);
  const link = page.getByRole('main').getByRole('link', { name: /conditions générales d.utilisation/ }).first();
  const opened = (await link.getAttribute('target')) === '_blank' ? context.waitForEvent('page') : Promise.resolve(page);
  await link.click();
  const terms = await opened;
  await expect(terms.getByRole('heading', { level: 1, name: /Conditions générales/ })).toBeVisible();
  if (terms === page) await page.goBack();
  await signUp.expectReview();
  await signUp.send();
  await signUp.expectSent();
});

test('T12 A10 the consent is kept with version, hash and time, and shown to who gave it', async ({ page, server, person, mailbox }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  const before = Date.now();
  await signUp.complete(somebody);
  const account = new Account(page, server, 'extranet');
  await account.confirm(await mailbox.mail(somebody.email, 'confirm_sign_up'));
  await mailbox.mail(somebody.email, 'account_active');
  await account.signIn(somebody.email, somebody.password);
  const answer = await page.request.get(server.url('/api/account/session', 'extranet'), { headers: { 'x-palier': '1' } });
  const [consent, ...more] = ((await answer.json()) as { consents: { version: string; sha256: string; accepted_at: string }[] }).consents;
  expect(more).toEqual([]);
  const shown = await page.request.get(server.url('/api/documents/cgu?lang=fr', 'extranet'), { headers: { 'x-palier': '1' } });
  const document = (await shown.json()) as { version: string; sha256: string; html: string };
  expect(consent).toMatchObject({ version: document.version, sha256: document.sha256 });
  expect(document.sha256).toMatch(/^[0-9a-f]{64}$/);
  const accepted = Date.parse(consent?.accepted_at ?? '');
  expect(accepted).toBeGreaterThanOrEqual(before - 1000);
  expect(accepted).toBeLessThanOrEqual(Date.now() + 1000);

  await page.goto(server.url('/compte', 'extranet'));
  await page.getByRole('link', { name: text('account.read_terms') }).click();
  await expect(page.getByRole('main')).toContainText(document.version);
  await expect(page.getByRole('main')).toContainText(document.sha256.slice(0, 12));
});

test('T12 the two landlords’ terms name the landlord, and have a hash each', async ({ api }) => {
  const [one, other] = await Promise.all(
    (['extranet', 'ekidom'] as const).map((portal) => api(portal).call('GET', '/documents/cgu?lang=fr')),
  );
  expect(one?.json.sha256).not.toBe(other?.json.sha256);
  for (const answer of [one, other]) expect(String(answer?.json.html), 'every value is put in').not.toMatch(/\{\w+\}/);
});

test('T12 a page older than the terms in force can’t accept them', async ({ api, person }) => {
  const somebody = person('extranet');
  const answer = await api('extranet').signUp(somebody, '2001-01');
  expect(answer.status).toBe(422);
  expect(answer.json.fields).toEqual([{ name: 'terms', code: 'terms_outdated' }]);
});
