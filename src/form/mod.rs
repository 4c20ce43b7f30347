//! Forms as data: what was typed, what is wrong with it, and the fields that show both. Knows no journey.

mod fields;
mod frame;
mod simple;
mod state;

#[cfg(feature = "gallery")]
pub(crate) use fields::measure;
pub use fields::{fields_view, links_view, required_view};
pub use frame::{Head, back_link, head, plain_head};
pub use simple::{Form, simple_form};
#[cfg(feature = "account")]
pub(crate) use simple::{refuse, sent_form};
pub use state::{FormState, Found, notice_slot};
