use palier_domain::values::Date;

/// To tenants who leave the home (T11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Farewell {
    /// Their account closes after that day.
    Closing {
        /// The last day on which it is open.
        last_day: Date,
    },
    /// Their account stays open: the landlord took the end of the lease back.
    Staying,
    /// Their account is closed.
    Closed,
}

impl Farewell {
    /// See [`super::Mail::kind`].
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Closing { .. } => "account_closing",
            Self::Staying => "account_staying",
            Self::Closed => "account_closed",
        }
    }

    /// The day that its texts name.
    pub(super) fn day(self) -> Option<String> {
        match self {
            Self::Closing { last_day } => {
                Some(format!("{:02}/{:02}/{}", last_day.day(), last_day.month(), last_day.year()))
            }
            Self::Staying | Self::Closed => None,
        }
    }
}
