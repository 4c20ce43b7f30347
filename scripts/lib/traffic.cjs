// Tenants who sign up, confirm and sign in, whatever happens to the server meanwhile; and what they were promised.
'use strict';
const { lease, PASSWORD } = require('./bench.cjs');
const { send } = require('./load.cjs');
const { pause } = require('./server.cjs');

const LINK = /confirmation#(\S+)/;
// Milliseconds without a single e-mail after which none is expected any more: that of a dead worker waits a minute.
const SILENCE = 90_000;

/**
 * `origin()` says where to ask, each time anew. What was answered is kept: it must hold for ever. A request that got no
 * answer is sent again as the page does it, with the same key.
 */
class Traffic {
  #next = 0;
  #unanswered = [];
  asked = new Set();
  confirmed = new Set();
  sessions = new Map();
  answered = 0;
  lost = 0;
  refused = [];
  failures = [];

  constructor(origin, sink) {
    this.origin = origin;
    this.sink = sink;
  }

  async #ask(method, address, options) {
    try {
      const answer = await send(this.origin(), method, address, options);
      // Nobody was there, or too busy: what a proxy and a server say instead of an answer.
      if ([502, 503, 504].includes(answer.status)) this.#failed(`${address}: ${answer.status}`);
      else this.answered += 1;
      return answer.status < 502 ? answer : undefined;
    } catch (error) {
      this.#failed(`${address}: ${error.code ?? error.message}`);
      return undefined;
    }
  }

  #failed(how) {
    this.lost += 1;
    this.failures.push(how);
  }

  /** Answers that nobody should ever get. */
  #unexpected(what, answer) {
    this.refused.push(`${what}: ${answer.status} ${answer.text.slice(0, 200)}`);
  }

  async #signUp() {
    const form = this.#unanswered.pop() ?? this.#form();
    const answer = await this.#ask('POST', '/api/tenancy/sign-ups', form);
    if (answer === undefined) this.#unanswered.push(form);
    else if (answer.status === 202) this.asked.add(form.body.email);
    else this.#unexpected('sign-up', answer);
  }

  #form() {
    let number = this.#next++;
    if (number % 12 === 11) number = this.#next++;
    const email = `essai${number}@exemple.test`;
    const body = { ...lease(number), email, password: PASSWORD, terms: '2026-11' };
    return { body, from: number, headers: { 'idempotency-key': `trial-${number}-key` } };
  }

  async #confirm(email) {
    const token = this.#token(email);
    const answer = await this.#ask('POST', '/api/tenancy/confirmations', { body: { token } });
    if (answer === undefined) return;
    // Used by the request whose answer was lost.
    if (answer.status === 200 || (answer.status === 410 && answer.text.includes('link_used'))) this.confirmed.add(email);
    else this.#unexpected('confirmation', answer);
  }

  /** Somebody whose link came. */
  #waiting(busy) {
    for (const email of this.asked) {
      if (!this.confirmed.has(email) && !busy.has(email) && this.#token(email)) return email;
    }
    return undefined;
  }

  #token(email) {
    const mail = this.sink.to(email).find((one) => LINK.test(one.text));
    return mail && LINK.exec(mail.text)[1];
  }

  async signIn(email) {
    const body = { login: email, password: PASSWORD, stay: false };
    const answer = await this.#ask('POST', '/api/account/session', { body, from: 1_000_000 + this.#next++ });
    if (answer === undefined) return;
    if (answer.status === 200) this.sessions.set(answer.headers['set-cookie'][0].split(';')[0], email);
    else this.#unexpected('sign-in', answer);
  }

  /** So many people at once, each doing the next thing that can be done, until `stop()` says so. */
  async run(people, stop) {
    const busy = new Set();
    const person = async (number) => {
      for (let turn = number; !stop(); turn += 1) {
        const waiting = turn % 3 === 1 ? this.#waiting(busy) : undefined;
        const known = turn % 3 === 2 ? [...this.confirmed][Math.floor(Math.random() * this.confirmed.size)] : undefined;
        if (waiting) {
          busy.add(waiting);
          await this.#confirm(waiting);
          busy.delete(waiting);
        } else if (known) await this.signIn(known);
        else await this.#signUp();
        // A server that isn't there answers at once: no use in asking it thousands of times.
        await pause(1);
      }
    };
    await Promise.all(Array.from({ length: people }, (_, number) => person(number)));
  }

  /** What was promised and isn't so: a session that ended by itself. */
  async brokenSessions() {
    const broken = [];
    for (const [cookie, email] of this.sessions) {
      const answer = await send(this.origin(), 'GET', '/api/account/session', { headers: { cookie } });
      if (answer.status !== 200) broken.push(`${email}: the session is gone (${answer.status})`);
    }
    return broken;
  }

  /** Waits until it is so, as long as e-mails come. */
  async #all(come) {
    let [seen, since] = [this.sink.mails.length, Date.now()];
    while (!come() && Date.now() - since < SILENCE) {
      await pause(500);
      if (this.sink.mails.length > seen) [seen, since] = [this.sink.mails.length, Date.now()];
    }
  }

  /** Waits for all e-mails that were promised, then tells what is missing, and what came twice more often than `again` allows. */
  async brokenPromises(again) {
    while (this.#unanswered.length > 0) await this.#signUp();
    await this.#all(() => [...this.asked].every((email) => this.#token(email)));
    const broken = [];
    let repeated = 0;
    const count = (email, ids, what) => {
      if (ids.size !== 1) broken.push(`${email}: ${ids.size} e-mails ${what}`);
      for (const times of ids.values()) repeated += times - 1;
    };
    for (const email of this.asked) count(email, this.sink.ids(email, LINK), 'with a link');
    for (const email of this.asked) if (!this.confirmed.has(email) && this.#token(email)) await this.#confirm(email);
    const active = (email) => [...this.sink.ids(email).keys()].filter((id) => !this.sink.ids(email, LINK).has(id));
    await this.#all(() => [...this.confirmed].every((email) => active(email).length > 0));
    for (const email of this.confirmed) {
      const ids = active(email);
      if (ids.length !== 1) broken.push(`${email}: ${ids.length} e-mails that the account is active`);
    }
    if (repeated > again) broken.push(`${repeated} e-mails came again under their id, for ${again} chances to`);
    return { broken, repeated };
  }
}

module.exports = { Traffic };
