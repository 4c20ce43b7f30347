use super::*;
use proptest::prelude::*;

type At = u32;

const MONTHS: At = 60;
const FORTNIGHT: At = 14;
const DAY: At = 1;

fn letter(issued: At) -> Held<At> {
    Held::Provisional { kind: Kind::Letter, pass: Pass { issued, until: issued + MONTHS } }
}

fn mail(issued: At) -> Held<At> {
    Held::Provisional { kind: Kind::Mail, pass: Pass { issued, until: issued + FORTNIGHT } }
}

fn personal(since: At) -> Held<At> {
    Held::Personal { since, until: Some(since + 180) }
}

fn holding(held: Held<At>) -> Access<At> {
    Access { held, reset: None }
}

fn event(number: u8, now: At) -> Event<At> {
    let own = Some(now + 180);
    match number % 7 {
        0 => Event::Order,
        1 => Event::Print { until: now + MONTHS },
        2 => Event::Mail { until: now + FORTNIGHT },
        3 => Event::Lose,
        4 => Event::Choose { until: own },
        5 => Event::Forget { until: now + DAY },
        _ => Event::Recover { until: own },
    }
}

fn said(outcome: Result<Access<At>, Refusal<At>>) -> &'static str {
    match outcome.map(|access| access.held) {
        Ok(Held::Nothing) => "nothing",
        Ok(Held::Ordered) => "ordered",
        Ok(Held::Provisional { kind, .. }) => kind.name(),
        Ok(Held::Personal { .. }) => "personal",
        Err(Refusal::StillValid { .. }) => "still valid",
        Err(Refusal::Coming) => "coming",
        Err(Refusal::HasSignedIn) => "has signed in",
        Err(Refusal::NeverSignedIn) => "never signed in",
        Err(Refusal::NothingGiven) => "none",
        Err(Refusal::Over { .. }) => "over",
    }
}

#[test]
fn every_holding_and_event() {
    let now = 20;
    // Order, print, mail, lose, choose, forget, recover.
    let table = [
        (Held::Nothing, "ordered, none, mail, none, none, never signed in, none"),
        (Held::Ordered, "coming, letter, coming, coming, none, never signed in, none"),
        (letter(0), "still valid, none, still valid, nothing, personal, never signed in, none"),
        (mail(now - FORTNIGHT), "ordered, none, mail, nothing, over, never signed in, none"),
        (personal(0), "has signed in, none, has signed in, has signed in, personal, personal, none"),
    ];
    for (held, wanted) in table {
        let found = (0..7).map(|number| said(holding(held).after(event(number, now), now)));
        assert_eq!(found.collect::<Vec<_>>().join(", "), wanted, "{held:?}");
    }
}

#[test]
fn p2_a_second_before_and_the_very_second() {
    for (held, until) in [(letter(0), MONTHS), (mail(0), FORTNIGHT)] {
        let access = holding(held);
        let choose = |now: At| access.after(Event::Choose { until: None }, now).map(drop);
        assert_eq!(choose(until - 1), Ok(()));
        assert_eq!(choose(until), Err(Refusal::Over { until }));
        assert!(matches!(access.way(until - 1), Way::TypeGiven { .. }));
        assert_eq!(access.way(until), Way::AskIdentifiers);
    }
    let forgot = holding(personal(0)).after(Event::Forget { until: DAY }, 0).expect("a pass");
    let recover = |now: At| forgot.after(Event::Recover { until: None }, now).map(drop);
    assert_eq!((recover(DAY - 1), recover(DAY)), (Ok(()), Err(Refusal::Over { until: DAY })));
    assert_eq!(holding(personal(0)).way(179), Way::SignIn { until: Some(180) });
    assert_eq!(holding(personal(0)).way(180), Way::Renew, "asked for a new one, never locked out");
}

#[test]
fn a_pass_ends_with_whatever_happens_next() {
    let forgot = holding(personal(0)).after(Event::Forget { until: 9 }, 5).expect("a pass");
    assert_eq!(forgot.pass(8), Some(Pass { issued: 5, until: 9 }));
    assert_eq!(forgot.pass(9), None);
    let again = forgot.after(Event::Forget { until: 12 }, 8).expect("another pass");
    assert_eq!(again.pass(8).map(|pass| pass.issued), Some(8));
    for event in [Event::Choose { until: None }, Event::Recover { until: None }] {
        assert_eq!(again.after(event, 9).expect("a password").pass(9), None, "{event:?}");
    }
}

/// The secrets with which something can be done, by when they were given: none is valid that isn't found here.
fn valid(access: &Access<At>, now: At) -> (Option<At>, Option<At>) {
    let signs_in = match access.way(now) {
        Way::TypeGiven { pass, .. } => Some(pass.issued),
        Way::SignIn { .. } | Way::Renew => match access.held {
            Held::Personal { since, .. } => Some(since),
            _ => None,
        },
        Way::AskIdentifiers | Way::Wait => None,
    };
    (signs_in, access.pass(now).map(|pass| pass.issued))
}

proptest! {
    /// No sequence of issue, use, lose, reset and expire leaves two valid secrets, brings an old one back, or leaves
    /// nobody a way forward.
    #[test]
    fn whatever_happens(steps in prop::collection::vec((0_u8..7, 1_u32..70), 1..60)) {
        let mut access = Access::NEW;
        let (mut now, mut newest) = (0, (None, None));
        for (number, wait) in steps {
            now += wait;
            let before = access;
            access = access.after(event(number, now), now).unwrap_or(before);
            let found = valid(&access, now);
            prop_assert!(found.0.is_none() || found.0 >= newest.0, "an old one is back: {:?}", access);
            prop_assert!(found.1.is_none() || found.1 >= newest.1, "an old pass is back: {:?}", access);
            newest = (found.0.max(newest.0), found.1.max(newest.1));
            // Who chose a password never comes back to a provisional one, and only they have a pass.
            if let Held::Personal { .. } = before.held {
                let still_personal = matches!(access.held, Held::Personal { .. });
                prop_assert!(still_personal);
            } else {
                prop_assert_eq!(before.reset, None);
            }
            let next = match access.way(now) {
                Way::AskIdentifiers => Event::Order,
                Way::Wait => Event::Print { until: now + MONTHS },
                Way::TypeGiven { .. } | Way::SignIn { .. } | Way::Renew => Event::Choose { until: None },
            };
            prop_assert!(access.after(next, now).is_ok(), "no way forward: {:?}", access);
        }
    }
}
