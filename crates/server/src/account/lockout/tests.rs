use proptest::prelude::*;

use super::super::refusal::minutes_until;
use super::*;

const DAY_LENGTH: i64 = 24 * 3600;
/// The 1st of November 2026, in days since 1970.
const FIRST_DAY: i64 = 20_758;

/// A moment so many seconds after the start of the 1st of November 2026; days are of UTC here.
fn at(seconds: i64) -> Moment {
    let midnight = FIRST_DAY * DAY_LENGTH;
    let days = seconds.div_euclid(DAY_LENGTH);
    let day = u8::try_from(1 + days).expect("a test lasts less than a month");
    Moment {
        now: Timestamp::from_second(midnight + seconds).expect("a moment"),
        day: Date::new(2026, 11, day).expect("a day"),
        day_ends: Timestamp::from_second(midnight + (days + 1) * DAY_LENGTH).expect("a moment"),
    }
}

fn fresh() -> Counters {
    Counters { here: Guard::default(), everywhere: Guard::default(), known_place: false }
}

fn minutes(locked: Locked, moment: Moment) -> u64 {
    minutes_until(locked.until, moment.now)
}

fn fail_all(counters: &mut Counters, moment: Moment) -> Vec<u32> {
    (0..TRIES).map(|_| counters.admit(moment).expect("a try is left").tries_left).collect()
}

#[test]
fn five_tries_then_ten_minutes() {
    let mut counters = fresh();
    assert_eq!(fail_all(&mut counters, at(0)), [4, 3, 2, 1, 0]);
    for (seconds, expected) in [(0, Some(10)), (1, Some(10)), (60, Some(9)), (599, Some(1)), (600, None)] {
        let found = counters.clone().admit(at(seconds)).err().map(|it| minutes(it, at(seconds)));
        assert_eq!(found, expected, "after {seconds} s");
    }
}

#[test]
fn the_last_try_says_when_the_next_is() {
    let mut counters = fresh();
    for _ in 1..TRIES {
        assert_eq!(counters.admit(at(30)).map(|it| it.locked_until), Ok(None));
    }
    let last = counters.admit(at(30)).expect("the fifth try");
    assert_eq!(last, Admitted { tries_left: 0, locked_until: Some(at(630).now) });
    assert_eq!(counters.admit(at(31)), Err(Locked { until: at(630).now }));
}

#[test]
fn each_further_lock_of_the_day_lasts_twice_as_long() {
    let mut counters = Counters { known_place: true, ..fresh() };
    let mut now = 0;
    for expected in [10, 20, 40, 80, 160] {
        fail_all(&mut counters, at(now));
        let locked = counters.admit(at(now)).expect_err("locked");
        assert_eq!(minutes(locked, at(now)), expected);
        now += i64::try_from(expected).unwrap() * 60;
        assert!(counters.clone().admit(at(now - 1)).is_err());
    }
    fail_all(&mut counters, at(DAY_LENGTH));
    assert_eq!(minutes(counters.admit(at(DAY_LENGTH)).expect_err("locked"), at(DAY_LENGTH)), 10);
}

#[test]
fn a_lock_goes_on_past_midnight() {
    let mut counters = fresh();
    let late = DAY_LENGTH - 60;
    fail_all(&mut counters, at(late));
    assert!(counters.admit(at(DAY_LENGTH + 539)).is_err());
    assert_eq!(counters.admit(at(DAY_LENGTH + 540)).map(|it| it.tries_left), Ok(4));
}

#[test]
fn the_right_password_gives_all_tries_back() {
    let mut counters = fresh();
    for _ in 0..TRIES {
        counters.admit(at(5)).expect("a try is left");
    }
    // The fifth try was the right one: the lock it took in advance is gone.
    counters.forgive(at(5).day);
    assert_eq!(counters.here, Guard { day: Some(at(5).day), ..Guard::default() });
    assert_eq!(counters.everywhere.day_failures, TRIES - 1, "other failures of the day stay counted");
    assert_eq!(fail_all(&mut counters, at(6)), [4, 3, 2, 1, 0]);
}

#[test]
fn a_try_that_could_not_be_made_is_not_counted() {
    for failures in 0..TRIES {
        let mut counters = fresh();
        for _ in 0..failures {
            counters.admit(at(5)).expect("a try is left");
        }
        let before = counters.clone();
        counters.admit(at(6)).expect("a try is left");
        counters.take_back(at(6).day);
        assert_eq!(counters.here.failures, before.here.failures);
        assert_eq!(counters.here.locks, before.here.locks);
        assert_eq!(counters.here.locked_until, None);
        assert_eq!(counters.everywhere.day_failures, before.everywhere.day_failures);
    }
}

#[test]
fn many_places_have_twenty_five_tries_a_day_together() {
    let mut everywhere = Guard::default();
    let mut made = 0;
    for _ in 0..40 {
        // Each try comes from a new place.
        let mut counters = Counters { everywhere, ..fresh() };
        match counters.admit(at(100)) {
            Ok(admitted) => {
                made += 1;
                assert!(admitted.tries_left <= FAILURES_A_DAY - made);
                assert_eq!(admitted.locked_until.is_some(), made == FAILURES_A_DAY);
            }
            Err(locked) => assert_eq!(locked.until, at(100).day_ends),
        }
        everywhere = counters.everywhere;
    }
    assert_eq!(made, FAILURES_A_DAY);

    let mut owner = Counters { everywhere: everywhere.clone(), known_place: true, ..fresh() };
    assert_eq!(owner.admit(at(101)).map(|it| it.tries_left), Ok(4), "a known place is not shut out");
    let mut tomorrow = Counters { everywhere, ..fresh() };
    assert_eq!(tomorrow.admit(at(DAY_LENGTH)).map(|it| it.tries_left), Ok(4));
}

#[derive(Clone, Copy, Debug)]
enum Event {
    Wrong,
    Right,
    Wait(i64),
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        6 => Just(Event::Wrong),
        1 => Just(Event::Right),
        2 => (1_i64..7200).prop_map(Event::Wait),
    ];
    prop::collection::vec(event, 0..120)
}

proptest! {
    #[test]
    fn no_more_wrong_tries_than_promised(events in events(), known_place: bool) {
        let mut counters = Counters { known_place, ..fresh() };
        let (mut now, mut in_a_row, mut today, mut day) = (0, 0, 0, 0);
        let mut promised: Option<u32> = None;
        for event in events {
            if day != now / DAY_LENGTH {
                (day, today, in_a_row, promised) = (now / DAY_LENGTH, 0, 0, None);
            }
            match event {
                Event::Wait(seconds) => {
                    now = (now + seconds).min(20 * DAY_LENGTH);
                }
                Event::Wrong => match counters.admit(at(now)) {
                    Ok(admitted) => {
                        in_a_row += 1;
                        today += 1;
                        if let Some(promised) = promised.filter(|left| *left > 0) {
                            prop_assert_eq!(admitted.tries_left, promised - 1, "each failure takes one try");
                        }
                        prop_assert!(in_a_row <= TRIES);
                        prop_assert!(known_place || today <= FAILURES_A_DAY);
                        prop_assert_eq!(admitted.tries_left == 0, admitted.locked_until.is_some());
                        promised = Some(admitted.tries_left);
                        if admitted.tries_left == 0 {
                            in_a_row = 0;
                        }
                    }
                    Err(locked) => {
                        prop_assert!(locked.until > at(now).now);
                        prop_assert!(matches!(promised, None | Some(0)), "a promised try was refused");
                    }
                },
                Event::Right => {
                    if counters.admit(at(now)).is_ok() {
                        counters.forgive(at(now).day);
                        (in_a_row, promised) = (0, None);
                    }
                }
            }
        }
    }

    #[test]
    fn locks_never_shorten_within_a_day(rounds in 1_usize..8) {
        let mut counters = Counters { known_place: true, ..fresh() };
        let (mut now, mut last) = (0, 0);
        for _ in 0..rounds {
            fail_all(&mut counters, at(now));
            let lasts = minutes(counters.admit(at(now)).expect_err("locked"), at(now));
            let lasts = i64::try_from(lasts).unwrap();
            if now + lasts * 60 >= DAY_LENGTH {
                break;
            }
            prop_assert!(lasts > last);
            now += lasts * 60;
            last = lasts;
        }
    }
}
