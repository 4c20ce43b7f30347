import { expectRefusedField } from '../support/forms.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { labels, type PortalSlug } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

/** Portal, reference, and the ways to write the surname that must be taken for the one on the lease. */
const accepted: [PortalSlug, string, string[]][] = [
  ['extranet', '482173', ['LEFÈVRE', 'lefevre', ' Lefèvre ', 'Lefe\u0300vre', 'LEFEVRE']],
  ['extranet', '1204598', ['MARTIN-DURAND', 'martin durand', 'MartinDurand', 'Martin\u2011Durand', 'Durand', 'martin']],
  ['extranet', '700012', ['D’ALMEIDA', "d'almeida", 'D’Almeida', 'dalmeida', 'd almeida']],
  ['extranet', '20260001', ['DE LA TOUR', 'Delatour', 'de la Tour', 'De-La-Tour', 'De  La  Tour']],
  ['extranet', '5550001', ['MARTIN', 'Durand', 'Martin-Durand']],
  ['extranet', '6660002', ['O', 'o']],
  ['ekidom', '0012345', ['Nguyễn', 'nguyen', 'NGUYEN']],
  ['ekidom', '0054321', ['Öztürk', 'ozturk', 'Yıldırım', 'YILDIRIM']],
  ['ekidom', '0010001', ['Le Goff', 'LEGOFF', 'le-goff']],
  ['ekidom', '0020002', ['van den Berg', 'Vandenberg', 'VAN DEN BERG']],
  ['ekidom', '0030003', ['M’Madi', "M'madi", 'mmadi', 'Ahamada']],
  ['ekidom', '0040004', ['Popescu-Țurcanu', 'popescu turcanu']],
];
for (const [portal, reference, names] of accepted) {
  for (const name of names) {
    test(`T3 ${portal} ${reference} is ${JSON.stringify(name)}'s`, async ({ page, server }) => {
      const signUp = new SignUp(page, server, portal);
      await signUp.open();
      await signUp.giveReference(reference);
      await signUp.giveSignatory({ lease: server.leases[portal].look(reference) }, name);
      await expect(page).toHaveURL(signUp.url('acces'));
    });
  }
}

const others: [string, PortalSlug, string, string][] = [
  ['somebody else', 'extranet', '482173', 'DUPONT'],
  ['the first letters only', 'extranet', '1204598', 'Mart'],
  ['a particle alone', 'extranet', '20260001', 'de'],
  ['one part, where the landlord asks for the whole', 'ekidom', '0040004', 'Popescu'],
  ['another script', 'extranet', '482173', 'محمد'],
];
for (const [what, portal, reference, typed] of others) {
  test(`T3 ${portal} doesn't know ${what}`, async ({ page, server }) => {
    const signUp = new SignUp(page, server, portal);
    await signUp.open();
    await signUp.giveReference(reference);
    await signUp.fillSignatory({ lease: server.leases[portal].look(reference) }, typed);
    await signUp.continue();
    await expectRefusedField(page, signUp.surname, pattern('error.surname.lease_unknown'));
    await expect(signUp.surname).toHaveValue(typed);
  });
}

const noNames: [string, string, string, Record<string, string | number>][] = [
  ['nothing', '', 'surname.required', {}],
  ['300 characters', 'é'.repeat(300), 'too_long', { max: 100 }],
  ['an emoji', 'Lefèvre 😀', 'name_character', { found: '😀' }],
  ['a right-to-left override', 'Lef\u202eèvre', 'name_character', { found: 'U+202E' }],
  ['a digit', 'Lefèvre 2', 'name_character', { found: '2' }],
  ['markup', '<b>Lefèvre</b>', 'name_character', { found: '<' }],
  ['no letter', "-'-", 'name_no_letter', {}],
];
for (const [what, typed, code, data] of noNames) {
  test(`T3 a name made of ${what} is refused and kept (${code})`, async ({ page, server }) => {
    const signUp = new SignUp(page, server, 'extranet');
    await signUp.open();
    await signUp.giveReference('482173');
    await signUp.surname.fill(typed);
    await signUp.continue();
    await expectRefusedField(page, signUp.surname, pattern(`error.${code}`, { label: labels.surname, ...data }));
    await expect(signUp.surname).toHaveValue(typed);
  });
}
