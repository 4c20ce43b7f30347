//! A tenant signs up, confirms the address, and comes home (rows T1–T8, T12).

mod at_hand;
mod confirmation;
mod home;
mod sent;
mod sign_up;

pub(crate) use confirmation::confirmation_view;
pub(crate) use home::tenant_view;
pub(crate) use sent::sent_view;
pub use sign_up::WIZARD;
