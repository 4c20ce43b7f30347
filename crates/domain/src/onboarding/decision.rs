//! What an administrator decides about a user of the organisation, and what becomes of the user (A8).

use std::fmt;

/// Whether a user may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserState {
    /// They may.
    Active,
    /// Not at the moment, by an administrator's decision.
    Suspended,
    /// Not any more. The account is kept for what it agreed to (A10); it may join an organisation again.
    Removed,
}

impl UserState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Active, Self::Suspended, Self::Removed];

    /// Its name in the store.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Suspended => "suspended",
            Self::Removed => "removed",
        }
    }

    /// The state with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }
}

/// What a user is in the organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// Decides about the others, while active.
    pub administrator: bool,
    /// Whether they may sign in.
    pub state: UserState,
}

impl Role {
    /// Decides about the others, now.
    pub fn decides(self) -> bool {
        self.administrator && self.state == UserState::Active
    }
}

/// What is decided about a user. Their rights are something else: they change no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// They can't sign in until they may again (*suspendre*).
    Suspend,
    /// They may sign in again (*rétablir*).
    Resume,
    /// They are no user any more (*retirer*).
    Remove,
    /// They become an administrator (*nommer administrateur*).
    Promote,
    /// They become a plain user.
    Demote,
}

/// Why it can't be decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IllegalDecision {
    /// Nobody would be left to decide: they are the only active administrator.
    LastAdministrator,
    /// Only who may sign in becomes an administrator.
    Suspended,
    /// They are no user any more.
    Removed,
}

impl fmt::Display for IllegalDecision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::LastAdministrator => "the only active administrator stays one",
            Self::Suspended => "who is suspended can't become an administrator",
            Self::Removed => "who was removed is no user",
        })
    }
}

impl std::error::Error for IllegalDecision {}

impl Decision {
    /// Every decision.
    pub const ALL: [Self; 5] = [Self::Suspend, Self::Resume, Self::Remove, Self::Promote, Self::Demote];

    /// Its name in the addresses of the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Suspend => "suspend",
            Self::Resume => "resume",
            Self::Remove => "remove",
            Self::Promote => "promote",
            Self::Demote => "demote",
        }
    }

    /// The decision with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.name() == name)
    }

    /// What a user is after it; the same as before when they were that already. `administrators` are the active ones of
    /// the organisation, before.
    ///
    /// # Errors
    /// [`IllegalDecision`].
    pub fn about(self, role: Role, administrators: u64) -> Result<Role, IllegalDecision> {
        use UserState::{Active, Removed, Suspended};
        let after = match (self, role.state) {
            // As often as one likes: it is done.
            (Self::Remove, _) => Role { state: Removed, ..role },
            (_, Removed) => return Err(IllegalDecision::Removed),
            (Self::Suspend, _) => Role { state: Suspended, ..role },
            (Self::Resume, _) => Role { state: Active, ..role },
            (Self::Promote, Suspended) if !role.administrator => return Err(IllegalDecision::Suspended),
            (Self::Promote, _) => Role { administrator: true, ..role },
            (Self::Demote, _) => Role { administrator: false, ..role },
        };
        if role.decides() && !after.decides() && administrators < 2 {
            return Err(IllegalDecision::LastAdministrator);
        }
        Ok(after)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every role, with the outcome of each decision in the order of [`Decision::ALL`], when there are two active
    /// administrators. `=`: nothing changes.
    const TABLE: [(&str, [&str; 5]); 6] = [
        ("user active", ["user suspended", "=", "user removed", "administrator active", "="]),
        ("user suspended", ["=", "user active", "user removed", "suspended!", "="]),
        ("user removed", ["removed!", "removed!", "=", "removed!", "removed!"]),
        (
            "administrator active",
            ["administrator suspended", "=", "administrator removed", "=", "user active"],
        ),
        (
            "administrator suspended",
            ["=", "administrator active", "administrator removed", "=", "user suspended"],
        ),
        ("administrator removed", ["removed!", "removed!", "=", "removed!", "removed!"]),
    ];

    fn role(words: &str) -> Role {
        let (role, state) = words.split_once(' ').expect("two words");
        Role { administrator: role == "administrator", state: UserState::parse(state).expect("a state") }
    }

    #[test]
    fn every_role_and_decision() {
        for (before, outcomes) in TABLE {
            for (decision, outcome) in Decision::ALL.into_iter().zip(outcomes) {
                let expected = match outcome {
                    "=" => Ok(role(before)),
                    "suspended!" => Err(IllegalDecision::Suspended),
                    "removed!" => Err(IllegalDecision::Removed),
                    after => Ok(role(after)),
                };
                assert_eq!(decision.about(role(before), 2), expected, "{before}: {decision:?}");
            }
        }
    }

    #[test]
    fn the_only_active_administrator_stays() {
        let alone = role("administrator active");
        for decision in Decision::ALL {
            let expected = match decision {
                Decision::Resume | Decision::Promote => Ok(alone),
                _ => Err(IllegalDecision::LastAdministrator),
            };
            assert_eq!(decision.about(alone, 1), expected, "{decision:?}");
        }
        // Of those who don't decide, one may go: the one administrator there is, is somebody else.
        for words in ["administrator suspended", "user active", "user suspended"] {
            assert!(Decision::Remove.about(role(words), 1).is_ok(), "{words}");
        }
    }

    #[test]
    fn nothing_that_is_allowed_leaves_nobody_to_decide() {
        let others = || 0..3_u64;
        let all = TABLE.iter().flat_map(|(before, _)| others().map(|others| (role(before), others)));
        for ((before, others), decision) in
            all.flat_map(|case| Decision::ALL.into_iter().map(move |decision| (case, decision)))
        {
            let administrators = others + u64::from(before.decides());
            if let Ok(after) = decision.about(before, administrators) {
                let left = others + u64::from(after.decides());
                assert!(left > 0 || administrators == 0, "{before:?}: {decision:?}");
                assert_eq!(decision.about(after, left), Ok(after), "twice is once: {before:?}: {decision:?}");
            }
        }
    }

    #[test]
    fn names_are_understood_and_why_not_is_said() {
        for decision in Decision::ALL {
            assert_eq!(Decision::parse(decision.name()), Some(decision));
        }
        assert_eq!(Decision::parse("rights"), None);
        let refused = Decision::Demote.about(role("administrator active"), 1);
        assert_eq!(
            refused.map_err(|error| error.to_string()),
            Err("the only active administrator stays one".to_owned())
        );
    }
}
