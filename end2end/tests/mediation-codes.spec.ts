import { moveClock } from '../support/api.ts';
import { expectRefusedField } from '../support/forms.ts';
import { certified, day, withCodes, written } from '../support/mediation.ts';
import { newOrganisation } from '../support/organisations.ts';
import { Membership } from '../support/pages/membership.ts';
import { mediation, partners } from '../support/portals.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

/** On the page of the code, with the Union for partner. */
async function atCode(membership: Membership, partner: string | undefined = partners.USH): Promise<void> {
  await membership.keepRepresentative();
  await membership.giveFederation(partner);
  await membership.agree();
}

test('M5 each code that doesn’t count says why, and nothing is lost', async ({ page, newDevice, ownServer, api }) => {
  const server = await ownServer({
    portal: {
      'mediateur-hlm': (toml) =>
        withCodes(
          toml,
          { code: 'DEMAIN', partner: 'USH', from: day(1) },
          { code: 'HIER', partner: 'USH', until: day(-1) },
          { code: 'AUJOURDHUI', partner: 'USH', from: day(0), until: day(0) },
          { code: 'UNEFOIS', partner: 'USH', max_uses: 1 },
          { code: 'REGIONS', partner: 'FNAR' },
        ),
    },
  });
  const [first, office] = [newOrganisation(server), newOrganisation(server)];
  await certified(api('mediateur-hlm', server), server.mailbox, first);
  await certified(api('mediateur-hlm', server), server.mailbox, office);
  const membership = new Membership(page, server);
  await membership.enter(office);
  await atCode(membership);
  const refusals: [string, RegExp][] = [
    ['INCONNU', pattern('error.promo_code.code_unknown')],
    ['USH2O17', pattern('error.promo_code.code_unknown')],
    ['demain', pattern('error.promo_code.code_early', { from: written(1) })],
    ['hier', pattern('error.promo_code.code_expired', { until: written(-1) })],
    ['re-gions', pattern('error.promo_code.code_other_partner')],
    ['C’est moi !', pattern('error.promo_code.code_character')],
    ['AB', pattern('error.promo_code.code_length', { found: 2 })],
  ];
  for (const [typed, message] of refusals) {
    await test.step(typed, async () => {
      await membership.tryCode(typed);
      await expectRefusedField(page, membership.code, message);
      await expect(membership.code).toHaveValue(typed);
      await membership.expectStep('code');
    });
  }
  await page.reload();
  await membership.expectStep('code');
  await membership.tryCode('aujourd hui');
  await membership.expectReview();
  await expect(membership.answer(mediation.partner)).toHaveText(partners.USH);

  // The last use is somebody else's by the time that this one is sent.
  await membership.change(/^Modifier.*code promotionnel/).click();
  await membership.tryCode('UNEFOIS');
  await membership.expectReview();
  const other = new Membership(await newDevice(), server);
  await other.enter(first);
  await other.complete({ partner: partners.USH, code: 'une fois' });
  await membership.submit();
  await membership.expectStep('code');
  await expectRefusedField(page, membership.code, pattern('error.promo_code.code_exhausted'));
  await expect(membership.code).toHaveValue('UNEFOIS');
  // No code is a normal path.
  await membership.tryCode('');
  await membership.expectReview();
  await membership.submit();
  await membership.expectMember();
  await server.mailbox.mail(office.email, 'membership_made');
});

for (const typed of ['ush2017', ' USH 2017 ', 'ush-2017', 'U.S.H 2 0 1 7', 'USH\u00a02017', 'USH–2017']) {
  test(`M5 “${typed}” is the code USH2017`, async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.complete({ partner: partners.USH, code: typed });
    await expect(membership.fact('code')).toHaveText('USH2017');
    await mailbox.mail(office.email, 'membership_made');
  });
}

test('M5 a partner’s code without the partner is refused, and counts once the partner is chosen', async ({ page, server, mailbox, api, organisation }) => {
  const office = organisation();
  await certified(api('mediateur-hlm'), mailbox, office);
  const membership = new Membership(page, server);
  await membership.enter(office);
  await membership.keepRepresentative();
  await membership.giveFederation();
  await membership.agree();
  await membership.tryCode('USH2017');
  await expectRefusedField(page, membership.code, pattern('error.promo_code.code_other_partner'));
  await page.goto(membership.url('federation'));
  await membership.giveFederation(partners.USH);
  await membership.agree();
  await membership.tryCode('USH2017');
  await membership.expectReview();
});

test('M5 a code that ends between the page and the button is refused in the end', async ({ page, ownServer, api }) => {
  const server = await ownServer({
    portal: { 'mediateur-hlm': (toml) => withCodes(toml, { code: 'AUJOURDHUI', partner: 'USH', until: day(0) }) },
  });
  const office = newOrganisation(server);
  await certified(api('mediateur-hlm', server), server.mailbox, office);
  const membership = new Membership(page, server);
  await membership.enter(office, true);
  await membership.toReview({ partner: partners.USH, code: 'AUJOURDHUI' });
  await moveClock(server, { days: 1 });
  await membership.submit();
  await expectRefusedField(page, membership.code, pattern('error.promo_code.code_expired', { until: written(0) }));
  await expect(membership.code).toHaveValue('AUJOURDHUI');
});

/** A server whose code USH2017 has one use left. */
function withOneUse(): (toml: string) => string {
  return (toml) => toml.replace('code = "USH2017"', 'code = "USH2017"\nmax_uses = 1');
}

test('M5 two browsers race for the last use of a code: one becomes a member, the other keeps everything', async ({ page, newDevice, ownServer, api }) => {
  test.slow();
  const server: Server = await ownServer({ portal: { 'mediateur-hlm': withOneUse() } });
  const offices = [newOrganisation(server), newOrganisation(server)] as const;
  for (const office of offices) await certified(api('mediateur-hlm', server), server.mailbox, office);
  const racers = [new Membership(page, server), new Membership(await newDevice(), server)] as const;
  for (const [index, racer] of racers.entries()) {
    await racer.enter(offices[index] ?? offices[0]);
    await racer.toReview({ partner: partners.USH, code: 'USH2017' });
  }
  await Promise.all(racers.map((racer) => racer.submit()));
  const ends = await Promise.all(
    racers.map(async (racer) => {
      const won = racer.page.getByRole('heading', { level: 1, name: mediation.member });
      const lost = racer.page.getByRole('alert').filter({ hasText: pattern('error.promo_code.code_exhausted') });
      await expect(won.or(lost)).toBeVisible();
      return (await won.isVisible()) ? 'member' : 'refused';
    }),
  );
  expect(ends.toSorted()).toEqual(['member', 'refused']);
  const late = ends.indexOf('refused');
  const loser = racers[late] ?? racers[0];
  const office = offices[late] ?? offices[0];
  await loser.expectStep('code');
  await expect(loser.code).toHaveValue('USH2017');
  await loser.tryCode('');
  await loser.expectReview();
  await expect(loser.answer(mediation.partner)).toHaveText(partners.USH);
  await loser.submit();
  await loser.expectMember();
  await expect(loser.fact('code')).toHaveText('Aucun');
  await server.mailbox.mail(office.email, 'membership_made');
  for (const { email } of offices) expect(server.mailbox.all(email).filter(({ kind }) => kind === 'membership_made')).toHaveLength(1);
});

test('M5 guessing is stopped after ten codes; without one it goes on', async ({ page, server, mailbox, api, organisation }) => {
  const office = organisation();
  await certified(api('mediateur-hlm'), mailbox, office);
  const membership = new Membership(page, server);
  await membership.enter(office);
  await atCode(membership);
  for (let guess = 0; guess < 10; guess += 1) {
    await membership.tryCode(`ESSAI${guess}`);
    await expectRefusedField(page, membership.code, pattern('error.promo_code.code_unknown'));
  }
  await membership.tryCode('USH2017');
  await expect(page.getByRole('alert').filter({ hasText: pattern('problem.too_many') })).toBeVisible();
  await expect(membership.code).toHaveValue('USH2017');
  await membership.tryCode('');
  await membership.expectReview();
});
