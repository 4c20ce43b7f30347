import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Api } from './api.ts';
import type { Mailbox } from './mailbox.ts';
import { link } from './mails.ts';
import type { Organisation } from './organisations.ts';
import { text } from './texts.ts';

/** The day so many days from today, in Paris, as the portal's file writes it. */
export function day(fromToday: number): string {
  const moment = new Date(Date.now() + fromToday * 24 * 3_600_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(moment);
}

/** The same day as the texts write it, such as "1er mars 2027". */
export function written(fromToday: number): string {
  const [year = '', month = '', date = ''] = day(fromToday).split('-').map((part) => String(Number(part)));
  return text(date === '1' ? 'date.first' : 'date.day_of', { day: date, month: text(`month.m${month}`), year });
}

/** Another campaign in a mediator's file: when it opens, until when one should join, until when one can. */
export function campaign(toml: string, opens: number, preferredEnd?: number, hardEnd?: number): string {
  const lines = [
    '[mediation.campaign]',
    `opens = "${day(opens)}"`,
    ...(preferredEnd === undefined ? [] : [`preferred_end = "${day(preferredEnd)}"`]),
    ...(hardEnd === undefined ? [] : [`hard_end = "${day(hardEnd)}"`]),
  ];
  return toml.replace(/^\[mediation\.campaign\]\n(?:\w+ = .*\n)+/m, `${lines.join('\n')}\n`);
}

export interface PromoCode {
  code: string;
  partner: string;
  from?: string;
  until?: string;
  max_uses?: number;
}

/** Further promotional codes in a mediator's file. */
export function withCodes(toml: string, ...codes: PromoCode[]): string {
  const tables = codes.map((code) => {
    const pairs = Object.entries(code).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
    return `[[mediation.codes]]\n${pairs.join('\n')}\n`;
  });
  return `${toml}\n${tables.join('\n')}`;
}

function identityForm({ name, siren, director, email, password }: Organisation): object {
  return {
    structure_name: name,
    number: siren,
    director_first_name: director.firstName,
    director_surname: director.lastName,
    director_birth_date: director.birthDate,
    correspondent_email: email,
    password,
  };
}

const named = (): Record<string, string> => ({ 'idempotency-key': randomUUID() });

/** Asks for an organisation's identity, which is left uncertified. */
export async function asked(api: Api, organisation: Organisation): Promise<void> {
  const answer = await api.post('/mediation/identities', identityForm(organisation), named());
  expect(answer.status, answer.text).toBe(202);
}

/** An organisation whose identity is certified, for tests whose subject comes after. */
export async function certified(api: Api, mailbox: Mailbox, organisation: Organisation): Promise<void> {
  await asked(api, organisation);
  const mail = await mailbox.mail(organisation.email, 'certify_identity');
  const token = new URL(link(mail, '/mediation/identite/certification')).hash.slice(1);
  const answer = await api.post('/mediation/certifications', { token });
  expect(answer.status, answer.text).toBe(200);
  await mailbox.mail(organisation.email, 'identity_certified');
}

/** Signs the correspondent in, and gives the header that says so. */
export async function signedIn(api: Api, { email, password }: Organisation): Promise<Record<string, string>> {
  const answer = await api.signIn(email, password);
  expect(answer.status, answer.text).toBe(200);
  const cookie = (answer.headers.getSetCookie()[0] ?? '').split(';')[0] ?? '';
  return { cookie };
}

/** An organisation that is a member, of no partner and without a code, for tests whose subject comes after. */
export async function member(api: Api, mailbox: Mailbox, organisation: Organisation): Promise<void> {
  await certified(api, mailbox, organisation);
  const session = await signedIn(api, organisation);
  const names = {
    representative_first_name: organisation.director.firstName,
    representative_surname: organisation.director.lastName,
  };
  const answers = { ...names, federation: 'non' };
  const kept = await api.post('/mediation/membership/draft', { page: 'federation', answers }, session);
  expect(kept.status, kept.text).toBe(200);
  const form = { ...names, federation: 'non', partner: '', authorised: String(kept.json.contract), promo_code: '' };
  const joined = await api.post('/mediation/memberships', form, { ...session, ...named() });
  expect(joined.status, joined.text).toBe(201);
  await mailbox.mail(organisation.email, 'membership_made');
}
