// Organisations as servers under trial meet them: a mediator's future members, a bank's clients.
'use strict';
const { createHash } = require('node:crypto');
const path = require('node:path');
const { PASSWORD } = require('./bench.cjs');
const { ask } = require('./load.cjs');
const { pause, ROOT } = require('./server.cjs');

/** The e-mail to somebody whose text matches, once it has come; gives what the pattern's first group found. */
async function mailed(sink, email, pattern) {
  for (let waited = 0; waited < 30_000; waited += 50) {
    const mail = sink.to(email).find((one) => pattern.test(one.text));
    if (mail) return pattern.exec(mail.text)[1];
    await pause(50);
  }
  throw new Error(`no e-mail with ${pattern} came to ${email}`);
}

/** The SIREN of this number: eight digits and the one that Luhn's formula asks for. */
function siren(number) {
  const digits = String(30_000_000 + number);
  const sum = [...digits].reduce((all, digit, place) => {
    const value = Number(digit) * (place % 2 === 0 ? 1 : 2);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** A certified organisation whose correspondent is signed in and has agreed to the contract: the form that makes it a member. */
async function candidate(origin, base, sink, number, partner) {
  const email = `correspondant${number}@exemple.test`;
  const director = { first_name: 'Claire', surname: 'MARTIN' };
  const identity = {
    structure_name: `Habitat ${number}`,
    number: siren(number),
    director_first_name: director.first_name,
    director_surname: director.surname,
    director_birth_date: { day: '12', month: '3', year: '1971' },
    correspondent_email: email,
    password: PASSWORD,
  };
  const of = { from: 70_000 + number };
  await ask(202, origin, 'POST', `${base}/mediation/identities`, { ...of, body: identity, headers: { 'idempotency-key': `identity-${number}` } });
  const token = await mailed(sink, email, /certification#(\S+)/);
  await ask(200, origin, 'POST', `${base}/mediation/certifications`, { ...of, body: { token } });
  const session = await ask(200, origin, 'POST', `${base}/account/session`, { ...of, body: { login: email, password: PASSWORD, stay: false } });
  const headers = { cookie: session.headers['set-cookie'][0].split(';')[0] };
  const names = { representative_first_name: director.first_name, representative_surname: director.surname };
  const answers = { ...names, federation: 'oui', partner };
  const kept = await ask(200, origin, 'POST', `${base}/mediation/membership/draft`, { ...of, headers, body: { page: 'federation', answers } });
  return { email, headers, from: of.from, form: { ...answers, authorised: JSON.parse(kept.text).contract, promo_code: '' } };
}

/** A challenge of the portal, and the number that solves it, as its widget sends it. */
async function solved(origin, base, from) {
  const { algorithm, challenge, maxnumber, salt, signature } = JSON.parse((await ask(200, origin, 'GET', `${base}/human/challenge`, { from })).text);
  for (let number = 0; number <= maxnumber; number += 1) {
    if (createHash('sha256').update(`${salt}${number}`).digest('hex') === challenge) {
      return Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString('base64');
    }
  }
  throw new Error('no number solves the challenge');
}

/** What forms carry to show that they come from a person. */
async function pass(origin, base, from) {
  const payload = await solved(origin, base, from);
  return JSON.parse((await ask(200, origin, 'POST', `${base}/human/passes`, { from, body: { payload } })).text).pass;
}

/** Asks to be the first administrator of a client; the address is confirmed, the letter waits to be printed. */
async function applicant(origin, base, sink, client, number) {
  const email = `administrateur${number}@exemple.test`;
  const from = 80_000 + number;
  const human = await pass(origin, base, from);
  const body = { client_number: client, human, first_name: 'Maëlle', own_surname: 'Roux', email, read_terms: 'organismes-2026-11' };
  await ask(202, origin, 'POST', `${base}/onboarding/registrations`, { from, body, headers: { 'idempotency-key': `registration-${number}` } });
  const token = await mailed(sink, email, /confirmation#(\S+)/);
  await ask(200, origin, 'POST', `${base}/onboarding/confirmations`, { from, body: { token } });
  return email;
}

/** All text of a PDF. */
async function textOf(bytes) {
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globalThis[name] ??= class {};
  const warn = console.warn;
  // It asks for what it would draw with, and does without.
  console.warn = () => {};
  const { getDocument, VerbosityLevel } = await import(path.join(ROOT, 'end2end/node_modules/pdfjs-dist/legacy/build/pdf.mjs'));
  console.warn = warn;
  const document = await getDocument({ data: Uint8Array.from(bytes), verbosity: VerbosityLevel.ERRORS, disableFontFace: true, isEvalSupported: false }).promise;
  let text = '';
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent();
    text += items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('');
  }
  return text;
}

module.exports = { applicant, candidate, pass, siren, solved, textOf };
