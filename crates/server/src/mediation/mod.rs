//! A housing organisation (*organisme Hlm*) joins a mediation scheme (rows M1–M8).

mod certification;
mod check;
mod codes;
mod contract;
pub mod directory;
mod draft;
mod export;
mod identity;
mod join;
mod members;
pub mod reminders;
mod routes;
mod scheme;

pub use contract::CONTRACT_VALUES;
pub use export::{HEADERS, State, memberships};
pub(crate) use members::{Members, search as directory_search};
pub use routes::routes;
