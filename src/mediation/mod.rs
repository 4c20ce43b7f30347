//! An organisation joins a mediation scheme, and consumers find it (rows M1–M8).

mod contract;
mod directory;
mod done;
mod identity;
mod membership;
mod scheme;
mod search;

pub(crate) use directory::directory_view;
pub(crate) use identity::{CERTIFICATION, REMINDERS, identity_view};
pub(crate) use membership::membership_view;
pub(crate) use scheme::scheme_view;
