//! What doesn't go on by itself (D2): requests that nobody decided, designations whose newest letter counts no more or
//! that have none (A5–A7). Found by the database in one order, so that a page of them is all that is read.

use jiff::Timestamp;
use palier_domain::onboarding::{JoiningState, LetterState};
use sea_orm::sea_query::{
    CaseStatement, Expr, ExprTrait as _, Func, JoinType, Order, Query, SelectStatement, UnionType,
};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, FromQueryResult, PaginatorTrait as _,
    QueryFilter as _,
};

use super::convert::{seconds, time};
use super::designations::OPEN;
use super::entities::joinings;
use super::letters::state_name;
use super::{Part, StoreError};

const TABLE: &str = "stuck";

/// What is looked for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// In which portal.
    pub portal: &'a str,
    /// Requests are late that were made before then.
    pub before: Timestamp,
    /// When it is.
    pub now: Timestamp,
}

/// What is stuck.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stuck {
    /// The request with that id.
    Joining(i64),
    /// The designation with that id.
    Designation(i64),
}

#[derive(FromQueryResult)]
struct Row {
    since: i64,
    id: i64,
    request: i32,
}

/// How many requests of a portal nobody has decided that can be still: all, or those made before a time.
pub async fn count_undecided<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    before: Option<Timestamp>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut undecided = joinings::Entity::find()
        .filter(joinings::Column::Portal.eq(portal))
        .filter(joinings::Column::State.eq(JoiningState::Asked.name()))
        .filter(joinings::Column::ExpiresAt.gt(seconds(now)));
    if let Some(before) = before {
        undecided = undecided.filter(joinings::Column::CreatedAt.lt(seconds(before)));
    }
    Ok(undecided.count(conn).await?)
}

/// How much is stuck.
pub async fn count<C: ConnectionTrait>(conn: &C, wanted: Wanted<'_>) -> Result<u64, StoreError> {
    let counted =
        Query::select().expr_as(Expr::cust("COUNT(*)"), "count").from_subquery(all(wanted), TABLE).to_owned();
    let row = conn.query_one(&counted).await?.ok_or(StoreError::Unreadable(TABLE))?;
    Ok(row.try_get::<i64>("", "count")?.unsigned_abs())
}

/// A part of what is stuck, and since when: the longest first.
pub async fn page<C: ConnectionTrait>(
    conn: &C,
    wanted: Wanted<'_>,
    part: Part,
) -> Result<Vec<(Stuck, Timestamp)>, StoreError> {
    let mut rows = all(wanted);
    for column in ["since", "client_id", "request", "id"] {
        rows.order_by(column, Order::Asc);
    }
    rows.limit(part.most).offset(part.offset);
    let found = conn.query_all(&rows).await?;
    found
        .iter()
        .map(|found| {
            let Row { since, id, request } = Row::from_query_result(found, "")?;
            let stuck = if request == 1 { Stuck::Joining(id) } else { Stuck::Designation(id) };
            Ok((stuck, time(since, TABLE)?))
        })
        .collect()
}

/// Of an organisation, since when, which, and whether it is a request.
fn all(wanted: Wanted<'_>) -> SelectStatement {
    requests(wanted).union(UnionType::All, designations(wanted)).to_owned()
}

fn requests(Wanted { portal, before, now }: Wanted<'_>) -> SelectStatement {
    Query::select()
        .expr_as(Expr::col("created_at"), "since")
        .column("client_id")
        .column("id")
        .expr_as(Expr::cust("1"), "request")
        .from("joinings")
        .and_where(Expr::col("portal").eq(portal))
        .and_where(Expr::col("state").eq(JoiningState::Asked.name()))
        .and_where(Expr::col("expires_at").gt(seconds(now)))
        .and_where(Expr::col("created_at").lt(seconds(before)))
        .to_owned()
}

fn designations(Wanted { portal, now, .. }: Wanted<'_>) -> SelectStatement {
    let own = |column: &'static str| Expr::col(("designations", column));
    let letter = |column: &'static str| Expr::col(("letters", column));
    let is = |state: LetterState| letter("state").eq(state_name(state));
    let when = |column: &'static str| Func::coalesce([letter(column), letter("asked_at")]);
    let newest = Query::select()
        .expr(Expr::col(("newer", "id")).max())
        .from_as("letters", "newer")
        .and_where(Expr::col(("newer", "designation_id")).equals(("designations", "id")))
        .to_owned();
    let over =
        is(LetterState::Printed).or(is(LetterState::Posted)).and(letter("valid_until").lte(seconds(now)));
    let ended = is(LetterState::Returned).or(is(LetterState::Revoked)).or(letter("id").is_null());
    let since = CaseStatement::new()
        .case(letter("id").is_null(), own("created_at"))
        .case(is(LetterState::Returned), when("returned_at"))
        .case(is(LetterState::Revoked), when("ended_at"))
        .finally(when("valid_until"));
    Query::select()
        .expr_as(since, "since")
        .expr_as(own("client_id"), "client_id")
        .expr_as(own("id"), "id")
        .expr_as(Expr::cust("0"), "request")
        .from("designations")
        .join(JoinType::LeftJoin, "letters", letter("id").eq(newest))
        .and_where(own("portal").eq(portal))
        .and_where(own("state").eq(OPEN))
        .and_where(over.or(ended))
        .to_owned()
}
