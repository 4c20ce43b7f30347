//! The desk (*guichet*) of those who run a portal: signing in with a second factor, work lists (rows D2, D3).
//!
//! Staff (*personnel*) are no accounts: nothing that a tenant or an organisation's user holds opens the desk.

mod entry;
mod lists;
mod new_account;
mod stuck;
mod support;

pub use entry::{
    CodeForm, DeskSession, DeskSignInForm, DeskStage, Enrolment, RecoveryCodes, WelcomeForm, WelcomeView,
};
pub use lists::{
    ClientRow, ClientsPage, Count, DepartureRow, DeparturesPage, LetterRow, LettersDone, LettersOverview,
    LettersPage, MembershipRow, MembershipsPage, Overview, PAGE, Paging, ReferencesForm, RequestsOverview,
};
pub use new_account::{NewAccount, NewAccountForm};
pub use stuck::{Remedy, RequestsView, Stuck, StuckKind};
pub use support::{
    AccountLock, AccountRow, AccountSheet, AccountState, AccountsPage, DeskEntry, Help, SentLetter,
};

use serde::{Deserialize, Serialize};

/// What somebody of the staff is there for (D3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Runs the portal (*exploitant*): prints letters and notes what became of them.
    Operator,
    /// Answers callers (*agent de support*): looks things up, and helps with what accounts are opened with (P7).
    Support,
    /// Of the landlord or the bank (*agent du bailleur*): looks things up.
    Landlord,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Operator, Self::Support, Self::Landlord];

    /// Its name on the wire, in the store and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Support => "support",
            Self::Landlord => "landlord",
        }
    }

    /// The role with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether it prints letters, whose codes nobody else may see, and notes what became of them.
    pub const fn handles_letters(self) -> bool {
        matches!(self, Self::Operator)
    }

    /// Whether it sends identifiers and links to who calls, and makes accounts (P7, P8).
    pub const fn helps_callers(self) -> bool {
        matches!(self, Self::Operator | Self::Support)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_one_name_everywhere() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.name()), Some(role));
            assert_eq!(serde_json::to_string(&role).expect("a text"), format!("\"{}\"", role.name()));
        }
        assert_eq!(Role::parse("administrator"), None);
    }

    #[test]
    fn only_operators_handle_letters() {
        let handling: Vec<Role> = Role::ALL.into_iter().filter(|role| role.handles_letters()).collect();
        assert_eq!(handling, [Role::Operator]);
    }

    #[test]
    fn landlords_only_look() {
        let helping: Vec<Role> = Role::ALL.into_iter().filter(|role| role.helps_callers()).collect();
        assert_eq!(helping, [Role::Operator, Role::Support]);
    }
}
