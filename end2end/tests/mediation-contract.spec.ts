import { downloadBy } from '../support/download.ts';
import { certified } from '../support/mediation.ts';
import { Membership } from '../support/pages/membership.ts';
import { normalised, printed, readPdf } from '../support/pdf.ts';
import { labels, mediation, partners } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

const TITLE = 'Contrat d’adhésion au dispositif de médiation de la consommation';
/** From the beginning, the middle and the end of the contract. */
const PARTS = ['Ce contrat lie deux parties', 'L’issue de la médiation intervient au plus tard 90 jours', 'Ce contrat suit la loi française'];

test.describe('M4 the contract', () => {
  test('M4 shown, downloaded, printed: one text, with the organisation’s data', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.keepRepresentative();
    await membership.giveFederation(partners.USH);
    const theirs = [
      office.name, office.siren.replace(/(\d{3})(?=\d)/g, '$1 '), `${office.director.firstName} ${office.director.lastName}`, partners.USH,
      'adhésion sans frais', 'Médiateur Hlm',
    ];

    const sheet = page.getByRole('region', { name: text('membership.document.region') });
    await test.step('on the page', async () => {
      await expect(sheet.getByRole('heading', { name: TITLE })).toBeVisible();
      const shown = normalised(await sheet.innerText());
      for (const words of [...PARTS, ...theirs, office.email]) expect(shown).toContain(words);
      expect(shown).not.toMatch(/\{\w+\}/);
      expect(shown).toMatch(/Version 2026-11\. Empreinte du texte \(SHA-256\) : [0-9a-f]{64}/);
    });

    await test.step('as a file', async () => {
      const { name, content } = await membership.download();
      expect(name).toMatch(/^contrat.*\.pdf$/);
      const pdf = await readPdf(content);
      expect(pdf).toMatchObject({ tagged: true, title: TITLE });
      expect(pdf.language).toMatch(/^fr\b/);
      expect(pdf.pages).toBeGreaterThan(1);
      expect(pdf.roles).toEqual(expect.arrayContaining(['H1', 'H2', 'P', 'L']));
      for (const words of [...PARTS, ...theirs]) expect(pdf.text).toContain(normalised(words));
      expect(pdf.text.replace(/ /g, '')).toContain(office.email);
      expect(pdf.text).toContain(`Page 1 sur ${pdf.pages}`);
      expect(pdf.text, 'nothing is agreed to yet').not.toContain(text('paper.certificate.title'));
    });

    await test.step('the terms as a file', async () => {
      const { content } = await downloadBy(page.getByRole('link', { name: text('membership.document.terms'), exact: true }));
      const pdf = await readPdf(content);
      expect(pdf.tagged).toBe(true);
      expect(pdf.language).toMatch(/^fr\b/);
      expect(pdf.title).toMatch(/conditions générales/i);
      expect(pdf.text).toContain('Médiateur Hlm');
    });

    await test.step('on paper: the contract, and nothing of the form', async () => {
      const paper = await readPdf(await printed(page));
      for (const words of [...PARTS, ...theirs]) expect(paper.text).toContain(normalised(words));
      for (const words of [
        mediation.authorised, mediation.print, mediation.download, labels.continue, labels.back, 'Étape 3 sur 5', text('header.skip'), text('footer.aide'),
        text('membership.contract.intro'),
      ]) {
        expect(paper.text, 'no part of the form, nor of the navigation').not.toContain(normalised(words));
      }
    });
  });

  test('M4 the button prints', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    // Without a printer, that the page asked for one is all there is to see.
    await page.addInitScript(() => {
      const place = window as unknown as { printed: number };
      place.printed = 0;
      window.print = () => (place.printed += 1);
    });
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.keepRepresentative();
    await membership.giveFederation();
    await membership.print.click();
    expect(await page.evaluate(() => (window as unknown as { printed: number }).printed)).toBe(1);
  });

  test('M4 once agreed to, the file says who, when and what; the page prints it as well', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.keepRepresentative();
    await membership.giveFederation();
    const agreed = /SHA-256\) : ([0-9a-f]{64})/.exec(await page.getByRole('region', { name: text('membership.document.region') }).innerText())?.[1] ?? '';
    await membership.agree();
    await membership.tryCode();
    await membership.expectReview();
    await membership.submit();
    await membership.expectMember();
    const reference = await membership.fact('reference').innerText();
    const pdf = await readPdf((await membership.download()).content);
    expect(pdf).toMatchObject({ tagged: true, title: TITLE });
    const whole = pdf.text.replace(/ /g, '');
    expect(pdf.text).toContain(text('paper.certificate.title'));
    expect(pdf.text).toContain(reference);
    expect(pdf.text).toContain(text('paper.no_federation'));
    expect(whole, 'the digest of the text that was on the page').toContain(agreed);
    expect(whole).toContain(office.email);
    expect(pdf.text).toMatch(/Accepté le \d\d\/\d\d\/\d{4} à \d\d h \d\d/);
    const paper = await readPdf(await printed(page));
    for (const words of [...PARTS, office.name]) expect(paper.text).toContain(normalised(words));
    expect(paper.text).not.toContain(text('mediation.directory'));
    await mailbox.mail(office.email, 'membership_made');
  });

  test('M4 only the organisation itself has its contract', async ({ server, api }) => {
    for (const path of ['/api/mediation/contract.pdf', '/api/mediation/contract', '/api/mediation/membership']) {
      expect((await fetch(server.url(path, 'mediateur-hlm'))).status, path).toBe(401);
    }
    const answer = await api('mediateur-hlm').call('GET', '/documents/cgu.pdf');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/pdf');
  });
});
