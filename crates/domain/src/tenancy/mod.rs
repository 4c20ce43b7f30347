//! A tenant (*locataire*) signs up (rows T1–T8).

mod pages;
mod sign_up;

pub use pages::SIGN_UP;
pub use sign_up::{SignUp, SignUpForm};
