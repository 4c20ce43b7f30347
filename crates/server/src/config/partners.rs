//! The section `[partners]` of a portal's file: accounts that an office gives out to landlords (P1).

use super::onboarding::{a_day, delivery_days};
use super::reader::Section;

/// How an office's letters to its partners (*partenaires*) are sent. How long what is in them is valid, the section
/// `[credentials]` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Partners {
    /// Days that the post takes at most, from the posting on: 1 to 30.
    pub delivery_days: u32,
    /// Letters of the portal in 24 hours: 1 to 100,000.
    pub a_day: u32,
}

/// Reads the section.
pub(super) fn read(section: Section<'_>) -> Partners {
    let partners = Partners { delivery_days: delivery_days(&section), a_day: a_day(&section) };
    section.end();
    partners
}
