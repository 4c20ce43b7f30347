//! What is kept no longer (T11, D4): each row of the retention table as a condition on what is kept, which is counted or
//! deleted. Accounts are erased one by one ([`super::erasure`]), journals cut at their oldest end (`journal_cuts`).

use jiff::Timestamp;
use jiff::civil::Date;
use palier_domain::departure::Kind as Departure;
use palier_domain::onboarding::UserState;
use palier_domain::retention::Kind;
use sea_orm::sea_query::{Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, FromQueryResult,
    PaginatorTrait as _, QueryFilter as _, QueryOrder as _, QuerySelect as _,
};

use super::convert::seconds;
use super::departures::ACCEPTED;
use super::entities::{
    accounts, client_users, departures, designations, email_changes, joinings, leases, links, memberships,
    organisations, outbox, partner_letters, places, sessions, sign_ups,
};
use super::erasure::{all, members};
use super::{StoreError, journal_cuts};

/// From when on something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    /// What happened then or before goes.
    pub at: Timestamp,
    /// What has a day goes when its day is before this one.
    pub day: Date,
}

/// How many rows of a portal go.
pub async fn count<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: Kind,
    past: Past,
) -> Result<u64, StoreError> {
    match kind {
        Kind::ClosedAccounts | Kind::Drafts => {
            Ok(accounts::Entity::find().filter(erasable(portal, kind, past)).count(conn).await?)
        }
        Kind::DeskJournal => journal_cuts::count(conn, portal, true, past.at).await,
        Kind::Journals => journal_cuts::count(conn, portal, false, past.at).await,
        _ => rows(conn, portal, kind, past, false).await,
    }
}

/// Deletes the rows of a portal that go; how many went. Accounts to erase are found by [`accounts_to_erase`].
pub async fn delete(
    transaction: &DatabaseTransaction,
    portal: &str,
    kind: Kind,
    past: Past,
    now: Timestamp,
) -> Result<u64, StoreError> {
    match kind {
        Kind::ClosedAccounts | Kind::Drafts => Ok(0),
        Kind::DeskJournal => journal_cuts::cut(transaction, portal, true, (past.at, now)).await,
        Kind::Journals => journal_cuts::cut(transaction, portal, false, (past.at, now)).await,
        _ => rows(transaction, portal, kind, past, true).await,
    }
}

/// The accounts of a portal whose time is over, by id after `after`, `most` of them.
pub async fn accounts_to_erase<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: Kind,
    past: Past,
    (after, most): (i64, u64),
) -> Result<Vec<i64>, StoreError> {
    let due = accounts::Entity::find()
        .select_only()
        .column(accounts::Column::Id)
        .filter(erasable(portal, kind, past))
        .filter(accounts::Column::Id.gt(after))
        .order_by_asc(accounts::Column::Id)
        .limit(most);
    Ok(due.into_tuple().all(conn).await?)
}

/// Whether an account is still one of them.
pub async fn is_due<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: Kind,
    past: Past,
    id: i64,
) -> Result<bool, StoreError> {
    let due = accounts::Entity::find_by_id(id).filter(erasable(portal, kind, past));
    Ok(due.count(conn).await? > 0)
}

/// Accounts that aren't erased and whose time is over.
fn erasable(portal: &str, kind: Kind, past: Past) -> Condition {
    use accounts::Column as C;
    let at = seconds(past.at);
    let over = if kind == Kind::Drafts {
        Condition::any().add(C::Id.in_subquery(unfinished(portal, at)))
    } else {
        let removed = Query::select()
            .column(client_users::Column::AccountId)
            .from(client_users::Entity)
            .and_where(client_users::Column::Portal.eq(portal))
            .and_where(client_users::Column::State.eq(UserState::Removed.name()))
            .and_where(client_users::Column::EndedAt.lte(at))
            .to_owned();
        Condition::any().add(C::ClosedAt.lte(at)).add(C::Id.in_subquery(removed))
    };
    all(C::Portal.eq(portal)).add(C::ErasedAt.is_null()).add(over)
}

/// The accounts of organisations that are no members, and of which nobody has been there since.
fn unfinished(portal: &str, at: i64) -> SelectStatement {
    use organisations::Column as C;
    let touched = Query::select()
        .column(memberships::Column::OrganisationId)
        .from(memberships::Entity)
        .and_where(memberships::Column::Portal.eq(portal))
        .and_where(memberships::Column::ChangedAt.gt(at))
        .to_owned();
    let there = Query::select()
        .column(sessions::Column::AccountId)
        .from(sessions::Entity)
        .and_where(sessions::Column::Portal.eq(portal))
        .and_where(sessions::Column::SeenAt.gt(at))
        .to_owned();
    Query::select()
        .column(C::AccountId)
        .from(organisations::Entity)
        .and_where(C::Portal.eq(portal))
        .and_where(C::CertifiedAt.lte(at))
        .and_where(C::Id.not_in_subquery(members(portal)))
        .and_where(C::Id.not_in_subquery(touched))
        .and_where(C::AccountId.not_in_subquery(there))
        .to_owned()
}

async fn rows<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    kind: Kind,
    past: Past,
    gone: bool,
) -> Result<u64, StoreError> {
    let at = seconds(past.at);
    match kind {
        Kind::Proofs => {
            use accounts::Column as C;
            let of_members = Query::select()
                .column(organisations::Column::AccountId)
                .from(organisations::Entity)
                .and_where(organisations::Column::Portal.eq(portal))
                .to_owned();
            let over = all(C::Portal.eq(portal))
                .add(C::ErasedAt.is_not_null())
                .add(C::ClosedAt.lte(at))
                .add(C::Id.not_in_subquery(of_members));
            of::<accounts::Entity, _, _>(conn, over, gone).await
        }
        Kind::SignUps => {
            let over = all(sign_ups::Column::Portal.eq(portal)).add(sign_ups::Column::ExpiresAt.lte(at));
            let dead = all(links::Column::Portal.eq(portal)).add(links::Column::ExpiresAt.lte(at));
            Ok(of::<sign_ups::Entity, _, _>(conn, over, gone).await?
                + of::<links::Entity, _, _>(conn, dead, gone).await?)
        }
        Kind::Requests => {
            let over =
                all(designations::Column::Portal.eq(portal)).add(designations::Column::EndedAt.lte(at));
            let asked = all(joinings::Column::Portal.eq(portal)).add(joinings::Column::EndedAt.lte(at));
            Ok(of::<designations::Entity, _, _>(conn, over, gone).await?
                + of::<joinings::Entity, _, _>(conn, asked, gone).await?)
        }
        Kind::Departures => {
            use departures::Column as C;
            // That somebody gets notices by post is so as long as their account.
            let stands = all(C::Kind.eq(Departure::Paperless.name())).add(C::State.eq(ACCEPTED));
            let over = all(C::Portal.eq(portal)).add(C::SettledAt.lte(at)).add(stands.not());
            of::<departures::Entity, _, _>(conn, over, gone).await
        }
        Kind::PartnerLetters => {
            use partner_letters::Column as C;
            let over = all(C::Portal.eq(portal)).add(C::EndedAt.lte(at));
            of::<partner_letters::Entity, _, _>(conn, over, gone).await
        }
        Kind::EmailChanges => {
            use email_changes::Column as C;
            let done = Condition::any().add(C::DoneAt.is_null()).add(C::DoneAt.lte(at));
            let over = all(C::Portal.eq(portal)).add(C::AskedAt.lte(at)).add(done);
            of::<email_changes::Entity, _, _>(conn, over, gone).await
        }
        Kind::Leases => of::<leases::Entity, _, _>(conn, left(portal, past.day), gone).await,
        Kind::Places => {
            let over = all(places::Column::Portal.eq(portal)).add(places::Column::SeenAt.lte(at));
            of::<places::Entity, _, _>(conn, over, gone).await
        }
        Kind::Mails => {
            use outbox::Column as C;
            let done = Condition::any().add(C::SentAt.lte(at)).add(C::AbandonedAt.lte(at));
            of::<outbox::Entity, _, _>(conn, all(C::Portal.eq(portal)).add(done), gone).await
        }
        Kind::ClosedAccounts | Kind::Drafts | Kind::DeskJournal | Kind::Journals => Ok(0),
    }
}

/// Leases whose last day is over for so long, and of which no account is open.
fn left(portal: &str, day: Date) -> Condition {
    let opened = Query::select()
        .column(accounts::Column::LeaseId)
        .from(accounts::Entity)
        .and_where(accounts::Column::Portal.eq(portal))
        .and_where(accounts::Column::LeaseId.is_not_null())
        .to_owned();
    all(leases::Column::Portal.eq(portal))
        .add(leases::Column::LeftOn.lt(day.to_string()))
        .add(leases::Column::Id.not_in_subquery(opened))
}

async fn of<E, M, C>(conn: &C, which: Condition, gone: bool) -> Result<u64, StoreError>
where
    E: EntityTrait<Model = M>,
    M: FromQueryResult + Send + Sync,
    C: ConnectionTrait,
{
    if gone {
        return Ok(E::delete_many().filter(which).exec(conn).await?.rows_affected);
    }
    Ok(E::find().filter(which).count(conn).await?)
}
