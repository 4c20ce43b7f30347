import { certified } from '../support/mediation.ts';
import { Membership, type MembershipStep } from '../support/pages/membership.ts';
import { mediation, partners } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

/** How far one comes on the first device, and where the second one goes on. */
const stops: [string, MembershipStep, (membership: Membership) => Promise<void>][] = [
  ['the representative', 'federation', (membership) => membership.keepRepresentative()],
  [
    'the federation', 'contrat',
    async (membership) => {
      await membership.keepRepresentative();
      await membership.giveFederation(partners.USH);
    },
  ],
  [
    'the contract', 'code',
    async (membership) => {
      await membership.keepRepresentative();
      await membership.giveFederation(partners.USH);
      await membership.agree();
    },
  ],
  ['the code', 'verification', (membership) => membership.toReview({ partner: partners.USH, code: 'ush 2017' })],
];
for (const [after, step, walk] of stops) {
  test(`M7 left after ${after}, it goes on where it stood on another device`, async ({ page, server, mailbox, api, organisation, newDevice }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const desk = new Membership(page, server);
    await desk.enter(office);
    await desk.expectRepresentative(office.director);
    await desk.firstName.fill('Hélène');
    await walk(desk);
    const telephone = new Membership(await newDevice({ viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true }), server);
    await telephone.enter(office);
    await telephone.expectStep(step);
    if (step === 'federation') await telephone.giveFederation(partners.USH);
    if (['federation', 'contrat'].includes(step)) await telephone.agree();
    if (step !== 'verification') await telephone.tryCode('USH2017');
    await telephone.expectReview();
    await expect(telephone.answer(mediation.representativeFirstName)).toHaveText('Hélène');
    await expect(telephone.answer(mediation.partner)).toHaveText(partners.USH);
    await telephone.submit();
    await telephone.expectMember();
    await mailbox.mail(office.email, 'membership_made');
    // The first device learns it at its next step.
    await desk.page.reload();
    await desk.expectMember();
  });
}

test('M7 a newer answer of another device is what counts', async ({ page, server, mailbox, api, organisation, newDevice }) => {
  const office = organisation();
  await certified(api('mediateur-hlm'), mailbox, office);
  const desk = new Membership(page, server);
  await desk.enter(office);
  await desk.toReview({ partner: partners.USH, code: 'USH2017' });
  const telephone = new Membership(await newDevice(), server);
  await telephone.enter(office);
  await telephone.expectReview();
  await telephone.change(/^Modifier.*Prénom du représentant/).click();
  await telephone.firstName.fill('Hélène');
  await telephone.continue();
  await telephone.expectStep('contrat');
  // What was agreed to on the desk is another text: it can't be sent.
  await desk.page.reload();
  await desk.expectReview();
  await expect(desk.answer(mediation.representativeFirstName)).toHaveText('Hélène');
  await desk.submit();
  await desk.expectStep('contrat');
  await expect(desk.page.getByRole('alert')).toContainText(text('error.authorised.contract_changed', { label: mediation.authorised }));
  await expect(desk.authorised).not.toBeChecked();
  await expect(desk.page.getByRole('region', { name: text('membership.document.region') })).toContainText('Hélène');
  await desk.authorised.check();
  await desk.continue();
  await desk.expectReview();
  await desk.submit();
  await desk.expectMember();
  await telephone.authorised.check();
  await telephone.continue();
  await telephone.expectMember();
  await mailbox.mail(office.email, 'membership_made');
});

test('M7 X2 reloading at any step keeps the answers', { tag: '@chromium' }, async ({ page, server, mailbox, api, organisation }) => {
  const office = organisation();
  await certified(api('mediateur-hlm'), mailbox, office);
  const membership = new Membership(page, server);
  await membership.enter(office);
  await membership.expectRepresentative(office.director);
  await membership.firstName.fill('Hélène');
  await page.reload();
  await expect(membership.firstName).toHaveValue('Hélène');
  await membership.keepRepresentative();
  await membership.answerPartner('Oui');
  await membership.partner.selectOption({ label: partners.FNAR });
  await page.reload();
  await membership.expectStep('federation');
  await expect(membership.partner.getByRole('option', { name: partners.FNAR })).toHaveJSProperty('selected', true);
  await membership.continue();
  await membership.expectStep('contrat');
  await membership.agree();
  await membership.code.fill('CODE42');
  await page.reload();
  await membership.expectStep('code');
  await expect(membership.code).toHaveValue('CODE42');
  await membership.tryCode();
  await membership.expectReview();
  await page.reload();
  await membership.expectReview();
  await expect(membership.answer(mediation.representativeFirstName)).toHaveText('Hélène');
});

test('M7 X2 Back and Forward walk through the steps', async ({ page, server, mailbox, api, organisation }) => {
  const office = organisation();
  await certified(api('mediateur-hlm'), mailbox, office);
  const membership = new Membership(page, server);
  await membership.enter(office);
  await membership.toReview({ partner: partners.USH, code: 'USH2017' });
  for (const step of ['code', 'contrat', 'federation', ''] as const) {
    await page.goBack();
    await membership.expectStep(step);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  }
  await membership.expectRepresentative(office.director);
  for (const step of ['federation', 'contrat', 'code', 'verification'] as const) {
    await page.goForward();
    await membership.expectStep(step);
  }
  await expect(membership.answer(mediation.code)).toHaveText('USH2017');
});
