//! The first administrator (*premier administrateur*) of a client organisation: sign-up, letter to the legal
//! representative, activation (rows A1–A6).

mod activation;
mod letter;
mod registration;
mod wire;

pub use activation::{ACTIVATION, Activation, ActivationForm, LETTER_LINK, REFUSAL, RefusalForm};
pub use letter::{IllegalStep, LetterState, LetterStep};
pub use registration::{ORGANISATION, REGISTRATION, Registration, RegistrationForm};
pub use wire::{Enrolling, FollowForm, LetterStage, LetterView};
