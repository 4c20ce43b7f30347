import type { ParsedMail } from 'mailparser';
import { type Language, pattern } from './texts.ts';

/** The e-mails of the product, by the key of their texts. */
const kinds = [
  'confirm_sign_up',
  'home_has_account',
  'email_has_account',
  'account_active',
  'password_reset',
  'password_changed',
  'data_downloaded',
  'confirm_email',
  'email_taken',
  'email_change_asked',
  'email_changed',
  'account_locked',
  'password_ends',
  'passkey_added',
  'passkey_removed',
  'passkeys_removed',
  'identifier_reminder',
  'certify_identity',
  'organisation_known',
  'address_has_account',
  'identity_asked_again',
  'identity_certified',
  'membership_made',
  'identity_reminder',
  'membership_reminder',
  'confirm_registration',
  'user_has_account',
  'letter_asked',
  'letter_posted',
  'letter_returned',
  'designation_refused',
  'administrator_active',
  'confirm_request',
  'access_asked',
  'requests_waiting',
  'access_granted',
  'access_refused',
  'access_expired',
  'invitation',
  'colleague_active',
  'rights_changed',
  'user_suspended',
  'user_resumed',
  'user_removed',
  'administrator_named',
  'administrator_demoted',
  'other_administrator_named',
  'other_administrator_lost',
  'confirm_takeover',
  'takeover_objected',
  'takeover_stopped',
  'takeover_held',
  'takeover_asked',
  'partner_identifiers',
  'partner_letter_valid',
  'partner_invitation',
  'partner_mail_valid',
  'partner_letter_coming',
  'partner_active',
  'account_closing',
  'account_staying',
  'account_closed',
  'departure_asked',
  'departure_accepted',
  'departure_refused',
  'paperless_asked',
  'paperless_accepted',
  'paperless_refused',
] as const;

export type MailKind = (typeof kinds)[number];

/** A file that comes with a mail. */
export interface Attachment {
  name: string;
  /** Without parameters, such as `application/pdf`. */
  contentType: string;
  content: Uint8Array;
}

export interface Mail {
  to: string;
  kind: MailKind;
  language: Language;
  subject: string;
  text: string;
  html: string;
  /** The links of the text, in order. */
  links: string[];
  /** What is attached, in order; pictures shown inside the HTML aren't. */
  attachments: Attachment[];
  parsed: ParsedMail;
  /** As it crossed the wire. */
  raw: string;
}

/** What an e-mail is, by its texts. */
export function kindOf(subject: string, body: string): { kind: MailKind; language: Language } {
  for (const language of ['fr', 'en'] as const) {
    const told = (part: string, where: string) => (kind: MailKind) => pattern(`mail.${kind}.${part}`, {}, language).test(where);
    const likely = kinds.filter(told('subject', subject));
    // Two have the same subject: what happened tells them apart.
    const kind = likely.length > 1 ? likely.find(told('happened', body)) : likely[0];
    if (kind) return { kind, language };
  }
  throw new Error(`a mail of no known kind: ${subject}`);
}

/** The one link of a mail that leads to an address below the portal, such as `/locataire/confirmation`. */
export function link(mail: Mail, path: string): string {
  const found = mail.links.find((known) => new URL(known).pathname.endsWith(path));
  if (!found) throw new Error(`${mail.subject}: no link to ${path} among ${mail.links.length} links`);
  return found;
}

/** The one file of a type that a mail brings. */
export function attached(mail: Mail, contentType: string): Attachment {
  const [found, ...more] = mail.attachments.filter((file) => file.contentType === contentType);
  if (!found || more.length > 0) {
    const had = mail.attachments.map((file) => `${file.name} (${file.contentType})`).join(', ');
    throw new Error(`${mail.subject}: not one ${contentType} attached, but: ${had === '' ? 'nothing' : had}`);
  }
  return found;
}

/** The identifier that a mail tells, as people read it. */
export function identifier(mail: Mail): string {
  const found = /\b[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}\b/.exec(mail.text);
  if (!found) throw new Error(`${mail.subject}: no identifier`);
  return found[0];
}
