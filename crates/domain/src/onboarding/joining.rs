//! How a colleague (*collègue*) joins an organisation that has an administrator: by their own request (A7) or invited
//! (A8). Either way they end at a link that proves the address and lets a password be chosen.

use std::fmt;

/// How far somebody has come who is to become a user. That its time is over isn't one of these: it follows from the
/// clock, until the hourly work writes it down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum JoiningState {
    /// They asked, and an administrator is to decide.
    Asked,
    /// An administrator accepted or invited them: the link was sent.
    Invited,
    /// They chose a password: they are a user.
    Active,
    /// An administrator refused.
    Refused,
    /// An administrator took the invitation back.
    Cancelled,
    /// Nobody decided, or the link wasn't used, in time.
    Expired,
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JoiningStep {
    /// An administrator says yes, and which rights.
    Accept,
    /// An administrator says no, and why.
    Refuse,
    /// An administrator takes the invitation back.
    Cancel,
    /// The person chooses a password.
    Activate,
    /// The time is over.
    Expire,
}

/// A step that can't be taken from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IllegalJoining {
    /// Where it is.
    pub state: JoiningState,
    /// What was to happen.
    pub step: JoiningStep,
}

impl fmt::Display for IllegalJoining {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "who is {:?} can't {:?}", self.state, self.step)
    }
}

impl std::error::Error for IllegalJoining {}

impl JoiningState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Asked, Self::Invited, Self::Active, Self::Refused, Self::Cancelled, Self::Expired];

    /// Its name in the store and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }

    /// The state with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// The state after a step.
    ///
    /// # Errors
    /// The step, when it can't be taken: a request is decided once, a link is used once.
    pub fn after(self, step: JoiningStep) -> Result<Self, IllegalJoining> {
        use JoiningState as S;
        use JoiningStep as T;
        match (self, step) {
            (S::Asked, T::Accept) => Ok(S::Invited),
            (S::Asked, T::Refuse) => Ok(S::Refused),
            (S::Invited, T::Cancel) => Ok(S::Cancelled),
            (S::Invited, T::Activate) => Ok(S::Active),
            (S::Asked | S::Invited, T::Expire) => Ok(S::Expired),
            (state, step) => Err(IllegalJoining { state, step }),
        }
    }

    /// The states from which a step can be taken.
    pub fn before(step: JoiningStep) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |state| state.after(step).is_ok())
    }

    /// Whether something may still happen to it.
    pub fn is_open(self) -> bool {
        self.after(JoiningStep::Expire).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [JoiningStep; 5] = [
        JoiningStep::Accept,
        JoiningStep::Refuse,
        JoiningStep::Cancel,
        JoiningStep::Activate,
        JoiningStep::Expire,
    ];

    #[test]
    fn every_state_and_step() {
        use JoiningState as S;
        let table: Vec<(S, Vec<Option<S>>)> = vec![
            (S::Asked, vec![Some(S::Invited), Some(S::Refused), None, None, Some(S::Expired)]),
            (S::Invited, vec![None, None, Some(S::Cancelled), Some(S::Active), Some(S::Expired)]),
            (S::Active, vec![None; 5]),
            (S::Refused, vec![None; 5]),
            (S::Cancelled, vec![None; 5]),
            (S::Expired, vec![None; 5]),
        ];
        for (state, wanted) in table {
            let found: Vec<Option<S>> = STEPS.iter().map(|step| state.after(*step).ok()).collect();
            assert_eq!(found, wanted, "{state:?}");
            assert_eq!(S::parse(state.name()), Some(state));
        }
    }

    #[test]
    fn what_is_open_can_still_end() {
        use JoiningState as S;
        assert_eq!(
            S::ALL.map(JoiningState::is_open),
            [S::Asked, S::Invited, S::Active, S::Refused, S::Cancelled, S::Expired]
                .map(|state| matches!(state, S::Asked | S::Invited))
        );
        assert_eq!(S::before(JoiningStep::Expire).collect::<Vec<_>>(), [S::Asked, S::Invited]);
        assert_eq!(S::before(JoiningStep::Activate).collect::<Vec<_>>(), [S::Invited]);
    }

    #[test]
    fn an_illegal_step_says_itself() {
        let refused = JoiningState::Refused.after(JoiningStep::Accept).map_err(|error| error.to_string());
        assert_eq!(refused, Err("who is Refused can't Accept".to_owned()));
    }
}
