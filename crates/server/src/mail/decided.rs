/// What an administrator decided about a user of their organisation (A8), as told by e-mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// To the user: what they may do is something else now.
    RightsChanged,
    /// To the user: they can't sign in.
    Suspended,
    /// To the user: they may sign in again.
    Resumed,
    /// To the user: they are no user any more.
    Removed,
    /// To the user: they are an administrator.
    Named,
    /// To the user: they are an administrator no more.
    Demoted,
    /// To the administrators: somebody else became one.
    OtherNamed,
    /// To the administrators: somebody else is one no more.
    OtherLost,
}

/// A decision about a user, told to them or to the administrators.
#[derive(Clone, Copy, Debug)]
pub struct Decided<'a> {
    /// What, and to whom it is told.
    pub what: What,
    /// Name of the organisation.
    pub organisation: &'a str,
    /// First name and surname of the user.
    pub user: &'a str,
    /// First name and surname of who decided.
    pub by: &'a str,
    /// What the user may do now, in words of the e-mail's language.
    pub rights: &'a str,
}

impl What {
    /// See [`super::Mail::kind`].
    pub(super) const fn kind(self) -> &'static str {
        match self {
            Self::RightsChanged => "rights_changed",
            Self::Suspended => "user_suspended",
            Self::Resumed => "user_resumed",
            Self::Removed => "user_removed",
            Self::Named => "administrator_named",
            Self::Demoted => "administrator_demoted",
            Self::OtherNamed => "other_administrator_named",
            Self::OtherLost => "other_administrator_lost",
        }
    }
}

impl Decided<'_> {
    /// Whom its texts may name besides the organisation, as they typed their names.
    pub(super) const fn people(&self) -> [(&'static str, &str); 2] {
        [("user", self.user), ("by", self.by)]
    }
}
