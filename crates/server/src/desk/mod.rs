//! The desk (*guichet*) of those who run a portal (rows D2, D3): it looks at every journey, and no journey knows it.
//!
//! Staff have tables, a cookie and addresses of their own, a portal each: no account's session opens anything here.

mod at_desk;
mod clients;
mod factor;
mod letters;
mod memberships;
mod overview;
mod paging;
mod picture;
mod requests;
mod routes;
mod session;
mod sign_in;
mod support;
mod welcome;

pub use factor::code_at;
pub use routes::routes;
pub use welcome::{invite, remove};
