//! What is true in Palier: values, rules and steps, and the words that browser and server exchange.
//!
//! Nothing here reads a clock, draws a random number, or talks to anything: today's date and the portal's rules are
//! passed in. The same functions run in the browser (wasm) and on the server (native), so a rule is written once.

pub mod account;
pub mod account_fields;
mod checks;
pub mod credentials;
pub mod departure;
pub mod desk;
pub mod fold;
pub mod human;
pub mod journey;
pub mod mediation;
#[cfg(feature = "onboarding")]
pub mod onboarding;
#[cfg(feature = "partners")]
pub mod partners;
pub mod portal;
pub mod problem;
pub mod profile;
pub mod reading;
pub mod retention;
pub mod tenancy;
mod terms;
pub mod texts;
pub mod values;
pub mod wire;
pub mod wording;
