//! "Je ne suis pas un robot" (A2): challenges given, their solutions exchanged for passes, passes spent by journeys.
//!
//! The protocol is ALTCHA's, so that its own widget would do too; see docs/decisions/0010-humanity.md.

mod challenge;
mod key;
mod pass;
mod routes;

pub use pass::spend;
pub use routes::routes;
