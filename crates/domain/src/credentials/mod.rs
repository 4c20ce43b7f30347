//! What people prove with who they are (*identifiants*): one model for all journeys (P2–P6, P8).
//!
//! Every sentence about a secret, on a page, in a letter, in an e-mail or at the desk, follows from three things: the
//! [`Periods`] of the portal's profile, what an account holds ([`Access`]), and the clock. Moments are whatever can be
//! compared: the server's timestamps, or the numbers of a test.

mod access;
mod channel;
mod periods;

pub use access::{Access, Event, Held, Pass, Refusal, Way};
pub use channel::Channel;
pub use periods::{Kind, Periods, Span};
