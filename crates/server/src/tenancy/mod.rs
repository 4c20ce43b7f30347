//! A tenant (*locataire*) signs up (rows T1–T7).

mod check;
mod confirmation;
mod lookup;
pub mod matching;
mod routes;
mod sign_up;

pub use routes::routes;
