import { randomUUID } from 'node:crypto';
import { link } from './mails.ts';
import { newPerson, type Person } from './people.ts';
import type { AnySlug } from './portals.ts';
import type { Server } from './server.ts';

export interface Answer {
  status: number;
  headers: Headers;
  /** The body, whatever it is. */
  text: string;
  /** The body's JSON; an empty object when there is none. */
  json: Record<string, unknown>;
  /** From the first byte sent to the last received, in milliseconds. */
  took: number;
}

/** A header that a test sets to nothing isn't sent at all. */
const sent = (headers: Record<string, string>): [string, string][] => Object.entries(headers).filter(([, value]) => value !== '');

/** The API of one portal, called as its pages call it, from an address on the Internet of its own. */
export class Api {
  readonly #server: Server;
  readonly portal: AnySlug;
  visitor: string;

  constructor(server: Server, portal: AnySlug) {
    this.#server = server;
    this.portal = portal;
    this.visitor = server.visitor();
  }

  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const started = performance.now();
    const response = await fetch(this.#server.url(`/api${path}`, this.portal), {
      method,
      headers: sent({
        'x-palier': '1',
        'x-forwarded-for': this.visitor,
        origin: this.#server.origin,
        'sec-fetch-site': 'same-origin',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      }),
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const took = performance.now() - started;
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: response.status, headers: response.headers, text, json, took };
  }

  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Answer> {
    return this.call('POST', path, body, headers);
  }

  /** The form of the sign-up as the pages send it. */
  signUpForm(person: Person, terms: string): Record<string, unknown> {
    const asked = this.portal === 'ekidom' ? { birth_date: person.lease.birthDate } : {};
    const { reference, surname } = person.lease;
    return { reference, surname, ...asked, email: person.email, password: person.password, terms };
  }

  signUp(person: Person, terms: string, key: string = randomUUID()): Promise<Answer> {
    return this.post('/tenancy/sign-ups', this.signUpForm(person, terms), { 'idempotency-key': key });
  }

  /** The version of the terms in force, as the page of the terms is told it. */
  async terms(): Promise<string> {
    const answer = await this.call('GET', '/documents/cgu?lang=fr');
    return String(answer.json.version);
  }

  signIn(login: string, password: string, stay = false): Promise<Answer> {
    return this.post('/account/session', { login, password, stay });
  }

  /** An account made from the first form to the confirmed address, for tests whose subject comes after. */
  async account(person?: Person): Promise<Person> {
    if (this.portal !== 'extranet' && this.portal !== 'ekidom') throw new Error(`${this.portal} has no tenants`);
    const somebody = person ?? newPerson(this.#server, this.portal);
    const sent = await this.signUp(somebody, await this.terms());
    if (sent.status !== 202) throw new Error(`sign-up answered ${sent.status}: ${sent.text}`);
    const mail = await this.#server.mailbox.mail(somebody.email, 'confirm_sign_up');
    const token = new URL(link(mail, '/locataire/confirmation')).hash.slice(1);
    const confirmed = await this.post('/tenancy/confirmations', { token });
    if (confirmed.status !== 200) throw new Error(`confirmation answered ${confirmed.status}: ${confirmed.text}`);
    return somebody;
  }
}

/** How many minutes each server's clock is ahead. */
const ahead = new WeakMap<Server, number>();

/** Moves a server's clock so far ahead of the real time, through the form of its page; never back. */
export async function moveClock(server: Server, to: { days?: number; hours?: number; minutes?: number }): Promise<void> {
  const wanted = ((to.days ?? 0) * 24 + (to.hours ?? 0)) * 60 + (to.minutes ?? 0);
  const by = wanted - (ahead.get(server) ?? 0);
  if (by <= 0) throw new Error('the clock goes forward only');
  const answer = await fetch(server.url('/demo/horloge'), {
    method: 'POST',
    headers: { origin: server.origin, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ by: 'minutes', minutes: String(by) }),
    redirect: 'manual',
  });
  if (answer.status !== 303) throw new Error(`the clock answered ${answer.status}: ${await answer.text()}`);
  ahead.set(server, wanted);
}

/** Moves a server's clock to early in a day at its portals, so that no test that counts within a day meets midnight; gives the minutes that makes. */
export async function startTheDay(server: Server): Promise<number> {
  const dawn = new Date();
  dawn.setUTCHours(4, 0, 0, 0);
  const minutes = Math.ceil((dawn.getTime() + 86_400_000 - Date.now()) / 60_000);
  await moveClock(server, { minutes });
  return minutes;
}

/** What time it is by a server's clock, in milliseconds. */
export function timeOf(server: Server): number {
  return Date.now() + (ahead.get(server) ?? 0) * 60_000;
}
