import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { moveClock } from '../support/api.ts';
import { type ClientOffice, newClient } from '../support/clients.ts';
import { link } from '../support/mails.ts';
import { asked } from '../support/mediation.ts';
import { Desk, newLink, newStaff } from '../support/pages/desk.ts';
import { Registration } from '../support/pages/registration.ts';
import { normalised, readPdf } from '../support/pdf.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';
import { totp } from '../support/totp.ts';

const CODE = /\b[2-9A-Z]{5}-[2-9A-Z]{5}-[2-9A-Z]{5}\b/g;

/** From the number to the letter that is asked for. */
async function askLetter(page: Page, server: Server): Promise<ClientOffice> {
  const office = await newClient(server);
  const registration = new Registration(page, server);
  await registration.complete(office);
  await registration.confirm(link(await server.mailbox.mail(office.email, 'confirm_registration'), '/administrateur/confirmation'));
  await expect(registration.main).toContainText(text('registered.done.title'));
  return office;
}

/** Nothing that a screen reader or a phone stumbles over. */
async function expectSound(page: Page): Promise<void> {
  await expectNoAxe(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);
  await page.setViewportSize({ width: 1280, height: 800 });
}

test('the codes of the tests are those of RFC 6238', () => {
  const secret = 'GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ';
  for (const [second, code] of [[59, '287082'], [1_111_111_109, '081804'], [2_000_000_000, '279037'], [20_000_000_000, '353130']] as const) {
    expect(totp(secret, second * 1000)).toBe(code);
  }
});

test.describe('D2 D3 the desk', () => {
  test('D3 from the one-time link to the open desk, and back with a second factor', async ({ page, ownServer }) => {
    test.slow();
    const server = await ownServer();
    const somebody = await newStaff(server);
    const desk = new Desk(page, server);

    await test.step('names and a password, once', async () => {
      await page.goto(somebody.link);
      await expect(desk.main).toContainText(text('desk.welcome.who', { email: somebody.email, role: text('desk.role.operator') }));
      await expect(page.getByRole('banner').getByRole('link', { name: text('sign_in.submit'), exact: true })).toHaveCount(0);
      await expectSound(page);
      await desk.welcome(somebody);
      await desk.expectTold(text('desk.welcome.done'));
      await expectSound(page);
    });

    await test.step('the second factor is set up by the secret that is shown', async () => {
      await desk.signIn(somebody);
      await desk.readSecret();
      await expect(desk.main.getByRole('img', { name: text('desk.enrolment.picture') })).toBeVisible();
      await expectSound(page);
    });

    const recovery = await test.step('recovery codes are shown once', async () => {
      const codes = await desk.confirm();
      expect(new Set(codes).size).toBe(8);
      await expectSound(page);
      await desk.press('desk.recovery.kept');
      await desk.expectHall();
      await expect(desk.main).toContainText(text('desk.who', { name: `${somebody.firstName} ${somebody.surname}`, role: text('desk.role.operator') }));
      await page.reload();
      await desk.expectHall();
      for (const code of codes) await expect(page.getByText(code)).toHaveCount(0);
      await expectSound(page);
      return codes;
    });

    await test.step('leaving, and coming back with the next code', async () => {
      await desk.signOut();
      await desk.expectTold(text('desk.signed_out'));
      await desk.signIn(somebody);
      await expectSound(page);
      const code = desk.shown(1);
      await desk.enter(code);
      await desk.expectHall();
      await desk.signOut();
      await desk.signIn(somebody);
      await desk.enter(code);
      await desk.expectTold(pattern('problem.code_refused'));
      await expect(desk.code).toHaveValue('');
      await expectSound(page);
    });

    await test.step('a recovery code opens the desk once', async () => {
      await desk.enter(recovery[0] ?? '');
      await desk.expectHall();
      await desk.signOut();
      await desk.signIn(somebody);
      await desk.enter(recovery[0] ?? '');
      await desk.expectTold(pattern('problem.code_refused'));
    });

    await test.step('20 minutes without a sign of life end the session, and the address stays', async () => {
      await moveClock(server, { minutes: 5 });
      await desk.enter(desk.shown());
      await desk.expectHall();
      await desk.go('clients');
      await moveClock(server, { minutes: 24 });
      await desk.search('clients', 'zone');
      await expect(desk.main).toContainText(text('desk.nothing'));
      await moveClock(server, { minutes: 45 });
      await desk.search('clients', 'office');
      await desk.expectTold(text('desk.ended'));
      await desk.signIn(somebody);
      await desk.enter(desk.shown());
      await desk.expectTitle('desk.clients.title');
      await expect(page).toHaveURL(desk.url('/clients', '?q=office'));
    });

    await test.step('the link opens nothing twice; another one ends everything', async () => {
      await page.goto(somebody.link);
      await desk.expectTitle('desk.welcome.broken_title');
      await expectSound(page);
      await newLink(server, somebody.email);
      await page.goto(desk.url('/courriers'));
      await desk.expectTitle('desk.sign_in.title');
    });
  });

  test('D3 wrong passwords and wrong codes lock, in the desk’s own words', async ({ page, ownServer }) => {
    const server = await ownServer();
    const somebody = await newStaff(server);
    const desk = new Desk(page, server);
    await desk.comeFirst(somebody);
    await desk.signOut();

    await test.step('passwords', async () => {
      await desk.signIn({ ...somebody, password: 'Une autre rampe 12' });
      await desk.expectTold(pattern('desk.sign_in.problem.sign_in_refused'));
      const locked = desk.main.locator('.notice').filter({ hasText: pattern('desk.sign_in.problem.locked') });
      for (let tries = 1; tries < 10 && !(await locked.isVisible()); tries += 1) {
        await desk.password.fill('Une autre rampe 12');
        const answered = page.waitForResponse((response) => response.url().endsWith('/api/desk/session'));
        await desk.press('desk.sign_in.submit');
        if ((await answered).status() === 429) await expect(locked).toBeVisible();
        // Until then the button is busy, and does nothing.
        await expect(desk.password).toHaveValue('');
      }
      await expect(locked).toBeVisible();
      await expectSound(page);
    });

    await test.step('codes', async () => {
      await moveClock(server, { minutes: 90 });
      await desk.signIn(somebody);
      const locked = desk.main.locator('.notice').filter({ hasText: pattern('desk.code.problem.locked') });
      for (let tries = 0; tries < 10 && !(await locked.isVisible()); tries += 1) {
        await desk.code.fill('000000');
        const answered = page.waitForResponse((response) => response.url().endsWith('/api/desk/session/code'));
        await desk.press('desk.code.submit');
        if ((await answered).status() === 429) await expect(locked).toBeVisible();
        await expect(desk.code).toHaveValue('');
      }
      await expect(locked).toBeVisible();
      const answered = page.waitForResponse((response) => response.url().endsWith('/api/desk/session/code'));
      await desk.enter(desk.shown());
      expect((await answered).status()).toBe(429);
      await expect(locked).toBeVisible();
      await expectSound(page);
    });
  });

  test('D2 letters are printed, posted, returned and lost', { tag: '@chromium' }, async ({ page, ownServer, newDevice }) => {
    test.slow();
    const server = await ownServer();
    const desk = new Desk(page, server);
    await desk.comeFirst(await newStaff(server));
    const ask = async (): Promise<ClientOffice> => askLetter(await newDevice(), server);
    const [one, two, three] = [await ask(), await ask(), await ask()];

    await test.step('the overview counts them, and leads to them', async () => {
      await page.reload();
      await expect(desk.count('desk.letter.asked', 3)).toBeVisible();
      await expectSound(page);
      await desk.count('desk.letter.asked', 3).getByRole('link').click();
      await desk.expectFound('letters', 3);
      await expect(page).toHaveURL(desk.url('/courriers', '?etat=asked'));
      for (const { name } of [one, two, three]) await expect(desk.row(name)).toContainText(text('desk.letter.asked'));
      await expectSound(page);
    });

    const codes = await test.step('one file has them all; the page shows no code', async () => {
      const { name, path } = await desk.print();
      expect(name).toMatch(/^courriers-\d{4}-\d\d-\d\d\.pdf$/);
      const pdf = await readPdf(new Uint8Array(await readFile(path)));
      expect(pdf.tagged).toBe(true);
      for (const office of [one, two, three]) expect(pdf.text).toContain(normalised(office.name));
      const found = [...new Set(pdf.text.match(CODE) ?? [])];
      expect(found).toHaveLength(3);
      server.secrets.add(...found, ...found.map((code) => code.replaceAll('-', '')));
      return found;
    });

    await test.step('posted: who asked is told', async () => {
      await desk.filter(text('desk.letter.printed')).click();
      await desk.expectFound('letters', 3);
      const shown = await desk.main.innerText();
      for (const code of codes) expect(shown).not.toContain(code);
      await desk.press('desk.fate.posted');
      await desk.expectTold(text('problem.no_letter_chosen'));
      await desk.choose(one.name);
      await expect(desk.main).toContainText(text('desk.chosen.one', { count: 1 }));
      await expectSound(page);
      await desk.note('posted');
      await server.mailbox.mail(one.email, 'letter_posted');
      await expect(desk.row(one.name)).toHaveCount(0);
    });

    await test.step('returned and lost are asked again, and end the codes', async () => {
      await desk.filter(text('desk.all')).click();
      await desk.choose(one.name);
      await desk.press('desk.fate.returned');
      await expect(page.getByRole('dialog')).toContainText(text('desk.fate.returned_question.one', { count: 1 }));
      await expectSound(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(desk.row(one.name).getByRole('checkbox')).toBeChecked();
      await desk.note('returned');
      await server.mailbox.mail(one.email, 'letter_returned');
      await expect(desk.row(one.name)).toContainText(text('desk.letter.returned'));
      // Its request can still be stopped.
      await expect(desk.row(one.name).getByRole('checkbox')).not.toBeChecked();
      await desk.choose(two.name);
      await desk.note('lost');
      // Another one waits in its place.
      await expect(desk.row(two.name)).toHaveCount(2);
      const lost = desk.row(two.name).filter({ hasText: text('desk.letter.revoked') });
      await expect(lost).toContainText(text('desk.ending.lost').trim());
      await expect(desk.row(two.name).filter({ hasText: text('desk.letter.asked') })).toHaveCount(1);
      await expectSound(page);
    });

    await test.step('search and filters stand in the address, and Back keeps them', async () => {
      await desk.search('letters', three.number);
      await desk.expectFound('letters', 1);
      await expect(page).toHaveURL(desk.url('/courriers', `?q=${three.number}`));
      await desk.search('letters', 'zzzz');
      await expect(desk.main).toContainText(text('desk.nothing'));
      await page.goBack();
      await desk.expectFound('letters', 1);
      await expect(desk.row(three.name)).toBeVisible();
      await expect(page.getByLabel(text('desk.letters.search'), { exact: true })).toHaveValue(three.number);
      await page.reload();
      await expect(desk.row(three.name)).toBeVisible();
    });

    await test.step('clients, and what their letters have come to', async () => {
      await desk.go('clients');
      await desk.search('clients', three.name.toLowerCase());
      await desk.expectFound('clients', 1);
      await expect(desk.row(three.number)).toContainText(text('desk.letter.printed'));
      await expectSound(page);
      await desk.row(three.number).getByRole('link').click();
      await desk.expectTitle('desk.letters.title');
      await desk.expectFound('letters', 1);
      await expect(desk.row(three.name)).toBeVisible();
    });

    await test.step('what is stuck, and what can be done', async () => {
      await desk.go('requests');
      await desk.expectFound('requests', 1);
      await expect(desk.row(one.name)).toContainText(text('desk.stuck.letter_returned'));
      await expect(desk.row(one.name)).toContainText(text('desk.remedy.correct_address'));
      // The lost one is on its way again.
      await expect(desk.row(two.name)).toHaveCount(0);
      await expectSound(page);
    });

    await test.step('a request is stopped for who calls with the reference, and its applicant told', async () => {
      await desk.go('letters');
      await desk.choose(one.name);
      await desk.press('desk.fate.refused');
      await expect(page.getByRole('dialog')).toContainText(text('desk.fate.refused_question.one', { count: 1 }));
      await expectSound(page);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await desk.note('refused');
      await server.mailbox.mail(one.email, 'designation_refused');
      await expect(desk.row(one.name)).toContainText(text('desk.ending.refused').trim());
      await expect(desk.row(one.name).getByRole('checkbox')).toHaveCount(0);
      await desk.go('requests');
      await expect(desk.main).toContainText(text('desk.requests.none'));
    });
  });

  test('D2 D3 support looks things up, and prints nothing', async ({ page, ownServer, newDevice }) => {
    test.slow();
    const server = await ownServer();
    const desk = new Desk(page, server);
    await desk.comeFirst(await newStaff(server, 'prets', 'support'));
    const office = await askLetter(await newDevice(), server);
    await desk.go('letters');
    await expect(desk.row(office.name)).toBeVisible();
    await expect(desk.main.getByRole('button', { name: text('desk.print.submit') })).toHaveCount(0);
    await expect(desk.main.getByRole('checkbox')).toHaveCount(0);
    for (const [path, body] of [['print', {}], ['posted', { references: ['C-AAAA-AAAA'] }]] as const) {
      const refused = await page.evaluate(
        async ([address, sent]) => {
          const headers = { 'content-type': 'application/json', 'x-palier': '1' };
          return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(sent) })).json();
        },
        [server.url(`/api/desk/letters/${path}`, 'prets'), body] as const,
      );
      expect(refused).toMatchObject({ status: 403, code: 'role' });
    }
    const listed = await server.command('letters', 'list', '--portal', 'prets');
    expect(listed.output).toContain(office.name);

    await test.step('the cookie of one portal opens nothing in another', async () => {
      const cookies = await page.context().cookies();
      const [ours] = cookies.filter(({ name }) => name.includes('guichet'));
      expect(ours).toMatchObject({ httpOnly: true, sameSite: 'Strict' });
      await page.context().addCookies([{ ...ours, name: ours?.name.replace('prets', 'mediateur-hlm') ?? '', value: ours?.value ?? '' }]);
      await page.goto(server.url('/guichet', 'mediateur-hlm'));
      await new Desk(page, server, 'mediateur-hlm').expectTitle('desk.sign_in.title');
    });
  });

  test('D2 memberships of the mediation scheme', async ({ page, ownServer, api, organisation }) => {
    const server = await ownServer();
    const desk = new Desk(page, server, 'mediateur-hlm');
    const joining = organisation({}, server);
    await asked(api('mediateur-hlm', server), joining);
    await desk.comeFirst(await newStaff(server, 'mediateur-hlm'));
    await expect(desk.count('desk.membership.created', 1)).toBeVisible();
    await expect(desk.rooms.getByRole('link', { name: text('desk.letters.title') })).toHaveCount(0);
    await desk.go('memberships');
    await desk.expectFound('memberships', 1);
    await expect(desk.row(joining.siren)).toContainText(text('desk.membership.created'));
    await desk.search('memberships', joining.siren);
    await expect(desk.row(joining.siren)).toContainText(joining.email);
    await expectSound(page);
  });
});
