//! What a letter (*courrier*) to a legal representative goes through (A4, A5).

use std::fmt;

/// How far a letter has come. That its time is over isn't one of these: it follows from the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LetterState {
    /// It waits to be printed; it has no code yet.
    Asked,
    /// It was printed: its code counts.
    Printed,
    /// It was handed to the post.
    Posted,
    /// The post brought it back: whoever had it in hand may have read it, so that its code counts no more.
    Returned,
    /// Its code was used.
    Used,
    /// Its code counts no more: another one was asked for, the request was refused, or the code was tried too often.
    Revoked,
}

/// What happens to a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterStep {
    /// The operator prints it, which makes its code.
    Print,
    /// The operator posts it.
    Post,
    /// The post brings it back.
    Return,
    /// Its code is typed.
    Use,
    /// It is called off.
    Revoke,
}

/// A step that a letter can't take where it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IllegalStep {
    /// Where it is.
    pub state: LetterState,
    /// What was to happen.
    pub step: LetterStep,
}

impl fmt::Display for IllegalStep {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "a letter that is {:?} doesn't {:?}", self.state, self.step)
    }
}

impl std::error::Error for IllegalStep {}

impl LetterState {
    /// Every state.
    pub const ALL: [Self; 6] =
        [Self::Asked, Self::Printed, Self::Posted, Self::Returned, Self::Used, Self::Revoked];

    /// The state after a step.
    ///
    /// # Errors
    /// The step, when it can't be taken: a letter is printed once (printing it again makes another letter, which
    /// revokes this one), and nothing happens to one that was used or revoked.
    pub fn after(self, step: LetterStep) -> Result<Self, IllegalStep> {
        use LetterState as S;
        use LetterStep as T;
        match (self, step) {
            (S::Asked, T::Print) => Ok(S::Printed),
            (S::Printed, T::Post) => Ok(S::Posted),
            // The operator may forget to say that it was posted.
            (S::Printed | S::Posted, T::Return) => Ok(S::Returned),
            (S::Printed | S::Posted, T::Use) => Ok(S::Used),
            (S::Asked | S::Printed | S::Posted | S::Returned, T::Revoke) => Ok(S::Revoked),
            _ => Err(IllegalStep { state: self, step }),
        }
    }

    /// The states from which a step can be taken.
    pub fn before(step: LetterStep) -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(move |state| state.after(step).is_ok())
    }

    /// Whether its code may count, if its time isn't over.
    pub fn counts(self) -> bool {
        self.after(LetterStep::Use).is_ok()
    }

    /// Whether nothing happens to it any more.
    pub fn is_over(self) -> bool {
        self.after(LetterStep::Revoke).is_err()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [LetterStep; 5] =
        [LetterStep::Print, LetterStep::Post, LetterStep::Return, LetterStep::Use, LetterStep::Revoke];

    #[test]
    fn a_step_is_taken_from_these_states() {
        use LetterState as S;
        assert_eq!(S::before(LetterStep::Use).collect::<Vec<_>>(), [S::Printed, S::Posted]);
        assert_eq!(S::before(LetterStep::Print).collect::<Vec<_>>(), [S::Asked]);
    }

    #[test]
    fn every_state_and_step() {
        use LetterState as S;
        let table: Vec<(S, Vec<Option<S>>)> = vec![
            (S::Asked, vec![Some(S::Printed), None, None, None, Some(S::Revoked)]),
            (S::Printed, vec![None, Some(S::Posted), Some(S::Returned), Some(S::Used), Some(S::Revoked)]),
            (S::Posted, vec![None, None, Some(S::Returned), Some(S::Used), Some(S::Revoked)]),
            (S::Returned, vec![None, None, None, None, Some(S::Revoked)]),
            (S::Used, vec![None; 5]),
            (S::Revoked, vec![None; 5]),
        ];
        for (state, wanted) in table {
            let found: Vec<Option<S>> = STEPS.iter().map(|step| state.after(*step).ok()).collect();
            assert_eq!(found, wanted, "{state:?}");
        }
    }

    #[test]
    fn only_a_letter_on_its_way_has_a_code_that_counts() {
        let counting: Vec<_> = LetterState::ALL.into_iter().filter(|state| state.counts()).collect();
        assert_eq!(counting, [LetterState::Printed, LetterState::Posted]);
        let over: Vec<_> = LetterState::ALL.into_iter().filter(|state| state.is_over()).collect();
        assert_eq!(over, [LetterState::Used, LetterState::Revoked]);
    }

    #[test]
    fn an_illegal_step_says_itself() {
        let refused = LetterState::Used.after(LetterStep::Post).map_err(|error| error.to_string());
        assert_eq!(refused, Err("a letter that is Used doesn't Post".to_owned()));
    }
}
