//! Pages that a link from an e-mail opens, where one click does something. Knows no journey.

mod page;

pub(crate) use page::{LinkPage, link_view};
