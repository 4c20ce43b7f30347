//! The thin server of Palier: it checks again, stores, sends and answers.
//!
//! [`http::app`] makes the one router that `main` serves and tests call.

pub mod account;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod departure;
pub mod desk;
pub mod documents;
pub mod entropy;
pub mod http;
pub mod human;
pub mod import;
pub mod leaving;
pub mod mail;
mod mailroom;
pub mod mediation;
pub mod onboarding;
pub mod openapi;
pub mod paper;
pub mod partners;
pub mod passwords;
pub mod retention;
pub mod store;
mod table;
pub mod tenancy;
pub mod texts;
mod turns;
