//! The retention table (T11, D4; `standards.md`, Privacy): how long what nobody needs any more is kept. The nightly job, the
//! command line, the configuration, its documentation and what people are told of it all read this one.

/// What is kept for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Accounts that are closed, and those of colleagues who were removed, with everything that hangs on them.
    ClosedAccounts,
    /// What was agreed to with an account that is erased: version, hash and date, under the account's identifier (A10).
    Proofs,
    /// Identities of organisations that began a membership and never finished it, with the account.
    Drafts,
    /// Sign-ups and links, after their end: they say why they do nothing.
    SignUps,
    /// From where an account was signed in to.
    Places,
    /// Former e-mail addresses of an account.
    EmailChanges,
    /// Designations, with their letters, and requests to join an organisation, after their end.
    Requests,
    /// Requests to leave, after their end; a person who gets notices by post keeps that one.
    Departures,
    /// Letters to partners, after their end.
    PartnerLetters,
    /// Leases, after the last day in the home.
    Leases,
    /// That an e-mail was sent or given up. What it said is erased at once.
    Mails,
    /// Entries of the desk's journal.
    DeskJournal,
    /// Entries of an organisation's journal.
    Journals,
}

/// What a period is counted in. Months and years are the calendar's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Until the same hour of a later day.
    Days,
    /// Until the same day of a later month.
    Months,
    /// Until the same day of a later year.
    Years,
}

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// What is kept.
    pub kind: Kind,
    /// Its key in a portal's file.
    pub key: &'static str,
    /// What [`Rule::usual`] counts.
    pub unit: Unit,
    /// How long, unless a portal's file says otherwise.
    pub usual: u32,
    /// The shortest and the longest that a file may say.
    pub range: (u32, u32),
}

const fn rule(kind: Kind, key: &'static str, unit: Unit, usual: u32, range: (u32, u32)) -> Rule {
    Rule { kind, key, unit, usual, range }
}

/// The table, in the order in which it is applied: what lets go of something comes before it.
pub const TABLE: [Rule; 13] = [
    rule(Kind::ClosedAccounts, "closed_account_months", Unit::Months, 12, (1, 60)),
    rule(Kind::Drafts, "draft_months", Unit::Months, 12, (1, 36)),
    rule(Kind::Proofs, "proof_months", Unit::Months, 60, (12, 120)),
    rule(Kind::SignUps, "sign_up_days", Unit::Days, 30, (1, 90)),
    rule(Kind::Requests, "request_months", Unit::Months, 12, (2, 60)),
    rule(Kind::Departures, "departure_months", Unit::Months, 12, (2, 60)),
    rule(Kind::PartnerLetters, "letter_months", Unit::Months, 12, (2, 60)),
    rule(Kind::EmailChanges, "email_change_months", Unit::Months, 6, (3, 24)),
    rule(Kind::Leases, "lease_months", Unit::Months, 12, (3, 60)),
    rule(Kind::Places, "place_months", Unit::Months, 12, (1, 12)),
    rule(Kind::Mails, "mail_days", Unit::Days, 30, (7, 365)),
    rule(Kind::DeskJournal, "desk_journal_years", Unit::Years, 3, (1, 10)),
    rule(Kind::Journals, "journal_years", Unit::Years, 5, (1, 10)),
];

impl Kind {
    /// Its name in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ClosedAccounts => "closed_accounts",
            Self::Proofs => "proofs",
            Self::Drafts => "drafts",
            Self::SignUps => "sign_ups",
            Self::Places => "places",
            Self::EmailChanges => "email_changes",
            Self::Requests => "requests",
            Self::Departures => "departures",
            Self::PartnerLetters => "partner_letters",
            Self::Leases => "leases",
            Self::Mails => "mails",
            Self::DeskJournal => "desk_journal",
            Self::Journals => "journals",
        }
    }
}

/// What somebody is at a portal, as far as it matters to what is kept of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "somebody may be several of them")]
pub struct Roles {
    /// Has a home, or had one.
    pub tenant: bool,
    /// Is an organisation's correspondent.
    pub correspondent: bool,
    /// Is a user of a client organisation.
    pub user: bool,
    /// Has an account that an office gave out.
    pub partner: bool,
}

impl Kind {
    /// Whether it concerns somebody: nobody is told of what is kept of others.
    pub const fn concerns(self, roles: Roles) -> bool {
        match self {
            Self::ClosedAccounts
            | Self::Proofs
            | Self::Places
            | Self::EmailChanges
            | Self::Mails
            | Self::DeskJournal => true,
            Self::SignUps | Self::Departures => roles.tenant || roles.correspondent || roles.user,
            Self::Drafts => roles.correspondent,
            Self::Requests | Self::Journals => roles.user,
            Self::PartnerLetters => roles.partner,
            Self::Leases => roles.tenant,
        }
    }
}

impl Unit {
    /// Its name in texts.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// How long a portal keeps each row of [`TABLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Periods([u32; TABLE.len()]);

impl Default for Periods {
    fn default() -> Self {
        Self(TABLE.map(|rule| rule.usual))
    }
}

impl Periods {
    /// What a portal says of each row.
    pub fn of(say: impl FnMut(Rule) -> u32) -> Self {
        Self(TABLE.map(say))
    }

    /// The rows, each with how many of its unit it is kept.
    pub fn rows(self) -> impl Iterator<Item = (Rule, u32)> {
        TABLE.into_iter().zip(self.0)
    }

    /// How many of its unit one is kept.
    pub fn of_kind(self, kind: Kind) -> u32 {
        self.rows().find(|(rule, _)| rule.kind == kind).map_or(u32::MAX, |(_, period)| period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn t11_each_kind_has_one_row_within_its_range() {
        let (kinds, keys, names): (HashSet<_>, HashSet<_>, HashSet<_>) = (
            TABLE.iter().map(|rule| rule.kind).collect(),
            TABLE.iter().map(|rule| rule.key).collect(),
            TABLE.iter().map(|rule| rule.kind.name()).collect(),
        );
        assert_eq!([kinds.len(), keys.len(), names.len()], [TABLE.len(); 3]);
        for rule in TABLE {
            assert!((rule.range.0..=rule.range.1).contains(&rule.usual) && rule.range.0 > 0, "{rule:?}");
            assert!(rule.key.ends_with(rule.unit.name()), "{rule:?}");
        }
    }

    #[test]
    fn d4_each_kind_concerns_somebody_and_a_tenant_isnt_told_of_organisations() {
        let of = |roles: Roles| -> Vec<&str> {
            TABLE.iter().filter(|rule| rule.kind.concerns(roles)).map(|rule| rule.kind.name()).collect()
        };
        let tenant = of(Roles { tenant: true, ..Roles::default() });
        assert!(tenant.contains(&"leases") && tenant.contains(&"proofs"));
        assert!(!tenant.contains(&"journals") && !tenant.contains(&"partner_letters"));
        assert_eq!(of(Roles::default()).len(), 6);
        let all = Roles { tenant: true, correspondent: true, user: true, partner: true };
        assert_eq!(of(all).len(), TABLE.len());
    }

    #[test]
    fn t11_what_a_portal_says_counts() {
        let said = Periods::of(|rule| if rule.kind == Kind::Mails { 7 } else { rule.usual });
        assert_eq!((said.of_kind(Kind::Mails), said.of_kind(Kind::Leases)), (7, 12));
        assert_eq!(Periods::default().of_kind(Kind::Mails), 30);
        assert_eq!(said.rows().count(), TABLE.len());
    }
}
