/// E-mails to partners, landlords who get their account from an office (P2, P5, P8).
#[derive(Clone, Copy)]
pub enum PartnerMail<'a> {
    /// The identifiers (P2).
    Identifiers {
        /// The user number: fourteen digits.
        number: &'a str,
        /// The provisional password, in one word: a double click selects it.
        password: &'a str,
        /// `/partenaire/premiere-connexion#NUMBER-PASSWORD`, absolute.
        link: &'a str,
        /// The last day on which it is valid, as people write it.
        until: &'a str,
    },
    /// The same without a password: a link stands for it, and who opens it too late is sent a fresh one (P2).
    Invitation {
        /// As in [`Self::Identifiers`].
        number: &'a str,
        /// As in [`Self::Identifiers`].
        link: &'a str,
        /// How long the link works.
        hours: u32,
        /// The last day on which a fresh one is sent, as people write it.
        until: &'a str,
    },
    /// New ones were asked for while those of a letter are valid (P8).
    LetterValid {
        /// The day on which it was printed.
        sent: &'a str,
        /// As in [`Self::Identifiers`].
        until: &'a str,
        /// `/partenaire/premiere-connexion`, absolute.
        link: &'a str,
    },
    /// The same while those of an e-mail are.
    MailValid {
        /// The day on which it was sent.
        sent: &'a str,
        /// As in [`Self::Identifiers`].
        until: &'a str,
        /// As in [`Self::LetterValid`].
        link: &'a str,
    },
    /// New ones were asked for while a letter waits to be printed.
    LetterComing,
    /// A password of one's own was chosen (P4).
    Active {
        /// As in [`Self::Identifiers`].
        number: &'a str,
    },
}

impl PartnerMail<'_> {
    /// See [`super::Mail::kind`].
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Identifiers { .. } => "partner_identifiers",
            Self::Invitation { .. } => "partner_invitation",
            Self::LetterValid { .. } => "partner_letter_valid",
            Self::MailValid { .. } => "partner_mail_valid",
            Self::LetterComing => "partner_letter_coming",
            Self::Active { .. } => "partner_active",
        }
    }

    /// What its texts may name.
    pub(super) const fn values(&self) -> [(&'static str, &str); 2] {
        match self {
            Self::LetterValid { sent, until, .. } | Self::MailValid { sent, until, .. } => {
                [("sent", sent), ("until", until)]
            }
            Self::Identifiers { until, .. } | Self::Invitation { until, .. } => {
                [("sent", ""), ("until", until)]
            }
            Self::LetterComing | Self::Active { .. } => [("sent", ""), ("until", "")],
        }
    }
}
