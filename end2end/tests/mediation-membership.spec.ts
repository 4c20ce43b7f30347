import { errorSummary, expectRefusedField } from '../support/forms.ts';
import { certified, member } from '../support/mediation.ts';
import { newName } from '../support/organisations.ts';
import { Account } from '../support/pages/account.ts';
import { Identity } from '../support/pages/identity.ts';
import { Membership } from '../support/pages/membership.ts';
import { labels, mediation, partners } from '../support/portals.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

test.describe('M4 joining, page by page', () => {
  test('M4 it asks to sign in first, and leads to its beginning after', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    for (const step of ['', 'federation', 'contrat', 'code', 'verification', 'envoye'] as const) {
      await page.goto(membership.url(step));
      await expect(page).toHaveURL(/\/connexion\?retour=/);
    }
    await membership.enter(office);
    // Nothing is answered yet: no later step can be had by its address.
    await membership.expectRepresentative(office.director);
    for (const step of ['contrat', 'code', 'verification'] as const) {
      await page.goto(membership.url(step));
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page).toHaveURL(/\/mediation\/adhesion(\/federation)?$/);
    }
    await page.goto(membership.url('envoye'));
    await expect(page).toHaveURL(membership.url());
    expect(mailbox.all(office.email)).toHaveLength(2);
  });

  test('M4 the representative: what is refused, nothing lost, another one than the director', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    for (const [field, label] of [
      [membership.firstName, mediation.representativeFirstName], [membership.lastName, mediation.representativeLastName],
    ] as const) {
      const before = await field.inputValue();
      for (const [typed, code, found] of [['', 'required', ''], ['Anne4', 'name_character', '4'], ['x'.repeat(300), 'too_long', '']] as const) {
        await field.fill(typed);
        await membership.continue();
        await expectRefusedField(page, field, pattern(`error.${code}`, { label, max: 100, found }));
        await expect(field).toHaveValue(typed);
      }
      await field.fill(before);
    }
    const other = newName();
    server.secrets.add(other);
    await membership.lastName.fill(other);
    await membership.continue();
    await membership.giveFederation();
    const sheet = page.getByRole('region', { name: text('membership.document.region') });
    await expect(sheet).toContainText(`${office.director.firstName} ${other}`);
    await expect(sheet).not.toContainText(office.director.lastName);
  });

  test('M4 federation and partner: each must be answered, a partner only with "Oui"', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.keepRepresentative();
    const yes = membership.isPartner.getByRole('radio', { name: 'Oui', exact: true });
    await membership.continue();
    await expect(errorSummary(page)).toBeFocused();
    await expect(membership.isPartner).toHaveAttribute('aria-invalid', 'true');
    await expect(membership.isPartner).toHaveAccessibleDescription(pattern('error.federation.required'));
    await errorSummary(page).getByRole('link', { name: pattern('error.federation.required') }).click();
    await expect(yes).toBeFocused();
    await membership.answerPartner('Oui');
    await membership.continue();
    await expectRefusedField(page, membership.partner, pattern('error.partner.required'));
    await expect(yes).toBeChecked();
    await expect(membership.partner.getByRole('option')).toHaveText([text('choice.choose'), partners.USH, partners.FNAR]);
    await membership.partner.selectOption({ label: partners.FNAR });
    // A choice made before the answer was changed to "no" isn't meant any more.
    await membership.giveFederation();
    await expect(page.getByRole('region', { name: text('membership.document.region') })).not.toContainText(partners.FNAR);
    await membership.agree();
    await membership.tryCode();
    await membership.expectReview();
    await expect(membership.answer(mediation.isPartner)).toHaveText('Non');
    await expect(membership.answer(mediation.partner)).toHaveCount(0);
    await expect(membership.answer(mediation.code)).toHaveText(text('choice.none'));
  });

  test('M4 without the box nobody joins', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.keepRepresentative();
    await membership.giveFederation(partners.USH);
    await expect(membership.authorised).not.toBeChecked();
    await membership.continue();
    await expectRefusedField(page, membership.authorised, pattern('error.authorised.required', { label: mediation.authorised }));
    await page.goto(membership.url('code'));
    await membership.expectStep('contrat');
    await membership.agree();
    // Unticked again, it doesn't count any more.
    await page.goBack();
    await expect(membership.authorised).toBeChecked();
    await membership.authorised.uncheck();
    await membership.continue();
    await expect(page.getByRole('alert')).toBeFocused();
    await membership.expectStep('contrat');
  });

  test('M4 M5 an answer changed after agreeing asks to read the contract again', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.toReview({ partner: partners.USH, code: 'USH2017' });
    await membership.change(/^Modifier.*Prénom du représentant/).click();
    await membership.firstName.fill('Hélène');
    await membership.continue();
    await membership.expectStep('contrat');
    await expect(page.getByText(text('membership.document.changed'))).toBeVisible();
    await expect(membership.authorised).not.toBeChecked();
    await expect(page.getByRole('region', { name: text('membership.document.region') })).toContainText(`Hélène ${office.director.lastName}`);
    await membership.authorised.check();
    await membership.continue();
    // What was answered after it is answered still: straight back to the answers.
    await membership.expectReview();
    await expect(membership.answer(mediation.representativeFirstName)).toHaveText('Hélène');
    await expect(membership.answer(mediation.code)).toHaveText('USH2017');
    await membership.submit();
    await membership.expectMember();
    const receipt = await mailbox.mail(office.email, 'membership_made');
    expect(receipt.attachments).toHaveLength(1);
  });

  test('M4 an answer changed to what it was leaves the agreement as it is', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.toReview();
    await membership.change(/^Modifier.*Nom du représentant/).click();
    await membership.lastName.fill(` ${office.director.lastName} `);
    await membership.continue();
    await membership.expectReview();
  });
});

test.describe('M4 a membership is made once', () => {
  test('M4 Back after "Vous êtes inscrit" never joins twice', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    let sent = 0;
    page.on('request', (request) => (sent += request.method() === 'POST' && request.url().endsWith('/mediation/memberships') ? 1 : 0));
    await membership.complete({ partner: partners.USH, code: 'USH2017' });
    const reference = await membership.fact('reference').innerText();
    await mailbox.mail(office.email, 'membership_made');
    await page.goBack();
    await membership.expectMember();
    await expect(page.getByRole('button', { name: mediation.submit, exact: true })).toHaveCount(0);
    for (const step of ['', 'contrat', 'verification'] as const) {
      await page.goto(membership.url(step));
      await membership.expectMember();
      await expect(membership.fact('reference')).toHaveText(reference);
      await expect(page.getByText(text('membership.done.again'))).toBeVisible();
    }
    expect(sent).toBe(1);
    await member(api('mediateur-hlm'), mailbox, organisation());
    expect(mailbox.all(office.email).filter(({ kind }) => kind === 'membership_made')).toHaveLength(1);
  });

  test('X2 M4 a double click makes one request and one membership', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await membership.toReview();
    let sent = 0;
    page.on('request', (request) => (sent += request.method() === 'POST' && request.url().endsWith('/mediation/memberships') ? 1 : 0));
    await page.getByRole('button', { name: mediation.submit, exact: true }).dblclick();
    await membership.expectMember();
    expect(sent).toBe(1);
    await mailbox.mail(office.email, 'membership_made');
  });

  test('X2 M4 sent from two tabs it is one membership, and both show it', async ({ page, context, server, mailbox, api, organisation }) => {
    const office = organisation();
    await certified(api('mediateur-hlm'), mailbox, office);
    const first = new Membership(page, server);
    await first.enter(office);
    await first.toReview();
    const second = new Membership(await context.newPage(), server);
    await second.open();
    await second.expectReview();
    await Promise.all([first.submit(), second.submit()]);
    await first.expectMember();
    await second.expectMember();
    expect(await second.fact('reference').innerText()).toBe(await first.fact('reference').innerText());
    await mailbox.mail(office.email, 'membership_made');
    await member(api('mediateur-hlm'), mailbox, organisation());
    expect(mailbox.all(office.email).filter(({ kind }) => kind === 'membership_made')).toHaveLength(1);
  });

  test('M4 the correspondent finds the membership again on any day and device', async ({ page, server, mailbox, api, organisation }) => {
    const office = organisation();
    await member(api('mediateur-hlm'), mailbox, office);
    const membership = new Membership(page, server);
    await membership.enter(office);
    await expect(page.getByRole('heading', { level: 1, name: mediation.member })).toBeVisible();
    await expect(membership.fact('partner')).toHaveText(text('membership.done.no_partner'));
    await expect(membership.fact('code')).toHaveText(text('membership.done.no_code'));
  });
});

test('A10 M4 the session ends in the middle: one signs in again and goes on with the answers', async ({ page, context, server, mailbox, api, organisation }) => {
  const office = organisation();
  await certified(api('mediateur-hlm'), mailbox, office);
  const membership = new Membership(page, server);
  await membership.enter(office);
  await membership.keepRepresentative();
  await membership.giveFederation(partners.FNAR);
  await context.clearCookies();
  await membership.authorised.check();
  await membership.continue();
  const account = new Account(page, server, 'mediateur-hlm');
  await expect(account.login).toBeVisible();
  await expect(page.getByText(office.email)).toHaveCount(0);
  await account.trySignIn(office.email, office.password);
  await membership.expectStep('contrat');
  await expect(page.getByRole('region', { name: text('membership.document.region') })).toContainText(partners.FNAR);
  await membership.agree();
  await membership.tryCode();
  await membership.expectReview();
  await context.clearCookies();
  await membership.submit();
  await account.trySignIn(office.email, office.password);
  await membership.expectReview();
  await membership.submit();
  await membership.expectMember();
  await mailbox.mail(office.email, 'membership_made');
});

test('A10 signed in as another organisation in the same browser, one sees nothing of the first', async ({ page, server, mailbox, api, organisation }) => {
  const [one, other] = [organisation(), organisation()];
  await certified(api('mediateur-hlm'), mailbox, one);
  await certified(api('mediateur-hlm'), mailbox, other);
  const membership = new Membership(page, server);
  await membership.enter(one);
  await membership.keepRepresentative();
  await membership.answerPartner('Oui');
  await new Account(page, server, 'mediateur-hlm').signOut();
  await membership.enter(other);
  await membership.expectRepresentative(other.director);
  await membership.keepRepresentative();
  await expect(membership.isPartner.getByRole('radio', { name: 'Oui', exact: true })).not.toBeChecked();
  await expect(page.getByText(one.name)).toHaveCount(0);
});

test('A10 a tenant’s account of another portal is nobody here', async ({ page, server, api, organisation, mailbox }) => {
  const tenant = await api('extranet').account();
  await new Account(page, server, 'extranet').signIn(tenant.email, tenant.password);
  const membership = new Membership(page, server);
  await membership.open();
  await expect(page.getByLabel(labels.login, { exact: true })).toBeVisible();
  const account = new Account(page, server, 'mediateur-hlm');
  await account.trySignIn(tenant.email, tenant.password);
  await expect(page.getByRole('alert')).toContainText('incorrect');
  // Nor is an organisation whose identity nobody certified.
  const office = organisation();
  await new Identity(await page.context().newPage(), server).complete(office);
  await mailbox.mail(office.email, 'certify_identity');
  await account.trySignIn(office.email, office.password);
  await expect(page.getByRole('alert')).toContainText('incorrect');
});
