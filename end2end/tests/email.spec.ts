import { randomBytes } from 'node:crypto';
import { expectRefusedField } from '../support/forms.ts';
import { newEmail, type Person } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

/** On the third page, with a lease of one's own. */
async function atAccess(signUp: SignUp, somebody: Person): Promise<void> {
  await signUp.open();
  await signUp.giveReference(somebody.lease.reference);
  await signUp.giveSignatory(somebody);
}

/** An address of exactly so many characters, its domain as long as domains may be. */
function ofLength(length: number): string {
  const domain = `${'d'.repeat(63)}.${'e'.repeat(63)}.${'f'.repeat(length - 64 - 1 - 63 - 1 - 63 - 1 - 3)}.fr`;
  return `${randomBytes(32).toString('hex')}@${domain}`;
}

const refused: [string, string, string][] = [
  ['nothing', '', 'email.required'],
  ['no @', 'camille', 'email_at'],
  ['two @', 'camille@durand@exemple.fr', 'email_at'],
  ['a space inside', 'camille durand@exemple.fr', 'email_local'],
  ['letters with accents before the @', 'hélène@exemple.fr', 'email_local_script'],
  ['a domain without an ending', 'camille@exemple', 'email_domain'],
  ['two dots', 'camille@exemple..fr', 'email_domain'],
  ['255 characters', ofLength(255), 'too_long'],
];
for (const [what, typed, code] of refused) {
  test(`T6 an address with ${what} is refused and kept (${code})`, async ({ page, server, person }) => {
    const somebody = person('extranet');
    const signUp = new SignUp(page, server, 'extranet');
    await atAccess(signUp, somebody);
    await signUp.email.fill(typed);
    await signUp.password.fill(somebody.password);
    await signUp.continue();
    await expectRefusedField(page, signUp.email, pattern(`error.${code}`, { label: labels.email, max: 254 }));
    await expect(signUp.email).toHaveValue(typed);
    await expect(signUp.password, 'the password is not lost either').toHaveValue(somebody.password);
  });
}

test('T6 T8 capitals and a +tag: the mail goes where it was asked to, signing in forgives capitals', async ({ page, server, mailbox, person }) => {
  const typed = newEmail(server).replace('camille', 'Camille.DURAND').replace('@', '+Logement@').replace('exemple.fr', 'Exemple.FR');
  const somebody = { ...person('extranet'), email: typed };
  await new SignUp(page, server, 'extranet').complete(somebody);
  const account = new Account(page, server, 'extranet');
  const mail = await mailbox.mail(typed, 'confirm_sign_up');
  expect(mail.to.split('@')[0], 'the part before the @ as typed').toBe(typed.split('@')[0]);
  await account.confirm(mail);
  await mailbox.mail(typed, 'account_active');
  await account.signIn(typed.toLowerCase(), somebody.password);
  await account.signOut();
  await account.signIn(` ${typed.toUpperCase()} `, somebody.password);
  await account.signOut();
  // The tag is the person's way to have several addresses: without it, it is another one.
  await account.openSignIn();
  await account.trySignIn(typed.replace('+Logement', ''), somebody.password);
  await expect(page.getByRole('alert')).toContainText('incorrect');
});

test('T6 254 characters are accepted, and so long an address is reached', async ({ page, server, mailbox, person }) => {
  const longest = { ...person('extranet'), email: ofLength(254) };
  server.secrets.add(longest.email);
  await new SignUp(page, server, 'extranet').complete(longest);
  await expect(page.getByRole('main')).toContainText(longest.email);
  // The mail server of the tests takes one character less than the standard allows.
  const somebody = { ...person('extranet'), email: ofLength(253) };
  server.secrets.add(somebody.email);
  await new SignUp(page, server, 'extranet').complete(somebody, 'used');
  await new Account(page, server, 'extranet').confirm(await mailbox.mail(somebody.email, 'confirm_sign_up'));
  await mailbox.mail(somebody.email, 'account_active');
});

test('T6 T8 an internationalised domain is written to in the form that mail servers know', async ({ page, server, mailbox, person }) => {
  const local = newEmail(server).split('@')[0];
  const somebody = { ...person('extranet'), email: `${local}@bücher.example` };
  await new SignUp(page, server, 'extranet').complete(somebody);
  const sent = `${local}@xn--bcher-kva.example`;
  const account = new Account(page, server, 'extranet');
  await account.confirm(await mailbox.mail(sent, 'confirm_sign_up'));
  await mailbox.mail(sent, 'account_active');
  await account.signIn(somebody.email, somebody.password);
  await account.signOut();
  await account.signIn(sent, somebody.password);
});

test('T6 a mistyped provider is asked about, and can be kept', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await atAccess(signUp, somebody);
  const meant = newEmail(server).replace('exemple.fr', 'gmail.com');
  const typed = meant.replace('gmail', 'gmial');

  await signUp.email.fill(typed);
  await signUp.password.focus();
  await page.getByRole('button', { name: meant }).click();
  await expect(signUp.email).toHaveValue(meant);
  await expect(signUp.email).toBeFocused();
  await expect(page.getByRole('button', { name: meant })).toHaveCount(0);

  await signUp.giveAccess(typed, somebody.password);
  await expect(signUp.answer(labels.email), 'the person knows better').toHaveText(typed);
});
