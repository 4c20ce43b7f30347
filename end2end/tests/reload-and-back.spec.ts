import { addressOf } from '../support/address.ts';
import { expectFocusedHeading } from '../support/forms.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';

test('X2 reloading at any step keeps everything but the password', async ({ page, server, person, mailbox }) => {
  const somebody = person('ekidom');
  const signUp = new SignUp(page, server, 'ekidom');
  await signUp.open();
  await signUp.reference.fill(somebody.lease.reference);
  await page.reload();
  await expect(signUp.reference).toHaveValue(somebody.lease.reference);
  await signUp.continue();
  await signUp.expectStep(2);
  await signUp.fillSignatory(somebody);
  await page.reload();
  await signUp.expectStep(2);
  await expect(signUp.surname).toHaveValue(somebody.lease.surname);
  await expect(signUp.birth('Année')).toHaveValue(somebody.lease.birthDate?.year ?? '');
  await signUp.continue();
  await signUp.expectStep(3);
  await signUp.email.fill(somebody.email);
  await signUp.password.fill(somebody.password);
  await page.reload();
  await expect(signUp.email).toHaveValue(somebody.email);
  await expect(signUp.password, 'a password is never written down').toHaveValue('');
  await signUp.password.fill(somebody.password);
  await signUp.continue();
  await signUp.expectReview();
  await page.reload();
  // Without the password the review can't be sent: the step function leads to where it is asked.
  await signUp.expectStep(3);
  await expect(signUp.email).toHaveValue(somebody.email);
  await signUp.password.fill(somebody.password);
  await signUp.continue();
  await signUp.send();
  await signUp.expectSent();
  await mailbox.mail(somebody.email, 'confirm_sign_up');
});

test('X2 the browser’s Back and Forward walk through the steps, each with its address, title and focus', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.toReview(somebody);
  await expect(page).toHaveURL(signUp.url('verification'));
  for (const [step, number] of [['acces', 3], ['signataire', 2], ['', 1]] as const) {
    await page.goBack();
    await signUp.expectStep(number);
    await expect(page).toHaveURL(signUp.url(step));
    await expectFocusedHeading(page);
  }
  await expect(signUp.reference).toHaveValue(somebody.lease.reference);
  for (const [step, number] of [['signataire', 2], ['acces', 3], ['verification', 4]] as const) {
    await page.goForward();
    await signUp.expectStep(number);
    await expect(page).toHaveURL(signUp.url(step));
    await expectFocusedHeading(page);
  }
});

test('X2 a step can’t be skipped by its address', async ({ page, server, person }) => {
  const signUp = new SignUp(page, server, 'extranet');
  for (const step of ['signataire', 'acces', 'verification'] as const) {
    await page.goto(signUp.url(step));
    await signUp.expectStep(1);
    await expect(page).toHaveURL(signUp.url());
  }
  await signUp.giveReference(person('extranet').lease.reference);
  await page.goto(signUp.url('verification'));
  await signUp.expectStep(2);
});

test('X2 Modifier leads to the answer and back to the review, the rest untouched', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const other = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.toReview(somebody);
  await signUp.change(/^Modifier.*adresse e-mail/i).click();
  await signUp.expectStep(3);
  await expect(signUp.email).toHaveValue(somebody.email);
  await signUp.email.fill(other.email);
  await signUp.continue();
  await signUp.expectReview();
  await expect(signUp.answer(labels.email)).toHaveText(other.email);
  await expect(signUp.answer(labels.surname)).toHaveText(somebody.lease.surname);

  await signUp.change(/^Modifier.*référence/i).click();
  await signUp.expectStep(1);
  await signUp.reference.fill(` ${somebody.lease.reference} `);
  await signUp.continue();
  await signUp.expectReview();
});

test('X2 changing the reference to another home asks for its signatory again', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const other = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.toReview(somebody);
  await signUp.change(/^Modifier.*référence/i).click();
  await signUp.reference.fill(other.lease.reference);
  await signUp.continue();
  // Wherever the page leads, the account can't be made with a name of another lease.
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  if ((await addressOf(page)) === signUp.url('verification')) {
    await signUp.send();
    await expect(page.getByRole('alert')).toContainText(/ne trouvons pas de bail/);
  } else {
    await signUp.expectStep(2);
  }
  expect(server.mailbox.all(somebody.email)).toEqual([]);
});

test('X2 Back after the end never sends again, and shows no answers', async ({ page, server, person, mailbox }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.complete(somebody);
  await mailbox.mail(somebody.email, 'confirm_sign_up');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('button', { name: labels.create, exact: true })).toHaveCount(0);
  await expect(page.getByText(somebody.lease.surname, { exact: true })).toHaveCount(0);
  await page.goForward();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // Something later in the same queue: were there a second mail, it would have come before.
  const next = person('extranet');
  await signUp.complete(next, 'used');
  await mailbox.mail(next.email, 'confirm_sign_up');
  expect(mailbox.all(somebody.email)).toHaveLength(1);
});

test('X2 what is typed before the program has loaded is kept', async ({ page, server, person }) => {
  const somebody = person('extranet');
  const signUp = new SignUp(page, server, 'extranet');
  await page.goto(signUp.url(), { waitUntil: 'commit' });
  await signUp.reference.pressSequentially(somebody.lease.reference.slice(0, 3));
  await page.waitForLoadState('networkidle');
  await expect(signUp.reference).toHaveValue(somebody.lease.reference.slice(0, 3));
  await expect(signUp.reference).toBeFocused();
  await page.keyboard.type(somebody.lease.reference.slice(3));
  await page.keyboard.press('Enter');
  await signUp.expectStep(2);
});
