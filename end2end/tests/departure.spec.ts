import type { Page } from '@playwright/test';
import { Api } from '../support/api.ts';
import { Account } from '../support/pages/account.ts';
import { Departure } from '../support/pages/departure.ts';
import { Desk, newStaff } from '../support/pages/desk.ts';
import { expectNoAxe, expectSound } from '../support/quality.ts';
import type { Person } from '../support/people.ts';
import type { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

const REASON = 'Un loyer reste dû.';

/** A tenant who is signed in, on the page. */
async function tenant(page: Page, server: Server, person: Person): Promise<Departure> {
  await new Account(page, server, 'extranet').signIn(person.email, person.password);
  const departure = new Departure(page, server);
  await departure.open();
  return departure;
}

async function agent(page: Page, server: Server, role: 'support' | 'landlord' = 'support'): Promise<Desk> {
  const desk = new Desk(page, server, 'extranet');
  await desk.comeFirst(await newStaff(server, 'extranet', role));
  return desk;
}

/** Opens the work list from the hall, and from it the account. */
async function openRequest(desk: Desk, person: Person): Promise<void> {
  await desk.rooms.getByRole('link', { name: text('departures.title'), exact: true }).click();
  await desk.expectTitle('departures.title');
  await desk.row(person.lease.reference).first().getByRole('link').click();
  await desk.expectTitle('support.sheet.title');
}

async function accept(desk: Desk, kind: 'whole' | 'paperless'): Promise<void> {
  await desk.main.getByRole('button', { name: `${text('departures.accept.button')} : ${text(`departures.what.${kind}`)}` }).click();
  const dialog = desk.page.getByRole('dialog');
  await expect(dialog).toContainText(text(`departures.accept.${kind}`));
  await dialog.getByRole('button', { name: text('departures.accept.button'), exact: true }).click();
}

async function refuse(desk: Desk, kind: 'whole' | 'paperless', reason: string): Promise<void> {
  await desk.main.getByRole('button', { name: `${text('departures.refuse.button')} : ${text(`departures.what.${kind}`)}` }).click();
  await desk.press('departures.refuse.submit');
  const field = desk.page.getByLabel(text('field.reason.label'), { exact: true });
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(field).toBeFocused();
  await field.fill(reason);
  await desk.press('departures.refuse.submit');
}

test.describe('T10 leaving, the person and the desk each with a browser of their own', () => {
  test('T10 paperless notices alone, then the whole service: asked, taken back, refused, accepted', async ({ page, server, newDevice, watch }) => {
    test.slow();
    watch.accept(/status of (401|403)/);
    const person = await new Api(server, 'extranet').account();
    const departure = await tenant(page, server, person);
    await expectSound(page);
    const desk = await agent(await newDevice(), server);

    await test.step('notices by post are asked, taken back, and asked again', async () => {
      await departure.ask('paperless', person.password, 'Je préfère le papier.');
      await departure.expectAsked('paperless');
      await expect(departure.main).toContainText('Je préfère le papier.');
      await server.mailbox.mail(person.email, 'paperless_asked');
      await expectSound(page);
      await departure.withdraw('paperless');
      await departure.ask('paperless', person.password, 'Je préfère le papier.');
      await departure.expectAsked('paperless');
    });

    await test.step('the desk reads it and accepts', async () => {
      await openRequest(desk, person);
      await expect(desk.main).toContainText('Je préfère le papier.');
      await expect(desk.main.getByRole('blockquote').last()).toContainText(pattern('departures.say.waiting'));
      await expectSound(desk.page);
      await accept(desk, 'paperless');
      await desk.expectTold(text('departures.done'));
      await expect(desk.main).toContainText(text('support.done.accept_paperless'));
      const mail = await server.mailbox.mail(person.email, 'paperless_accepted');
      expect(mail.subject).toContain('Habitat des Rives');
      await page.reload();
      await departure.expectState('paperless', 'accepted');
      await expect(departure.choice('paperless')).toHaveCount(0);
    });

    await test.step('the whole service is refused, with the reason', async () => {
      await departure.ask('whole', person.password);
      await departure.expectAsked('whole');
      await openRequest(desk, person);
      await refuse(desk, 'whole', REASON);
      await desk.expectTold(text('departures.done'));
      const mail = await server.mailbox.mail(person.email, 'departure_refused');
      expect(mail.text).toContain(REASON);
      await page.reload();
      await departure.expectState('whole', 'refused');
      await expect(departure.main).toContainText(REASON);
      await expectSound(page);
    });

    await test.step('asked again and accepted, the account is closed, and signing in says so', async () => {
      await departure.ask('whole', person.password);
      await departure.expectAsked('whole');
      await openRequest(desk, person);
      await accept(desk, 'whole');
      await desk.expectTold(text('departures.done'));
      await expect(desk.main).toContainText(pattern('support.state.closed'));
      await expectSound(desk.page);
      await server.mailbox.mail(person.email, 'departure_accepted');
      await page.reload();
      const account = new Account(page, server, 'extranet');
      await expect(account.login).toBeVisible();
      await account.trySignIn(person.email, person.password);
      await expect(page.getByRole('alert')).toContainText(text('problem.account_left'));
      await new Api(server, 'extranet').account(person);
      await account.trySignIn(person.email, person.password);
      await departure.open();
      await expect(departure.choice('paperless'), 'another account begins anew').toBeVisible();
    });
  });

  test('T10 bad input at each field, a double click, Back and two tabs', async ({ page, server, watch }) => {
    watch.accept(/status of (401|409)/);
    const person = await new Api(server, 'extranet').account();
    const departure = await tenant(page, server, person);
    await expect(departure.main).toMatchAriaSnapshot(`
      - link "Retour"
      - heading "Me désinscrire" [level=1]
      - paragraph: /en 10 jours au plus/
      - paragraph: /par téléphone/
      - radiogroup "Que voulez-vous arrêter ?":
        - radio "Tout le service"
        - text: Tout le service
        - paragraph: /12 mois/
        - radio "Seulement les avis sans papier"
        - text: Seulement les avis sans papier
        - paragraph: /par la poste/
      - text: Un message pour nous (facultatif)
      - paragraph: /500/
      - textbox "Un message pour nous (facultatif)"
      - textbox "Mot de passe actuel"
      - button "Envoyer la demande"
    `);
    await departure.button.click();
    await expect(departure.main).toContainText(text('error.kind.required'));
    await expect(departure.present).toHaveAttribute('aria-invalid', 'true');
    await expectNoAxe(page);
    await departure.ask('whole', person.password, 'é'.repeat(501));
    await expect(departure.note).toHaveAttribute('aria-invalid', 'true');
    await departure.ask('whole', 'pas le bon 12', 'Au revoir.');
    await expect(page.getByRole('alert')).toContainText(pattern('problem.password_refused'));
    await expect(departure.present).toHaveValue('');
    await expect(departure.note, 'what was typed stays').toHaveValue('Au revoir.');

    const other = new Departure(await page.context().newPage(), server);
    await other.open();
    await departure.present.fill(person.password);
    await departure.button.dblclick();
    await departure.expectAsked('whole');
    await other.ask('whole', person.password, 'De l’autre onglet.');
    await other.expectState('whole', 'waiting');
    await expect(other.main).toContainText('Au revoir.');
    await server.mailbox.mail(person.email, 'departure_asked');
    expect(server.mailbox.all(person.email).filter((mail) => mail.kind === 'departure_asked')).toHaveLength(1);

    await departure.withdraw('whole');
    const late = other.page.getByRole('button', { name: new RegExp(`^${text('departure.withdraw')}`) });
    await late.click();
    await expect(other.main).toContainText(text('problem.departure_withdrawn'));
    await other.expectState('whole', 'withdrawn');
    await page.goBack();
    await page.goForward();
    await departure.expectState('whole', 'withdrawn');
  });

  test('T10 an agent notes it for who calls; what happened meanwhile is said in words', async ({ page, server, newDevice, watch }) => {
    test.slow();
    watch.accept(/status of (403|409)/);
    const person = await new Api(server, 'extranet').account();
    const desk = await agent(page, server);
    await desk.openCaller(person.email, /^[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    await desk.press('departures.ask.paperless');
    await page.getByRole('dialog').getByRole('button', { name: text('departures.ask.yes'), exact: true }).click();
    await desk.expectTold(text('departures.done'));
    await expect(desk.main).toContainText(text('support.done.ask_paperless'));
    await server.mailbox.mail(person.email, 'paperless_asked');

    const departure = await tenant(await newDevice(), server, person);
    await departure.expectState('paperless', 'waiting');
    await expect(departure.main).toContainText(text('departure.at_desk'));
    await departure.withdraw('paperless');
    await accept(desk, 'paperless');
    await desk.expectTold(text('departures.problem.departure_withdrawn'));
    await expect(desk.main).toContainText(pattern('departures.say.withdrawn'));

    await departure.ask('whole', person.password);
    await departure.expectAsked('whole');
    const second = await agent(await newDevice(), server);
    await openRequest(second, person);
    await page.reload();
    await refuse(second, 'whole', REASON);
    await second.expectTold(text('departures.done'));
    await accept(desk, 'whole');
    await desk.expectTold(text('departures.problem.departure_decided'));
    await expect(desk.main).toContainText(REASON);
  });

  test('T10 who may only look sees the list, and decides nothing', async ({ page, server, newDevice }) => {
    const person = await new Api(server, 'extranet').account();
    const departure = await tenant(await newDevice(), server, person);
    await departure.ask('whole', person.password, '<b>Bonjour</b>');
    await departure.expectAsked('whole');
    const desk = await agent(page, server, 'landlord');
    await expect(desk.main).toContainText(text('departures.waiting'));
    await desk.rooms.getByRole('link', { name: text('departures.title'), exact: true }).click();
    await expect(desk.row(person.lease.reference).first()).toContainText('<b>Bonjour</b>');
    await expectSound(page);
    await openRequest(desk, person);
    await expect(desk.main).toContainText(text('departures.landlord'));
    await expect(desk.main.getByRole('button', { name: new RegExp(`^${text('departures.accept.button')}`) })).toHaveCount(0);
  });

  test('T10 where notices are on paper, only the whole service is left', async ({ page, server }) => {
    const person = await new Api(server, 'ekidom').account();
    const account = new Account(page, server, 'ekidom');
    await account.signIn(person.email, person.password);
    await account.choose('account');
    await page.getByRole('link', { name: text('departure.title'), exact: true }).click();
    const departure = new Departure(page, server, 'ekidom');
    await expect(departure.main).toContainText(text('departure.whole.text'));
    await expect(page.getByRole('radio')).toHaveCount(0);
    await departure.ask('whole', person.password);
    await departure.expectAsked('whole');
    await expectSound(page);
    await departure.withdraw('whole');
  });
});
