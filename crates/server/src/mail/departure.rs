use palier_domain::departure::Kind;

/// To who wishes to leave the service, or paperless notices alone (T10).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DepartureMail<'a> {
    /// The receipt of the request.
    Asked {
        /// For what.
        kind: Kind,
        /// By which day it is answered.
        until: &'a str,
    },
    /// The landlord agreed.
    Accepted {
        /// To what.
        kind: Kind,
        /// How many months a closed account is kept.
        months: u32,
    },
    /// The landlord didn't.
    Refused {
        /// To what.
        kind: Kind,
        /// Why.
        reason: &'a str,
    },
}

impl DepartureMail<'_> {
    /// See [`super::Mail::kind`].
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::Asked { kind: Kind::Whole, .. } => "departure_asked",
            Self::Accepted { kind: Kind::Whole, .. } => "departure_accepted",
            Self::Refused { kind: Kind::Whole, .. } => "departure_refused",
            Self::Asked { kind: Kind::Paperless, .. } => "paperless_asked",
            Self::Accepted { kind: Kind::Paperless, .. } => "paperless_accepted",
            Self::Refused { kind: Kind::Paperless, .. } => "paperless_refused",
        }
    }

    /// What its texts name.
    pub(super) const fn value(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Asked { until, .. } => Some(("until", until)),
            Self::Refused { reason, .. } => Some(("reason", reason)),
            Self::Accepted { .. } => None,
        }
    }
}
