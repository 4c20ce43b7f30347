//! One account made at the desk (P1). Its identifiers are given as those of a file's accounts are, within minutes.

use axum::http::StatusCode;
use palier_domain::credentials::Channel;
use palier_domain::desk::{AccountSheet, NewAccount, NewAccountForm};
use palier_domain::problem::FieldProblem;
use palier_domain::values::PostalAddress;
use palier_domain::wire::code;

use super::{named, note, sheet};
use crate::account::Post;
use crate::http::problem::ApiError;
use crate::store::partners::{self, NewPartner};
use crate::store::staff::Staff;
use crate::store::{Conflict, StoreError};

/// Makes it; 409 when there is one with that number, 422 with every field that is wrong.
pub(super) async fn make(
    post: Post<'_>,
    staff: &Staff,
    form: &NewAccountForm,
) -> Result<AccountSheet, ApiError> {
    let new = read(form).map_err(ApiError::invalid)?;
    let transaction = post.state.store().begin().await?;
    let id = match partners::insert(&transaction, post.portal.slug(), &new, post.now).await {
        Err(StoreError::Conflict(Conflict::Other)) => {
            let taken = ApiError::code(StatusCode::CONFLICT, code::NUMBER_TAKEN);
            return Err(taken.with("number", new.number.in_parts()));
        }
        made => made?,
    };
    let partner = partners::by_id(&transaction, post.portal.slug(), id).await?;
    let partner = partner.ok_or_else(|| ApiError::internal("the partner that was just made"))?;
    note(post, &transaction, staff, "made", named(&partner)).await?;
    let told = sheet::tell(post, &transaction, staff, &partner).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(told)
}

fn read(form: &NewAccountForm) -> Result<NewPartner, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let read = form.parse().map_err(|found| problems.extend(found)).ok();
    let name = read.as_ref().map_or(form.partner_name.trim(), |read| read.name.as_str());
    let address = address(form, name).map_err(|problem| problems.push(problem)).ok().flatten();
    let channel = Channel::parse(&form.channel);
    let missing = match channel {
        None => Some("channel"),
        Some(Channel::Letter) if !form.has_address() => Some("address_street"),
        Some(Channel::Mail) if form.email.trim().is_empty() => Some("email"),
        Some(_) => None,
    };
    problems.extend(missing.map(|name| FieldProblem::plain(name, "required")));
    match (read, channel) {
        (Some(NewAccount { number, name, email }), Some(channel)) if problems.is_empty() => {
            Ok(NewPartner { number, name, email, address, channel })
        }
        _ => Err(problems),
    }
}

/// What stands below the name on the envelope, the name itself first.
fn address(form: &NewAccountForm, name: &str) -> Result<Option<PostalAddress>, FieldProblem> {
    // Without a name that is told, and the lines are looked at all the same.
    let name = if name.is_empty() { "-" } else { name };
    if !form.has_address() {
        return Ok(None);
    }
    let lines = ["", &form.address_more, &form.address_street, "", "", &form.address_town];
    PostalAddress::without_function(name, lines).map(Some).map_err(|error| {
        let field = match error.line() {
            1 => "partner_name",
            2 => "address_more",
            3 => "address_street",
            _ => "address_town",
        };
        FieldProblem::new(field, &error)
    })
}
