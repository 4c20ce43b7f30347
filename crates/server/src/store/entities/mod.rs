//! Tables as sea-orm sees them: names and types of columns, nothing else. Times are seconds since 1970.
#![expect(unreachable_pub, reason = "what sea-orm derives is public")]

pub(super) mod accounts;
pub(super) mod client_users;
pub(super) mod clients;
pub(super) mod consents;
pub(super) mod departures;
pub(super) mod designations;
pub(super) mod desk_journal;
pub(super) mod email_changes;
pub(super) mod guards;
pub(super) mod idempotency;
pub(super) mod joinings;
pub(super) mod journal;
pub(super) mod journal_cuts;
pub(super) mod kept_files;
pub(super) mod leases;
pub(super) mod letters;
pub(super) mod links;
pub(super) mod memberships;
pub(super) mod organisations;
pub(super) mod outbox;
pub(super) mod partner_letters;
pub(super) mod partners;
pub(super) mod passkey_challenges;
pub(super) mod passkeys;
pub(super) mod places;
pub(super) mod promo_uses;
pub(super) mod sessions;
pub(super) mod settings;
pub(super) mod sign_ups;
pub(super) mod staff;
pub(super) mod staff_codes;
pub(super) mod staff_sessions;
pub(super) mod throttles;
