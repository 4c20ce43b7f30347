import { expectRefusedField } from '../support/forms.ts';
import type { Person } from '../support/people.ts';
import { Account } from '../support/pages/account.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { type PortalSlug } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

async function atAccess(signUp: SignUp, somebody: Person): Promise<void> {
  await signUp.open();
  await signUp.giveReference(somebody.lease.reference);
  await signUp.giveSignatory(somebody);
}

/** Portal, what is wrong, the password of somebody, and the code of the message. */
const refused: [PortalSlug, string, (somebody: Person) => string, string][] = [
  ['extranet', 'nothing', () => '', 'password.required'],
  ['extranet', '7 characters', () => 'abc4567', 'password_short'],
  ['extranet', 'no digit', () => 'abcdefghij', 'password_digit'],
  ['extranet', 'no letter', () => '7395106284', 'password_letter'],
  ['extranet', 'the surname first', ({ lease }) => `${lease.surname.toLowerCase()}2026`, 'password_starts_surname'],
  ['extranet', 'the first name on the lease first', ({ lease }) => `${lease.firstName.toUpperCase()}-2026`, 'password_starts_first_name'],
  ['extranet', 'the address first', ({ email }) => `${email}1`, 'password_starts_email'],
  ['extranet', 'the part before the @ first', ({ email }) => `${email.split('@')[0]}!`, 'password_starts_email'],
  ['extranet', 'a well-known word', () => 'password1', 'password_well_known'],
  ['extranet', 'a keyboard’s row', () => 'azerty123', 'password_well_known'],
  ['extranet', '257 characters', () => 'a1'.repeat(128) + 'b', 'password.too_long'],
  ['ekidom', 'the surname inside', ({ lease }) => `Tilleul47-${lease.surname}-rampe`, 'password_contains_surname'],
  ['ekidom', 'the first name inside', ({ lease }) => `Tilleul47-${lease.firstName}-rampe`, 'password_contains_first_name'],
  ['ekidom', 'the address inside', ({ email }) => `Tilleul47-${email}`, 'password_contains_email'],
  ['ekidom', 'what is guessed in no time', () => 'abcd5678', 'password_guessable'],
];
for (const [portal, what, password, code] of refused) {
  test(`T4 ${portal} refuses a password made of ${what} (${code})`, async ({ page, server, person }) => {
    const somebody = person(portal);
    const signUp = new SignUp(page, server, portal);
    await atAccess(signUp, somebody);
    await signUp.email.fill(somebody.email);
    await signUp.password.fill(password(somebody));
    await signUp.continue();
    await expectRefusedField(page, signUp.password, pattern(`error.${code}`, { min: 8, max: 256, found: 7 }));
    await expect(signUp.email, 'nothing typed is lost').toHaveValue(somebody.email);
    await expect(signUp.password, 'nor the password, to be mended').toHaveValue(password(somebody));
    // Another one, and it goes on.
    await signUp.password.fill(somebody.password);
    await signUp.continue();
    await signUp.expectReview();
  });
}

test('T4 extranet keeps to its document: the surname further on is its tenant’s business', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await atAccess(signUp, somebody);
  await signUp.giveAccess(somebody.email, `Rampe 47 ${somebody.lease.surname}`);
});

const accepted: [string, string][] = [
  ['8 characters', 'xk4bt7wq'],
  ['200 characters', 'Rampe 47 '.repeat(22).slice(0, 199) + '!'],
  ['any script', 'лестница 47 بيت 家 🪜'],
];
for (const [what, password] of accepted) {
  test(`T4 T8 ${what}: accepted, and signed in with to the last character`, async ({ page, server, mailbox, person }) => {
    const somebody = { ...person('extranet'), password };
    await new SignUp(page, server, 'extranet').complete(somebody);
    const account = new Account(page, server, 'extranet');
    await account.confirm(await mailbox.mail(somebody.email, 'confirm_sign_up'));
    await mailbox.mail(somebody.email, 'account_active');
    await account.openSignIn();
    await account.trySignIn(somebody.email, [...password].slice(0, -1).join(''));
    await expect(page.getByRole('alert')).toContainText('incorrect');
    await expect(account.password, 'a wrong password isn’t left lying about').toHaveValue('');
    await account.trySignIn(somebody.email, password);
    await account.expectSignedIn();
  });
}

test('T4 T8 composed on one keyboard, decomposed on another: one password', async ({ page, server, mailbox, person }) => {
  const composed = 'Éléphant façade 47';
  const decomposed = composed.normalize('NFD');
  expect(decomposed).not.toBe(composed);
  const somebody = { ...person('extranet'), password: decomposed };
  await new SignUp(page, server, 'extranet').complete(somebody);
  const account = new Account(page, server, 'extranet');
  await account.confirm(await mailbox.mail(somebody.email, 'confirm_sign_up'));
  await mailbox.mail(somebody.email, 'account_active');
  await account.signIn(somebody.email, composed);
  await account.signOut();
  await account.signIn(somebody.email, decomposed);
});

test('T4 strength is told as it is typed, in words', async ({ page, server, person }) => {
  const signUp = new SignUp(page, server, 'extranet');
  await atAccess(signUp, person('extranet'));
  const strengths: [string, string][] = [
    ['abc', 'weak'],
    ['escalier7', 'fair'],
    ['tram Bleu 47 Vigne rouge', 'strong'],
  ];
  for (const [typed, name] of strengths) {
    await signUp.password.fill(typed);
    await expect(page.getByRole('status').filter({ hasText: text(`password.strength.${name}`) })).toBeVisible();
  }
});

test('T4 the password can be shown and hidden, and pasted', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await atAccess(signUp, somebody);
  await signUp.email.fill(somebody.password);
  await signUp.email.press('Control+A');
  await signUp.email.press('Control+C');
  await signUp.password.press('Control+V');
  await expect(signUp.password).toHaveValue(somebody.password);
  await expect(signUp.password).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Afficher le mot de passe' }).click();
  await expect(signUp.password).toHaveAttribute('type', 'text');
  await page.getByRole('button', { name: 'Masquer le mot de passe' }).click();
  await expect(signUp.password).toHaveAttribute('type', 'password');
  await expect(signUp.password).toHaveAttribute('autocomplete', 'new-password');
});
