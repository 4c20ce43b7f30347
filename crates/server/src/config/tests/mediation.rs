//! The section `[mediation]`: what is read, and each fault with its line (M1, M5, D5).

use palier_domain::values::{Date, Phase};

use super::super::Environment;
use super::{Files, PALIER};

const MEDIATOR: &str = include_str!("../../../../../demo/mediateur-hlm.toml");

fn line_of(text: &str) -> usize {
    1 + MEDIATOR.lines().position(|line| line.contains(text)).expect("in the sample")
}

/// The line and reason of the only fault of the file in which `from` became `to`.
#[track_caller]
fn only_fault(from: &str, to: &str) -> (usize, String) {
    assert!(MEDIATOR.contains(from), "the sample has no {from}");
    let files = Files::new(&[("palier.toml", PALIER), ("m.toml", &MEDIATOR.replacen(from, to, 1))]);
    let faults = files.load(&Environment::default()).expect_err("a fault");
    let [fault] = faults.as_slice() else { panic!("one fault wanted: {faults:#?}") };
    (fault.line.expect("a line"), fault.reason.clone())
}

#[test]
fn the_sample_is_document_000() {
    let files = Files::new(&[("palier.toml", PALIER), ("m.toml", MEDIATOR)]);
    let loaded = files.load(&Environment::default()).expect("no fault");
    let portal = &loaded.config.portals[0];
    let rules = portal.public.mediation.as_ref().expect("a scheme");
    let phase = |day| rules.campaign.phase(Date::parse_text(day).expect("a day"));
    assert_eq!(phase("2017-07-26"), Phase::Before);
    assert_eq!(phase("2017-09-08"), Phase::Open);
    assert_eq!(phase("2026-11-22"), Phase::Late);
    assert!(rules.asks_code);
    let own = portal.mediation.as_ref().expect("a scheme");
    assert_eq!(own.codes[0].code.as_str(), "USH2017");
    assert_eq!((own.codes[0].partner.as_str(), own.codes[0].max_uses), ("USH", None));
    assert_eq!(own.reminders, [7, 21]);
    assert_ne!(own.partners["USH"], own.conditions);
    assert_eq!(portal.public.tenancy, None);
}

#[test]
fn each_fault_has_its_line() {
    for (from, to, line, words) in [
        ("opens = \"2017-07-27\"", "opens = \"2017-02-30\"", "opens =", "must be a day such as"),
        ("opens = \"2017-07-27\"", "opens = 2018-01-01", "preferred_end =", "ends before it opens"),
        ("contract = \"2026-11\"", "contract = \"1999-01\"", "contract =", "there are 2026-11"),
        ("partner = \"USH\"", "partner = \"UHS\"", "partner =", "there is no partner UHS"),
        ("code = \"USH2017\"", "code = \"É\"", "code = \"USH2017\"", "3 to 32 letters"),
        ("code = \"FNAR\"", "code = \"USH\"", "code = \"FNAR\"", "a partner USH already"),
        ("from = \"2017-07-27\"", "max_uses = 0", "from =", "from 1 to 1000000"),
        ("from = \"2017-07-27\"", "uses = 3", "from =", "unknown key `uses`"),
        ("after_days = [7, 21]", "after_days = [21, 7]", "after_days", "each above the one before"),
        ("after_days = [7, 21]", "after_days = [0]", "after_days", "from 1 to 365"),
    ] {
        let (found, reason) = only_fault(from, to);
        assert_eq!(found, line_of(line), "{to}: {reason}");
        assert!(reason.contains(words), "{to}: {reason}");
    }
}

#[test]
fn what_must_be_there_is_asked_for() {
    let without = |text: &str| only_fault(text, "").1;
    assert!(without("opens = \"2017-07-27\"\n").contains("`opens` is missing"));
    assert!(without("contract = \"2026-11\"\n").contains("`contract` is missing"));
    let ends = "preferred_end = \"2017-09-08\"";
    let (line, reason) = only_fault(ends, &format!("{ends}\nhard_end = \"2017-09-01\""));
    assert_eq!(line, line_of("preferred_end =") + 1);
    assert!(reason.contains("before `preferred_end`"), "{reason}");
}
