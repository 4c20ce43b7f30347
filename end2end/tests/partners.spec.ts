import { addressOf } from '../support/address.ts';
import { moveClock, startTheDay } from '../support/api.ts';
import { endOfDay, moveBefore, moveTo } from '../support/leaving.ts';
import { printLetter, tellOf } from '../support/letters.ts';
import { link } from '../support/mails.ts';
import { letterWaits, newPartner } from '../support/partners.ts';
import { Account } from '../support/pages/account.ts';
import { FirstSignIn } from '../support/pages/first-sign-in.ts';
import { normalised } from '../support/pdf.ts';
import { labels } from '../support/portals.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import { qrCodeOf } from '../support/qr.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

const PAGE = '/partenaire/premiere-connexion';
/** A password that no check character refuses, and that nobody was given. */
const NOBODYS = '7K3MP-ACD4E-WXTRR';

test.describe('partner accounts by e-mail', () => {
  test('P1 P2 P3 P4 the mail’s link fills the page in, a password of one’s own is chosen, and signs in from then on', async ({ page, server, newDevice }) => {
    const partner = await newPartner(server);
    const mail = await server.mailbox.mail(partner.email, 'partner_identifiers');
    expect(mail.text).toContain(partner.number);
    const first = new FirstSignIn(page, server);
    await page.goto(link(mail, PAGE));
    await expect(first.number).toHaveValue(partner.number);
    await expect(first.provisional).toHaveValue(/^[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}$/);
    expect(await addressOf(page), 'nothing of it stays in the address').not.toContain('#');
    await expectNoAxe(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectNoSidewaysScroll(page);
    await first.send();
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
    await expectNoAxe(page);
    await expectNoSidewaysScroll(page);
    await first.choose(partner);
    await server.mailbox.mail(partner.email, 'partner_active');

    const account = new Account(await newDevice(), server, 'partenaires');
    await account.signIn(`${partner.number.slice(0, 3)} ${partner.number.slice(3, 10)} ${partner.number.slice(10)}`, partner.password);
  });

  test('P4 a provisional password opens nothing where one signs in with one’s own', async ({ page, server, watch }) => {
    watch.accept(/status of 403/);
    const partner = await newPartner(server);
    const mail = await server.mailbox.mail(partner.email, 'partner_identifiers');
    const secret = /#\d{14}-([2-9A-Z]{15})/.exec(mail.text)?.[1] ?? '';
    const account = new Account(page, server, 'partenaires');
    await account.openSignIn();
    await account.trySignIn(partner.number, secret);
    await expect(page.getByRole('alert')).toContainText(text('problem.first_sign_in'));
    await page.goto(server.url('/compte', 'partenaires'));
    await expect(page, 'nothing before').toHaveURL(/\/connexion/);
    await page.getByRole('link', { name: text('home.first_sign_in.title'), exact: true }).click();
    const first = new FirstSignIn(page, server);
    await first.tryProve(partner.number, secret.toLowerCase());
    await first.choose(partner);
  });

  test('P2 two weeks to the second, then new ones', async ({ page, ownServer, watch }) => {
    watch.accept(/status of 409/);
    const server = await ownServer();
    const partner = await newPartner(server);
    const mail = await server.mailbox.mail(partner.email, 'partner_identifiers');
    const first = new FirstSignIn(page, server);
    await moveBefore(server, endOfDay(14));
    await page.goto(link(mail, PAGE));
    await first.send();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('first_password.title'));
    await moveTo(server, endOfDay(14));
    await page.goto(link(mail, PAGE));
    await first.send();
    await expect(page.getByRole('alert')).toContainText(pattern('problem.provisional_over'));
    await expectNoAxe(page);
    await page.goto(first.url('/partenaire/aide/nouveaux-identifiants'));
    await first.number.fill(partner.number);
    await page.getByRole('button', { name: text('partner_help.ask.submit'), exact: true }).click();
    await expect(first.main).toContainText(text('partner_help.ask.sent.text'));
    await expectNoAxe(page);
    await expect.poll(() => server.mailbox.all(partner.email).map(({ kind }) => kind)).toEqual(['partner_identifiers', 'partner_identifiers']);
  });

  test('P3 P6 each slip is told before it costs a try, and five wrong ones lock for ten minutes', async ({ page, ownServer, watch }) => {
    watch.accept(/status of (401|429)/);
    const server = await ownServer();
    const dawn = await startTheDay(server);
    const partner = await newPartner(server);
    const mail = await server.mailbox.mail(partner.email, 'partner_identifiers');
    const first = new FirstSignIn(page, server);
    await first.open();
    await first.number.fill('078 027');
    await first.provisional.fill('mot de passe');
    await page.getByRole('button', { name: labels.updatePassword, exact: true }).click();
    await expect(first.number).toHaveAttribute('aria-invalid', 'true');
    await expect(first.provisional).toHaveAttribute('aria-invalid', 'true');
    await expectNoAxe(page);
    for (const left of [4, 3, 2, 1]) {
      await first.tryProve(partner.number, NOBODYS);
      await expect(page.getByRole('alert')).toContainText(pattern('problem.provisional_refused', { tries_left: left }));
    }
    await first.tryProve(partner.number, NOBODYS);
    await expect(page.getByRole('alert')).toContainText(pattern('problem.locked', { minutes: 10 }));
    await expect(first.number, 'nothing typed is lost').toHaveValue(partner.number);
    await moveClock(server, { minutes: dawn + 11 });
    await page.goto(link(mail, PAGE));
    await first.send();
    await first.choose(partner);
  });
});

test.describe('partner accounts by letter', () => {
  test('P2 P3 P8 printed with a QR code, declared lost, printed again: the second one opens', async ({ page, browser, ownServer, watch }) => {
    watch.accept(/status of 401/);
    const server = await ownServer();
    const partner = await newPartner(server, { channel: 'courrier' });
    const first = new FirstSignIn(page, server);
    await letterWaits(server, partner);
    let printed = await printLetter(server, partner.name, 'partenaires');
    expect(normalised(printed.pdf.text)).toContain(partner.number);
    const lost = printed.code;
    await tellOf(server, 'posted', printed.reference, 'partenaires');
    await tellOf(server, 'lost', printed.reference, 'partenaires');
    printed = await printLetter(server, partner.name, 'partenaires');
    await first.open();
    await first.tryProve(partner.number, lost);
    await expect(page.getByRole('alert')).toContainText(pattern('problem.provisional_refused', { tries_left: 4 }));
    const scanned = await qrCodeOf(browser, printed.bytes, printed.page);
    expect(scanned).toBe(`${first.url()}#${partner.number}-${printed.code.replaceAll('-', '')}`);
    // As a phone opens it: not from the page itself.
    await page.goto('about:blank');
    await page.goto(scanned ?? '');
    await expect(first.provisional).toHaveValue(printed.code);
    await first.send();
    await first.choose(partner);
  });
});

test.describe('P5 lost identifier or lost password?', () => {
  test('the whole tree of questions: each answer ends in what to do, or in a date', async ({ page, server }) => {
    const first = new FirstSignIn(page, server);
    const help = async (...answers: string[]): Promise<void> => {
      await first.help(...answers.map((answer) => `partner_help.${answer}`));
      await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
      await expect(first.main, 'every value is filled in').not.toContainText(/\{\w+\}/);
      await expectNoAxe(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScroll(page);
      await page.setViewportSize({ width: 1280, height: 800 });
    };
    await help('signed_in.yes');
    await expect(first.main).toContainText(/14 chiffres/);
    await first.main.getByRole('link', { name: text('partner_help.missing.password_link') }).click();
    await expect(page).toHaveURL(first.url('/mot-de-passe-oublie'));

    for (const [channel, days] of [['letter', 40], ['mail', 10]] as const) {
      await help('signed_in.no', `sent.${channel}`);
      await first.sentOn(new Date(Date.now() - days * 86_400_000));
      await expect(first.main).toContainText(/valable jusqu'au/);
      await expect(first.main, 'what to do when it is lost').toContainText(/Appelez-nous|appelez-nous/);
      await expect(first.main).not.toContainText(/\{\w+\}/);
      await expect(first.main.getByRole('link', { name: text('partner_help.new_ones') }), 'never advises what would be refused').toHaveCount(0);
      await expectNoAxe(page);
      await first.sentOn(new Date(Date.now() - 70 * 86_400_000));
      await expect(first.main).toContainText(/n'est plus valable/);
      await first.main.getByRole('link', { name: text('partner_help.new_ones') }).click();
      await expect(first.number).toBeVisible();
      await page.goBack();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text(`partner_help.${channel}.title`));
    }
    await help('signed_in.no', 'sent.letter');
    await first.sentOn(new Date(Date.now() + 3 * 86_400_000));
    await expect(page.getByRole('alert')).toContainText(pattern('error.date_future', { label: text('field.sent_on.label') }));
    await help('signed_in.no', 'sent.nothing');
    await expect(first.number).toBeVisible();
    await help('signed_in.unsure');
    await expect(first.number).toBeVisible();
  });

  test('P8 the same is said of every number; the owner is told by e-mail until when', async ({ page, server }) => {
    const partner = await newPartner(server);
    await server.mailbox.mail(partner.email, 'partner_identifiers');
    const first = new FirstSignIn(page, server);
    for (const number of [partner.number, '07899999990001']) {
      await page.goto(first.url('/partenaire/aide/nouveaux-identifiants'));
      await first.number.fill(number);
      await page.getByRole('button', { name: text('partner_help.ask.submit'), exact: true }).click();
      await expect(first.main).toContainText(text('partner_help.ask.sent.text'));
    }
    const told = await server.mailbox.mail(partner.email, 'partner_mail_valid');
    expect(told.text).toMatch(/le \d\d\/\d\d\/\d{4}.*jusqu'au \d\d\/\d\d\/\d{4}/s);
  });
});
