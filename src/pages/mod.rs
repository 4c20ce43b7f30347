//! Pages that belong to no journey.

mod document;
mod home;
mod layout;
mod not_found;

pub(crate) use document::document_view;
#[cfg(feature = "mediation")]
pub(crate) use document::failed_head;
pub(crate) use home::{home_view, portals_view};
pub(crate) use layout::{footer_view, header_view, offline_view, watch_network};
pub(crate) use not_found::not_found_view;
