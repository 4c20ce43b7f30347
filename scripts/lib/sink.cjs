// A mail server that takes what a server under trial sends, or misbehaves as it is told to.
'use strict';
const path = require('node:path');
const { ROOT } = require('./server.cjs');

const packages = path.join(ROOT, 'end2end', 'node_modules');
const { SMTPServer } = require(path.join(packages, 'smtp-server'));
const { simpleParser } = require(path.join(packages, 'mailparser'));

/** An answer that a mail server gives: `code` 4xx for "later", 5xx for "never". */
const refusal = (code, words) => Object.assign(new Error(words), { responseCode: code });

/**
 * Real SMTP on a free port. `mood` says how it is: `kind` takes everything, `later` and `never` refuse, `slow` answers
 * after two seconds, `drop` reads the whole e-mail and hangs up without a word.
 */
class Sink {
  mood = 'kind';
  /** What was taken (or read before hanging up): `{ to, id, text, dropped }`. */
  mails = [];
  #server;
  #by = new Map();

  async open() {
    this.#server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      logger: false,
      onRcptTo: (address, session, answer) => {
        if (this.mood === 'later') return answer(refusal(451, 'come back later'));
        if (this.mood === 'never') return answer(refusal(550, 'nobody of that name'));
        return answer();
      },
      onData: (stream, session, answer) => {
        const mood = this.mood;
        simpleParser(stream).then((mail) => {
          const dropped = mood === 'drop';
          this.#keep({ to: mail.to.value[0].address, id: mail.messageId, text: mail.text ?? '', dropped });
          if (dropped) return this.#hangUp();
          if (mood === 'slow') return setTimeout(answer, 2000);
          return answer();
        }, answer);
      },
    });
    this.#server.on('error', () => {});
    await new Promise((resolve) => this.#server.listen(this.port ?? 0, '127.0.0.1', resolve));
    this.port = this.#server.server.address().port;
    this.url = `smtp://127.0.0.1:${this.port}`;
    return this;
  }

  #keep(mail) {
    this.mails.push(mail);
    this.#by.set(mail.to, [...this.to(mail.to), mail]);
  }

  /** Those to one address. */
  to(address) {
    return this.#by.get(address) ?? [];
  }

  #hangUp() {
    for (const connection of this.#server.connections) connection._socket.destroy();
  }

  /** Nobody listens any more, until `open()` again at the same port. */
  close() {
    this.#hangUp();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  /** Ids of the e-mails to somebody whose text matches, each with how often it came. */
  ids(to, text = /./) {
    const times = new Map();
    for (const mail of this.to(to)) {
      if (text.test(mail.text)) times.set(mail.id, (times.get(mail.id) ?? 0) + 1);
    }
    return times;
  }
}

module.exports = { Sink };
