import { expectRefused, expectRefusedField } from '../support/forms.ts';
import { day } from '../support/mediation.ts';
import { mistyped, newName, newSiren, siretOf } from '../support/organisations.ts';
import { Identity } from '../support/pages/identity.ts';
import { labels, mediation } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

const LONG = 'Habitat '.repeat(38).slice(0, 300);

test.describe('M2 the organisation: what is refused says what to do, and nothing is lost', () => {
  const names: [string, string, string][] = [
    ['nothing', '', 'structure_name.required'],
    ['spaces', '   ', 'structure_name.required'],
    ['one letter', 'A', 'structure_name.structure_short'],
    ['signs only', '--', 'structure_name.structure_short'],
    ['300 characters', LONG, 'too_long'],
    ['a sign that turns the text round', 'Habitat\u202etatibaH', 'structure_name.structure_invisible'],
  ];
  for (const [what, typed, code] of names) {
    test(`M2 a name made of ${what} (${code})`, async ({ page, server }) => {
      const identity = new Identity(page, server);
      const siren = newSiren();
      await identity.open();
      await identity.name.fill(typed);
      await identity.number.fill(siren);
      await identity.continue();
      await expectRefusedField(page, identity.name, pattern(`error.${code}`, { label: mediation.name, max: 150 }));
      await expect(identity.name).toHaveValue(typed);
      await expect(identity.number).toHaveValue(siren);
      await identity.giveStructure('Habitat des Deux Vallées', siren);
    });
  }

  const siren = newSiren();
  const numbers: [string, string, string, number?][] = [
    ['nothing', '', 'number.required'],
    ['letters', '78467169A', 'number.number_digits'],
    ['a VAT number', 'FR 784671695', 'number.number_digits'],
    ['eight digits', siren.slice(0, 8), 'number.number_length', 8],
    ['ten digits', `${siren}0`, 'number.number_length', 10],
    ['a wrong last digit', mistyped(siren), 'number.number_checksum'],
    ['two digits the wrong way round', '874671695', 'number.number_checksum'],
    ['a SIRET with a wrong last digit', mistyped(siretOf(siren)), 'number.number_checksum'],
    ['zeros', '000000000', 'number.number_checksum'],
    ['La Poste’s, wrong even for La Poste', '35600000000012', 'number.number_checksum'],
  ];
  for (const [what, typed, code, found] of numbers) {
    test(`M2 a number made of ${what} (${code})`, async ({ page, server }) => {
      const identity = new Identity(page, server);
      await identity.open();
      await identity.name.fill('Habitat des Deux Vallées');
      await identity.number.fill(typed);
      await identity.continue();
      const values = { label: mediation.number, ...(found === undefined ? {} : { found }) };
      await expectRefusedField(page, identity.number, pattern(`error.${code}`, values));
      await expect(identity.number).toHaveValue(typed);
      await expect(identity.name).toHaveValue('Habitat des Deux Vallées');
    });
  }

  const forgiven: [string, string, string][] = [
    ['in groups', '784 671 695', '784 671 695'],
    ['with points and hyphens', '784.671.695-00103', '784.671.695-00103'],
    ['pasted with spaces of all kinds', ' \t784\u00a0671\u202f695 ', '784 671 695'],
    ['of an establishment of La Poste', '356 000 000 00001', '356 000 000 00001'],
  ];
  for (const [what, typed, shown] of forgiven) {
    test(`M2 a number ${what} is read`, async ({ page, server, organisation }) => {
      const office = organisation({ siren: typed });
      const identity = new Identity(page, server);
      await identity.toReview(office);
      await expect(identity.answer(mediation.number)).toHaveText(shown);
    });
  }

  test('M2 150 characters, signs and quotes are a name like any other', async ({ page, server, mailbox, organisation }) => {
    const name = `Habitat & Cie <b>"${newName()}"</b> {organisation} $1 `.padEnd(150, 'É');
    const office = organisation({ name });
    const identity = new Identity(page, server);
    await identity.complete(office);
    const mail = await mailbox.mail(office.email, 'certify_identity');
    expect(mail.text).toContain(name);
    expect(mail.html).not.toContain('<b>');
    expect(mail.subject).toContain(name);
  });
});

test.describe('M2 the director', () => {
  test('M2 names: what is refused, one after the other', async ({ page, server, organisation }) => {
    const office = organisation();
    const identity = new Identity(page, server);
    await identity.open();
    await identity.giveStructure(office.name, office.siren);
    await identity.fillBirthDate(office.director.birthDate);
    for (const [field, label, name] of [
      [identity.firstName, mediation.directorFirstName, 'director_first_name'],
      [identity.lastName, mediation.directorLastName, 'director_surname'],
    ] as const) {
      await identity.firstName.fill(office.director.firstName);
      await identity.lastName.fill(office.director.lastName);
      for (const [typed, code, found] of [
        ['', 'required', ''], ['Maëlle3', 'name_character', '3'], ['-', 'name_no_letter', ''], [LONG, 'too_long', ''],
      ] as const) {
        await field.fill(typed);
        await identity.continue();
        await expectRefusedField(page, field, pattern(`error.${code}`, { label, max: 100, found }));
        await expect(field, name).toHaveValue(typed);
        await expect(identity.birth('Mois'), 'nothing else is lost').toHaveValue(office.director.birthDate.month);
      }
    }
    await identity.giveDirector(office.director);
  });

  const [thisYear = 0, thisMonth = 0] = day(0).split('-').map(Number);
  const nextMonth = thisMonth === 12 ? { month: 1, year: thisYear + 1 } : { month: thisMonth + 1, year: thisYear };
  const dates: [string, [string, string, string], 'Jour' | 'Mois' | 'Année', string][] = [
    ['nothing', ['', '', ''], 'Jour', 'required'],
    ['no day', ['', '3', '1968'], 'Jour', 'date_day_missing'],
    ['no month', ['8', '', '1968'], 'Mois', 'date_month_missing'],
    ['no year', ['8', '3', ''], 'Année', 'date_year_missing'],
    ['29 February of a year without one', ['29', '2', '1973'], 'Jour', 'date_no_such_day'],
    ['29 February 1900', ['29', '2', '1900'], 'Jour', 'date_no_such_day'],
    ['two digits for the year', ['8', '3', '68'], 'Année', 'date_year'],
    ['a day to come', ['8', '3', '2199'], 'Jour', 'date_future'],
    ['a child’s', ['1', '1', String(thisYear - 10)], 'Jour', 'director_birth_date.date_minor'],
    ['of age next month', ['1', String(nextMonth.month), String(nextMonth.year - 18)], 'Jour', 'director_birth_date.date_minor'],
  ];
  for (const [what, [date, month, year], at, code] of dates) {
    test(`M2 a birth date: ${what} (${code})`, async ({ page, server, organisation }) => {
      const office = organisation();
      const identity = new Identity(page, server);
      await identity.open();
      await identity.giveStructure(office.name, office.siren);
      await identity.firstName.fill(office.director.firstName);
      await identity.lastName.fill(office.director.lastName);
      await identity.fillBirthDate({ day: date, month, year });
      await identity.continue();
      await expectRefused(page, identity.birth(at), pattern(`error.${code}`, { label: mediation.directorBirthDate, ...(code.endsWith('minor') ? { min: 18 } : {}) }));
      await expect(identity.lastName).toHaveValue(office.director.lastName);
      await expect(identity.birth('Année')).toHaveValue(year);
      await identity.giveDirector(office.director);
    });
  }

  test('M2 29 February of a leap year, the first of this month eighteen years ago: both are of age', async ({ page, server, organisation }) => {
    const office = organisation();
    const identity = new Identity(page, server);
    await identity.open();
    await identity.giveStructure(office.name, office.siren);
    await identity.giveDirector({ ...office.director, birthDate: { day: '29', month: '2', year: '2000' } });
    await page.goBack();
    await identity.giveDirector({ ...office.director, birthDate: { day: '01', month: String(thisMonth).padStart(2, '0'), year: String(thisYear - 18) } });
  });
});

test.describe('M2 the correspondent', () => {
  const emails: [string, string, string][] = [
    ['nothing', '', 'required'],
    ['no @', 'mediation', 'email_at'],
    ['a space inside', 'service mediation@exemple.fr', 'email_local'],
    ['accents before the @', 'médiation@exemple.fr', 'email_local_script'],
    ['no ending', 'mediation@exemple', 'email_domain'],
    ['300 characters', `${'m'.repeat(60)}@${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(60)}.${'g'.repeat(53)}.fr`, 'too_long'],
  ];
  for (const [what, typed, code] of emails) {
    test(`M2 an address with ${what} (${code})`, async ({ page, server, organisation }) => {
      const office = organisation();
      const identity = new Identity(page, server);
      await identity.open();
      await identity.giveStructure(office.name, office.siren);
      await identity.giveDirector(office.director);
      await identity.email.fill(typed);
      await identity.password.fill(office.password);
      await identity.continue();
      await expectRefusedField(page, identity.email, pattern(`error.${code}`, { label: mediation.email, max: 254 }));
      await expect(identity.email).toHaveValue(typed);
      await expect(identity.password, 'the password is not lost either').toHaveValue(office.password);
      await identity.giveCorrespondent(office.email, office.password);
    });
  }

  const passwords: [string, (names: { lastName: string; firstName: string; email: string }) => string, string][] = [
    ['nothing', () => '', 'password.required'],
    ['7 characters', () => 'abc4567', 'password_short'],
    ['no digit', () => 'abcdefghij', 'password_digit'],
    ['the director’s name', ({ lastName }) => `Tilleul47-${lastName}-rampe`, 'password_contains_surname'],
    ['the director’s first name', ({ firstName }) => `Tilleul47-${firstName}-rampe`, 'password_contains_first_name'],
    ['the address', ({ email }) => `Tilleul47-${email}`, 'password_contains_email'],
    ['a keyboard’s row', () => 'azertyuiop123456789', 'password_guessable'],
    ['257 characters', () => `${'a1'.repeat(128)}b`, 'password.too_long'],
  ];
  for (const [what, password, code] of passwords) {
    test(`M2 a password made of ${what} (${code})`, async ({ page, server, organisation }) => {
      const office = organisation();
      const identity = new Identity(page, server);
      await identity.open();
      await identity.giveStructure(office.name, office.siren);
      await identity.giveDirector(office.director);
      await identity.email.fill(office.email);
      await identity.password.fill(password({ ...office.director, email: office.email }));
      await identity.continue();
      await expectRefusedField(page, identity.password, pattern(`error.${code}`, { min: 8, max: 256, found: 7 }));
      await expect(identity.email, 'nothing typed is lost').toHaveValue(office.email);
      await identity.giveCorrespondent(office.email, office.password);
    });
  }
});

test('X2 M2 reloading at any step keeps everything but the password', async ({ page, server, mailbox, organisation }) => {
  const office = organisation();
  const identity = new Identity(page, server);
  await identity.open();
  await identity.name.fill(office.name);
  await identity.number.fill(office.siren);
  await page.reload();
  await expect(identity.name).toHaveValue(office.name);
  await expect(identity.number).toHaveValue(office.siren);
  await identity.continue();
  await identity.expectStep('directeur');
  await identity.firstName.fill(office.director.firstName);
  await identity.lastName.fill(office.director.lastName);
  await identity.fillBirthDate(office.director.birthDate);
  await page.reload();
  await expect(identity.lastName).toHaveValue(office.director.lastName);
  await expect(identity.birth('Mois')).toHaveValue(office.director.birthDate.month);
  await identity.continue();
  await identity.expectStep('correspondant');
  await identity.email.fill(office.email);
  await identity.password.fill(office.password);
  await page.reload();
  await expect(identity.email).toHaveValue(office.email);
  await expect(identity.password, 'a password is never written down').toHaveValue('');
  await expect(page.getByText(pattern('wizard.lost_secret'))).toBeVisible();
  await identity.giveCorrespondent(office.email, office.password);
  await page.reload();
  // Without the password the review can't be sent: the step function leads to where it is asked.
  await identity.expectStep('correspondant');
  await identity.password.fill(office.password);
  await identity.continue();
  await identity.expectReview();
  await identity.certify();
  await identity.expectSent();
  await mailbox.mail(office.email, 'certify_identity');
});

test('X2 M2 Back and Forward walk through the steps, and no step is skipped by its address', async ({ page, server, organisation }) => {
  const office = organisation();
  const identity = new Identity(page, server);
  for (const step of ['directeur', 'correspondant', 'verification'] as const) {
    await page.goto(identity.url(step));
    await identity.expectStep('');
  }
  await identity.toReview(office);
  for (const step of ['correspondant', 'directeur', ''] as const) {
    await page.goBack();
    await identity.expectStep(step);
    await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  }
  await expect(identity.name).toHaveValue(office.name);
  for (const step of ['directeur', 'correspondant', 'verification'] as const) {
    await page.goForward();
    await identity.expectStep(step);
  }
  await expect(identity.answer(mediation.email)).toHaveText(office.email);
});

test('X2 M2 a double click makes one request and one mail, and Back never sends again', async ({ page, server, mailbox, organisation }) => {
  const office = organisation();
  const identity = new Identity(page, server);
  await identity.toReview(office);
  let sent = 0;
  page.on('request', (request) => (sent += request.method() === 'POST' && request.url().endsWith('/mediation/identities') ? 1 : 0));
  await page.getByRole('button', { name: mediation.certify, exact: true }).dblclick();
  await identity.expectSent();
  await mailbox.mail(office.email, 'certify_identity');
  await page.goBack();
  await identity.expectSent();
  await expect(page.getByRole('button', { name: mediation.certify })).toHaveCount(0);
  await expect(page.getByText(office.director.lastName)).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('main')).toContainText(office.email);
  expect(sent).toBe(1);
  // Something later in the same queue: were there a second mail, it would have come before.
  const next = organisation();
  await new Identity(await page.context().newPage(), server).complete(next);
  await mailbox.mail(next.email, 'certify_identity');
  expect(mailbox.all(office.email)).toHaveLength(1);
});

test('X2 M2 two tabs with two identities don’t mix', async ({ page, context, server, mailbox, organisation }) => {
  const [one, other] = [organisation(), organisation()];
  const first = new Identity(page, server);
  const second = new Identity(await context.newPage(), server);
  await first.open();
  await second.open();
  await first.giveStructure(one.name, one.siren);
  await second.giveStructure(other.name, other.siren);
  await first.giveDirector(one.director);
  await second.giveDirector(other.director);
  await first.giveCorrespondent(one.email, one.password);
  await second.giveCorrespondent(other.email, other.password);
  await expect(first.answer(mediation.name)).toHaveText(one.name);
  await expect(second.answer(mediation.name)).toHaveText(other.name);
  await first.certify();
  await second.certify();
  await first.expectSent();
  await second.expectSent();
  for (const { name, email } of [one, other]) expect((await mailbox.mail(email, 'certify_identity')).subject).toContain(name);
});

test('M2 whose data each field wants is told to screen readers and browsers', async ({ page, server, organisation }) => {
  const office = organisation();
  const identity = new Identity(page, server);
  await identity.open();
  await expect(identity.name).toHaveAccessibleDescription(pattern('field.structure_name.hint'));
  await expect(identity.number).toHaveAttribute('inputmode', 'numeric');
  await identity.giveStructure(office.name, office.siren);
  // Who fills this in isn't the director: the browser must not put in their own name.
  for (const field of [identity.firstName, identity.lastName]) await expect(field).toHaveAttribute('autocomplete', 'off');
  await identity.giveDirector(office.director);
  await expect(identity.email).toHaveAccessibleDescription(pattern('field.correspondent_email.hint'));
  await expect(identity.email).toHaveAttribute('autocomplete', 'email');
  await expect(page.getByLabel(labels.password, { exact: true })).toHaveAttribute('autocomplete', 'new-password');
});
