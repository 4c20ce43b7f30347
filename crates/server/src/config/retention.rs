//! The section `[retention]` of a portal's file: how long what isn't needed any more is kept (T11, D4).

use super::reader::Section;

/// The retention table of a portal. What it doesn't name is kept as long as it is in use, or is the same for all portals:
/// [`crate::retention::RULES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Months that a tenant's account stays open after the last day in the home: 1 to 24.
    pub open_months: u32,
    /// Months after which a closed account has nothing of its owner in it: 1 to 60.
    pub closed_months: u32,
    /// Months after which the proof of a closed account's consents goes: 12 to 120, and no fewer than `closed_months`.
    pub proof_months: u32,
    /// Months after which what ended without an account goes: designations, requests and invitations: 1 to 60.
    pub ended_months: u32,
    /// Days after which an e-mail that was sent or given up goes: 1 to 365.
    pub mail_days: u32,
    /// Days after which a sign-up that nobody confirmed goes, and any link: 1 to 365, counted from its end.
    pub sign_up_days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self {
            open_months: 3,
            closed_months: 12,
            proof_months: 60,
            ended_months: 24,
            mail_days: 30,
            sign_up_days: 30,
        }
    }
}

/// Reads the section.
pub(super) fn read(section: &Section<'_>) -> Retention {
    let usual = Retention::default();
    let Some(section) = section.section("retention") else { return usual };
    let retention = Retention {
        open_months: section.number("open_months", 1..=24, usual.open_months),
        closed_months: section.number("closed_months", 1..=60, usual.closed_months),
        proof_months: section.number("proof_months", 12..=120, usual.proof_months),
        ended_months: section.number("ended_months", 1..=60, usual.ended_months),
        mail_days: section.number("mail_days", 1..=365, usual.mail_days),
        sign_up_days: section.number("sign_up_days", 1..=365, usual.sign_up_days),
    };
    if retention.proof_months < retention.closed_months {
        let line = section.whole("proof_months", 12..=120).map_or(section.line, |found| found.line);
        section
            .file()
            .fault(line, "`proof_months` is less than `closed_months`: proofs outlive what they prove");
    }
    section.end();
    retention
}
