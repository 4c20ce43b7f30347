//! The directory of member organisations, searched by name as one types (M6).
//!
//! All names are in memory: a scheme has thousands of members, not millions. Nothing here reads a store or a clock.

mod rank;
mod typo;
mod words;

pub use rank::{Entry, Found, Hit, Index};
pub use words::{MOST_CHARACTERS, MOST_WORDS};
