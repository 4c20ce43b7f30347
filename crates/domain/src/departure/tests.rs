use proptest::prelude::*;

use super::*;
use crate::problem::FieldProblem;

type At = u32;

const WAITING: State<At> = State::Waiting { since: 1 };

fn settled() -> Vec<State<At>> {
    let reason = "Un loyer reste dû.".to_owned();
    vec![
        State::Accepted { at: 2 },
        State::Refused { at: 2, reason },
        State::Withdrawn { at: 2 },
        State::Overtaken { at: 2 },
    ]
}

fn paperless(state: State<At>) -> Requests<At> {
    Requests { whole: None, paperless: Some(state) }
}

#[test]
fn t10_kinds_have_one_name_everywhere() {
    for kind in Kind::ALL {
        assert_eq!(Kind::parse(kind.name()), Some(kind));
        assert_eq!(serde_json::to_string(&kind).expect("a text"), format!("\"{}\"", kind.name()));
    }
    assert_eq!(Kind::parse("half"), None);
}

#[test]
fn t10_what_waits_is_decided_or_taken_back() {
    let before = paperless(WAITING);
    for (event, after) in [
        (Event::Withdraw(Kind::Paperless), State::Withdrawn { at: 7 }),
        (Event::Accept(Kind::Paperless), State::Accepted { at: 7 }),
        (
            Event::Refuse(Kind::Paperless, "Non".to_owned()),
            State::Refused { at: 7, reason: "Non".to_owned() },
        ),
        (Event::Close, State::Overtaken { at: 7 }),
    ] {
        assert_eq!(before.after(event.clone(), 7), Ok(paperless(after)), "{event:?}");
    }
    assert_eq!(before.after(Event::Ask(Kind::Paperless), 7), Err(Illegal::Waits));
}

#[test]
fn t10_what_is_settled_stays_so() {
    for state in settled() {
        let refused = if state.name() == "withdrawn" { Illegal::Withdrawn } else { Illegal::Decided };
        let before = paperless(state);
        for event in [
            Event::Withdraw(Kind::Paperless),
            Event::Accept(Kind::Paperless),
            Event::Refuse(Kind::Paperless, String::new()),
        ] {
            assert_eq!(before.after(event.clone(), 7), Err(refused), "{event:?} after {before:?}");
        }
        assert_eq!(before.after(Event::Close, 7), Ok(before));
    }
    let nothing = Requests::<At>::default();
    assert_eq!(nothing.after(Event::Accept(Kind::Whole), 7), Err(Illegal::Decided));
}

#[test]
fn t10_one_asks_again_but_not_for_what_one_has_left() {
    for state in settled() {
        let asked = paperless(state.clone()).after(Event::Ask(Kind::Paperless), 7);
        match state {
            State::Accepted { .. } => assert_eq!(asked, Err(Illegal::Left)),
            _ => assert_eq!(asked, Ok(paperless(State::Waiting { since: 7 }))),
        }
    }
    let gone = Requests { whole: Some(State::Accepted { at: 2 }), paperless: None };
    for kind in Kind::ALL {
        assert_eq!(gone.after(Event::Ask(kind), 7), Err(Illegal::Left), "{kind:?}");
    }
    let stopped = paperless(State::Accepted { at: 2 });
    assert!(stopped.after(Event::Ask(Kind::Whole), 7).is_ok(), "who gets notices by post may still leave");
}

#[test]
fn t10_leaving_everything_settles_the_rest() {
    let both = Requests { whole: Some(WAITING), paperless: Some(WAITING) };
    let left =
        Requests { whole: Some(State::Accepted { at: 7 }), paperless: Some(State::Overtaken { at: 7 }) };
    assert_eq!(both.after(Event::Accept(Kind::Whole), 7), Ok(left));
    let stopped = Requests { whole: Some(WAITING), paperless: Some(State::Accepted { at: 7 }) };
    assert_eq!(both.after(Event::Accept(Kind::Paperless), 7), Ok(stopped));
}

#[test]
fn t10_forms_say_what_is_wrong() {
    let codes = |problems: Vec<FieldProblem>| {
        problems.into_iter().map(|problem| (problem.name, problem.code)).collect::<Vec<_>>()
    };
    let said = |kind: &str, note: String, present: &str| {
        codes(DepartureForm { kind: kind.to_owned(), note, present: present.to_owned() }.problems())
    };
    let wrong = |name: &str, code: &str| (name.to_owned(), code.to_owned());
    assert_eq!(said("whole", String::new(), "x"), []);
    assert_eq!(said("paperless", "é".repeat(NOTE_LENGTH), "x"), []);
    assert_eq!(said("", String::new(), " "), [wrong("kind", "required"), wrong("present", "required")]);
    assert_eq!(
        said("half", "é".repeat(NOTE_LENGTH + 1), "x"),
        [wrong("kind", "required"), wrong("note", "too_long")]
    );
    let decided = |accept, reason: String| codes(DecisionForm { accept, reason }.problems());
    assert_eq!(decided(true, String::new()), []);
    assert_eq!(decided(false, " \n".to_owned()), [wrong("reason", "required")]);
    assert_eq!(decided(false, "Un loyer reste dû.".to_owned()), []);
    assert_eq!(decided(false, "é".repeat(NOTE_LENGTH + 1)), [wrong("reason", "too_long")]);
}

fn events() -> impl Strategy<Value = Event> {
    let kind = prop_oneof![Just(Kind::Whole), Just(Kind::Paperless)];
    (0_u8..5, kind).prop_map(|(number, kind)| match number {
        0 => Event::Ask(kind),
        1 => Event::Withdraw(kind),
        2 => Event::Accept(kind),
        3 => Event::Refuse(kind, "Non".to_owned()),
        _ => Event::Close,
    })
}

proptest! {
    #[test]
    fn t10_whatever_happens(happening in prop::collection::vec(events(), 0..40)) {
        let mut requests = Requests::<At>::default();
        for (now, event) in (1..).zip(happening) {
            let before = requests.clone();
            let Ok(after) = requests.after(event.clone(), now) else { continue };
            for kind in Kind::ALL {
                match (before.of(kind), after.of(kind)) {
                    (one, other) if one == other => {}
                    // What begins waits; what ends did.
                    (_, Some(State::Waiting { since })) => prop_assert_eq!((*since, &event), (now, &Event::Ask(kind))),
                    (Some(State::Waiting { .. }), Some(ended)) => prop_assert_eq!(ended.settled(), Some(&now)),
                    (one, other) => prop_assert!(false, "{:?} became {:?}", one, other),
                }
            }
            if matches!(after.whole, Some(State::Accepted { .. })) {
                let waits = matches!(after.paperless, Some(State::Waiting { .. }));
                prop_assert!(!waits, "nothing waits once somebody has left");
            }
            requests = after;
        }
    }
}
