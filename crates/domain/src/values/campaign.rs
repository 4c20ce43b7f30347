use serde::{Deserialize, Serialize};

use super::Date;

/// When organisations may join a scheme (*campagne d'adhésion*, M1). Days are whole, in the mediator's time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Campaign {
    /// The first day on which one may join.
    pub opens: Date,
    /// The last day on which one had better join; none when it doesn't matter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub preferred_end: Option<Date>,
    /// The last day on which one may join; none when it stays open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hard_end: Option<Date>,
}

/// Where a campaign stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It hasn't begun.
    Before,
    /// One may join.
    Open,
    /// One may join still, though it would have been better before.
    Late,
    /// One may join no more.
    Closed,
}

impl Campaign {
    /// Where it stands on that day.
    pub fn phase(&self, today: Date) -> Phase {
        if today < self.opens {
            Phase::Before
        } else if self.hard_end.is_some_and(|end| today > end) {
            Phase::Closed
        } else if self.preferred_end.is_some_and(|end| today > end) {
            Phase::Late
        } else {
            Phase::Open
        }
    }
}

impl Phase {
    /// Whether one may join.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Late)
    }

    /// The name used in the texts (`campaign.<name>`).
    pub const fn name(self) -> &'static str {
        match self {
            Self::Before => "before",
            Self::Open => "open",
            Self::Late => "late",
            Self::Closed => "closed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_whole() {
        let day = |text| Date::parse_text(text).unwrap();
        let campaign = Campaign {
            opens: day("2017-07-27"),
            preferred_end: Some(day("2017-09-08")),
            hard_end: Some(day("2017-12-31")),
        };
        for (today, phase) in [
            ("2017-07-26", Phase::Before),
            ("2017-07-27", Phase::Open),
            ("2017-09-08", Phase::Open),
            ("2017-09-09", Phase::Late),
            ("2017-12-31", Phase::Late),
            ("2018-01-01", Phase::Closed),
        ] {
            assert_eq!(campaign.phase(day(today)), phase, "{today}");
        }
        let told = [Phase::Before, Phase::Open, Phase::Late, Phase::Closed]
            .map(|phase| (phase.name(), phase.is_open()));
        assert_eq!(told, [("before", false), ("open", true), ("late", true), ("closed", false)]);
        let endless = Campaign { preferred_end: None, hard_end: None, ..campaign };
        assert_eq!(endless.phase(day("2199-12-31")), Phase::Open);
    }
}
