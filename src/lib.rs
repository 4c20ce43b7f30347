//! Palier's pages, in the browser.
//!
//! The kernel knows no journey: [`api`] (the only place that talks to the server), [`ui`] (components that know no
//! domain), [`form`] and [`wizard`] (pages as data), [`nav`] and [`routes`] (addresses), [`i18n`] (texts). The
//! journeys stand on it: `tenancy`, `mediation`, `onboarding`, `office`, `account` and `profile`; `human` is a kind of field that any of them may ask.

mod account;
pub mod api;
pub mod app;
mod broken;
#[cfg(feature = "office")]
mod desk;
mod dom;
mod fetched;
pub mod form;
#[cfg(feature = "gallery")]
pub mod gallery;
#[cfg(feature = "onboarding")]
mod human;
pub mod i18n;
mod idle;
mod json;
mod links;
#[cfg(feature = "mediation")]
mod mediation;
pub mod message;
mod moment;
pub mod nav;
#[cfg(feature = "office")]
mod office;
#[cfg(feature = "onboarding")]
mod onboarding;
mod pages;
#[cfg(feature = "account")]
mod partners;
#[cfg(feature = "account")]
mod profile;
pub mod routes;
pub mod shell;
pub mod site;
mod start;
pub mod tenancy;
mod token;
pub mod ui;
pub mod var;
pub mod wizard;

pub use start::start;
