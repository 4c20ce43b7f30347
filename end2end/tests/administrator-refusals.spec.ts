import type { Page } from '@playwright/test';
import { downloadBy } from '../support/download.ts';
import { endOfDay, moveTo } from '../support/leaving.ts';
import { type ClientOffice, colleague, newClient } from '../support/clients.ts';
import { expectRefused } from '../support/forms.ts';
import { type PrintedLetter, printLetter, tellOf } from '../support/letters.ts';
import { link } from '../support/mails.ts';
import { Registration } from '../support/pages/registration.ts';
import { administrator } from '../support/portals.ts';
import { expectNoAxe } from '../support/quality.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

/** Somebody has applied and proven the address, and the letter is printed. */
async function writtenTo(page: Page, server: Server): Promise<{ office: ClientOffice; registration: Registration; letter: PrintedLetter }> {
  const office = await newClient(server);
  const registration = new Registration(page, server);
  await registration.complete(office);
  const asked = await server.mailbox.mail(office.email, 'confirm_registration');
  await registration.confirm(link(asked, '/administrateur/confirmation'));
  await expect(registration.main).toContainText(text('registered.done.title'));
  return { office, registration, letter: await printLetter(server, office.name) };
}

test.describe('A1 A2 the client number', () => {
  test('A1 what is wrong is said at the field, and nothing typed is lost', async ({ page, server }) => {
    const registration = new Registration(page, server);
    await registration.open();
    await registration.submit();
    await expectRefused(page, registration.number, pattern('error.required', { label: administrator.number }));
    await registration.number.fill('12A45');
    await registration.prove();
    await registration.submit();
    await expectRefused(page, registration.number, /chiffres/);
    await expect(registration.number).toHaveValue('12A45');
    await expect(registration.human).toBeChecked();
    await registration.number.fill('99999');
    await registration.submit();
    await expectRefused(page, registration.number, /nous ne trouvons pas d'organisme/);
    await expectNoAxe(page);
    // The proof isn't asked again for a slip.
    await expect(registration.human).toBeChecked();
    await registration.number.fill('237517');
    await registration.submit();
    await registration.expectStep(2);
  });

  test('A2 without the box nothing is looked up', async ({ page, server }) => {
    const registration = new Registration(page, server);
    await registration.open();
    await registration.number.fill('237517');
    await registration.submit();
    await expectRefused(page, registration.human, pattern('error.human_required', { label: administrator.human }));
    await expect(registration.number).toHaveValue('237517');
  });

  test('A1 cancelling leaves nothing behind; the tutorial is a file to keep', async ({ page, server }) => {
    const registration = new Registration(page, server);
    await registration.open();
    const { name } = await downloadBy(page.getByRole('link', { name: text('registration.at_hand.tutorial') }));
    expect(name).toMatch(/\.pdf$/);
    await registration.number.fill('237517');
    await page.getByRole('link', { name: administrator.cancel, exact: true }).click();
    await expect(page).toHaveURL(server.url('/', 'prets'));
    await registration.open();
    await expect(registration.number).toHaveValue('');
  });
});

test.describe('A3 A7 two people of one organisation', () => {
  test('the first to confirm has the letter, the other’s is a request, without a name', async ({ page, server, mailbox, newDevice }) => {
    test.slow();
    const office = await newClient(server);
    const other = colleague(server, office);
    await new Registration(page, server).complete(office);
    const second = new Registration(await newDevice(), server);
    await second.complete(other);
    const mine = await mailbox.mail(office.email, 'confirm_registration');
    const theirs = await mailbox.mail(other.email, 'confirm_registration');
    await second.confirm(link(theirs, '/administrateur/confirmation'));
    await expect(second.main).toContainText(text('registered.done.title'));
    const first = new Registration(page, server);
    await first.confirm(link(mine, '/administrateur/confirmation'));
    await expect(first.main).toContainText(text('registered.requested.title'));
    await expect(first.main).not.toContainText(other.surname);
    await expect(first.main).not.toContainText(other.email);
    await expectNoAxe(page);
    const third = new Registration(await newDevice(), server);
    await third.open();
    await third.number.fill(office.number);
    await third.prove();
    await third.submit();
    await third.expectStep(2);
    for (const secret of [other.surname, other.email, office.surname, office.email]) await expect(third.main).not.toContainText(secret);
    const listed = await server.command('letters', 'list', '--portal', 'prets');
    expect(listed.output.split(office.name), 'one letter').toHaveLength(2);
  });
});

test.describe('A4 A5 the code of the letter', () => {
  test('A5 a slip costs no try, five wrong codes lock it, and a new letter is asked for', async ({ page, server }) => {
    test.slow();
    const { office, registration, letter } = await writtenTo(page, server);
    await registration.openActivation();
    const slip = letter.code.replace(/^./, (first) => (first === 'A' ? 'C' : 'A'));
    await registration.activate(office, slip);
    await expectRefused(page, registration.code, /Cet essai ne compte pas/);
    // Another letter's code: right in itself, and not this one's.
    const wrong = '22222-22222-22222';
    for (const left of [4, 3, 2, 1]) {
      await registration.code.fill(wrong);
      await registration.submit();
      await expectRefused(page, registration.code, new RegExp(`Essais restants\\s:\\s${left}`));
    }
    await registration.submit();
    await expect(page.getByText(text('problem.letter_locked'))).toBeVisible();
    await registration.code.fill(letter.code);
    await registration.submit();
    await expect(page.getByText(text('problem.letter_locked'))).toBeVisible();
    await expectNoAxe(page);
    await page.getByRole('link', { name: text('activation.follow') }).click();
    await expect(registration.main).toContainText(text('letter.stage.locked'));
    await page.getByRole('button', { name: text('letter.again'), exact: true }).click();
    await expect(registration.main).toContainText(text('letter.again_done'));
    await expect(registration.main).toContainText(text('letter.stage.asked'));
    const second = await printLetter(server, office.name);
    expect(second.reference).not.toBe(letter.reference);
    await registration.openActivation();
    await registration.activate(office, second.code);
    await expect(page.getByText(text('activation.done'))).toBeVisible();
  });

  test('A4 who opens the letter and knows nothing of it stops the request', async ({ page, server, mailbox, newDevice }) => {
    test.slow();
    const { office, registration, letter } = await writtenTo(page, server);
    const representative = new Registration(await newDevice(), server);
    await representative.page.goto(representative.place('refus'));
    await expectNoAxe(representative.page);
    await representative.code.fill(letter.code);
    await representative.page.getByRole('button', { name: text('refusal.submit'), exact: true }).click();
    await expect(representative.main).toContainText(text('refusal.done.title'));
    await expectNoAxe(representative.page);
    await mailbox.mail(office.email, 'designation_refused');
    await page.goto(link(await mailbox.mail(office.email, 'letter_asked'), '/administrateur/courrier'));
    await expect(registration.main).toContainText(text('letter.stage.refused'));
    await registration.openActivation();
    await registration.activate(office, letter.code);
    await expectRefused(page, registration.code, /courrier qui ne sert plus/);
  });

  test('A5 A6 a code counts to its last second; after it a new letter can be asked for', async ({ page, ownServer }) => {
    test.slow();
    const server = await ownServer();
    const { office, registration, letter } = await writtenTo(page, server);
    await tellOf(server, 'posted', letter.reference);
    const follow = link(await server.mailbox.mail(office.email, 'letter_posted'), '/administrateur/courrier');
    await page.goto(follow);
    await expect(registration.main).toContainText(text('letter.stage.posted'));
    await expect(page.getByRole('button', { name: text('letter.again'), exact: true })).toHaveCount(0);
    await expect(registration.main).toContainText(/Vous pourrez demander un nouveau courrier à partir du/);
    await moveTo(server, endOfDay(30));
    await page.reload();
    await expect(registration.main).toContainText(text('letter.stage.expired'));
    await registration.openActivation();
    await registration.activate(office, letter.code);
    await expectRefused(page, registration.code, /n'est plus valable/);
    await page.goto(follow);
    await page.getByRole('button', { name: text('letter.again'), exact: true }).click();
    await expect(registration.main).toContainText(text('letter.stage.asked'));
  });

  test('A6 the link is sent again to who lost it, and says the same to anybody', async ({ page, server, mailbox }) => {
    const office = await newClient(server);
    const registration = new Registration(page, server);
    await registration.complete(office);
    const asked = await mailbox.mail(office.email, 'confirm_registration');
    await registration.confirm(link(asked, '/administrateur/confirmation'));
    await mailbox.mail(office.email, 'letter_asked');
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(registration.place('courrier'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('letter_link.title'));
    await expectNoAxe(page);
    await registration.email.fill(office.email);
    await page.getByRole('button', { name: text('letter_link.submit'), exact: true }).click();
    await expect(registration.main).toContainText(text('letter_link.sent.text'));
    const again = await mailbox.mail(office.email, 'letter_asked');
    await page.goto(link(again, '/administrateur/courrier'));
    await expect(registration.main).toContainText(text('letter.stage.asked'));
  });
});
