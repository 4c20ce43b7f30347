import type { Page } from '@playwright/test';
import { endOfDay, moveTo } from '../support/leaving.ts';
import { type ClientOffice, newClient } from '../support/clients.ts';
import { type PrintedLetter, printLetter, tellOf } from '../support/letters.ts';
import { link } from '../support/mails.ts';
import { Registration } from '../support/pages/registration.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

type Stage = 'asked' | 'printed' | 'posted' | 'returned' | 'expired' | 'locked' | 'used';
type Next = 'activate' | 'again' | 'sign_in' | 'nothing';

/** What there is to do at each stage. */
const NEXT: Record<Stage, Next> = {
  asked: 'nothing',
  printed: 'activate',
  posted: 'activate',
  returned: 'again',
  expired: 'again',
  locked: 'again',
  used: 'sign_in',
};

/** "Où est mon courrier ?" tells the stage in words, leads on to the one thing to do, and shows it to everybody. */
async function expectStage(registration: Registration, stage: Stage): Promise<void> {
  const { page, main } = registration;
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('letter.title'));
  await expect(main).toContainText(text(`letter.stage.${stage}`));
  await expect(main).toContainText(pattern('letter.contact'));
  const ways = {
    activate: main.getByRole('link', { name: text('letter.activate'), exact: true }),
    again: main.getByRole('button', { name: text('letter.again'), exact: true }),
    sign_in: main.getByRole('link', { name: text('sign_in.submit'), exact: true }),
  };
  for (const [name, way] of Object.entries(ways)) await expect(way, `${stage}: ${name}`).toHaveCount(NEXT[stage] === name ? 1 : 0);
  await expectNoAxe(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** Somebody has applied and proven the address: the page of the letter is open. */
async function asked(page: Page, server: Server): Promise<{ office: ClientOffice; registration: Registration }> {
  const office = await newClient(server);
  const registration = new Registration(page, server);
  await registration.complete(office);
  await registration.confirm(link(await server.mailbox.mail(office.email, 'confirm_registration'), '/administrateur/confirmation'));
  await expect(registration.main).toContainText(text('registered.done.title'));
  await page.goto(link(await server.mailbox.mail(office.email, 'letter_asked'), '/administrateur/courrier'));
  return { office, registration };
}

/** Another letter is asked for by the button, told to be on its way, and printed. */
async function anotherOne({ page, main }: Registration, server: Server, office: ClientOffice): Promise<PrintedLetter> {
  await page.getByRole('button', { name: text('letter.again'), exact: true }).click();
  await expect(main).toContainText(text('letter.again_done'));
  await expect(main).toContainText(text('letter.stage.asked'));
  await expectNoAxe(page);
  return printLetter(server, office.name);
}

test.describe('A6 where the letter is', () => {
  test('A4 A5 A6 asked, printed, posted, brought back, too old, locked, used: each is told, with what to do', async ({ page, ownServer }) => {
    test.setTimeout(240_000);
    const server = await ownServer();
    const { office, registration } = await asked(page, server);
    const { main } = registration;
    const reload = async (stage: Stage): Promise<void> => {
      await page.goto(registration.place('courrier'));
      await expectStage(registration, stage);
    };
    await expectStage(registration, 'asked');
    await expect(main, 'whom to warn').toContainText(text('letter.intro', { organisation: office.name, recipient: office.representative }));

    const first = await printLetter(server, office.name);
    await reload('printed');
    await expect(registration.fact('printed')).toContainText(/\d{4}/);
    await tellOf(server, 'posted', first.reference);
    await reload('posted');
    await expect(main).toContainText(pattern('letter.again_from'));
    await tellOf(server, 'returned', first.reference);
    await reload('returned');

    const second = await anotherOne(registration, server, office);
    expect(second.reference).not.toBe(first.reference);
    await reload('printed');
    await expect(registration.fact('reference')).toHaveText(second.reference);
    await moveTo(server, endOfDay(30));
    await reload('expired');

    const third = await anotherOne(registration, server, office);
    await registration.openActivation();
    // Another letter's code: right in itself, and not this one's.
    await registration.activate(office, '22222-22222-22222');
    for (const left of [4, 3, 2, 1]) {
      await expect(page.getByRole('alert').first()).toContainText(new RegExp(`Essais restants\\s:\\s${left}`));
      await registration.submit();
    }
    await expect(page.getByText(text('problem.letter_locked'))).toBeVisible();
    await reload('locked');

    const fourth = await anotherOne(registration, server, office);
    expect(fourth.code).not.toBe(third.code);
    await registration.openActivation();
    await registration.activate(office, fourth.code);
    await expect(page.getByText(text('activation.done'))).toBeVisible();
    await reload('used');
    await main.getByRole('link', { name: text('sign_in.submit'), exact: true }).click();
    await expect(page).toHaveURL(server.url('/connexion', 'prets'));
  });
});
