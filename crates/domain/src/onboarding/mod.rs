//! The first administrator (*premier administrateur*) of a client organisation: sign-up, letter to the legal
//! representative, activation (rows A1–A6).

mod activation;
mod decision;
mod joining;
mod letter;
mod registration;
mod rights;
mod users;
mod wire;

pub use activation::{ACTIVATION, Activation, ActivationForm, LETTER_LINK, REFUSAL, RefusalForm};
pub use decision::{Decision, IllegalDecision, Role, UserState};
pub use joining::{IllegalJoining, JoiningState, JoiningStep};
pub use letter::{IllegalStep, LetterState, LetterStep};
pub use registration::{ADMINISTERED, COLLEAGUE, ORGANISATION, REGISTRATION, Registration, RegistrationForm};
pub use rights::{Level, Rights, RightsError};
pub use users::{
    EntryView, GrantForm, InvitationForm, InvitationView, JoiningForm, JoiningView, JournalView,
    REASON_LENGTH, ReasonForm, RequestView, UserView, UsersView,
};
pub use wire::{Confirmed, Enrolling, FollowForm, LetterStage, LetterView};
