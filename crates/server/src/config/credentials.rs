//! The section `[credentials]` of a portal's file: until when what people prove with who they are is valid (P2). The one
//! table that letters, e-mails, pages and the desk take it from.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use palier_domain::credentials::{Kind, Periods, Span};
use palier_domain::values::PasswordProfile;

use super::draft::profile;
use super::reader::Section;

/// How long secrets of each kind are valid in a portal, and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The table.
    pub periods: Periods,
    zone: TimeZone,
}

impl Credentials {
    /// A table in the time zone whose calendar counts.
    pub const fn new(periods: Periods, zone: TimeZone) -> Self {
        Self { periods, zone }
    }

    /// From when on a secret that is given at a moment opens nothing any more; none when it has no end.
    pub fn until(&self, kind: Kind, from: Timestamp) -> Option<Timestamp> {
        self.periods.span(kind).map(|span| self.after(span, from))
    }

    /// The same for one in a letter that is printed at that moment.
    pub fn letter_until(&self, printed: Timestamp) -> Timestamp {
        self.after(self.periods.letter, printed)
    }

    /// The same for a first one that is sent by e-mail.
    pub fn mail_until(&self, sent: Timestamp) -> Timestamp {
        self.after(self.periods.mail, sent)
    }

    /// Until when the link of a first e-mail works that is sent at that moment; none where the password itself is sent.
    pub fn link_until(&self, sent: Timestamp) -> Option<Timestamp> {
        self.periods.mail_link_hours.map(|hours| self.after(Span::Hours(hours), sent))
    }

    /// The same for a link to a new password.
    pub fn reset_until(&self, sent: Timestamp) -> Timestamp {
        self.after(Span::Hours(self.periods.reset_hours), sent)
    }

    /// Days and months are the calendar's, and end with their last day where the portal is: letters, e-mails and pages
    /// name that day. In a month that is too short it is the last one. A time that no calendar reaches is the last there is.
    fn after(&self, span: Span, from: Timestamp) -> Timestamp {
        let span = match span {
            Span::Hours(hours) => {
                let hours = SignedDuration::from_hours(i64::from(hours));
                return from.checked_add(hours).unwrap_or(Timestamp::MAX);
            }
            Span::Days(days) => jiff::Span::new().try_days(days),
            Span::Months(months) => jiff::Span::new().try_months(months),
        };
        let day = from.to_zoned(self.zone.clone()).date();
        let until = span.and_then(|span| day.checked_add(span)?.tomorrow()?.to_zoned(self.zone.clone()));
        until.map_or(Timestamp::MAX, |until| until.timestamp())
    }
}

/// Reads the section: a profile, and what the portal has shorter. Nothing is valid longer than the documents say (P2),
/// and under today's guidance no letter longer than 60 days (`standards.md`, Passwords and codes).
pub(super) fn read(section: &Section<'_>, password: PasswordProfile) -> Periods {
    let Some(section) = section.section("credentials") else { return Periods::of(password) };
    let profile = profile(&section, password);
    let mut periods = Periods::of(profile);
    let most = if profile == PasswordProfile::Historique { 2 } else { 1 };
    let (days, months) = (section.whole("letter_days", 1..=60), section.whole("letter_months", 1..=most));
    if let (Some(days), Some(months)) = (&days, &months) {
        let reason = "a letter is valid for `letter_days` or for `letter_months`, not both";
        section.file().fault(days.line.max(months.line), reason);
    }
    let days = days.map(|days| Span::Days(days.value));
    let months = months.map(|months| Span::Months(months.value));
    if let Some(letter) = days.or(months) {
        periods.letter = letter;
    }
    if let Some(days) = section.whole("mail_days", 1..=14) {
        periods.mail = Span::Days(days.value);
    }
    let link = section.whole_or("mail_link_hours", 1..=24, "none");
    if section.has("mail_link_hours") {
        periods.mail_link_hours = link;
    }
    periods.reset_hours = section.number("reset_hours", 1..=24, periods.reset_hours);
    let personal = section.whole_or("personal_months", 1..=24, "none");
    if section.has("personal_months") {
        periods.personal = personal.map(Span::Months);
    }
    section.end();
    periods
}

#[cfg(test)]
mod tests {
    use super::*;
    use palier_domain::credentials::{Access, Held, Pass, Way};

    fn time(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn credentials(periods: Periods) -> Credentials {
        Credentials::new(periods, TimeZone::get("Europe/Paris").expect("a zone"))
    }

    const SECOND: SignedDuration = SignedDuration::from_secs(1);

    #[test]
    fn p2_each_is_valid_to_its_last_second() {
        let given = time("2027-05-03T08:30:00Z");
        for (periods, kind, until) in [
            (Periods::HISTORIQUE, Kind::Letter, "2027-07-03T22:00:00Z"),
            (Periods::HISTORIQUE, Kind::Mail, "2027-05-17T22:00:00Z"),
            (Periods::HISTORIQUE, Kind::Reset, "2027-05-04T08:30:00Z"),
            (Periods::HISTORIQUE, Kind::Personal, "2027-11-03T23:00:00Z"),
            (Periods::RECOMMANDE, Kind::Letter, "2027-06-02T22:00:00Z"),
            (Periods::RECOMMANDE, Kind::Mail, "2027-05-17T22:00:00Z"),
            (Periods::RECOMMANDE, Kind::Reset, "2027-05-03T09:30:00Z"),
        ] {
            let ends = credentials(periods).until(kind, given).expect("an end");
            assert_eq!(ends, time(until), "{kind:?}");
            let (held, reset) = match kind {
                Kind::Personal => (Held::Personal { since: given, until: Some(ends) }, None),
                Kind::Reset => (Held::Nothing, Some(Pass { issued: given, until: ends })),
                _ => (Held::Provisional { kind, pass: Pass { issued: given, until: ends } }, None),
            };
            let access = Access { held, reset };
            let opens = |now| match access.way(now) {
                _ if reset.is_some() => access.pass(now).is_some(),
                way => matches!(way, Way::TypeGiven { .. } | Way::SignIn { .. }),
            };
            let around = [ends - SECOND, ends, ends + SECOND].map(opens);
            assert_eq!(around, [true, false, false], "{kind:?}");
        }
        assert_eq!(credentials(Periods::RECOMMANDE).until(Kind::Personal, given), None);
    }

    #[test]
    fn each_function_gives_the_end_of_its_kind() {
        let (own, given) = (credentials(Periods::HISTORIQUE), time("2027-05-03T08:30:00Z"));
        assert_eq!(own.until(Kind::Letter, given), Some(own.letter_until(given)));
        assert_eq!(own.until(Kind::Mail, given), Some(own.mail_until(given)));
        assert_eq!(own.until(Kind::Reset, given), Some(own.reset_until(given)));
    }

    #[test]
    fn months_end_on_their_last_day() {
        for (printed, until) in [
            ("2026-12-30T09:00:00Z", "2027-02-28T23:00:00Z"),
            ("2027-12-31T09:00:00Z", "2028-02-29T23:00:00Z"),
            // It is the next day already where the portal is.
            ("2027-06-30T22:30:00Z", "2027-09-01T22:00:00Z"),
        ] {
            let found = credentials(Periods::HISTORIQUE).letter_until(time(printed));
            assert_eq!(found, time(until), "{printed}");
        }
    }

    #[test]
    fn in_spring_days_end_with_the_day_and_hours_are_hours() {
        let own = credentials(Periods { letter: Span::Days(30), ..Periods::HISTORIQUE });
        assert_eq!(own.letter_until(time("2027-03-01T09:00:00Z")), time("2027-03-31T22:00:00Z"));
        // The day has 23 hours.
        assert_eq!(own.letter_until(time("2027-02-26T01:30:00Z")), time("2027-03-28T22:00:00Z"));
        assert_eq!(own.reset_until(time("2027-03-27T12:00:00Z")), time("2027-03-28T12:00:00Z"));
    }

    #[test]
    fn what_no_calendar_reaches_is_the_last_moment() {
        let own = credentials(Periods { reset_hours: 24, ..Periods::HISTORIQUE });
        let last = Timestamp::MAX;
        assert_eq!([own.letter_until(last), own.mail_until(last), own.reset_until(last)], [last; 3]);
    }
}
