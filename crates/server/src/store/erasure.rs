//! Erasing an account (T11, D4): nothing personal stays. Its row does for a while, empty, with the identifier and the
//! proofs of what was agreed to (A10), which are found by nothing else.

use jiff::Timestamp;
use sea_orm::sea_query::{Expr, ExprTrait as _, Query, SelectStatement};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, PaginatorTrait as _,
    QueryFilter as _,
};

use super::accounts::is_signed_in_with;
use super::convert::seconds;
use super::entities::{
    accounts as row, client_users, departures, designations, email_changes, guards, joinings, links,
    memberships, organisations, outbox, partners, passkeys, places, sessions, sign_ups,
};
use super::links::Kind;
use super::{StoreError, lock};

/// Erases an account of a portal, whose tries are counted under `subject`. False when there is none, or was.
///
/// What hangs on it goes: sessions, links, changes of address, requests to leave, sign-ups, its user of an organisation, designations and
/// requests, its partner with the letters, an organisation that never finished its membership, e-mails that were sent.
/// What an organisation agreed to as a member is the organisation's, and stays as long as it is one.
pub async fn erase(
    transaction: &DatabaseTransaction,
    portal: &str,
    id: i64,
    subject: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let mine = row::Entity::find_by_id(id)
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::ErasedAt.is_null());
    let Some(account) = lock::held(mine).one(transaction).await? else { return Ok(false) };
    by_account(transaction, portal, id, subject).await?;
    by_address(transaction, &account).await?;
    let never: Expr = Expr::value(Option::<i64>::None);
    row::Entity::update_many()
        .col_expr(row::Column::LeaseId, never.clone())
        .col_expr(row::Column::LeftLeaseId, never.clone())
        .col_expr(row::Column::LeftOn, Expr::value(Option::<String>::None))
        .col_expr(row::Column::ClosingOn, Expr::value(Option::<String>::None))
        .col_expr(row::Column::ClosingTold, Expr::value(0))
        .col_expr(row::Column::ClosingToldAt, never)
        .col_expr(row::Column::Email, Expr::value(""))
        .col_expr(row::Column::EmailKey, Expr::value(format!("#{}", account.identifier)))
        .col_expr(row::Column::PasswordHash, Expr::value(""))
        .col_expr(row::Column::FirstName, Expr::value(Option::<String>::None))
        .col_expr(row::Column::Surname, Expr::value(""))
        .col_expr(row::Column::SearchKey, Expr::value(""))
        .col_expr(row::Column::NameKey, Expr::value(Vec::<u8>::new()))
        .col_expr(row::Column::PasswordUntil, Expr::value(Option::<i64>::None))
        .col_expr(row::Column::ClosedAt, Expr::col(row::Column::ClosedAt).if_null(seconds(now)))
        .col_expr(row::Column::ErasedAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(id))
        .exec(transaction)
        .await?;
    Ok(true)
}

/// What names the account.
async fn by_account<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
    subject: &str,
) -> Result<(), StoreError> {
    let changes = Query::select()
        .column(email_changes::Column::Id)
        .from(email_changes::Entity)
        .and_where(email_changes::Column::AccountId.eq(id))
        .to_owned();
    let own = Condition::all()
        .add(links::Column::Kind.is_in([Kind::ResetPassword, Kind::ConfirmEmail]))
        .add(links::Column::SubjectId.eq(id));
    let objections = Condition::all()
        .add(links::Column::Kind.eq(Kind::ObjectEmail))
        .add(links::Column::SubjectId.in_subquery(changes));
    let sent = Condition::any().add(own).add(objections).add(links::Column::HolderId.eq(id));
    delete::<links::Entity, _>(conn, all(links::Column::Portal.eq(portal)).add(sent)).await?;
    delete::<email_changes::Entity, _>(conn, all(email_changes::Column::AccountId.eq(id))).await?;
    delete::<departures::Entity, _>(conn, all(departures::Column::AccountId.eq(id))).await?;
    delete::<passkeys::Entity, _>(conn, all(passkeys::Column::AccountId.eq(id))).await?;
    delete::<sessions::Entity, _>(conn, all(sessions::Column::AccountId.eq(id))).await?;
    delete::<sign_ups::Entity, _>(conn, all(sign_ups::Column::AccountId.eq(id))).await?;
    delete::<client_users::Entity, _>(conn, all(client_users::Column::AccountId.eq(id))).await?;
    delete::<designations::Entity, _>(conn, all(designations::Column::AccountId.eq(id))).await?;
    delete::<partners::Entity, _>(conn, all(partners::Column::AccountId.eq(id))).await?;
    let unfinished = all(organisations::Column::AccountId.eq(id))
        .add(organisations::Column::Id.not_in_subquery(members(portal)));
    delete::<organisations::Entity, _>(conn, unfinished).await?;
    let counted = all(guards::Column::Portal.eq(portal)).add(guards::Column::Subject.eq(subject));
    delete::<guards::Entity, _>(conn, counted).await?;
    let seen = all(places::Column::Portal.eq(portal)).add(places::Column::Subject.eq(subject));
    delete::<places::Entity, _>(conn, seen).await
}

/// What names its address, unless that is another account's too by now.
async fn by_address<C: ConnectionTrait>(conn: &C, account: &row::Model) -> Result<(), StoreError> {
    let portal = &account.portal;
    if is_signed_in_with(&account.email_key) {
        let key = &account.email_key;
        let sign_up = all(sign_ups::Column::Portal.eq(portal)).add(sign_ups::Column::EmailKey.eq(key));
        delete::<sign_ups::Entity, _>(conn, sign_up).await?;
        let asked = all(designations::Column::Portal.eq(portal)).add(designations::Column::EmailKey.eq(key));
        delete::<designations::Entity, _>(conn, asked).await?;
        let joining = all(joinings::Column::Portal.eq(portal)).add(joinings::Column::EmailKey.eq(key));
        delete::<joinings::Entity, _>(conn, joining).await?;
    }
    let others = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::Id.ne(account.id))
        .filter(row::Column::Email.eq(&account.email));
    if account.email.is_empty() || others.count(conn).await? > 0 {
        return Ok(());
    }
    // What waits is still sent: it may be what tells of the end.
    let done = Condition::any()
        .add(outbox::Column::SentAt.is_not_null())
        .add(outbox::Column::AbandonedAt.is_not_null());
    let mails =
        all(outbox::Column::Portal.eq(portal)).add(outbox::Column::Recipient.eq(&account.email)).add(done);
    delete::<outbox::Entity, _>(conn, mails).await
}

/// The organisations of a portal that are members.
pub(super) fn members(portal: &str) -> SelectStatement {
    Query::select()
        .column(memberships::Column::OrganisationId)
        .from(memberships::Entity)
        .and_where(memberships::Column::Portal.eq(portal))
        .and_where(memberships::Column::JoinedAt.is_not_null())
        .to_owned()
}

pub(super) fn all(first: Expr) -> Condition {
    Condition::all().add(first)
}

async fn delete<E: EntityTrait, C: ConnectionTrait>(conn: &C, which: Condition) -> Result<(), StoreError> {
    E::delete_many().filter(which).exec(conn).await?;
    Ok(())
}
