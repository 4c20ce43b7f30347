import { newPerson } from '../support/people.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

test('T3 trying out names is stopped after 30 wrong ones from an address, and nothing typed is lost', async ({ page, server, api, person, visitor }) => {
  const client = api('extranet');
  client.visitor = visitor;
  const somebody = person('extranet');
  const form = { ...client.signUpForm(somebody, ''), email: '', password: '' };
  for (let tries = 0; tries < 30; tries += 1) {
    const reference = String(7_000_000 + tries);
    const answer = await client.post('/tenancy/sign-up-checks', { page: 'signataire', form: { ...form, reference } });
    expect(answer.status, `try ${tries}`).toBe(422);
  }
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.giveReference(somebody.lease.reference);
  await signUp.surname.fill('DUPONT');
  await signUp.continue();
  await expect(page.getByRole('alert')).toContainText(pattern('problem.too_many'));
  await expect(signUp.surname).toHaveValue('DUPONT');

  // Somebody else, from elsewhere, isn't concerned.
  const other = await api('extranet').post('/tenancy/sign-up-checks', { page: 'signataire', form });
  expect(other.status).toBe(204);
});

test('T6 one address gets five mails an hour, and whoever asks sees no difference', async ({ api, server, mailbox }) => {
  const somebody = await api('extranet').account();
  await mailbox.mail(somebody.email, 'account_active');
  const answers = new Set<string>();
  for (let asked = 0; asked < 8; asked += 1) {
    const { status, text } = await api('extranet').post('/account/password-resets', { login: somebody.email });
    answers.add(`${status} ${text}`);
  }
  expect([...answers]).toEqual(['202 {}']);
  // Something later in the same queue: what was to come has come before it.
  const other = await api('extranet').account(newPerson(server, 'extranet'));
  await mailbox.mail(other.email, 'account_active');
  const resets = mailbox.all(somebody.email).filter(({ kind }) => kind === 'password_reset');
  expect(resets.length).toBeGreaterThan(0);
  expect(resets.length).toBeLessThanOrEqual(5);
});
