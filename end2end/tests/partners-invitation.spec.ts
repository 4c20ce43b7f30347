import { moveClock } from '../support/api.ts';
import { link } from '../support/mails.ts';
import { newPartner } from '../support/partners.ts';
import { FirstSignIn } from '../support/pages/first-sign-in.ts';
import { expectNoAxe, expectNoSidewaysScroll } from '../support/quality.ts';
import { expect, test } from '../support/test.ts';
import { pattern, text } from '../support/texts.ts';

const PAGE = '/partenaire/premiere-connexion';

test('P2 P3 where the office says so the e-mail has a link and no password; opened a day later it brings a fresh one', async ({ page, ownServer, watch }) => {
  watch.accept(/status of 4\d\d/);
  const server = await ownServer({
    portal: { partenaires: (toml) => toml.replace('[credentials]\nprofile = "historique"', '[credentials]\nprofile = "recommande"') },
  });
  const partner = await newPartner(server);
  const first = new FirstSignIn(page, server);

  const invitation = await server.mailbox.mail(partner.email, 'partner_invitation');
  const old = link(invitation, PAGE);
  const [secret] = old.match(/[2-9A-Z]{15}$/) ?? [];
  expect(secret).toBeDefined();
  expect(invitation.text.replace(old, ''), 'nothing to copy').not.toContain(secret);
  expect(invitation.text).toContain(partner.number);

  await moveClock(server, { minutes: 24 * 60 + 1 });
  await page.goto(old);
  await first.send();
  await expect(first.main).toContainText(text('problem.invitation_renewed'));
  await expectNoAxe(page);
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoSidewaysScroll(page);

  const fresh = link(await server.mailbox.mail(partner.email, 'partner_invitation'), PAGE);
  expect(fresh).not.toBe(old);
  await page.goto(old);
  await first.send();
  await expect(page.getByRole('alert')).toContainText(pattern('problem.provisional_refused'));

  await page.goto(fresh);
  await first.send();
  await first.choose(partner);
  await server.mailbox.mail(partner.email, 'partner_active');
});
