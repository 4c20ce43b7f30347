//! The retention table (T11, D4): what is past its time goes, and what would go a second later stays.

use palier_domain::departure::{Kind as Leaving, State as Left};
use palier_domain::onboarding::{Rights, UserState};
use palier_domain::profile::Device;
use palier_domain::retention::{Kind, TABLE};
use palier_domain::values::Date;
use palier_server::store::accounts::{self, Account};
use palier_server::store::client_users::{self, ClientUser};
use palier_server::store::desk_journal::{self, Act};
use palier_server::store::erasure::erase;
use palier_server::store::guards::remember_place;
use palier_server::store::journal::{self, Details};
use palier_server::store::leases::{self, Exit};
use palier_server::store::links::{self, Kind as Link};
use palier_server::store::outbox::{NewMail, enqueue, mark_failed, mark_sent};
use palier_server::store::retention::{Past, accounts_to_erase, count, delete, is_due};
use palier_server::store::sessions::NewSession;
use palier_server::store::sign_ups::NewSignUp;
use palier_server::store::{Store, departures, email_changes, leaving, sessions, sign_ups};
use sea_orm::ConnectionTrait as _;

use crate::support::{
    DAY, HERE, HOUR, THERE, at, email, hash, identifier, keep_account, keep_client, keep_lease, new_account,
    new_sign_up, reference, rows,
};

/// The last moment that is past: 5 November 2026, noon.
const PAST: i64 = 0;
const NOW: i64 = 400 * DAY;

fn past() -> Past {
    Past { at: at(PAST), day: jiff::civil::date(2026, 11, 6) }
}

async fn gone(store: &Store, kind: Kind) -> u64 {
    let counted = count(store.read(), HERE, kind, past()).await.unwrap();
    let transaction = store.begin().await.unwrap();
    let deleted = delete(&transaction, HERE, kind, past(), at(NOW)).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(counted, deleted, "{kind:?} counts what goes");
    assert_eq!(count(store.read(), HERE, kind, past()).await.unwrap(), 0, "{kind:?} once");
    deleted
}

async fn to_erase(store: &Store, kind: Kind) -> Vec<i64> {
    let due = accounts_to_erase(store.read(), HERE, kind, past(), (0, 10)).await.unwrap();
    assert_eq!(count(store.read(), HERE, kind, past()).await.unwrap(), due.len() as u64);
    due
}

async fn erased(store: &Store, id: i64) -> bool {
    let transaction = store.begin().await.unwrap();
    let done = erase(&transaction, HERE, id, &format!("account:{id}"), at(NOW)).await.unwrap();
    transaction.commit().await.unwrap();
    done
}

async fn account(store: &Store, id: i64) -> Option<Account> {
    accounts::by_id(store.read(), HERE, id).await.unwrap()
}

/// Of each kind one row that goes, one that would go a second later, and one of another portal.
pub(crate) async fn deletes_what_is_past_its_time_and_nothing_else(store: Store) {
    let lease_id = keep_lease(&store, HERE, "1").await;
    for (number, second) in [(1, PAST), (2, PAST + 1)] {
        let new = new_sign_up(HERE, lease_id, &format!("m{number}@exemple.fr"), number);
        let id = sign_ups::insert(store.write(), NewSignUp { expires_at: at(second), ..new }).await.unwrap();
        let kind = Link::ConfirmSignUp;
        links::issue(store.write(), HERE, kind, id, &hash(number), at(-DAY), at(second)).await.unwrap();
        let source = format!("192.0.2.{number}");
        remember_place(store.write(), HERE, "7", &source, at(second)).await.unwrap();
        mails(&store, number, second).await;
    }
    remember_place(store.write(), THERE, "7", "192.0.2.1", at(PAST - DAY)).await.unwrap();
    let marie = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let marie = account(&store, marie).await.unwrap();
    for (wanted, asked) in [("a@exemple.fr", PAST), ("b@exemple.fr", PAST + 1), ("c@exemple.fr", PAST)] {
        let id = email_changes::ask(store.write(), HERE, &marie, &email(wanted), at(asked)).await.unwrap();
        if wanted.starts_with('c') {
            email_changes::note_done(store.write(), id, at(PAST + 1)).await.unwrap();
        }
    }
    for (kind, state, second) in [
        (Leaving::Whole, Left::Refused { at: at(PAST), reason: "Non".to_owned() }, PAST),
        (Leaving::Whole, Left::Withdrawn { at: at(PAST + 1) }, PAST + 1),
        (Leaving::Paperless, Left::Overtaken { at: at(PAST) }, PAST),
        // So it is as long as there is an account.
        (Leaving::Paperless, Left::Accepted { at: at(PAST) }, PAST),
    ] {
        let new = departures::NewDeparture {
            portal: HERE,
            account_id: marie.id,
            kind,
            note: "",
            at_desk: false,
            now: at(second),
        };
        let id = departures::insert(store.write(), new).await.unwrap().unwrap();
        departures::settle(store.write(), id, &state).await.unwrap();
        if matches!(state, Left::Accepted { .. }) {
            let waiting = departures::NewDeparture { kind: Leaving::Whole, ..new };
            departures::insert(store.write(), waiting).await.unwrap().unwrap();
        }
    }
    assert_eq!(gone(&store, Kind::Departures).await, 2, "what is over, but not what stands");
    assert_eq!(gone(&store, Kind::SignUps).await, 2, "a sign-up and its link");
    assert_eq!(gone(&store, Kind::Places).await, 1);
    assert_eq!(gone(&store, Kind::Mails).await, 2);
    assert_eq!(gone(&store, Kind::EmailChanges).await, 1, "one that was done counts from then on");
    for kind in TABLE.map(|rule| rule.kind) {
        assert_eq!(gone(&store, kind).await, 0, "{kind:?}");
    }
    for (table, left) in [
        ("leases", 1),
        ("accounts", 1),
        ("sign_ups", 1),
        ("links", 1),
        ("places", 2),
        ("outbox", 3),
        ("departures", 3),
    ] {
        assert_eq!(rows(&store, table).await, left, "{table}");
    }
}

async fn mails(store: &Store, number: u8, second: i64) {
    let mail = |what: &str| NewMail {
        portal: HERE.to_owned(),
        kind: "account_active",
        to: email("marie@exemple.fr"),
        reply_to: None,
        subject: String::new(),
        text: String::new(),
        html: String::new(),
        language: "fr".to_owned(),
        message_id: format!("{what}{number}"),
        attachment: None,
        now: at(-DAY),
    };
    enqueue(store.write(), mail("sent")).await.unwrap();
    mark_sent(store.write(), &format!("sent{number}"), at(second)).await.unwrap();
    enqueue(store.write(), mail("failed")).await.unwrap();
    mark_failed(store.write(), &format!("failed{number}"), at(second), None, "no such mailbox")
        .await
        .unwrap();
    if number == 1 {
        enqueue(store.write(), mail("waits")).await.unwrap();
    }
}

pub(crate) async fn lets_leases_go_that_nobody_has(store: Store) {
    for digits in ["1", "2", "3"] {
        keep_lease(&store, HERE, digits).await;
    }
    let with_account = leases::find(store.read(), HERE, &reference("3")).await.unwrap().unwrap().id;
    let id = accounts::insert(store.write(), new_account(HERE, Some(with_account), "a@exemple.fr", 1)).await;
    let exit = |digits, day| Exit { reference: reference(digits), left_on: Date::new(2026, 11, day) };
    let exits = [exit("1", 5), exit("2", 6), exit("3", 5)];
    leases::set_exits(store.write(), HERE, &exits, at(0)).await.unwrap();
    assert_eq!(gone(&store, Kind::Leases).await, 1, "the day is over, and nobody has it");
    let transaction = store.begin().await.unwrap();
    leaving::close(&transaction, id.unwrap(), at(NOW)).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(gone(&store, Kind::Leases).await, 1);
    assert_eq!(rows(&store, "leases").await, 1);
}

async fn close(store: &Store, id: i64, second: i64) {
    let transaction = store.begin().await.unwrap();
    leaving::close(&transaction, id, at(second)).await.unwrap();
    transaction.commit().await.unwrap();
}

pub(crate) async fn erases_accounts_that_were_closed_and_keeps_their_proofs(store: Store) {
    let [marie, paul, awa] = [
        keep_account(&store, HERE, "marie@exemple.fr", 1).await,
        keep_account(&store, HERE, "paul@exemple.fr", 2).await,
        keep_account(&store, HERE, "awa@exemple.fr", 3).await,
    ];
    for id in [marie, paul] {
        accounts::add_consent(store.write(), id, "2026-11", &"ab".repeat(32), at(-DAY)).await.unwrap();
    }
    everything(&store, marie).await;
    close(&store, marie, PAST).await;
    close(&store, paul, PAST + 1).await;
    assert_eq!(to_erase(&store, Kind::ClosedAccounts).await, [marie]);
    let due = |id| {
        let store = store.clone();
        async move { is_due(store.read(), HERE, Kind::ClosedAccounts, past(), id).await.unwrap() }
    };
    assert_eq!((due(marie).await, due(paul).await, due(awa).await), (true, false, false));
    assert_eq!(gone(&store, Kind::Proofs).await, 0, "not erased yet");
    assert!(erased(&store, marie).await);
    assert!(!erased(&store, marie).await, "once");
    assert_eq!(to_erase(&store, Kind::ClosedAccounts).await, Vec::<i64>::new());
    assert_eq!(account(&store, marie).await, None);
    assert_eq!(accounts::by_identifier(store.read(), HERE, &identifier(1)).await.unwrap(), None);
    for (table, left) in [
        ("accounts WHERE email LIKE '%marie%' OR email_key LIKE '%marie%'", 0),
        ("accounts WHERE erased_at IS NOT NULL AND password_hash = '' AND surname = ''", 1),
        ("sessions", 1),
        ("email_changes", 0),
        ("links", 0),
        ("sign_ups", 0),
        ("places", 0),
        ("outbox WHERE sent_at IS NOT NULL OR abandoned_at IS NOT NULL", 0),
        ("outbox", 1),
        ("consents", 2),
    ] {
        assert_eq!(rows(&store, table).await, left, "{table}");
    }
    // The address is free.
    keep_account(&store, HERE, "marie@exemple.fr", 4).await;
    assert_eq!(gone(&store, Kind::Proofs).await, 1);
    assert_eq!(rows(&store, "consents").await, 1);
}

/// What hangs on an account, beside what is another's.
async fn everything(store: &Store, id: i64) {
    let marie = account(store, id).await.unwrap();
    let lease_id = keep_lease(store, HERE, "1").await;
    sign_ups::insert(store.write(), new_sign_up(HERE, lease_id, "marie@exemple.fr", 1)).await.unwrap();
    for (account_id, number) in [(id, 1), (id + 1, 2)] {
        let new = NewSession {
            portal: HERE.to_owned(),
            account_id,
            token_hash: hash(number),
            stay: true,
            device: Device::default(),
            now: at(0),
            expires_at: at(HOUR),
        };
        sessions::insert(store.write(), new).await.unwrap();
    }
    let change =
        email_changes::ask(store.write(), HERE, &marie, &email("b@exemple.fr"), at(0)).await.unwrap();
    for (kind, subject, number) in
        [(Link::ResetPassword, id, 1), (Link::ConfirmEmail, id, 2), (Link::ObjectEmail, change, 3)]
    {
        links::issue(store.write(), HERE, kind, subject, &hash(number), at(0), at(NOW)).await.unwrap();
    }
    remember_place(store.write(), HERE, &format!("account:{id}"), "192.0.2.1", at(NOW)).await.unwrap();
    mails(store, 1, NOW).await;
}

pub(crate) async fn erases_colleagues_who_were_removed(store: Store) {
    let client_id = keep_client(&store, HERE, "237517").await;
    let mut ids = Vec::new();
    for (number, removed) in [(1, Some(PAST)), (2, Some(PAST + 1)), (3, None)] {
        let account_id = keep_account(&store, HERE, &format!("c{number}@exemple.fr"), number).await;
        let state = if removed.is_some() { UserState::Removed } else { UserState::Active };
        let user = ClientUser {
            client_id,
            account_id,
            administrator: true,
            state,
            rights: Rights::default(),
            since: at(-DAY),
        };
        client_users::insert(store.write(), HERE, &user).await.unwrap();
        client_users::note_removed(store.write(), account_id, at(removed.unwrap_or(PAST))).await.unwrap();
        ids.push(account_id);
    }
    assert_eq!(to_erase(&store, Kind::ClosedAccounts).await, [ids[0]]);
    // Who comes back is no longer one of them.
    let user = client_users::of_account(store.read(), HERE, ids[0]).await.unwrap().unwrap();
    let user = ClientUser { state: UserState::Active, since: at(NOW), ..user };
    client_users::insert(store.write(), HERE, &user).await.unwrap();
    assert_eq!(to_erase(&store, Kind::ClosedAccounts).await, Vec::<i64>::new());
    assert!(erased(&store, ids[1]).await);
    assert_eq!(rows(&store, "client_users").await, 2);
}

const ACT: Act<'static> = Act { staff: "ines@caisse.example", kind: "shown", subject: "07802700750001" };

pub(crate) async fn cuts_journals_at_their_oldest_end(store: Store) {
    let client = keep_client(&store, HERE, "237517").await;
    let other = keep_client(&store, HERE, "48213").await;
    for second in [PAST - 2, PAST, PAST + 1, PAST - 1, PAST + 2] {
        desk_journal::append(store.write(), HERE, at(second), ACT).await.unwrap();
        journal::append(store.write(), HERE, client, at(second), "letter_asked", &Details::new())
            .await
            .unwrap();
    }
    journal::append(store.write(), HERE, other, at(PAST), "letter_asked", &Details::new()).await.unwrap();
    let desk = || async { desk_journal::list(store.read(), HERE).await.unwrap() };
    let numbers = |entries: &[desk_journal::Entry]| {
        assert!(entries.iter().all(|entry| entry.whole), "{entries:?}");
        entries.iter().map(|entry| entry.number).collect::<Vec<_>>()
    };
    // An old one that the clock wrote after a newer one waits for that.
    assert_eq!(gone_once(&store, Kind::DeskJournal).await, 2);
    assert_eq!(numbers(&desk().await), [3, 4, 5]);
    assert_eq!(gone_once(&store, Kind::Journals).await, 3);
    assert_eq!(journal::verify(store.read()).await.unwrap(), []);
    // A journal of which nothing is left goes on where it was.
    journal::append(store.write(), HERE, other, at(NOW), "letter_posted", &Details::new()).await.unwrap();
    assert_eq!(journal::list(store.read(), HERE, other).await.unwrap()[0].number, 2);
    assert_eq!(journal::verify(store.read()).await.unwrap(), []);
    desk_journal::append(store.write(), HERE, at(NOW), ACT).await.unwrap();
    assert_eq!(numbers(&desk().await), [3, 4, 5, 6]);
    // Whoever takes out more than that is found.
    for table in ["desk_journal", "journal"] {
        let taken = format!("DELETE FROM {table} WHERE number = 3");
        store.write().execute_unprepared(&taken).await.unwrap();
    }
    let broken = journal::verify(store.read()).await.unwrap();
    assert_eq!(broken.iter().map(|it| (it.client_id, it.number)).collect::<Vec<_>>(), [(client, 4)]);
    let broken: Vec<i32> = desk().await.iter().filter(|it| !it.whole).map(|it| it.number).collect();
    assert_eq!(broken, [4]);
}

async fn gone_once(store: &Store, kind: Kind) -> u64 {
    let counted = count(store.read(), HERE, kind, past()).await.unwrap();
    let transaction = store.begin().await.unwrap();
    let deleted = delete(&transaction, HERE, kind, past(), at(NOW)).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!(counted, deleted);
    deleted
}

pub(crate) async fn takes_an_address_from_a_closed_account(store: Store) {
    let paul = keep_account(&store, HERE, "paul@exemple.fr", 2).await;
    let marie = keep_account(&store, HERE, "marie@exemple.fr", 1).await;
    let marie = account(&store, marie).await.unwrap();
    let wanted = email("paul@exemple.fr");
    assert!(accounts::set_email(store.write(), &marie, Some(&wanted), false).await.is_err(), "it is open");
    close(&store, paul, PAST).await;
    accounts::set_email(store.write(), &marie, Some(&wanted), false).await.unwrap();
    let found = accounts::by_email_key(store.read(), HERE, &wanted.key()).await.unwrap().unwrap();
    assert_eq!(found.id, marie.id);
    // Erased, the former one takes nothing of hers along.
    sign_ups::insert(store.write(), {
        let lease_id = keep_lease(&store, HERE, "1").await;
        new_sign_up(HERE, lease_id, "paul@exemple.fr", 1)
    })
    .await
    .unwrap();
    mails_to(&store, "paul@exemple.fr").await;
    assert!(erased(&store, paul).await);
    assert_eq!((rows(&store, "sign_ups").await, rows(&store, "outbox").await), (1, 1));
    assert_eq!(account(&store, marie.id).await.unwrap().email, Some(wanted));
}

async fn mails_to(store: &Store, to: &str) {
    mails(store, 2, PAST).await;
    let one = format!("UPDATE outbox SET recipient = '{to}' WHERE message_id = 'sent2'");
    store.write().execute_unprepared(&one).await.unwrap();
    store.write().execute_unprepared("DELETE FROM outbox WHERE message_id <> 'sent2'").await.unwrap();
}
