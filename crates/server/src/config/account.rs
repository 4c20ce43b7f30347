//! The section `[account]` of a portal's file: what people can do with their accounts (T10).

use super::reader::Section;

/// What people can do with their accounts where landlords differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountRules {
    /// Tenants get notices without paper, and can stop that alone.
    pub paperless: bool,
    /// Days within which the landlord answers who wants to leave: 1 to 60.
    pub answer_days: u32,
}

impl Default for AccountRules {
    fn default() -> Self {
        Self { paperless: false, answer_days: 10 }
    }
}

/// Reads the section.
pub(super) fn read(file: &Section<'_>) -> AccountRules {
    let usual = AccountRules::default();
    let Some(section) = file.section("account") else { return usual };
    let rules = AccountRules {
        paperless: section.flag("paperless"),
        answer_days: section.number("answer_days", 1..=60, usual.answer_days),
    };
    if rules.paperless && !file.has("tenancy") {
        section.file().fault(section.line, "`paperless`: notices are tenants', and there is no `[tenancy]`");
    }
    section.end();
    rules
}
