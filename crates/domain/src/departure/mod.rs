//! Leaving by one's own wish (T10): the whole service (*désinscription*), or paperless notices alone (*désabonnement de la
//! dématérialisation*). Asked on line or at the desk, decided at the desk.

#[cfg(test)]
mod tests;
mod wire;

use serde::{Deserialize, Serialize};

pub use self::wire::{
    DecisionForm, DepartureForm, DepartureView, DesiredForm, KnownDeparture, NOTE_LENGTH, Obstacle,
};

/// What somebody wants to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The service: the account closes.
    Whole,
    /// Paperless notices: they come by post again, and the account stays.
    Paperless,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Whole, Self::Paperless];

    /// Its name on the wire, in the store and in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Paperless => "paperless",
        }
    }

    /// The one with that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What has become of a request; `T` is a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State<T> {
    /// Nobody has decided.
    Waiting {
        /// When it was asked.
        since: T,
    },
    /// The landlord agreed.
    Accepted {
        /// When.
        at: T,
    },
    /// The landlord didn't.
    Refused {
        /// When.
        at: T,
        /// Why: the person reads it.
        reason: String,
    },
    /// The person took it back.
    Withdrawn {
        /// When.
        at: T,
    },
    /// The account closed for another reason: there is nothing left to decide.
    Overtaken {
        /// When.
        at: T,
    },
}

impl<T> State<T> {
    /// Its name on the wire, in the store and in texts.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Waiting { .. } => "waiting",
            Self::Accepted { .. } => "accepted",
            Self::Refused { .. } => "refused",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Overtaken { .. } => "overtaken",
        }
    }

    /// When it ended; none while it waits.
    pub const fn settled(&self) -> Option<&T> {
        match self {
            Self::Waiting { .. } => None,
            Self::Accepted { at }
            | Self::Refused { at, .. }
            | Self::Withdrawn { at }
            | Self::Overtaken { at } => Some(at),
        }
    }

    /// Why it was refused; empty otherwise.
    pub fn reason(&self) -> &str {
        match self {
            Self::Refused { reason, .. } => reason,
            _ => "",
        }
    }
}

/// The newest request of each kind of one account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requests<T> {
    /// For the whole service.
    pub whole: Option<State<T>>,
    /// For paperless notices.
    pub paperless: Option<State<T>>,
}

/// Something that happens to an account's requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The person asks.
    Ask(Kind),
    /// The person takes it back.
    Withdraw(Kind),
    /// The landlord agrees.
    Accept(Kind),
    /// The landlord doesn't, and says why.
    Refuse(Kind, String),
    /// The account closes for another reason.
    Close,
}

/// Why something can't happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Illegal {
    /// One of that kind waits already.
    Waits,
    /// There is nothing left to leave.
    Left,
    /// The person took it back.
    Withdrawn,
    /// It was decided, or there is nothing to decide.
    Decided,
}

impl<T> Default for Requests<T> {
    fn default() -> Self {
        Self { whole: None, paperless: None }
    }
}

impl<T: Copy> Requests<T> {
    /// The newest one of a kind.
    pub const fn of(&self, kind: Kind) -> Option<&State<T>> {
        match kind {
            Kind::Whole => self.whole.as_ref(),
            Kind::Paperless => self.paperless.as_ref(),
        }
    }

    /// What becomes of them. A request for the whole service that is accepted leaves nothing to decide about paperless
    /// notices.
    ///
    /// # Errors
    /// [`Illegal`]; nothing has happened then.
    pub fn after(&self, event: Event, now: T) -> Result<Self, Illegal> {
        match event {
            Event::Ask(kind) => {
                if matches!(self.of(kind), Some(State::Waiting { .. })) {
                    return Err(Illegal::Waits);
                }
                if [Kind::Whole, kind]
                    .iter()
                    .any(|kind| matches!(self.of(*kind), Some(State::Accepted { .. })))
                {
                    return Err(Illegal::Left);
                }
                Ok(self.with(kind, State::Waiting { since: now }))
            }
            Event::Withdraw(kind) => self.settle(kind, State::Withdrawn { at: now }),
            Event::Accept(Kind::Paperless) => self.settle(Kind::Paperless, State::Accepted { at: now }),
            Event::Accept(Kind::Whole) => {
                Ok(self.settle(Kind::Whole, State::Accepted { at: now })?.overtaken(now))
            }
            Event::Refuse(kind, reason) => self.settle(kind, State::Refused { at: now, reason }),
            Event::Close => Ok(self.clone().overtaken(now)),
        }
    }

    fn settle(&self, kind: Kind, to: State<T>) -> Result<Self, Illegal> {
        match self.of(kind) {
            Some(State::Waiting { .. }) => Ok(self.with(kind, to)),
            Some(State::Withdrawn { .. }) => Err(Illegal::Withdrawn),
            _ => Err(Illegal::Decided),
        }
    }

    fn overtaken(self, now: T) -> Self {
        let end = |state: Option<State<T>>| match state {
            Some(State::Waiting { .. }) => Some(State::Overtaken { at: now }),
            other => other,
        };
        Self { whole: end(self.whole), paperless: end(self.paperless) }
    }

    fn with(&self, kind: Kind, state: State<T>) -> Self {
        let mut after = self.clone();
        match kind {
            Kind::Whole => after.whole = Some(state),
            Kind::Paperless => after.paperless = Some(state),
        }
        after
    }
}
