import { randomUUID } from 'node:crypto';
import { moveClock } from '../support/api.ts';
import { campaign, certified, member, written } from '../support/mediation.ts';
import { newOrganisation } from '../support/organisations.ts';
import { Identity } from '../support/pages/identity.ts';
import { Membership } from '../support/pages/membership.ts';
import { expect, test } from '../support/test.ts';
import { text } from '../support/texts.ts';

const phone = '01 99 00 20 17';
const contact_email = 'adhesions@mediateur-hlm.example';

/** What is said, by the days of the campaign from today: opening, preferred end, hard end. */
const shut: [string, [number, number, number], string, string][] = [
  ['before it opens', [1, 20, 30], 'before', text('campaign.before', { opens: written(1), phone })],
  ['after its end', [-30, -20, -1], 'closed', text('campaign.closed', { hard_end: written(-1), phone, contact_email })],
];
for (const [when, [opens, preferred, hard], phase, words] of shut) {
  test(`M1 ${when}: each page says so and whom to call, and nothing can be sent`, async ({ page, ownServer, api }) => {
    const server = await ownServer({ portal: { 'mediateur-hlm': (toml) => campaign(toml, opens, preferred, hard) } });
    const main = page.getByRole('main');
    await page.goto(server.url('/mediation', 'mediateur-hlm'));
    await expect(main).toContainText(text(`campaign.${phase}_title`));
    await expect(main).toContainText(words);
    await expect(main.getByRole('link', { name: text('mediation.begin') })).toHaveCount(0);
    await page.goto(server.url('/mediation/identite', 'mediateur-hlm'));
    await expect(page.getByRole('heading', { level: 1, name: text(`campaign.${phase}_title`) })).toBeVisible();
    await expect(main).toContainText(words);
    await expect(main.getByRole('textbox')).toHaveCount(0);
    const office = newOrganisation(server);
    const answer = await api('mediateur-hlm', server).post(
      '/mediation/identities',
      {
        structure_name: office.name, number: office.siren, director_first_name: office.director.firstName,
        director_surname: office.director.lastName, director_birth_date: office.director.birthDate,
        correspondent_email: office.email, password: office.password,
      },
      { 'idempotency-key': randomUUID() },
    );
    expect([answer.status, answer.json.code]).toEqual([409, `campaign_${phase}`]);
    expect(server.mailbox.everything()).toHaveLength(0);
  });
}

const open: [string, [number, number?, number?], string, string][] = [
  ['on its first day', [0, 20, 30], 'open_title', text('campaign.open', { preferred_end: written(20) })],
  ['on the last preferred day', [-10, 0, 30], 'open_title', text('campaign.open', { preferred_end: written(0) })],
  ['after the preferred end', [-10, -1, 30], 'late_title', text('campaign.late', { preferred_end: written(-1) })],
  ['on its very last day', [-10, -1, 0], 'late_title', text('campaign.late', { preferred_end: written(-1) })],
  ['without an end', [-10], 'open_title', text('campaign.open_endless')],
];
for (const [when, [opens, preferred, hard], title, words] of open) {
  test(`M1 ${when}: one can join, and is told until when`, async ({ page, ownServer }) => {
    const server = await ownServer({ portal: { 'mediateur-hlm': (toml) => campaign(toml, opens, preferred, hard) } });
    const main = page.getByRole('main');
    await page.goto(server.url('/mediation', 'mediateur-hlm'));
    await expect(main).toContainText(text(`campaign.${title}`));
    await expect(main).toContainText(words);
    await main.getByRole('link', { name: text('mediation.begin') }).click();
    await new Identity(page, server).expectStep('');
  });
}

test('M1 M4 it closes while somebody joins: they are told, and members stay members', async ({ page, newDevice, ownServer, api }) => {
  const server = await ownServer({ portal: { 'mediateur-hlm': (toml) => campaign(toml, -10, -1, 0) } });
  const [early, late] = [newOrganisation(server), newOrganisation(server)];
  await member(api('mediateur-hlm', server), server.mailbox, early);
  await certified(api('mediateur-hlm', server), server.mailbox, late);
  const membership = new Membership(page, server);
  await membership.enter(late, true);
  await membership.toReview();
  await moveClock(server, { days: 1 });
  await membership.submit();
  await expect(page.getByRole('alert')).toContainText(text('problem.campaign_closed'));
  await membership.open();
  await expect(page.getByRole('heading', { level: 1, name: text('campaign.closed_title') })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(phone);

  const elsewhere = new Membership(await newDevice(), server);
  await elsewhere.enter(early);
  await expect(elsewhere.page.getByRole('heading', { level: 1, name: text('membership.done.title') })).toBeVisible();
  await elsewhere.page.goto(server.url('/mediation', 'mediateur-hlm'));
  await expect(elsewhere.page.getByRole('main')).toContainText(text('campaign.closed_title'));
  await elsewhere.page.getByRole('link', { name: text('mediation.joined') }).click();
  await elsewhere.expectMember();
});
