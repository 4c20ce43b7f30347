import { identifier, link } from '../support/mails.ts';
import { newClient } from '../support/clients.ts';
import { printLetter, tellOf } from '../support/letters.ts';
import { Account } from '../support/pages/account.ts';
import { Registration } from '../support/pages/registration.ts';
import { administrator, labels } from '../support/portals.ts';
import { qrCodeOf } from '../support/qr.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

test.describe('the first administrator of an organisation', () => {
  test('A1 A2 A3 A4 A5 A6 document 001, case 1: from the number to the account, by the code on the paper', async ({ page, server, mailbox, browser }) => {
    test.slow();
    const office = await newClient(server);
    const registration = new Registration(page, server);
    const account = new Account(page, server, 'prets');
    const { main } = registration;

    await test.step('A1 the portal leads to the sign-up, which says what to have at hand', async () => {
      await page.goto(server.url('/', 'prets'));
      await main.getByRole('link', { name: text('home.onboarding.title') }).click();
      await registration.expectStep(1);
      for (const item of ['number', 'email', 'agreement']) await expect(main.getByText(text(`registration.at_hand.${item}`))).toBeVisible();
      await expectNoAxe(page);
    });

    await test.step('A1 A2 the number with its zeros, and a proof that takes a moment', async () => {
      await registration.giveNumber(`000 ${office.number.slice(0, 3)} ${office.number.slice(3)}`);
    });

    await test.step('A3 the organisation is named and the role explained', async () => {
      await expect(main).toContainText(text('registration.role.first', { organisation: office.name }));
      for (const item of ['administrator', 'letter', 'check']) await expect(main).toContainText(text(`registration.role.${item}`));
      await expectNoAxe(page);
      await registration.givePerson(office);
      await expectNoAxe(page);
    });

    await test.step('A3 the terms are to be accepted, and nothing leaves before the address is proven', async () => {
      await registration.submit();
      await expect(page.getByRole('alert').first()).toContainText(administrator.terms);
      await registration.terms.check();
      await registration.submit();
      await registration.expectSent();
      const listed = await server.command('letters', 'list', '--portal', 'prets');
      expect(listed.output).not.toContain(office.name);
    });

    await test.step('A4 A6 the click asks for the letter, and leads to where it is', async () => {
      const mail = await mailbox.mail(office.email, 'confirm_registration');
      await registration.confirm(link(mail, '/administrateur/confirmation'));
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('registered.done.title'));
      await main.getByRole('link', { name: text('letter.title') }).click();
      await expect(main).toContainText(text('letter.stage.asked'));
      await expect(main).toContainText(office.representative);
      await expectNoAxe(page);
    });

    const letter = await test.step('A4 the letter is printed: its code is on the paper and in the QR code', async () => {
      const printed = await printLetter(server, office.name);
      expect(printed.pdf.tagged).toBe(true);
      for (const words of [office.name, `${office.firstName} ${office.surname}`, office.number, office.representative]) {
        expect(printed.pdf.text).toContain(words);
      }
      const scanned = await qrCodeOf(browser, printed.bytes, printed.page);
      expect(scanned).toBe(server.url(`/administrateur/activation#${printed.code.replaceAll('-', '')}`, 'prets'));
      expect(server.logs).not.toContain(printed.code.replaceAll('-', ''));
      return printed;
    });

    await test.step('A6 printed, then posted, with the dates', async () => {
      const mail = await mailbox.mail(office.email, 'letter_asked');
      await page.goto(link(mail, '/administrateur/courrier'));
      await expect(main).toContainText(text('letter.stage.printed'));
      await expect(registration.fact('reference')).toHaveText(letter.reference);
      await tellOf(server, 'posted', letter.reference);
      await mailbox.mail(office.email, 'letter_posted');
      await page.reload();
      await expect(main).toContainText(text('letter.stage.posted'));
      await expect(registration.fact('expected')).toContainText(/\d{4}/);
      await expect(registration.fact('valid_until')).toContainText(/\d{4}/);
      await expectNoAxe(page);
      await page.setViewportSize({ width: 320, height: 640 });
      await expectNoSidewaysScroll(page);
      await page.setViewportSize({ width: 1280, height: 800 });
    });

    await test.step('A5 the QR code opens the page with the code in it, and out of the address', async () => {
      await page.goto(server.url(`/administrateur/activation#${letter.code.replaceAll('-', '')}`, 'prets'));
      await expect(registration.code).toHaveValue(letter.code);
      await expect(page).toHaveURL(registration.place('activation'));
      await expectNoAxe(page);
    });

    await test.step('A5 the code typed in small letters with spaces makes the account', async () => {
      await registration.activate(office, letter.code.toLowerCase().replaceAll('-', ' '));
      await expect(page.getByText(text('activation.done'))).toBeVisible();
      const mail = await mailbox.mail(office.email, 'administrator_active');
      expect(identifier(mail)).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
      await account.signIn(office.email, office.password);
      await page.goto(server.url('/compte', 'prets'));
      for (const words of [office.name, office.number, text('account.administrator'), labels.email]) await expect(main).toContainText(words);
      await expectNoAxe(page);
    });
  });
});
