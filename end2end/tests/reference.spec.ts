import { expectRefusedField } from '../support/forms.ts';
import { SignUp } from '../support/pages/sign-up.ts';
import { type PortalSlug, portals } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern } from '../support/texts.ts';

interface Known {
  portal: PortalSlug;
  reference: string;
  forms: string[];
}

const understood: Known[] = [
  {
    portal: 'extranet',
    reference: '482173',
    forms: ['482173', 'L482173', 'l 482 173', '  482173 ', '000482173', 'L-000.482.173', 'L\u00a0482\u202f173'],
  },
  { portal: 'ekidom', reference: '0048213', forms: ['48213', '0048213', '00 48 213', '0000048213', '48-213'] },
];

for (const { portal, reference, forms } of understood) {
  for (const typed of forms) {
    test(`T2 ${portal} understands ${JSON.stringify(typed)}`, async ({ page, server }) => {
      const signUp = new SignUp(page, server, portal);
      await signUp.open();
      await signUp.giveReference(typed);
      // The server finds the lease by it.
      await signUp.giveSignatory({ lease: server.leases[portal].look(reference) });
      await page.getByRole('link', { name: 'Retour' }).click();
      await page.getByRole('link', { name: 'Retour' }).click();
      await expect(signUp.reference, 'what was typed stays as typed').toHaveValue(typed);
    });
  }
}

const refused: [PortalSlug, string, string][] = [
  ['extranet', '', 'reference.required'],
  ['extranet', '   ', 'reference.required'],
  ['extranet', 'L', 'reference_digits'],
  ['extranet', '48A173', 'reference_digits'],
  ['extranet', 'M482173', 'reference_digits'],
  ['extranet', '482 173 €', 'reference_digits'],
  ['extranet', '٤٨٢١٧٣', 'reference_digits'],
  ['extranet', '48217', 'reference_length'],
  ['extranet', '0000048217', 'reference_length'],
  ['extranet', '48217348217', 'reference_length'],
  ['ekidom', 'L48213', 'reference_digits'],
  ['ekidom', '4821', 'reference_length_exact'],
  ['ekidom', '482130', 'reference_length_exact'],
];
for (const [portal, typed, code] of refused) {
  test(`T2 ${portal} refuses ${JSON.stringify(typed)} and says why (${code})`, async ({ page, server }) => {
    const signUp = new SignUp(page, server, portal);
    await signUp.open();
    await signUp.reference.fill(typed);
    await signUp.continue();
    const label = portals[portal].referenceLabel;
    await expectRefusedField(page, signUp.reference, pattern(`error.${code}`, { label }));
    await expect(signUp.reference, 'nothing typed is lost').toHaveValue(typed);
    await signUp.expectStep(1);
  });
}

test('T2 a reference that nobody has is told together with the name, so that neither can be tried alone', async ({ page, server }) => {
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.giveReference('999999');
  await signUp.surname.fill('LEFÈVRE');
  await signUp.continue();
  await expectRefusedField(page, signUp.surname, pattern('error.surname.lease_unknown'));
  const unknown = await page.getByRole('alert').innerText();
  await page.getByRole('link', { name: 'Retour' }).click();
  await signUp.reference.fill('482173');
  await signUp.continue();
  await signUp.surname.fill('DUPONT');
  await signUp.continue();
  await expectRefusedField(page, signUp.surname, pattern('error.surname.lease_unknown'));
  expect(await page.getByRole('alert').innerText(), 'word for word the same').toBe(unknown);
});

test('T2 a tenant who left long ago is as unknown as anybody', async ({ page, server }) => {
  const signUp = new SignUp(page, server, 'extranet');
  await signUp.open();
  await signUp.giveReference('909090');
  await signUp.surname.fill('BERNARD');
  await signUp.continue();
  await expectRefusedField(page, signUp.surname, pattern('error.surname.lease_unknown'));
});
