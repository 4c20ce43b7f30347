//! Every address of the API, asked as the pages ask it: the whole server over a real database, with a clock and
//! randomness that the tests choose.

#![expect(
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by failing where it does"
)]

mod confirmation;
mod data;
mod departure;
mod described;
mod desk_entry;
mod desk_factor;
mod desk_letters;
mod desk_lists;
mod desk_owners;
mod desk_support;
mod desk_support_made;
mod documented;
mod human;
mod idempotency;
mod identity;
mod invitations;
mod joining_completion;
mod joining_decision;
mod joining_expiry;
mod joining_invitation;
mod joining_request;
mod journal;
mod leaving;
mod lockout;
mod membership;
mod odd;
mod onboarding;
mod onboarding_activation;
mod onboarding_confirmation;
mod onboarding_follow;
mod onboarding_refusal;
mod onboarding_registration;
mod onboarding_tries;
mod onboarding_whole;
mod own_account;
mod own_email;
mod partners;
mod passkeys;
mod password_ends;
mod recovery;
mod resend;
mod retention;
mod scheme;
mod session;
mod sign_in;
mod sign_up;
mod sign_up_checks;
mod sign_up_refusals;
mod support;
mod takeover;
mod takeover_colleague;
mod takeover_objection;
mod takeover_outcomes;
mod terms;
mod timing;
mod users_access;
mod users_decisions;
mod users_list;
mod users_races;
