//! Decisions made at once: one after the other, and somebody is left to decide (A8).

use palier_server::store::client_users::administrators;

use crate::support::{Answer, BANK, House, MAYOR, Member, bastien, eve, zoe};

/// Two administrators do this to each other at once: the statuses, and how many are left.
async fn at_once(house: &House, decision: &str) -> (Vec<u16>, u64) {
    let mut first = house.administrator().await;
    let (eves, zoes) = (house.account(eve().email()).await, zoe().is_there(house).await);
    let mut second = zoe().signs_in(house).await;
    let (one, other) = tokio::join!(first.decides(zoes, decision), second.decides(eves, decision));
    let mut statuses: Vec<u16> = [&one, &other].map(|answer: &Answer| answer.status.as_u16()).into();
    statuses.sort_unstable();
    let client = house.client(MAYOR).await.id;
    let left = administrators(house.state.store().read(), BANK, client).await.expect("an answer");
    (statuses, left)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_demote_each_other_one_stays() {
    for decision in ["demote", "suspend", "remove"] {
        let house = House::open().await;
        let (statuses, left) = at_once(&house, decision).await;
        // Whoever was faster is the only one; the other decides nothing any more.
        assert_eq!(statuses[0], 200, "{decision}: {statuses:?}");
        assert!([401, 403].contains(&statuses[1]), "{decision}: {statuses:?}");
        assert_eq!(left, 1, "{decision}");
        assert_eq!(house.journal(MAYOR).await.len(), 4, "{decision}: one entry more");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_three_who_leave_one_stays() {
    let house = House::open().await;
    house.administrator().await;
    let mut members = vec![(house.account(eve().email()).await, house.signed_in(eve().email()).await)];
    for member in [zoe(), Member { administrator: true, ..bastien() }] {
        members.push((member.is_there(&house).await, member.signs_in(&house).await));
    }
    let tasks: Vec<_> = members
        .into_iter()
        .map(|(id, mut visitor)| tokio::spawn(async move { visitor.decides(id, "demote").await }))
        .collect();
    let mut problems = Vec::new();
    for task in tasks {
        let answer = task.await.expect("an answer");
        problems.push((answer.status.as_u16(), answer.code().to_owned()));
    }
    problems.sort();
    let done = (200, String::new());
    assert_eq!(problems, [done.clone(), done, (409, "last_administrator".to_owned())]);
    let client = house.client(MAYOR).await.id;
    assert_eq!(administrators(house.state.store().read(), BANK, client).await.expect("an answer"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_decision_by_two_is_made_once() {
    let house = House::open().await;
    let mut first = house.administrator().await;
    zoe().is_there(&house).await;
    let mut second = zoe().signs_in(&house).await;
    let id = bastien().is_there(&house).await;
    let count = house.journal(MAYOR).await.len();
    let (one, other) = tokio::join!(first.decides(id, "suspend"), second.decides(id, "suspend"));
    assert_eq!((one.status.as_u16(), other.status.as_u16()), (200, 200));
    assert_eq!(house.journal(MAYOR).await.len(), count + 1);
    assert_eq!(house.post().await.len(), 1);
}
