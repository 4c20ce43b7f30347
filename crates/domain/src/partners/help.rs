//! Lost identifier or lost password? (P5): a few plain questions that end in what to do, or in a date.
//!
//! Everything told here follows from the answers, the calendar and the office's periods: nothing is asked of the server
//! that a stranger could learn from.

use serde::{Deserialize, Serialize};

use crate::credentials::{Channel, Span};
use crate::journey::{Answers, Field, Kind, answer};
use crate::portal::{Context, PartnerRules};
use crate::problem::FieldProblem;
use crate::values::{Date, DateError};

/// A page of the questions, each with an address of its own, so that Back and a bookmark work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Have you chosen a password of your own already?
    SignedIn,
    /// Yes. What is missing: the password or the number?
    Missing,
    /// No. How did what you were given come?
    Sent,
    /// By letter, or by e-mail: which day does it say?
    Day(Channel),
    /// New identifiers, for a user number.
    Ask,
}

/// What becomes of something that was sent on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// It is valid, this day included: it is to be used or, when lost, declared so by telephone (P8).
    Until(Date),
    /// Its last day was that one: new identifiers may be asked for.
    Since(Date),
}

/// The day that a letter or an e-mail says.
pub static SENT_ON: [Field; 1] = [Field::new("sent_on", "field.sent_on", Kind::Date, "off")];

/// The same, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SentForm {
    /// The day.
    pub day: String,
    /// The month.
    pub month: String,
    /// The year.
    pub year: String,
}

impl Step {
    /// Every page.
    pub const ALL: [Self; 6] = [
        Self::SignedIn,
        Self::Missing,
        Self::Sent,
        Self::Day(Channel::Letter),
        Self::Day(Channel::Mail),
        Self::Ask,
    ];

    /// Its address.
    pub const fn path(self) -> &'static str {
        match self {
            Self::SignedIn => "/partenaire/aide",
            Self::Missing => "/partenaire/aide/deja-connecte",
            Self::Sent => "/partenaire/aide/jamais-connecte",
            Self::Day(Channel::Letter) => "/partenaire/aide/courrier",
            Self::Day(Channel::Mail) => "/partenaire/aide/e-mail",
            Self::Ask => "/partenaire/aide/nouveaux-identifiants",
        }
    }

    /// The page before it; none for the first.
    pub const fn before(self) -> Option<Self> {
        match self {
            Self::SignedIn => None,
            Self::Missing | Self::Sent => Some(Self::SignedIn),
            Self::Day(_) | Self::Ask => Some(Self::Sent),
        }
    }

    /// What its texts are called: below `partner_help.`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::Missing => "missing",
            Self::Sent => "sent",
            Self::Day(Channel::Letter) => "letter",
            Self::Day(Channel::Mail) => "mail",
            Self::Ask => "ask",
        }
    }
}

impl SentForm {
    /// The form that the answers make.
    pub fn from_answers(answers: &Answers) -> Self {
        let text = |part: &str| answer(answers, &format!("sent_on.{part}")).to_owned();
        Self { day: text("day"), month: text("month"), year: text("year") }
    }

    /// The day, when it is one that has come.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(&self, today: Date) -> Result<Date, DateError> {
        Date::parse_past(&self.day, &self.month, &self.year, today)
    }

    /// What is wrong, if anything.
    pub fn problems(&self, context: Context<'_>) -> Vec<FieldProblem> {
        self.parse(context.today)
            .err()
            .map(|error| FieldProblem::new("sent_on", &error))
            .into_iter()
            .collect()
    }
}

impl Validity {
    /// Of what was sent by a channel on a day.
    pub fn of(rules: &PartnerRules, channel: Channel, sent: Date, today: Date) -> Self {
        let span = match channel {
            Channel::Letter => rules.letter,
            Channel::Mail => rules.mail,
        };
        let last = last_day(sent, span);
        if today <= last { Self::Until(last) } else { Self::Since(last) }
    }
}

/// The last day on which something of that day is valid: days and months end with it.
fn last_day(sent: Date, span: Span) -> Date {
    match span {
        Span::Hours(hours) => sent.after_days(hours.div_ceil(24)),
        Span::Days(days) => sent.after_days(days),
        Span::Months(months) => sent.after_months(months),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credentials::Periods;

    fn day(text: &str) -> Date {
        Date::parse_text(text).expect("a day")
    }

    fn rules(periods: Periods) -> PartnerRules {
        PartnerRules { letter: periods.letter, mail: periods.mail }
    }

    #[test]
    fn p5_a_date_is_told_to_its_last_day() {
        let historique = rules(Periods::HISTORIQUE);
        for (channel, sent, today, told) in [
            (Channel::Letter, "2026-05-03", "2026-05-03", Validity::Until(day("2026-07-03"))),
            (Channel::Letter, "2026-05-03", "2026-07-03", Validity::Until(day("2026-07-03"))),
            (Channel::Letter, "2026-05-03", "2026-07-04", Validity::Since(day("2026-07-03"))),
            (Channel::Letter, "2026-12-31", "2027-03-01", Validity::Since(day("2027-02-28"))),
            (Channel::Mail, "2026-05-03", "2026-05-17", Validity::Until(day("2026-05-17"))),
            (Channel::Mail, "2026-05-03", "2026-05-18", Validity::Since(day("2026-05-17"))),
            (Channel::Mail, "2026-12-25", "2027-01-01", Validity::Until(day("2027-01-08"))),
        ] {
            let found = Validity::of(&historique, channel, day(sent), day(today));
            assert_eq!(found, told, "{channel:?} of {sent} on {today}");
        }
        let letter =
            Validity::of(&rules(Periods::RECOMMANDE), Channel::Letter, day("2026-05-03"), day("2026-06-02"));
        assert_eq!(letter, Validity::Until(day("2026-06-02")));
    }

    #[test]
    fn every_question_leads_back_to_the_first() {
        for step in Step::ALL {
            let mut here = step;
            for _ in 0..Step::ALL.len() {
                here = here.before().unwrap_or(here);
            }
            assert_eq!(here, Step::SignedIn, "{step:?}");
            assert_eq!(Step::ALL.iter().filter(|other| other.path() == step.path()).count(), 1);
        }
    }

    #[test]
    fn a_day_to_come_is_refused() {
        let form = SentForm { day: "4".into(), month: "5".into(), year: "2026".into() };
        assert_eq!(form.parse(day("2026-05-04")), Ok(day("2026-05-04")));
        assert_eq!(form.parse(day("2026-05-03")), Err(DateError::Future));
    }
}
