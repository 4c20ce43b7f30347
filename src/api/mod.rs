//! The only place that talks to the server. A network that fails is a value like any other answer.

mod contact;
#[cfg(any(feature = "account", feature = "office"))]
mod file;
mod send;

pub use contact::Contacts;
pub use send::{Answer, Api, Call, Failure};
