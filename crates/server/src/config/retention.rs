//! The section `[retention]` of a portal's file: how long what isn't needed any more is kept (T11).

use super::reader::Section;

/// The retention table of a portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Months that a tenant's account stays open after the last day in the home: 1 to 24.
    pub open_months: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { open_months: 3 }
    }
}

/// Reads the section.
pub(super) fn read(section: &Section<'_>) -> Retention {
    let usual = Retention::default();
    let Some(section) = section.section("retention") else { return usual };
    let retention = Retention { open_months: section.number("open_months", 1..=24, usual.open_months) };
    section.end();
    retention
}
