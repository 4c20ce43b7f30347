//! The envelope of what browser and server exchange.

use serde::{Deserialize, Serialize};

use crate::account::Session;
use crate::journey::{Answers, DATE_PARTS, answer};
use crate::portal::{Portal, PortalLink};
use crate::problem::{Data, FieldProblem};
use crate::values::{Date, DateError};

/// Header that every request of the pages carries: other sites can't set it (CSRF).
pub const REQUEST_HEADER: &str = "x-palier";
/// Header naming a submission, so that sending it twice does it once (X2). 8 to 64 characters of `[A-Za-z0-9-]`.
pub const IDEMPOTENCY_HEADER: &str = "idempotency-key";
/// Cookie holding the language chosen, `fr` or `en`, until the browser is closed. Set by the page on the switch.
pub const LANGUAGE_COOKIE: &str = "palier-langue";

/// An error of the API: RFC 9457, `application/problem+json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// Always `about:blank`: `code` says more.
    #[serde(rename = "type")]
    pub kind: String,
    /// The status in words, for developers.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened: the text is found under `problem.<code>`.
    pub code: String,
    /// Names the log lines of this request.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub request_id: String,
    /// What is wrong with which field.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldProblem>,
    /// What the text needs: `tries_left`, `until`, `retry_after_seconds`…
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, Value>))]
    pub data: Data,
}

/// Codes of [`Problem`] that pages act upon.
pub mod code {
    /// 422: fields are wrong, `fields` says which.
    pub const INVALID: &str = "invalid";
    /// 401: wrong login or password; `tries_left`.
    pub const SIGN_IN_REFUSED: &str = "sign_in_refused";
    /// 401: wrong password, typed again by who is signed in; `tries_left`.
    pub const PASSWORD_REFUSED: &str = "password_refused";
    /// 409: the e-mail address is another account's.
    pub const EMAIL_TAKEN: &str = "email_taken";
    /// 429: too many wrong tries; `until` (RFC 3339), `minutes`.
    pub const LOCKED: &str = "locked";
    /// 429: too many requests of this kind; `minutes`.
    pub const TOO_MANY: &str = "too_many";
    /// 401: not signed in, or not any more.
    pub const SIGNED_OUT: &str = "signed_out";
    /// 403: the terms of use have changed and must be accepted first (A10).
    pub const TERMS_DUE: &str = "terms_due";
    /// 403: the password has come to its end: another one must be chosen first (P2).
    pub const PASSWORD_DUE: &str = "password_due";
    /// 410: the link was used already.
    pub const LINK_USED: &str = "link_used";
    /// 410: a newer link was sent.
    pub const LINK_SUPERSEDED: &str = "link_superseded";
    /// 410: the link is too old.
    pub const LINK_EXPIRED: &str = "link_expired";
    /// 404: no such link: cut, changed, or of another portal.
    pub const LINK_UNKNOWN: &str = "link_unknown";
    /// 409: the home got an account in between.
    pub const HOME_HAS_ACCOUNT: &str = "home_has_account";
    /// 409: the organisation got an identity in between (M2).
    pub const ORGANISATION_KNOWN: &str = "organisation_known";
    /// 403: who is signed in is no organisation's correspondent.
    pub const NO_ORGANISATION: &str = "no_organisation";
    /// 409: the campaign hasn't begun; `opens` (ISO 8601).
    pub const CAMPAIGN_BEFORE: &str = "campaign_before";
    /// 409: the campaign is over.
    pub const CAMPAIGN_CLOSED: &str = "campaign_closed";
    /// 409: the organisation is a member already; nothing was done.
    pub const ALREADY_MEMBER: &str = "already_member";
    /// 410: the challenge of "Je ne suis pas un robot" is too old.
    pub const CHALLENGE_EXPIRED: &str = "challenge_expired";
    /// 409: the challenge was exchanged for a pass already.
    pub const CHALLENGE_USED: &str = "challenge_used";
    /// 400: the challenge isn't one of this portal's, or the number isn't its number.
    pub const CHALLENGE_WRONG: &str = "challenge_wrong";
    /// 409: the address is somebody's who is about to become the administrator of another organisation.
    pub const ADDRESS_BUSY: &str = "address_busy";
    /// 409: no other letter yet; `from` (ISO 8601).
    pub const LETTER_NOT_YET: &str = "letter_not_yet";
    /// 409: the code of the letter was tried too often.
    pub const LETTER_LOCKED: &str = "letter_locked";
    /// 409: the code of the letter was used: the account is active.
    pub const LETTER_USED: &str = "letter_used";
    /// 409: the request was decided by somebody else meanwhile, or it isn't there any more.
    pub const DECIDED: &str = "decided";
    /// 409: the only active administrator can't be suspended, removed or made a plain user (A8).
    pub const LAST_ADMINISTRATOR: &str = "last_administrator";
    /// 409: the address is a user's already, or somebody's who was invited or asks.
    pub const ALREADY_USER: &str = "already_user";
    /// 403: who is signed in is no active administrator of a client organisation (A7–A9).
    pub const NO_CLIENT: &str = "no_client";
    /// 403: the right provisional password, typed where one signs in with one's own: the first sign-in comes before (P4).
    pub const FIRST_SIGN_IN: &str = "first_sign_in";
    /// 401: no such number, or not its provisional password; `tries_left`.
    pub const PROVISIONAL_REFUSED: &str = "provisional_refused";
    /// 409: the link of the invitation was too old: a fresh one was sent to the same address (P2).
    pub const INVITATION_RENEWED: &str = "invitation_renewed";
    /// 409: the right provisional password, whose last day is over; `until`, as people write a day (P2).
    pub const PROVISIONAL_OVER: &str = "provisional_over";
    /// 409: the provisional password was used meanwhile.
    pub const PROVISIONAL_USED: &str = "provisional_used";
    /// 403: the right password, and the account is suspended by the organisation's administrator (A8).
    pub const SUSPENDED: &str = "suspended";
    /// 403: the right password, and the account is closed: the tenant left the home (T11).
    pub const ACCOUNT_CLOSED: &str = "account_closed";
    /// 403: the right password, and the account is closed: its owner wished it so (T10).
    pub const ACCOUNT_LEFT: &str = "account_left";
    /// 409: there is nothing to leave, or it was left already (T10).
    pub const DEPARTURE_LEFT: &str = "departure_left";
    /// 409: the request to leave was taken back by the person (T10).
    pub const DEPARTURE_WITHDRAWN: &str = "departure_withdrawn";
    /// 409: the request to leave was decided meanwhile (T10).
    pub const DEPARTURE_DECIDED: &str = "departure_decided";
    /// 409: the only correspondent of an organisation stays (T10).
    pub const ONLY_CORRESPONDENT: &str = "only_correspondent";
    /// 409: the portal has no passkeys at its address.
    pub const PASSKEYS_OFF: &str = "passkeys_off";
    /// 409: the account has as many passkeys as it may.
    pub const PASSKEYS_FULL: &str = "passkeys_full";
    /// 409: the passkey is there already.
    pub const PASSKEY_KNOWN: &str = "passkey_known";
    /// 409: the challenge was answered, is too old, or was begun elsewhere.
    pub const PASSKEY_LATE: &str = "passkey_late";
    /// 401: no account has this passkey here.
    pub const PASSKEY_UNKNOWN: &str = "passkey_unknown";
    /// 401: what the device answered isn't right.
    pub const PASSKEY_REFUSED: &str = "passkey_refused";
    /// 401: the device counts fewer uses than were made: there may be a copy of it.
    pub const PASSKEY_COPIED: &str = "passkey_copied";
    /// 401: the code of the authenticator isn't right, or was used already; `tries_left`.
    pub const CODE_REFUSED: &str = "code_refused";
    /// 403: the desk wants the second factor first.
    pub const SECOND_FACTOR: &str = "second_factor";
    /// 403: not for who has this role at the desk.
    pub const ROLE: &str = "role";
    /// 409: an authenticator is set up already.
    pub const ENROLLED: &str = "enrolled";
    /// 409: no letter waits to be printed.
    pub const NOTHING_WAITS: &str = "nothing_waits";
    /// 409: somebody else is printing at the moment; nothing was printed.
    pub const CROSSED: &str = "crossed";
    /// What was sent is still valid, until a day: nothing else is sent unless it is lost (P8).
    pub const STILL_VALID: &str = "still_valid";
    /// A letter with identifiers waits to be printed.
    pub const LETTER_COMING: &str = "letter_coming";
    /// Somebody's state has changed meanwhile: that can't be done for them any more.
    pub const HELP_REFUSED: &str = "help_refused";
    /// No address for that channel.
    pub const NO_ADDRESS: &str = "no_address";
    /// No more letters today: each costs money.
    pub const LETTERS_SPENT: &str = "letters_spent";
    /// There is an account with that user number.
    pub const NUMBER_TAKEN: &str = "number_taken";
    /// 409: the name of the submission (see [`super::IDEMPOTENCY_HEADER`]) was given to another form before.
    pub const KEY_REUSED: &str = "idempotency_key_reused";
    /// 503: too busy just now.
    pub const BUSY: &str = "busy";
    /// 500: our fault.
    pub const INTERNAL: &str = "internal";
    /// 404: no such address.
    pub const NOT_FOUND: &str = "not_found";
    /// 403: the request didn't come from our pages.
    pub const FOREIGN: &str = "foreign_request";
    /// 400: the request isn't understood: not JSON, unknown fields, a malformed header.
    pub const MALFORMED: &str = "malformed";
}

/// What `index.html` carries, so that the first page needs no further request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Boot {
    /// The portal of this address; none on the list of portals.
    pub portal: Option<Portal>,
    /// The portals of this server, when the address is none of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub portals: Vec<PortalLink>,
    /// Who is signed in.
    pub session: Option<Session>,
    /// `fr` or `en`.
    pub language: String,
    /// Today in the landlord's time zone, ISO 8601.
    pub today: String,
    /// Demonstration: mailbox and clock are linked.
    #[serde(default)]
    pub demo: bool,
    /// The texts of this language, this portal's own wording included; written in one.
    #[serde(with = "crate::texts::joined")]
    pub texts: std::collections::BTreeMap<String, String>,
}

/// A written page (terms, cookies, help…), as the server renders it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The heading.
    pub title: String,
    /// What follows the heading, as HTML made by the server from its own files.
    pub html: String,
    /// Version, for the terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// SHA-256 of the exact text, for the terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// A date as typed in three fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DateFields {
    /// Day of the month.
    pub day: String,
    /// Month, by number.
    pub month: String,
    /// Year, four digits.
    pub year: String,
}

impl DateFields {
    /// The three answers of the date field called `name`.
    pub fn from_answers(answers: &Answers, name: &str) -> Self {
        let [day, month, year] = DATE_PARTS.map(|part| answer(answers, &format!("{name}.{part}")).to_owned());
        Self { day, month, year }
    }

    /// The date, when it is one and not after `today`.
    pub fn parse_past(&self, today: Date) -> Result<Date, DateError> {
        Date::parse_past(&self.day, &self.month, &self.year, today)
    }

    /// The date, when it is the birth date of somebody of age.
    pub fn parse_adult(&self, today: Date) -> Result<Date, DateError> {
        Date::parse_adult(&self.day, &self.month, &self.year, today)
    }
}
