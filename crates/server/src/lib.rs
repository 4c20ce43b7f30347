//! The thin server of Palier: it checks again, stores, sends and answers.
//!
//! [`http::app`] makes the one router that `main` serves and tests call.

pub mod clock;
pub mod config;
pub mod documents;
pub mod entropy;
pub mod http;
pub mod passwords;
pub mod store;
pub mod texts;
