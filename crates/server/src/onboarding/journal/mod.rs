//! The journal of an organisation, told to its administrators and written as a table (A9).

mod routes;
mod rows;
mod told;
mod view;

pub(super) use routes::routes;
pub use rows::{operator_headers, operator_rows};
