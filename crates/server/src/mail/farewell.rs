use palier_domain::values::Date;

/// To tenants who leave the home or the portal (T10, T11).
#[derive(Clone, Copy, Debug)]
pub enum Farewell<'a> {
    /// Their account closes after that day, because they leave the home.
    Closing {
        /// The last day on which it is open.
        last_day: Date,
    },
    /// Their account stays open: the landlord took the end of the lease back.
    Staying,
    /// Their account is closed, because they left the home.
    Closed,
    /// They asked for the end of something.
    Asked {
        /// What: the account, or paperless notices alone.
        whole: bool,
        /// The reference of what they asked.
        reference: &'a str,
    },
    /// They called it back.
    CalledBack {
        /// As in [`Self::Asked`].
        reference: &'a str,
    },
    /// It was done.
    Done {
        /// As in [`Self::Asked`].
        whole: bool,
        /// As in [`Self::Asked`].
        reference: &'a str,
    },
    /// It was refused.
    Refused {
        /// As in [`Self::Asked`].
        reference: &'a str,
        /// Why, as the desk typed it.
        reason: &'a str,
    },
}

impl Farewell<'_> {
    /// See [`super::Mail::kind`].
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Closing { .. } => "account_closing",
            Self::Staying => "account_staying",
            Self::Closed => "account_closed",
            Self::Asked { whole: true, .. } => "leave_asked",
            Self::Asked { whole: false, .. } => "paper_asked",
            Self::CalledBack { .. } => "leave_called_back",
            Self::Done { whole: true, .. } => "leave_done",
            Self::Done { whole: false, .. } => "paper_done",
            Self::Refused { .. } => "leave_refused",
        }
    }

    /// What its texts may name.
    pub(super) fn values(self) -> Vec<(&'static str, String)> {
        match self {
            Self::Closing { last_day } => vec![("day", written(last_day))],
            Self::Staying | Self::Closed => Vec::new(),
            Self::Asked { reference, .. } | Self::CalledBack { reference } | Self::Done { reference, .. } => {
                vec![("reference", reference.to_owned())]
            }
            Self::Refused { reference, reason } => {
                vec![("reference", reference.to_owned()), ("reason", reason.to_owned())]
            }
        }
    }
}

fn written(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}
