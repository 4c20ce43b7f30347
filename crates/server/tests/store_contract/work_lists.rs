//! What the desk's work lists read (D2): counted, searched and cut by the database, alike on both engines.

use jiff::SignedDuration;
use palier_domain::onboarding::{JoiningState, LetterState, Rights};
use palier_server::store::client_users::{ClientUser, UserState, administered, administrators_of_all};
use palier_server::store::clients::{count_found, upsert_many};
use palier_server::store::designations::{self, End, NewDesignation};
use palier_server::store::joinings::{Grant, NewJoining};
use palier_server::store::letters::{Ending, NewLetter, counts, latest_of, page, printable};
use palier_server::store::stuck::{Stuck, Wanted, count_undecided};
use palier_server::store::{Part, Store, client_users, clients, joinings, letters, stuck};
use sea_orm::ConnectionTrait as _;

use crate::clients::client;
use crate::support::{
    DAY, HERE, HOUR, THERE, at, email, hash, keep_account, keep_client, keep_designation, new_designation,
};

const ALL: Part = Part { offset: 0, most: 50 };

async fn names(store: &Store, portal: &str, text: &str, part: Part) -> Vec<String> {
    let found = clients::page(store.read(), portal, text, part).await.unwrap();
    found.into_iter().map(|client| client.known.name).collect()
}

/// Organisations whose order isn't that of their texts on any engine.
async fn organisations(store: &Store) {
    let known = [
        ("48213", "Mairie de Vaux-les-Paliers"),
        ("237517", "ÉTABLISSEMENT « Œuvre du Logis »"),
        ("100001", "évian habitat"),
        ("100002", "EVIAN-HABITAT"),
        ("100003", "Zone_%"),
    ];
    let known = known.map(|(digits, name)| client(digits, name));
    upsert_many(store.write(), HERE, &known, at(0)).await.unwrap();
    upsert_many(store.write(), THERE, &[client("48213", "Mairie d’ailleurs")], at(0)).await.unwrap();
}

pub(crate) async fn find_clients_however_they_are_written(store: Store) {
    organisations(&store).await;
    for (text, found) in [
        ("", 5),
        ("vauxlespaliers", 1),
        ("oeuvredulogis", 1),
        ("evianhabitat", 2),
        ("482", 1),
        ("0000", 3),
        ("48213mairie", 0),
        ("ailleurs", 0),
        ("nowhere", 0),
    ] {
        assert_eq!(count_found(store.read(), HERE, text).await.unwrap(), found, "{text}");
        assert_eq!(names(&store, HERE, text, ALL).await.len() as u64, found, "{text}");
    }
    assert_eq!(names(&store, THERE, "mairie", ALL).await, ["Mairie d’ailleurs"]);
    upsert_many(store.write(), HERE, &[client("48213", "Ville de Rives")], at(1)).await.unwrap();
    for (text, found) in [("vaux", 0), ("villederives", 1)] {
        assert_eq!(count_found(store.read(), HERE, text).await.unwrap(), found, "{text}");
    }
}

pub(crate) async fn cut_clients_in_one_order(store: Store) {
    organisations(&store).await;
    let sorted = [
        "ÉTABLISSEMENT « Œuvre du Logis »",
        "évian habitat",
        "EVIAN-HABITAT",
        "Mairie de Vaux-les-Paliers",
        "Zone_%",
    ];
    assert_eq!(names(&store, HERE, "", ALL).await, sorted);
    assert_eq!(names(&store, HERE, "", Part { offset: 1, most: 2 }).await, sorted[1..3]);
    assert_eq!(names(&store, HERE, "", Part { offset: 4, most: 2 }).await, sorted[4..]);
    assert!(names(&store, HERE, "", Part { offset: 5, most: 2 }).await.is_empty());
    assert_eq!(names(&store, HERE, "a", Part { offset: 1, most: 1 }).await, ["évian habitat"]);
}

/// A database from before there was anything to search by.
pub(crate) async fn find_clients_that_were_there_before(store: Store) {
    let many: Vec<_> = (0..600).map(|number| client(&format!("{}", 1000 + number), "Évian")).collect();
    upsert_many(store.write(), HERE, &many, at(0)).await.unwrap();
    for undone in [
        "DROP INDEX clients_name",
        "DROP INDEX letters_designation",
        "ALTER TABLE clients DROP COLUMN search_key",
        "ALTER TABLE clients DROP COLUMN name_key",
        "DELETE FROM seaql_migrations WHERE version = 'm0016_client_search'",
    ] {
        store.write().execute_unprepared(undone).await.unwrap();
    }
    store.migrate().await.unwrap();
    for (text, found) in [("", 600), ("evian", 600), ("1599", 1), ("évian", 0)] {
        assert_eq!(count_found(store.read(), HERE, text).await.unwrap(), found, "{text}");
    }
    let last = clients::page(store.read(), HERE, "", Part { offset: 599, most: 50 }).await.unwrap();
    assert_eq!(last[0].known.number.as_str(), "1599");
}

pub(crate) async fn count_administrators(store: Store) {
    let mut organisations = Vec::new();
    for (digits, portal) in [("1", HERE), ("2", HERE), ("3", HERE), ("4", THERE)] {
        organisations.push(keep_client(&store, portal, digits).await);
    }
    let users = [
        (0, HERE, true, UserState::Active),
        (0, HERE, true, UserState::Active),
        (0, HERE, false, UserState::Active),
        (1, HERE, true, UserState::Suspended),
        (2, HERE, true, UserState::Active),
        (3, THERE, true, UserState::Active),
    ];
    for (number, (organisation, portal, administrator, state)) in (0..).zip(users) {
        let account_id = keep_account(&store, portal, &format!("u{number}@exemple.fr"), number).await;
        let client_id = organisations[organisation];
        let rights = Rights::default();
        let user = ClientUser { client_id, account_id, administrator, state, rights, since: at(0) };
        client_users::insert(store.write(), portal, &user).await.unwrap();
    }
    let found = administrators_of_all(store.read(), HERE, &organisations).await.unwrap();
    let counts: Vec<_> = organisations.iter().map(|id| found.get(id).copied()).collect();
    assert_eq!(counts, [Some(2), None, Some(1), None]);
    assert!(administrators_of_all(store.read(), HERE, &organisations[1..2]).await.unwrap().is_empty());
    assert_eq!(administered(store.read(), HERE).await.unwrap(), 2);
    assert_eq!(administered(store.read(), THERE).await.unwrap(), 1);
}

/// A designation and its letter, which waits.
async fn waiting(store: &Store, digits: &str, reference: &str) -> (i64, i64, i64) {
    let (client_id, designation_id) = keep_designation(store, HERE, digits).await;
    (client_id, designation_id, ask(store, client_id, designation_id, reference, 0).await)
}

async fn ask(store: &Store, client_id: i64, designation_id: i64, reference: &str, when: i64) -> i64 {
    let (portal, reference) = (HERE.to_owned(), reference.to_owned());
    let new = NewLetter { portal, client_id, designation_id, reference, now: at(when) };
    letters::insert(store.write(), new).await.unwrap()
}

async fn print(store: &Store, id: i64, until: i64) {
    let code = hash(u8::try_from(id).unwrap());
    assert!(letters::print(store.write(), id, &code, at(HOUR), at(until)).await.unwrap());
}

pub(crate) async fn count_and_find_letters(store: Store) {
    let (.., first) = waiting(&store, "48213", "C-K7TM-94PX").await;
    let (.., second) = waiting(&store, "48214", "C-2222-3333").await;
    let (.., third) = waiting(&store, "237517", "C-4444-5555").await;
    print(&store, first, DAY).await;
    upsert_many(store.write(), HERE, &[client("237517", "Œuvre du Logis")], at(1)).await.unwrap();
    let counted = async |portal: &str, text: &str| {
        let counts = counts(store.read(), portal, text).await.unwrap();
        assert_eq!(counts.iter().map(|(state, _)| *state).collect::<Vec<_>>(), LetterState::ALL);
        [counts[0].1, counts[1].1, counts[2..].iter().map(|(_, count)| count).sum()]
    };
    assert_eq!(counted(HERE, "").await, [2, 1, 0]);
    assert_eq!(counted(HERE, "mairiedevaux").await, [1, 1, 0]);
    assert_eq!(counted(HERE, "ck7tm94px").await, [0, 1, 0]);
    assert_eq!(counted(HERE, "k7tm").await, [0, 1, 0]);
    assert_eq!(counted(HERE, "oeuvre").await, [1, 0, 0]);
    assert_eq!(counted(HERE, "2375").await, [1, 0, 0]);
    assert_eq!(counted(THERE, "").await, [0, 0, 0]);
    let listed = async |text: &str, state: Option<LetterState>, part: Part| {
        let found = page(store.read(), HERE, text, state, part).await.unwrap();
        found.into_iter().map(|letter| letter.id).collect::<Vec<_>>()
    };
    assert_eq!(listed("", None, ALL).await, [third, second, first], "what waits comes first");
    assert_eq!(listed("", None, Part { offset: 1, most: 1 }).await, [second]);
    assert_eq!(listed("", Some(LetterState::Printed), ALL).await, [first]);
    assert_eq!(listed("mairie", Some(LetterState::Asked), ALL).await, [second]);
    assert!(page(store.read(), THERE, "", None, ALL).await.unwrap().is_empty());
}

pub(crate) async fn count_letters_that_can_be_printed(store: Store) {
    let (.., printed) = waiting(&store, "48213", "C-1").await;
    waiting(&store, "48214", "C-2").await;
    print(&store, printed, DAY).await;
    let client_id = keep_client(&store, HERE, "237517").await;
    let held = NewDesignation {
        objection_until: Some(at(DAY)),
        ..new_designation(HERE, client_id, "nadia@exemple.fr")
    };
    let held = designations::insert(store.write(), held).await.unwrap();
    ask(&store, client_id, held, "C-3", 0).await;
    assert_eq!(printable(store.read(), HERE, at(DAY - 1)).await.unwrap(), 1);
    assert_eq!(printable(store.read(), HERE, at(DAY)).await.unwrap(), 2);
    assert_eq!(printable(store.read(), THERE, at(DAY)).await.unwrap(), 0);
}

pub(crate) async fn know_open_designations_and_their_newest_letters(store: Store) {
    let (client_id, designation_id, lost) = waiting(&store, "48213", "C-1").await;
    print(&store, lost, DAY).await;
    assert!(letters::end(store.write(), lost, Ending::Lost, at(HOUR)).await.unwrap());
    let newest = ask(&store, client_id, designation_id, "C-2", HOUR).await;
    let (other, ended, _) = waiting(&store, "48214", "C-3").await;
    assert!(designations::end(store.write(), ended, End::Refused, at(HOUR)).await.unwrap());
    let (third, without) = keep_designation(&store, HERE, "48215").await;

    let read = store.read();
    let open = designations::open_of_all(read, HERE, &[client_id, other, third]).await.unwrap();
    let mut found: Vec<_> = open.iter().map(|(client, it)| (*client, it.id)).collect();
    found.sort_unstable();
    assert_eq!(found, [(client_id, designation_id), (third, without)]);
    assert!(designations::open_of_all(read, THERE, &[client_id]).await.unwrap().is_empty());
    assert!(designations::open_of_all(read, HERE, &[other]).await.unwrap().is_empty());
    let mut any = designations::by_ids(read, HERE, &[designation_id, ended]).await.unwrap();
    any.sort_by_key(|it| it.id);
    assert_eq!(
        any.iter().map(|it| (it.id, it.open)).collect::<Vec<_>>(),
        [(designation_id, true), (ended, false)]
    );
    assert!(designations::by_ids(read, THERE, &[ended]).await.unwrap().is_empty());
    let latest = latest_of(read, &[designation_id, without]).await.unwrap();
    assert_eq!(latest.values().map(|letter| letter.id).collect::<Vec<_>>(), [newest]);
}

async fn request(store: &Store, client_id: i64, address: &str, made: i64, expires: i64) -> i64 {
    let new = NewJoining {
        portal: HERE.to_owned(),
        client_id,
        state: JoiningState::Asked,
        first_name: "Nadia".to_owned(),
        surname: "Bensaïd".to_owned(),
        email: email(address),
        language: "fr".to_owned(),
        consent: None,
        grant: Grant::default(),
        now: at(made),
        expires_at: at(expires),
    };
    joinings::insert(store.write(), new).await.unwrap()
}

pub(crate) async fn count_requests_that_wait(store: Store) {
    let client_id = keep_client(&store, HERE, "48213").await;
    let first = request(&store, client_id, "u1@exemple.fr", 0, 3 * DAY).await;
    request(&store, client_id, "u2@exemple.fr", DAY, 3 * DAY).await;
    request(&store, client_id, "u3@exemple.fr", 0, DAY).await;
    let counted = async |portal: &str, before: Option<i64>, now: i64| {
        count_undecided(store.read(), portal, before.map(at), at(now)).await.unwrap()
    };
    assert_eq!(counted(HERE, None, DAY - 1).await, 3);
    assert_eq!(counted(HERE, None, DAY).await, 2, "one can't be decided any more");
    assert_eq!(counted(HERE, Some(0), DAY).await, 0);
    assert_eq!(counted(HERE, Some(1), DAY).await, 1);
    assert_eq!(counted(THERE, None, DAY).await, 0);
    let known = joinings::by_ids(store.read(), HERE, &[first]).await.unwrap();
    assert_eq!(known.iter().map(|it| it.id).collect::<Vec<_>>(), [first]);
    assert!(joinings::by_ids(store.read(), THERE, &[first]).await.unwrap().is_empty());
}

pub(crate) async fn find_what_is_stuck_the_longest_first(store: Store) {
    let write = store.write();
    let (client, ..) = waiting(&store, "1", "C-WAITS").await;
    let (.., counts) = waiting(&store, "2", "C-COUNTS").await;
    print(&store, counts, 30 * DAY).await;
    let (_, expired, letter) = waiting(&store, "3", "C-EXPIRED").await;
    print(&store, letter, 3 * DAY).await;
    let (_, returned, letter) = waiting(&store, "4", "C-RETURNED").await;
    print(&store, letter, DAY).await;
    assert!(letters::post(write, letter, at(HOUR)).await.unwrap());
    assert!(letters::give_back(write, letter, at(2 * DAY)).await.unwrap());
    let (_, locked, letter) = waiting(&store, "5", "C-LOCKED").await;
    print(&store, letter, 30 * DAY).await;
    assert!(letters::end(write, letter, Ending::Locked, at(DAY)).await.unwrap());
    // Another letter goes on in the place of one that ended.
    let (organisation, renewed, letter) = waiting(&store, "6", "C-OLD").await;
    assert!(letters::end(write, letter, Ending::Replaced, at(HOUR)).await.unwrap());
    ask(&store, organisation, renewed, "C-NEW", HOUR).await;
    let (_, refused, _) = waiting(&store, "7", "C-REFUSED").await;
    assert!(designations::end(write, refused, End::Refused, at(HOUR)).await.unwrap());
    let (_, none) = keep_designation(&store, HERE, "8").await;
    let late = request(&store, client, "u1@exemple.fr", 0, 30 * DAY).await;
    request(&store, client, "u2@exemple.fr", 2 * DAY, 30 * DAY).await;
    request(&store, client, "u3@exemple.fr", 0, DAY).await;

    let now = at(4 * DAY);
    let before = now.checked_sub(SignedDuration::from_hours(3 * 24)).unwrap();
    let wanted = Wanted { portal: HERE, before, now };
    let all = [
        (Stuck::Joining(late), at(0)),
        (Stuck::Designation(none), at(HOUR)),
        (Stuck::Designation(locked), at(DAY)),
        (Stuck::Designation(returned), at(2 * DAY)),
        (Stuck::Designation(expired), at(3 * DAY)),
    ];
    assert_eq!(stuck::page(store.read(), wanted, ALL).await.unwrap(), all);
    assert_eq!(stuck::count(store.read(), wanted).await.unwrap(), 5);
    let part = Part { offset: 1, most: 2 };
    assert_eq!(stuck::page(store.read(), wanted, part).await.unwrap(), all[1..3]);
    let sooner = Wanted { now: at(3 * DAY - 1), before: at(0), ..wanted };
    assert_eq!(stuck::page(store.read(), sooner, ALL).await.unwrap(), all[1..4]);
    assert_eq!(stuck::count(store.read(), Wanted { portal: THERE, ..wanted }).await.unwrap(), 0);
}
