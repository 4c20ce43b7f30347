//! Partners: landlords who get their account from an office (rows P3–P5).

mod first_sign_in;
mod help;

pub(crate) use first_sign_in::first_sign_in_view;
pub(crate) use help::help_view;
