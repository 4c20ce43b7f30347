use std::fmt;

use super::Kind;

/// What an account can be opened with at a moment, and what may happen to it next.
///
/// There is one secret to sign in with at most, because [`Held`] holds one; and at most one pass to choose a new
/// password, because a newer one takes its place. Whatever happens, [`Access::way`] has an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access<T> {
    /// What one signs in with.
    pub held: Held<T>,
    /// The pass that was sent to who forgot their password; only who has chosen one gets one.
    pub reset: Option<Pass<T>>,
}

/// What one signs in with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Held<T> {
    /// Nothing: none was given yet, or the last one was declared lost.
    Nothing,
    /// Nothing yet: a letter waits to be printed.
    Ordered,
    /// A provisional password, with which one chooses another before anything else (P4).
    Provisional {
        /// [`Kind::Letter`] or [`Kind::Mail`].
        kind: Kind,
        /// When it was printed or sent, and until when it is valid.
        pass: Pass<T>,
    },
    /// A password of one's own.
    Personal {
        /// When it was chosen.
        since: T,
        /// From then on a new one is asked for at the next sign-in: it still proves who one is. None: never.
        until: Option<T>,
    },
}

/// A secret given out for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass<T> {
    /// When it was given.
    pub issued: T,
    /// From then on it opens nothing.
    pub until: T,
}

/// Something that happens to an account's secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event<T> {
    /// New identifiers are asked for, by letter.
    Order,
    /// The letter is printed; until when its password is valid.
    Print {
        /// See [`Pass::until`].
        until: T,
    },
    /// New identifiers are asked for, by e-mail; until when its password is valid.
    Mail {
        /// See [`Pass::until`].
        until: T,
    },
    /// Somebody at the desk was told that what was sent is lost (P8).
    Lose,
    /// A password of one's own is chosen with the provisional one (P4), or with the one before.
    Choose {
        /// See [`Held::Personal`].
        until: Option<T>,
    },
    /// A lost password is told: a pass is sent.
    Forget {
        /// See [`Pass::until`].
        until: T,
    },
    /// A password of one's own is chosen with the pass.
    Recover {
        /// See [`Held::Personal`].
        until: Option<T>,
    },
}

/// Why something can't happen, with what a person must be told about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal<T> {
    /// What was sent is still valid: until then nothing else is sent, unless the desk is told that it is lost (P8).
    StillValid {
        /// Letter or e-mail.
        kind: Kind,
        /// When it was sent, and until when it is valid.
        pass: Pass<T>,
    },
    /// A letter is being made.
    Coming,
    /// Its owner has a password of their own: what they need is a reset.
    HasSignedIn,
    /// Its owner never had a password of their own: what they need are identifiers.
    NeverSignedIn,
    /// Nothing was given that this could be done with.
    NothingGiven,
    /// It was valid until then.
    Over {
        /// See [`Pass::until`].
        until: T,
    },
}

impl<T: fmt::Debug> fmt::Display for Refusal<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "that can't happen to these secrets: {self:?}")
    }
}

impl<T: fmt::Debug> std::error::Error for Refusal<T> {}

/// How an account's owner goes on from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way<T> {
    /// They ask for identifiers.
    AskIdentifiers,
    /// They wait for the letter that is being made.
    Wait,
    /// They type what was sent, and choose a password (P4).
    TypeGiven {
        /// Letter or e-mail.
        kind: Kind,
        /// When it was sent, and until when it is valid.
        pass: Pass<T>,
    },
    /// They sign in.
    SignIn {
        /// See [`Held::Personal`].
        until: Option<T>,
    },
    /// They sign in, and are asked for a new password before anything else: never locked out.
    Renew,
}

impl<T: Copy + Ord> Pass<T> {
    /// Whether it is valid: not from the very moment on at which it ends.
    pub fn is_valid(&self, now: T) -> bool {
        now < self.until
    }

    fn opens(self, now: T) -> Result<(), Refusal<T>> {
        if self.is_valid(now) { Ok(()) } else { Err(Refusal::Over { until: self.until }) }
    }
}

impl<T: Copy + Ord> Access<T> {
    /// Of an account that was just made.
    pub const NEW: Self = Self { held: Held::Nothing, reset: None };

    /// What is held after an event.
    ///
    /// # Errors
    /// Why it can't happen now; nothing has changed then.
    pub fn after(self, event: Event<T>, now: T) -> Result<Self, Refusal<T>> {
        let held = match event {
            Event::Order => self.may_be_given(now).map(|()| Held::Ordered)?,
            Event::Mail { until } => {
                self.may_be_given(now)?;
                Held::Provisional { kind: Kind::Mail, pass: Pass { issued: now, until } }
            }
            Event::Print { until } if self.held == Held::Ordered => {
                Held::Provisional { kind: Kind::Letter, pass: Pass { issued: now, until } }
            }
            Event::Print { .. } => return Err(Refusal::NothingGiven),
            Event::Lose => match self.held {
                Held::Provisional { .. } => Held::Nothing,
                Held::Personal { .. } => return Err(Refusal::HasSignedIn),
                Held::Ordered => return Err(Refusal::Coming),
                Held::Nothing => return Err(Refusal::NothingGiven),
            },
            Event::Choose { until } => {
                match self.held {
                    Held::Provisional { pass, .. } => pass.opens(now)?,
                    Held::Personal { .. } => {}
                    Held::Nothing | Held::Ordered => return Err(Refusal::NothingGiven),
                }
                Held::Personal { since: now, until }
            }
            Event::Forget { until } => {
                let Held::Personal { .. } = self.held else { return Err(Refusal::NeverSignedIn) };
                return Ok(Self { reset: Some(Pass { issued: now, until }), ..self });
            }
            Event::Recover { until } => {
                self.reset.ok_or(Refusal::NothingGiven)?.opens(now)?;
                Held::Personal { since: now, until }
            }
        };
        // Whatever has changed, a pass that was sent before is of no use any more.
        Ok(Self { held, reset: None })
    }

    /// Whether new identifiers may be sent (P5, P8).
    fn may_be_given(self, now: T) -> Result<(), Refusal<T>> {
        match self.held {
            Held::Ordered => Err(Refusal::Coming),
            Held::Provisional { kind, pass } if pass.is_valid(now) => Err(Refusal::StillValid { kind, pass }),
            Held::Nothing | Held::Provisional { .. } => Ok(()),
            Held::Personal { .. } => Err(Refusal::HasSignedIn),
        }
    }

    /// How its owner goes on.
    pub fn way(&self, now: T) -> Way<T> {
        match self.held {
            Held::Ordered => Way::Wait,
            Held::Provisional { kind, pass } if pass.is_valid(now) => Way::TypeGiven { kind, pass },
            Held::Nothing | Held::Provisional { .. } => Way::AskIdentifiers,
            Held::Personal { until: Some(until), .. } if until <= now => Way::Renew,
            Held::Personal { until, .. } => Way::SignIn { until },
        }
    }

    /// The pass with which a new password can be chosen now.
    pub fn pass(&self, now: T) -> Option<Pass<T>> {
        self.reset.filter(|pass| pass.is_valid(now))
    }
}

#[cfg(test)]
mod tests;
