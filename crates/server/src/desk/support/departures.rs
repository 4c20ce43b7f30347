//! Requests to leave, at the desk (T10): those that wait, one that is noted for who calls, and what is decided.

use palier_domain::departure::{DecisionForm, DesiredForm};
use palier_domain::desk::{AccountSheet, DepartureRow, DeparturesPage};

use super::note;
use super::owners::{self, Owner};
use crate::account::{Post, full_name};
use crate::departure::{self, answer_by};
use crate::desk::paging::{Asked, day};
use crate::http::problem::ApiError;
use crate::store::staff::Staff;
use crate::store::{StoreError, accounts, departures, leaving};

/// A page of those that wait, the oldest first.
pub(super) async fn list(post: Post<'_>, staff: &Staff, asked: &Asked) -> Result<DeparturesPage, ApiError> {
    there(post)?;
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let (part, paging) = asked.part(departures::count_waiting(conn, portal).await?);
    let mut rows = Vec::new();
    for departure in departures::page_waiting(conn, portal, part).await? {
        let Some(account) = accounts::by_id(conn, portal, departure.account_id).await? else { continue };
        let lease = leaving::last_lease(conn, portal, account.id).await?;
        let (until, late) = answer_by(post, departure.asked_at);
        rows.push(DepartureRow {
            asked: day(post.portal, departure.asked_at),
            until,
            late,
            kind: departure.kind,
            name: full_name(account.first_name.as_deref(), &account.surname),
            number: account.identifier.to_string(),
            lease: lease.map(|lease| lease.reference.to_string()),
            note: departure.note,
        });
    }
    if !rows.is_empty() {
        let shown: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
        note(post, post.state.store().write(), staff, "departures", &shown.join(" ")).await?;
    }
    Ok(DeparturesPage { departures: rows, paging })
}

/// Notes a request for who calls, and shows what has become of them.
pub(super) async fn ask(
    post: Post<'_>,
    staff: &Staff,
    number: &str,
    form: &DesiredForm,
) -> Result<AccountSheet, ApiError> {
    there(post)?;
    let transaction = post.state.store().begin().await?;
    let Owner::Account(account) = owners::find(post, &transaction, number).await? else {
        return Err(ApiError::not_found());
    };
    accounts::hold(&transaction, post.portal.slug(), account.id).await?;
    let Owner::Account(account) = owners::find(post, &transaction, number).await? else {
        return Err(ApiError::not_found());
    };
    departure::ask_at_desk(post, &transaction, &account, form).await?;
    let done = format!("ask_{}", form.kind.name());
    note(post, &transaction, staff, &done, &account.identifier.to_string()).await?;
    let told = Owner::Account(account).tell(post, &transaction, staff).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(told)
}

/// Decides about one, and shows what has become of whose it is.
pub(super) async fn decide(
    post: Post<'_>,
    staff: &Staff,
    id: i64,
    form: &DecisionForm,
) -> Result<AccountSheet, ApiError> {
    there(post)?;
    let transaction = post.state.store().begin().await?;
    let (asked, account) = departure::decide(post, &transaction, id, form).await?;
    let done = format!("{}_{}", if form.accept { "accept" } else { "refuse" }, asked.kind.name());
    let number = account.identifier.to_string();
    note(post, &transaction, staff, &done, &number).await?;
    let told = owners::find(post, &transaction, &number).await?.tell(post, &transaction, staff).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(told)
}

/// 404 where accounts are given out.
fn there(post: Post<'_>) -> Result<(), ApiError> {
    if post.portal.partners.is_some() { Err(ApiError::not_found()) } else { Ok(()) }
}
