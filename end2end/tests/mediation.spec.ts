import { attached, identifier } from '../support/mails.ts';
import { certified } from '../support/mediation.ts';
import { Account } from '../support/pages/account.ts';
import { Directory } from '../support/pages/directory.ts';
import { Identity } from '../support/pages/identity.ts';
import { Membership } from '../support/pages/membership.ts';
import { readPdf } from '../support/pdf.ts';
import { labels, mediation, partners } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

test.describe('an organisation joins the mediation scheme', () => {
  test('M1 M2 M3 M4 M5 M6 document 000, from the first page to the directory', async ({ page, server, mailbox, organisation, newDevice }) => {
    test.slow();
    const office = organisation();
    const identity = new Identity(page, server);
    const membership = new Membership(page, server);
    const account = new Account(page, server, 'mediateur-hlm');
    const main = page.getByRole('main');

    await test.step('M1 the scheme says what it takes, and leads to the identity', async () => {
      await page.goto(server.url('/mediation', 'mediateur-hlm'));
      await expect(main.getByText(text('campaign.late_title'))).toBeVisible();
      await main.getByRole('link', { name: text('mediation.begin') }).click();
      await identity.expectStep('');
    });

    await test.step('M2 whose data goes where is told before anything is asked', async () => {
      for (const who of ['organisation', 'director', 'correspondent']) {
        await expect(main.getByText(text(`identity.panel.${who}`))).toBeVisible();
      }
      await identity.giveStructure(office.name, office.siren);
      await expect(main).toContainText(text('identity.director.intro'));
      await identity.giveDirector(office.director);
      await expect(main).toContainText(text('identity.correspondent.intro'));
      await identity.giveCorrespondent(office.email, office.password);
    });

    await test.step('M2 all answers stand on one page, the password excepted, and can be changed', async () => {
      await expect(identity.answer(mediation.name)).toHaveText(office.name);
      await expect(identity.answer(mediation.directorFirstName)).toHaveText(office.director.firstName);
      await expect(identity.answer(mediation.directorLastName)).toHaveText(office.director.lastName);
      await expect(identity.answer(mediation.directorBirthDate)).toHaveText('29/02/1972');
      await expect(identity.answer(mediation.email)).toHaveText(office.email);
      await expect(identity.answer(labels.password)).toHaveText(text('wizard.hidden'));
      await expect(page.getByText(office.password)).toHaveCount(0);
      await identity.change(/^Modifier.*Prénom du directeur/).click();
      await identity.firstName.fill('Anne Lise');
      await identity.continue();
      await identity.expectReview();
      await expect(identity.answer(mediation.directorFirstName)).toHaveText('Anne Lise');
    });

    await test.step('M2 M3 the link is sent, and nothing is certified before the click', async () => {
      await identity.certify();
      await identity.expectSent();
      await expect(main).toContainText(office.email);
      await account.openSignIn();
      await account.trySignIn(office.email, office.password);
      await expect(page.getByRole('alert')).toContainText('incorrect');
    });

    await test.step('M3 the click certifies the identity', async () => {
      const mail = await mailbox.mail(office.email, 'certify_identity');
      expect(mail.text).toContain(office.name);
      expect(mail.text).not.toContain(office.password);
      await identity.confirm(mail);
      await expect(page.getByRole('heading', { level: 1, name: text('certification.done.title') })).toBeFocused();
      const certified = await mailbox.mail(office.email, 'identity_certified');
      expect(certified.links).toContain(membership.url());
      expect(identifier(certified)).toMatch(/^\S{4}-\S{4}$/);
    });

    await test.step('M4 the password made before is the one of the membership', async () => {
      await main.getByRole('link', { name: labels.signIn, exact: true }).click();
      await account.trySignIn(office.email, office.password);
      await account.expectSignedIn();
      await main.getByRole('link', { name: text('mediation.join'), exact: true }).click();
    });

    await test.step('M4 nothing that is known is typed twice', async () => {
      await membership.expectRepresentative({ ...office.director, firstName: 'Anne Lise' });
      await expect(membership.answer(text('membership.known.organisation'))).toHaveText(office.name);
      await expect(membership.answer(text('membership.known.number'))).toHaveText(office.siren.replace(/(\d{3})(?=\d)/g, '$1 '));
      await expect(membership.answer(text('membership.known.email'))).toHaveText(office.email);
      await membership.keepRepresentative();
      await membership.giveFederation(partners.USH);
    });

    await test.step('M4 the contract is read, and kept', async () => {
      const sheet = page.getByRole('region', { name: text('membership.document.region') });
      await expect(sheet).toContainText(office.name);
      await expect(sheet).toContainText(`Anne Lise ${office.director.lastName}`);
      await expect(sheet).toContainText(partners.USH);
      await expect(membership.print).toBeEnabled();
      const draft = await readPdf((await membership.download()).content);
      expect(draft.text).toContain(office.name);
      await membership.agree();
    });

    await test.step('M5 the code of the federation', async () => {
      await membership.tryCode('USH2017');
      await membership.expectReview();
      await expect(membership.answer(mediation.representativeFirstName)).toHaveText('Anne Lise');
      await expect(membership.answer(mediation.isPartner)).toHaveText('Oui');
      await expect(membership.answer(mediation.partner)).toHaveText(partners.USH);
      await expect(membership.answer(mediation.code)).toHaveText('USH2017');
      await membership.submit();
      await membership.expectMember();
    });

    const reference = await test.step('M4 "Vous êtes inscrit": reference, next steps, directory', async () => {
      await expect(main).toContainText(text('membership.done.text', { organisation: office.name }));
      await expect(membership.fact('reference')).toHaveText(/^M-[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/);
      await expect(membership.fact('partner')).toHaveText(partners.USH);
      await expect(membership.fact('code')).toHaveText('USH2017');
      await expect(main).toContainText(text('membership.done.mail', { email: office.email }));
      await expect(main.getByRole('link', { name: text('mediation.directory') })).toBeVisible();
      return membership.fact('reference').innerText();
    });

    await test.step('M4 the receipt brings the contract, the same bytes as the page gives', async () => {
      const receipt = await mailbox.mail(office.email, 'membership_made');
      expect(receipt.text).toContain(office.name);
      expect(receipt.text).toContain(reference);
      expect(receipt.text).toMatch(pattern('mail.membership_made.attached'));
      const file = attached(receipt, 'application/pdf');
      expect(file.name).toBe(`contrat-mediation-${reference}.pdf`);
      const contract = await readPdf(file.content);
      for (const words of [office.name, `Anne Lise ${office.director.lastName}`, reference, partners.USH]) {
        expect(contract.text).toContain(words);
      }
      const again = await membership.download();
      expect(Buffer.from(again.content).equals(Buffer.from(file.content))).toBe(true);
      await page.reload();
      await membership.expectMember();
      expect(Buffer.from((await membership.download()).content).equals(Buffer.from(file.content))).toBe(true);
      expect(mailbox.all(office.email).map(({ kind }) => kind)).toEqual(['certify_identity', 'identity_certified', 'membership_made']);
    });

    await test.step('M6 consumers find it', async () => {
      const consumer = new Directory(await newDevice(), server);
      await consumer.open();
      await consumer.expectFound(office.name.toUpperCase(), office.name);
      await expect(consumer.result(office.name)).toContainText(office.siren.replace(/(\d{3})(?=\d)/g, '$1\u00a0'));
    });
  });

  test('M1 M4 the scheme says how far one has come', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    const next = page.getByRole('main').getByRole('link');
    await new Account(page, server, 'mediateur-hlm').signIn(office.email, office.password);
    await next.filter({ hasText: text('mediation.join') }).click();
    await membership.keepRepresentative();
    await page.goto(server.url('/mediation', 'mediateur-hlm'));
    await next.filter({ hasText: text('mediation.resume') }).click();
    await membership.expectStep('federation');
    await membership.giveFederation();
    await membership.agree();
    await membership.tryCode();
    await membership.expectReview();
    await membership.submit();
    await membership.expectMember();
    await page.goto(server.url('/mediation', 'mediateur-hlm'));
    await next.filter({ hasText: text('mediation.joined') }).click();
    await membership.expectMember();
    await mailbox.mail(office.email, 'membership_made');
  });

  test('M4 the receipt leads to the membership, wherever it is read', async ({ page, server, mailbox, api, organisation, newDevice }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.complete();
    await expect(page.getByRole('heading', { level: 1, name: mediation.member }), 'a screen reader goes on there').toBeFocused();
    const receipt = await mailbox.mail(office.email, 'membership_made');
    const telephone = await newDevice();
    await telephone.goto(receipt.links.find((known) => known.includes('/mediation')) ?? 'about:blank');
    await new Account(telephone, server, 'mediateur-hlm').trySignIn(office.email, office.password);
    await new Membership(telephone, server).expectMember();
  });

  test('M3 M4 the identifier of the mail signs in too', async ({ page, server, mailbox, organisation }) => {
    const office = organisation();
    const identity = new Identity(page, server);
    await identity.complete(office);
    await identity.confirm(await mailbox.mail(office.email, 'certify_identity'));
    const told = identifier(await mailbox.mail(office.email, 'identity_certified'));
    await new Account(page, server, 'mediateur-hlm').signIn(told, office.password);
  });
});
