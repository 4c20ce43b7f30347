//! Letters as their table keeps them.

use palier_domain::onboarding::LetterState;

use super::{Ending, Letter, TABLE, row};
use crate::store::StoreError;
use crate::store::convert::{counted, optional_time, time};

const STATES: [(LetterState, &str); 6] = [
    (LetterState::Asked, "asked"),
    (LetterState::Printed, "printed"),
    (LetterState::Posted, "posted"),
    (LetterState::Returned, "returned"),
    (LetterState::Used, "used"),
    (LetterState::Revoked, "revoked"),
];

const ENDINGS: [(Ending, &str); 7] = [
    (Ending::Used, "used"),
    (Ending::Replaced, "replaced"),
    (Ending::Lost, "lost"),
    (Ending::Refused, "refused"),
    (Ending::Lapsed, "lapsed"),
    (Ending::Objected, "objected"),
    (Ending::Locked, "locked"),
];

/// The name of a state, in the store and on the command line.
pub fn state_name(state: LetterState) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).map_or("", |(_, name)| name)
}

/// The name of why a letter ended, in the store and at the desk.
pub fn ending_name(ending: Ending) -> &'static str {
    ENDINGS.iter().find(|(known, _)| *known == ending).map_or("", |(_, name)| name)
}

/// The state with that name.
pub fn state_named(name: &str) -> Option<LetterState> {
    STATES.iter().find(|(_, known)| *known == name).map(|(state, _)| *state)
}

/// Why a letter ended, by its name.
pub fn ending_named(name: &str) -> Option<Ending> {
    ENDINGS.iter().find(|(_, known)| *known == name).map(|(ending, _)| *ending)
}

impl TryFrom<row::Model> for Letter {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            client_id: row.client_id,
            designation_id: row.designation_id,
            reference: row.reference,
            state: state_named(&row.state).ok_or(StoreError::Unreadable(TABLE))?,
            code_hash: row.code_hash,
            tries: counted(row.tries),
            asked_at: time(row.asked_at, TABLE)?,
            printed_at: optional_time(row.printed_at, TABLE)?,
            posted_at: optional_time(row.posted_at, TABLE)?,
            returned_at: optional_time(row.returned_at, TABLE)?,
            valid_until: optional_time(row.valid_until, TABLE)?,
            ended_at: optional_time(row.ended_at, TABLE)?,
            ending: row.ending.as_deref().and_then(ending_named),
        })
    }
}
