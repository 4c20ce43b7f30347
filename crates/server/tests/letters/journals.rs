//! What `palier check` says of journals (A9).

use sea_orm::ConnectionTrait as _;

use super::desk::{Desk, REFERENCES};

#[tokio::test]
async fn the_check_tells_the_first_broken_entry_of_each_journal() {
    let desk = Desk::open(2).await;
    desk.print("one.pdf").done();
    desk.palier(&["letters", "posted", "--all-printed"]).done();
    desk.palier(&["letters", "returned", REFERENCES[0], REFERENCES[1]]).done();
    assert!(desk.palier(&["check"]).done().out.ends_with(": no fault\n"));

    let of =
        |number: u32| format!("client_id = (SELECT id FROM clients WHERE number = '{}')", 23_000 + number);
    desk.change(&format!("UPDATE journal SET details = '{{}}' WHERE number = 2 AND {}", of(1))).await;
    let one = desk.palier(&["check"]).refused();
    let [line] = one.lines()[..] else { panic!("{}", one.out) };
    assert!(line.starts_with("journal: portal prets, client 23001: entry 2 "), "{line}");

    desk.change(&format!("DELETE FROM journal WHERE number = 3 AND {}", of(2))).await;
    let both = desk.palier(&["check"]).refused();
    let [_, line] = both.lines()[..] else { panic!("{}", both.out) };
    assert!(line.starts_with("journal: portal prets, client 23002: entry 4 "), "{line}");
}

#[tokio::test]
async fn the_check_of_a_database_without_journals_makes_none() {
    let desk = Desk::open(0).await;
    desk.store.write().execute_unprepared("DROP TABLE journal").await.expect("dropped");
    assert!(desk.palier(&["check"]).done().out.ends_with(": no fault\n"));
    assert!(!desk.store.has("journal").await.expect("asked"));
}
