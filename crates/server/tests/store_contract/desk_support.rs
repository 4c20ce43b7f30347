//! What the desk beside the caller looks for, and its journal (P7).

use palier_domain::credentials::Channel;
use palier_domain::onboarding::LetterState;
use palier_domain::values::UserNumber;
use palier_server::store::desk_journal::{self, Act};
use palier_server::store::partner_letters::{self, NewPartnerLetter};
use palier_server::store::partners::{self, NewPartner};
use palier_server::store::{Part, Store};

use crate::support::{HERE, THERE, at, email, is_conflict, rows, twenty};

fn partner(rank: u32, name: &str) -> NewPartner {
    NewPartner {
        number: UserNumber::of_parts("078", "270075", &rank.to_string()).expect("a number"),
        name: name.to_owned(),
        email: Some(email(&format!("Bailleur{rank}@exemple.fr"))),
        address: None,
        channel: Channel::Mail,
    }
}

async fn keep(store: &Store) {
    let some = [partner(1, "SCI « L’Été »"), partner(2, "Office des Balcons"), partner(3, "Éts Zénith")];
    partners::upsert_many(store.write(), HERE, &some, at(0)).await.unwrap();
    partners::upsert_many(store.write(), THERE, &[partner(4, "Office d’ailleurs")], at(0)).await.unwrap();
}

async fn found(store: &Store, text: &str) -> Vec<String> {
    let all = Part { offset: 0, most: 50 };
    let page = partners::page(store.read(), HERE, text, all).await.unwrap();
    assert_eq!(partners::count_found(store.read(), HERE, text).await.unwrap(), page.len() as u64, "{text}");
    page.into_iter().map(|partner| partner.known.name).collect()
}

pub(crate) async fn finds_partners_by_number_name_or_address(store: Store) {
    keep(&store).await;
    assert_eq!(found(&store, "07802700750002").await, ["Office des Balcons"]);
    assert_eq!(found(&store, "ete").await, ["SCI « L’Été »"]);
    assert_eq!(found(&store, "bailleur3exemplefr").await, ["Éts Zénith"]);
    assert_eq!(found(&store, "ailleurs").await, Vec::<String>::new(), "another portal's");
    // By name, without accents, in parts.
    assert_eq!(found(&store, "bailleur").await, ["Éts Zénith", "Office des Balcons", "SCI « L’Été »"]);
    let second = Part { offset: 1, most: 1 };
    let page = partners::page(store.read(), HERE, "bailleur", second).await.unwrap();
    assert_eq!(page.iter().map(|it| it.known.name.as_str()).collect::<Vec<_>>(), ["Office des Balcons"]);
    // A file that renames somebody renames them for searches.
    partners::upsert_many(store.write(), HERE, &[partner(1, "Gîtes")], at(1)).await.unwrap();
    assert_eq!((found(&store, "ete").await.len(), found(&store, "gites").await.len()), (0, 1));
}

pub(crate) async fn makes_one_account_of_twenty_at_once(store: Store) {
    let made = twenty(&store, |store, _| async move {
        let made = partners::insert(store.write(), HERE, &partner(7, "SCI"), at(0)).await;
        assert!(made.is_ok() || is_conflict(&made), "{made:?}");
        made.is_ok()
    })
    .await;
    assert_eq!(made.iter().filter(|made| **made).count(), 1);
    assert_eq!(rows(&store, "partners").await, 1);
}

pub(crate) async fn counts_and_pages_letters_to_partners(store: Store) {
    keep(&store).await;
    let all = Part { offset: 0, most: 50 };
    for (index, partner) in partners::page(store.read(), HERE, "", all).await.unwrap().iter().enumerate() {
        let reference = format!("C-K7TM-94P{index}");
        let new = NewPartnerLetter { portal: HERE.to_owned(), partner_id: partner.id, reference, now: at(0) };
        let id = partner_letters::insert(store.write(), new).await.unwrap();
        if index == 2 {
            assert!(partner_letters::print(store.write(), id, at(1), at(2)).await.unwrap());
        }
    }
    let count = |counts: Vec<(LetterState, u64)>| {
        counts.into_iter().filter(|(_, count)| *count > 0).collect::<Vec<_>>()
    };
    let counts = partner_letters::counts(store.read(), HERE, "").await.unwrap();
    assert_eq!(counts.len(), LetterState::ALL.len());
    assert_eq!(count(counts), [(LetterState::Asked, 2), (LetterState::Printed, 1)]);
    let of_one = partner_letters::counts(store.read(), HERE, "balcons").await.unwrap();
    assert_eq!(count(of_one), [(LetterState::Asked, 1)]);
    assert_eq!(count(partner_letters::counts(store.read(), THERE, "").await.unwrap()), []);
    let references = |letters: Vec<partner_letters::PartnerLetter>| {
        letters.into_iter().map(|letter| letter.reference).collect::<Vec<_>>()
    };
    let page = |text: &'static str, state| {
        let store = store.clone();
        async move { partner_letters::page(store.read(), HERE, text, state, all).await.unwrap() }
    };
    // Those that wait first, then the newest first.
    assert_eq!(references(page("", None).await), ["C-K7TM-94P1", "C-K7TM-94P0", "C-K7TM-94P2"]);
    assert_eq!(references(page("", Some(LetterState::Printed)).await), ["C-K7TM-94P2"]);
    assert_eq!(references(page("k7tm94p0", None).await), ["C-K7TM-94P0"]);
    let part = Part { offset: 1, most: 1 };
    let second = partner_letters::page(store.read(), HERE, "", None, part).await.unwrap();
    assert_eq!(references(second), ["C-K7TM-94P0"]);
}

const ACT: Act<'static> = Act { staff: "ines@caisse.example", kind: "shown", subject: "07802700750001" };

pub(crate) async fn writes_twenty_acts_down_at_once(store: Store) {
    twenty(&store, |store, _| async move {
        desk_journal::append(store.write(), HERE, at(0), ACT).await.unwrap();
    })
    .await;
    desk_journal::append(store.write(), THERE, at(0), ACT).await.unwrap();
    let entries = desk_journal::list(store.read(), HERE).await.unwrap();
    assert_eq!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), (1..=20).collect::<Vec<_>>());
    assert!(entries.iter().all(|entry| entry.whole && entry.happened_at == at(0)), "{entries:?}");
}

pub(crate) async fn tells_what_was_done_about_somebody(store: Store) {
    for (kind, subject) in
        [("searched", "07802700750001 07802700750002"), ("shown", ACT.subject), ("by_mail", ACT.subject)]
    {
        desk_journal::append(store.write(), HERE, at(0), Act { kind, subject, ..ACT }).await.unwrap();
    }
    desk_journal::append(store.write(), THERE, at(0), ACT).await.unwrap();
    let told = |most| {
        let store = store.clone();
        async move {
            let entries = desk_journal::about(store.read(), HERE, ACT.subject, most).await.unwrap();
            entries.into_iter().map(|entry| entry.kind).collect::<Vec<_>>()
        }
    };
    assert_eq!(
        (told(20).await, told(1).await),
        (vec!["by_mail".into(), "shown".into()], vec!["by_mail".into()])
    );
}

pub(crate) async fn shows_what_was_changed_or_taken_out(store: Store) {
    use sea_orm::ConnectionTrait as _;
    for _ in 0..4 {
        desk_journal::append(store.write(), HERE, at(0), ACT).await.unwrap();
    }
    let broken = || async {
        let entries = desk_journal::list(store.read(), HERE).await.unwrap();
        entries.into_iter().filter(|entry| !entry.whole).map(|entry| entry.number).collect::<Vec<_>>()
    };
    assert_eq!(broken().await, Vec::<i32>::new());
    let change = "UPDATE desk_journal SET staff = 'eve@caisse.example' WHERE number = 2";
    store.write().execute_unprepared(change).await.unwrap();
    assert_eq!(broken().await, [2]);
    store.write().execute_unprepared("DELETE FROM desk_journal WHERE number = 2").await.unwrap();
    assert_eq!(broken().await, [3]);
}
