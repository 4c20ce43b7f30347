import { expectRefused } from '../support/forms.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

const label = 'Date de naissance du signataire principal';

test.describe('ekidom: the birth date of the main signatory', () => {
  test.beforeEach(async ({ page, server }) => {
    const signUp = new SignUp(page, server, 'ekidom');
    await signUp.open();
    await signUp.giveReference('0048213');
    await signUp.surname.fill('Ndiaye');
  });

  const wrong: [string, [string, string, string], 'Jour' | 'Mois' | 'Année', string][] = [
    ['nothing', ['', '', ''], 'Jour', 'birth_date.required'],
    ['no day', ['', '3', '1990'], 'Jour', 'date_day_missing'],
    ['no month', ['8', '', '1990'], 'Mois', 'date_month_missing'],
    ['no year', ['8', '3', ''], 'Année', 'date_year_missing'],
    ['no such day', ['31', '2', '1990'], 'Jour', 'date_no_such_day'],
    ['letters', ['huit', 'mars', '1990'], 'Jour', 'date_no_such_day'],
    ['two digits for the year', ['8', '3', '90'], 'Année', 'date_year'],
    ['a day to come', ['8', '3', '2199'], 'Jour', 'date_future'],
  ];
  for (const [what, [day, month, year], at, code] of wrong) {
    test(`T3 refused with what to do: ${what}`, async ({ page, server }) => {
      const signUp = new SignUp(page, server, 'ekidom');
      await signUp.birth('Jour').fill(day);
      await signUp.birth('Mois').fill(month);
      await signUp.birth('Année').fill(year);
      await signUp.continue();
      await expectRefused(page, signUp.birth(at), pattern(`error.${code}`, { label }));
      await expect(signUp.surname, 'nothing typed is lost').toHaveValue('Ndiaye');
      await expect(signUp.birth('Mois')).toHaveValue(month);
    });
  }

  test('T3 spaces and leading zeros are forgiven', async ({ page, server }) => {
    const signUp = new SignUp(page, server, 'ekidom');
    await signUp.birth('Jour').fill(' 08 ');
    await signUp.birth('Mois').fill('03');
    await signUp.birth('Année').fill('1990 ');
    await signUp.continue();
    await signUp.expectStep(3);
    await expect(page).toHaveURL(signUp.url('acces'));
  });

  test('T3 somebody else’s date is told like any other wrong factor', async ({ page, server }) => {
    const signUp = new SignUp(page, server, 'ekidom');
    await signUp.birth('Jour').fill('9');
    await signUp.birth('Mois').fill('3');
    await signUp.birth('Année').fill('1990');
    await signUp.continue();
    await expectRefused(page, signUp.surname, pattern('error.surname.lease_unknown'));
    await expect(signUp.birth('Jour')).toHaveValue('9');
  });
});
