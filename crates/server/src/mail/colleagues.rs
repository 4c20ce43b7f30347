use palier_domain::values::LoginIdentifier;

/// E-mails about colleagues who ask to join an organisation (A7) or are invited (A8).
#[derive(Clone, Copy)]
pub enum Colleague<'a> {
    /// The first e-mail of somebody who asks: its link confirms the address.
    ConfirmRequest {
        /// `/administrateur/confirmation#TOKEN`, absolute.
        link: &'a str,
        /// How long it is valid.
        hours: u32,
        /// Name of the organisation.
        organisation: &'a str,
    },
    /// The first e-mail of somebody who says that no administrator is left (A8): its link confirms the address.
    ConfirmTakeover {
        /// `/administrateur/confirmation#TOKEN`, absolute.
        link: &'a str,
        /// How long it is valid.
        hours: u32,
        /// Name of the organisation.
        organisation: &'a str,
        /// How many days the administrators have to object.
        days: u32,
    },
    /// Tells an administrator that somebody asks.
    AccessAsked {
        /// Where it is decided, absolute.
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// First name and surname of who asks.
        applicant: &'a str,
        /// Their confirmed address.
        applicant_email: &'a str,
    },
    /// Tells the first administrator, once they are one, how many asked before.
    RequestsWaiting {
        /// As in [`Self::AccessAsked`].
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// At least 1.
        count: u64,
    },
    /// An administrator said yes: the link lets a password be chosen.
    AccessGranted {
        /// `/organisme/invitation#TOKEN`, absolute.
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// The last day on which the link works, as people write it.
        until: &'a str,
    },
    /// An administrator said no.
    AccessRefused {
        /// Name of the organisation.
        organisation: &'a str,
        /// Why, as the administrator typed it.
        reason: &'a str,
    },
    /// Nobody answered in time.
    AccessExpired {
        /// Name of the organisation.
        organisation: &'a str,
    },
    /// An administrator invites them.
    Invitation {
        /// As in [`Self::AccessGranted`].
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// As in [`Self::AccessGranted`].
        until: &'a str,
        /// First name and surname of the administrator.
        by: &'a str,
    },
    /// Tells an administrator that somebody says that none is left (A8): the link objects.
    TakeoverAsked {
        /// `/organisme/opposition#TOKEN`, absolute.
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// First name and surname of who asks.
        applicant: &'a str,
        /// Their confirmed address.
        applicant_email: &'a str,
        /// The last day on which the link works, as people write it.
        until: &'a str,
    },
    /// Tells who says so that the letter waits until then.
    TakeoverHeld {
        /// `/administrateur/courrier#TOKEN`, absolute.
        link: &'a str,
        /// Name of the organisation.
        organisation: &'a str,
        /// As in [`Self::TakeoverAsked`].
        until: &'a str,
    },
    /// An administrator objected: it is a request to join from now on.
    TakeoverObjected {
        /// Name of the organisation.
        organisation: &'a str,
    },
    /// An administrator objected: the account that they have stays as it is.
    TakeoverStopped {
        /// Name of the organisation.
        organisation: &'a str,
    },
    /// The password is chosen: they are a user.
    Active {
        /// The login identifier.
        identifier: &'a LoginIdentifier,
        /// Name of the organisation.
        organisation: &'a str,
    },
}

impl Colleague<'_> {
    /// See [`super::Mail::kind`].
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::ConfirmRequest { .. } => "confirm_request",
            Self::ConfirmTakeover { .. } => "confirm_takeover",
            Self::AccessAsked { .. } => "access_asked",
            Self::RequestsWaiting { .. } => "requests_waiting",
            Self::AccessGranted { .. } => "access_granted",
            Self::AccessRefused { .. } => "access_refused",
            Self::AccessExpired { .. } => "access_expired",
            Self::Invitation { .. } => "invitation",
            Self::TakeoverAsked { .. } => "takeover_asked",
            Self::TakeoverHeld { .. } => "takeover_held",
            Self::TakeoverObjected { .. } => "takeover_objected",
            Self::TakeoverStopped { .. } => "takeover_stopped",
            Self::Active { .. } => "colleague_active",
        }
    }

    /// The organisation that it is about.
    pub(super) const fn organisation(&self) -> &str {
        match self {
            Self::ConfirmRequest { organisation, .. }
            | Self::ConfirmTakeover { organisation, .. }
            | Self::AccessAsked { organisation, .. }
            | Self::RequestsWaiting { organisation, .. }
            | Self::AccessGranted { organisation, .. }
            | Self::AccessRefused { organisation, .. }
            | Self::AccessExpired { organisation }
            | Self::Invitation { organisation, .. }
            | Self::TakeoverAsked { organisation, .. }
            | Self::TakeoverHeld { organisation, .. }
            | Self::TakeoverObjected { organisation }
            | Self::TakeoverStopped { organisation }
            | Self::Active { organisation, .. } => organisation,
        }
    }

    /// What else its texts may name.
    pub(super) fn values(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let pairs: [Option<(&'static str, &str)>; 3] = match self {
            Self::AccessAsked { applicant, applicant_email, .. } => {
                [Some(("applicant", applicant)), Some(("applicant_email", applicant_email)), None]
            }
            Self::TakeoverAsked { applicant, applicant_email, until, .. } => [
                Some(("applicant", applicant)),
                Some(("applicant_email", applicant_email)),
                Some(("until", until)),
            ],
            Self::AccessGranted { until, .. } | Self::TakeoverHeld { until, .. } => {
                [Some(("until", until)), None, None]
            }
            Self::AccessRefused { reason, .. } => [Some(("reason", reason)), None, None],
            Self::Invitation { until, by, .. } => [Some(("until", until)), Some(("by", by)), None],
            _ => [None, None, None],
        };
        pairs.into_iter().flatten()
    }
}
