//! A tenant signs up, confirms the address, and comes home (rows T1–T8, T12).

mod at_hand;
mod home;
mod sign_up;

pub(crate) use home::tenant_view;
pub(crate) use sign_up::CONFIRMATION;
pub use sign_up::WIZARD;
