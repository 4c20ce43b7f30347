//! Letters as their operator handles them (A4).

use palier_server::store::letters::Ending;
use sha2::{Digest as _, Sha256};

use super::desk::{BANK, Desk, REFERENCES, codes, words};

#[tokio::test]
async fn what_waits_is_printed_once_into_a_file_for_the_operator_only() {
    let desk = Desk::open(2).await;
    let printed = desk.print("one.pdf").done();
    assert_eq!(printed.lines(), REFERENCES[..2]);
    assert!(printed.error.starts_with("2 courrier(s) imprimé(s)"), "{}", printed.error);
    assert!(!printed.error.contains("attendent encore"), "{}", printed.error);
    let pdf = std::fs::read(desk.file("one.pdf")).expect("the file");
    let words = words(&pdf);
    let found = codes(&words);
    assert_eq!(found.len(), 2, "{words}");
    for (reference, code) in REFERENCES[..2].iter().zip(&found) {
        assert!(words.contains(&format!("Référencedececourrier{reference}")), "{reference}: {words}");
        let kept = desk.letter(reference).await.code_hash.expect("printed");
        assert_eq!(kept, Sha256::digest(code.reveal()).to_vec(), "the paper of {reference} has its own code");
        for said in [&printed.out, &printed.error] {
            assert!(!said.contains(code.reveal()) && !said.contains(&code.reveal_in_groups()), "{said}");
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let file = std::fs::metadata(desk.file("one.pdf")).expect("the file");
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }

    let nothing = desk.print("two.pdf").done();
    assert_eq!((nothing.out.as_str(), nothing.error.trim()), ("", "Aucun courrier n'attend d'être imprimé."));
    assert!(!desk.file("two.pdf").exists());

    // What is in a file that is there already is nowhere else.
    desk.ask(3, REFERENCES[2]).await;
    let refused = desk.print("one.pdf").refused();
    assert!(refused.error.contains("existe déjà"), "{}", refused.error);
    assert!(std::fs::read(desk.file("one.pdf")).expect("the file") == pdf, "left alone");
    let refused = desk.print("nowhere/three.pdf").refused();
    assert!(refused.error.contains("three.pdf"), "{}", refused.error);
    assert_eq!(desk.letter(REFERENCES[2]).await.code_hash, None, "waits still");
    assert_eq!(desk.print("three.pdf").done().lines(), [REFERENCES[2]]);
}

#[tokio::test]
async fn what_is_too_much_for_one_file_waits_for_the_next_one() {
    let desk = Desk::open(0).await;
    for number in 1..=201 {
        desk.ask(number, &format!("C-2222-{}", 2222 + number)).await;
    }
    let first = desk.print("one.pdf").done();
    assert_eq!(first.lines().len(), 200);
    assert!(first.error.contains("1 courrier(s) attendent encore"), "{}", first.error);
    assert_eq!(desk.print("two.pdf").done().lines(), ["C-2222-2423"]);
}

#[tokio::test]
async fn the_list_tells_everything_but_codes() {
    let desk = Desk::open(3).await;
    desk.print("one.pdf").done();
    desk.palier(&["letters", "posted", REFERENCES[1]]).done();
    desk.palier(&["letters", "returned", REFERENCES[2]]).done();

    let all = desk.palier(&["letters", "list"]).done();
    let rows: Vec<Vec<&str>> = all.lines().iter().map(|line| line.split_whitespace().collect()).collect();
    let [head, rows @ ..] = rows.as_slice() else { panic!("{}", all.out) };
    assert_eq!(head.first(), Some(&"référence"));
    for (row, (reference, state)) in rows.iter().zip(REFERENCES.iter().zip(["printed", "posted", "returned"]))
    {
        assert_eq!(row[..3], [*reference, state, "2026-11-21"], "{}", all.out);
        assert_eq!(row[4] == "-", state != "posted", "{}", all.out);
    }
    assert_eq!(rows.len(), 3);
    assert_eq!(rows[0][6..], ["23001", "Organisme", "1"]);
    let counts = "asked : 0, printed : 1, posted : 1, returned : 1, used : 0, revoked : 0";
    assert_eq!(all.error.trim(), counts);
    let printed = codes(&words(&std::fs::read(desk.file("one.pdf")).expect("the file")));
    assert_eq!(printed.len(), 3);
    for code in printed {
        assert!(!all.out.contains(code.reveal()) && !all.out.contains(&code.reveal_in_groups()));
    }

    let posted = desk.palier(&["letters", "list", "--state", "posted", "--portal", BANK]).done();
    assert_eq!(posted.lines().len(), 2, "{}", posted.out);
    assert!(posted.lines()[1].starts_with(REFERENCES[1]), "{}", posted.out);
    assert_eq!(posted.error, all.error, "counts are those of all");
}

#[tokio::test]
async fn letters_are_posted_by_reference_and_their_applicants_told() {
    let desk = Desk::open(3).await;
    let refused = desk.palier(&["letters", "posted", REFERENCES[0], "c-2222-2222", "no reference"]).refused();
    let told: Vec<&str> = refused.error.lines().collect();
    let [unprinted, unknown, unread, summary] = told.as_slice() else { panic!("{told:?}") };
    assert!(unprinted.starts_with(REFERENCES[0]) && unprinted.contains("asked"), "{unprinted}");
    assert!(unknown.starts_with("c-2222-2222") && unread.starts_with("no reference"), "{told:?}");
    assert!(summary.starts_with("0 courrier(s)"), "{summary}");
    assert_eq!(desk.waiting_mails().await, 0);

    desk.print("one.pdf").done();
    // The first one is done although the second one isn't known.
    let some = desk.palier(&["letters", "posted", "k7tm94px", "C-2222-2222", "cc7tm 94py"]).refused();
    assert_eq!(some.lines(), REFERENCES[..2]);
    assert_eq!(desk.waiting_mails().await, 2);
    assert!(desk.letter(REFERENCES[0]).await.posted_at.is_some());
    let again = desk.palier(&["letters", "posted", REFERENCES[0]]).refused();
    assert!(again.error.contains("posted"), "{}", again.error);
    assert_eq!(desk.waiting_mails().await, 2, "told once");

    assert_eq!(desk.palier(&["letters", "posted", "--all-printed"]).done().lines(), [REFERENCES[2]]);
    assert_eq!(desk.waiting_mails().await, 3);
    assert_eq!(desk.palier(&["letters", "posted", "--all-printed"]).done().out, "");
    assert_eq!(desk.palier(&["letters", "posted"]).code, Some(2), "nothing was named");
}

#[tokio::test]
async fn a_letter_that_came_back_counts_no_more_and_a_lost_one_is_printed_anew() {
    let desk = Desk::open(2).await;
    let early = desk.palier(&["letters", "lost", REFERENCES[0]]).refused();
    assert!(early.error.contains("asked"), "it waits to be printed already: {}", early.error);
    desk.print("one.pdf").done();

    let returned = desk.palier(&["letters", "returned", REFERENCES[0]]).done();
    assert_eq!(returned.lines(), [REFERENCES[0]]);
    assert_eq!(desk.waiting_mails().await, 1, "its applicant is told");
    assert!(!desk.letter(REFERENCES[0]).await.state.counts());
    desk.palier(&["letters", "returned", REFERENCES[0]]).refused();

    let old = desk.letter(REFERENCES[1]).await;
    desk.palier(&["letters", "lost", REFERENCES[1]]).done();
    assert!(desk.letter(REFERENCES[1]).await.state.is_over());
    desk.palier(&["letters", "lost", REFERENCES[1]]).refused();
    let printed = desk.print("two.pdf").done();
    let [reference] = printed.lines()[..] else { panic!("{printed:?}") };
    let new = desk.letter(reference).await;
    assert_eq!(new.designation_id, old.designation_id);
    assert_ne!((new.reference, new.code_hash), (old.reference, old.code_hash));
}

#[tokio::test]
async fn requests_are_stopped_by_reference_and_their_applicants_told() {
    let desk = Desk::open(2).await;
    desk.print("one.pdf").done();
    desk.ask(3, REFERENCES[2]).await;
    // One that is printed and one that waits.
    let some = desk.palier(&["letters", "refused", "k7tm94px", REFERENCES[2], "C-2222-2222"]).refused();
    assert_eq!(some.lines(), [REFERENCES[0], REFERENCES[2]]);
    assert!(some.error.contains("C-2222-2222") && some.error.contains("2 demande(s)"), "{}", some.error);
    assert_eq!(desk.waiting_mails().await, 2);
    assert_eq!(desk.letter(REFERENCES[0]).await.ending, Some(Ending::Refused));
    assert_eq!(desk.letter(REFERENCES[1]).await.ending, None);
    let again = desk.palier(&["letters", "refused", REFERENCES[0]]).refused();
    assert!(again.error.contains("revoked"), "{}", again.error);
    assert_eq!(desk.waiting_mails().await, 2, "told once");
    assert!(desk.palier(&["check"]).done().out.ends_with(": no fault\n"));
    assert!(desk.print("two.pdf").done().lines().is_empty(), "nothing is left to be printed");
}

#[tokio::test]
async fn letters_wait_until_administrators_cannot_object_any_more() {
    let desk = Desk::open(2).await;
    let first = "(SELECT designation_id FROM letters WHERE reference = 'C-K7TM-94PX')";
    // The first minute of 2100.
    desk.change(&format!("UPDATE designations SET objection_until = 4102444800 WHERE id = {first}")).await;
    let listed = desk.palier(&["letters", "list"]).done();
    assert!(listed.error.contains(REFERENCES[0]) && listed.error.contains("2100-01-01"), "{}", listed.error);
    assert!(!listed.error.contains(REFERENCES[1]), "{}", listed.error);
    let printed = desk.print("one.pdf").done();
    assert_eq!(printed.lines(), [REFERENCES[1]]);
    assert!(!printed.error.contains("attendent encore"), "{}", printed.error);
    assert!(printed.error.contains("2100-01-01"), "{}", printed.error);
    let nothing = desk.print("two.pdf").done();
    assert!(nothing.lines().is_empty() && nothing.error.contains(REFERENCES[0]), "{}", nothing.error);
}
