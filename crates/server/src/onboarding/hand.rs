use crate::store::journal::Details;
use crate::store::staff::Staff;

/// Who of those who run the portal handles letters.
///
/// The journal keeps it for the operator. An organisation's administrators are told the same for all of them: which
/// service did it (see `docs/decisions/0013-desk.md`).
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hand<'a> {
    /// Somebody at the desk.
    Staff(&'a Staff),
    /// Whoever can start the operator's commands: nobody has a name there.
    Commands,
}

/// What an entry calls the address of somebody of the staff.
pub(super) const STAFF: &str = "staff";
/// The kinds of entries of which only those who run the portal can be the cause.
pub(super) const KINDS: [&str; 5] =
    ["letter_printed", "letter_posted", "letter_returned", "letter_lost", "designation_stopped"];

impl Hand<'_> {
    /// What an entry keeps of a letter in this hand.
    pub(super) fn letter(self, reference: &str) -> Details {
        let mut details = super::record::letter(reference);
        if let Self::Staff(staff) = self {
            details.insert(STAFF.to_owned(), staff.email.to_string());
        }
        details
    }
}
