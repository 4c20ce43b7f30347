import type { AddressInfo } from 'node:net';
import { domainToASCII } from 'node:url';
import { simpleParser, type Attachment as ParsedAttachment } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Secrets } from './logs.ts';
import { type Attachment, kindOf, type Mail, type MailKind } from './mails.ts';

/** The addresses in demo/data/partners-partenaires.csv that get their identifiers by e-mail. */
const furnished = ['contact@agence-perron.example', 'lenormand@exemple.fr'];

interface Waiter {
  fits: (mail: Mail) => boolean;
  give: (mail: Mail) => void;
}

/** The form under which two spellings of an address are one: the SMTP server shows domains in their own script. */
function address(text: string): string {
  const at = text.lastIndexOf('@');
  return `${text.slice(0, at)}@${domainToASCII(text.slice(at + 1))}`.toLowerCase();
}

/** A real SMTP server that keeps what it accepts, and lets tests wait for a mail instead of looking for it. */
export class Mailbox {
  /** How the server answers a mail: accept it, or refuse it for now or for good. */
  answer: 'accept' | 'later' | 'never' = 'accept';
  readonly #received: Mail[] = [];
  readonly #taken = new Set<Mail>();
  /** How often its sender was killed. */
  #kills = 0;
  #waiters: Waiter[] = [];
  #server: SMTPServer | undefined;
  #refused = 0;
  #refusedWaiters: (() => void)[] = [];
  port = 0;
  readonly #secrets: Secrets;

  private constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  static async open(secrets: Secrets): Promise<Mailbox> {
    const mailbox = new Mailbox(secrets);
    await mailbox.start();
    return mailbox;
  }

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** Listens, on the same port as before when there was one. */
  async start(): Promise<void> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onRcptTo: (_, __, done) => {
        if (this.answer === 'accept') return done();
        const [code, words] = this.answer === 'later' ? [451, 'try again later'] : [550, 'no such mailbox'];
        this.#refused += 1;
        this.#refusedWaiters.splice(0).forEach((tell) => tell());
        return done(Object.assign(new Error(words), { responseCode: code }));
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const to = session.envelope.rcptTo.map((recipient) => recipient.address).join(',');
          this.#keep(to, Buffer.concat(chunks)).then(() => done(), done);
        });
      },
    });
    // A client that leaves in the middle, such as a server being stopped, is no fault of the test.
    server.on('error', () => undefined);
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject);
      server.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (server.server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Stops listening: the port then refuses connections, as a mail server that is down. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server) await new Promise<void>((resolve) => server.close(resolve));
  }

  /** The next mail to an address, of a kind, that no test has taken yet; waits for it. */
  async mail(to: string, kind: MailKind): Promise<Mail> {
    const fits = (mail: Mail): boolean => address(mail.to) === address(to) && mail.kind === kind && !this.#taken.has(mail);
    const found = this.#received.find(fits) ?? (await this.#next(fits, `${kind} to ${to}`));
    this.#taken.add(found);
    return found;
  }

  /** Everything received for an address so far. */
  all(to: string): Mail[] {
    return this.#received.filter((mail) => address(mail.to) === address(to));
  }

  /** Everything received, but what the office of the demonstration writes to its partners from the beginning. */
  everything(): readonly Mail[] {
    return this.#received.filter(({ to }) => !furnished.some((address) => to.includes(address)));
  }

  /** Resolves when one more mail has been refused. */
  refused(): Promise<void> {
    return new Promise((resolve) => this.#refusedWaiters.push(resolve));
  }

  get refusals(): number {
    return this.#refused;
  }

  /**
   * The sender is killed: the mail that it was handing over may come once more, for it can't know whether that one was
   * accepted. It must come unchanged and under the same Message-ID, by which mail programs show it once.
   */
  senderKilled(): void {
    this.#kills += 1;
  }

  /** Each mail has a Message-ID of its own, and came once; save what a killed sender couldn't know to be there. */
  expectNothingTwice(): void {
    const texts = new Map<string, string>();
    let repeated = 0;
    for (const { parsed: { messageId: id }, text } of this.#received) {
      if (id === undefined) throw new Error('a mail without Message-ID');
      if (texts.has(id)) repeated += 1;
      if ((texts.get(id) ?? text) !== text) throw new Error(`two mails under the Message-ID ${id}`);
      texts.set(id, text);
    }
    if (repeated > this.#kills) throw new Error(`${repeated} mails sent twice, among ${[...texts.keys()].join(' ')}`);
  }

  #next(fits: (mail: Mail) => boolean, what: string): Promise<Mail> {
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { fits, give: resolve };
      const limit = setTimeout(() => {
        this.#waiters = this.#waiters.filter((known) => known !== waiter);
        const had = this.#received.map((mail) => `${mail.kind} to ${mail.to}`).join(', ');
        reject(new Error(`no mail ${what} came within 20 s; received: ${had === '' ? 'none' : had}`));
      }, 20_000);
      waiter.give = (mail) => {
        clearTimeout(limit);
        resolve(mail);
      };
      this.#waiters.push(waiter);
    });
  }

  async #keep(to: string, content: Buffer): Promise<void> {
    const parsed = await simpleParser(content);
    const subject = parsed.subject ?? '';
    const body = parsed.text ?? '';
    const links = [...body.matchAll(/https?:\/\/\S+/g)].map((match) => match[0].replace(/[).,>]+$/, ''));
    const mail: Mail = {
      to,
      ...kindOf(subject, body),
      subject,
      text: body,
      html: parsed.html === false ? '' : parsed.html,
      links,
      attachments: parsed.attachments.filter((attached) => !attached.related).map(attachment),
      parsed,
      raw: content.toString('latin1'),
    };
    this.#secrets.add(...links.flatMap((link) => link.split('#').slice(1)));
    this.#received.push(mail);
    const waiter = this.#waiters.find((known) => known.fits(mail));
    if (waiter) {
      this.#waiters = this.#waiters.filter((known) => known !== waiter);
      waiter.give(mail);
    }
  }
}

function attachment({ filename, contentType, content }: ParsedAttachment): Attachment {
  return { name: filename ?? '', contentType, content: Uint8Array.from(content) };
}
