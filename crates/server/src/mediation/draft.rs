//! What a correspondent answered so far, kept here so that they go on where they stood on any device (M7).

use axum::body::Bytes;
use axum::http::StatusCode;
use palier_domain::mediation::{
    DraftForm, Joined, Kept, MEMBERSHIP, MembershipForm, MembershipView, carried,
};
use palier_domain::values::OrganisationNumber;
use palier_domain::wire::code;

use super::contract::{self, Parties, prefilled};
use super::{codes, scheme};
use crate::account::Post;
use crate::documents::Contract;
use crate::http::extract::Client;
use crate::http::files;
use crate::http::problem::ApiError;
use crate::store::accounts::Account;
use crate::store::memberships::{Agreement, Membership};
use crate::store::organisations::{Organisation, by_account};
use crate::store::{StoreError, kept_files, memberships};

/// The organisation whose correspondent is signed in; 403 for anybody else.
pub(super) async fn organisation(post: Post<'_>, account: &Account) -> Result<Organisation, ApiError> {
    scheme::of(post.portal)?;
    let found = by_account(post.state.store().read(), post.portal.slug(), account.id).await?;
    found.ok_or_else(|| ApiError::code(StatusCode::FORBIDDEN, code::NO_ORGANISATION))
}

/// How far the organisation has come.
pub(super) async fn view(post: Post<'_>, account: &Account) -> Result<MembershipView, ApiError> {
    let organisation = organisation(post, account).await?;
    let membership = memberships::of(post.state.store().read(), organisation.id).await?;
    let answers = membership.as_ref().map(|known| known.answers.clone()).unwrap_or_default();
    let details = &organisation.details;
    let number = details.siret.as_deref().unwrap_or(&details.siren);
    let number = OrganisationNumber::parse(number).map_or_else(|_| number.to_owned(), |it| it.to_string());
    let joined = match membership.as_ref().and_then(|known| known.joined.as_ref()) {
        Some(agreement) => {
            let conn = post.state.store().read();
            let file = kept_files::by_id(conn, post.portal.slug(), agreement.file_id).await?;
            Some(told(post, agreement, file.map(|file| file.sha256).unwrap_or_default())?)
        }
        None => None,
    };
    Ok(MembershipView {
        name: details.name.clone(),
        number,
        email: account.address(),
        revision: revision(&organisation, membership.as_ref()),
        begun: membership.is_some_and(|known| known.changes > 0),
        answers: prefilled(&organisation, &answers),
        joined,
    })
}

/// Another one for each change; of another organisation too, should somebody else sign in with the same browser.
fn revision(organisation: &Organisation, membership: Option<&Membership>) -> String {
    format!("{}.{}", organisation.id, membership.map_or(0, |known| known.changes))
}

/// What is told of a membership that is made, with the digest of its file.
pub(super) fn told(post: Post<'_>, agreement: &Agreement, sha256: String) -> Result<Joined, ApiError> {
    let (rules, _) = scheme::of(post.portal)?;
    let partner = agreement.partner.as_ref().map(|code| {
        let known = rules.partners.iter().find(|partner| partner.code == *code);
        known.map_or_else(|| code.clone(), |partner| partner.name.clone())
    });
    Ok(Joined {
        reference: agreement.reference.clone(),
        joined_at: agreement.joined_at.to_string(),
        partner,
        promo_code: agreement.promo_code.clone(),
        sha256,
    })
}

/// Checks the answers of a page and those before it, and keeps what was answered on it.
pub(super) async fn save(
    post: Post<'_>,
    client: Client,
    account: &Account,
    form: &DraftForm,
) -> Result<Kept, ApiError> {
    scheme::open(post)?;
    let (_, own) = scheme::of(post.portal)?;
    let organisation = organisation(post, account).await?;
    let step = MEMBERSHIP.step(&form.page).ok_or_else(ApiError::malformed)?;
    let context = scheme::context(post);
    let asked = MEMBERSHIP.asked_until(step, context.portal);
    let typed = MembershipForm::from_answers(&form.answers, context.portal);
    let mut problems = typed.problems(context);
    problems.retain(|problem| asked.contains(&problem.name.as_str()));
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let known = memberships::of(post.state.store().read(), organisation.id).await?;
    if known.is_some_and(|known| known.joined.is_some()) {
        return Err(ApiError::code(StatusCode::CONFLICT, code::ALREADY_MEMBER));
    }
    let partner = Some(typed.partner.as_str()).filter(|partner| !partner.is_empty());
    if asked.contains(&"promo_code")
        && let Ok(Some(code)) =
            palier_domain::values::PromoCode::parse(typed.promo_code.as_deref().unwrap_or_default())
    {
        codes::check(post, client, account.id, &own.codes, &code, partner).await?;
    }
    let transaction = post.state.store().begin().await?;
    let membership = memberships::held(&transaction, post.portal.slug(), organisation.id, post.now).await?;
    if membership.joined.is_some() {
        return Err(ApiError::code(StatusCode::CONFLICT, code::ALREADY_MEMBER));
    }
    let mut answers = membership.answers.clone();
    // The answers of this page and those before it, as they are now: another tab's later pages stay.
    let until = carried(&form.answers);
    let of_step = |name: &str| asked.contains(&name) || name == palier_domain::mediation::CONTRACT;
    answers.extend(until.into_iter().filter(|(name, _)| of_step(name)));
    memberships::save(&transaction, membership.id, &answers, post.now).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    let saved = Membership { changes: membership.changes + 1, ..membership };
    let kept = contract::form(&organisation, &answers, context.portal);
    let contract = contract::text(post, Parties { organisation: &organisation, account, form: &kept })?;
    Ok(Kept {
        revision: revision(&organisation, Some(&saved)),
        contract: contract.page.sha256.unwrap_or_default(),
    })
}

/// The contract as the answers kept so far make it; once a member, the one that was agreed to.
pub(super) async fn contract(post: Post<'_>, account: &Account) -> Result<Contract, ApiError> {
    let organisation = organisation(post, account).await?;
    let membership = memberships::of(post.state.store().read(), organisation.id).await?;
    if let Some(agreement) = membership.as_ref().and_then(|known| known.joined.as_ref()) {
        let form = contract::agreed(agreement);
        let parties = Parties { organisation: &organisation, account, form: &form };
        return Ok(contract::agreed_text(post, parties, agreement));
    }
    let answers = membership.map(|known| known.answers).unwrap_or_default();
    let form = contract::form(&organisation, &answers, &post.portal.public);
    contract::text(post, Parties { organisation: &organisation, account, form: &form })
}

/// The terms of use as a file: those that were agreed to, byte for byte, or those in force.
pub(super) async fn terms(post: Post<'_>, account: &Account) -> Result<Bytes, ApiError> {
    let organisation = organisation(post, account).await?;
    let conn = post.state.store().read();
    let membership = memberships::of(conn, organisation.id).await?;
    let Some(agreement) = membership.and_then(|known| known.joined) else {
        return files::terms(post.state, post.portal, crate::texts::language(post.language)).await;
    };
    let kept = kept_files::by_id(conn, post.portal.slug(), agreement.terms_file_id).await?;
    kept.map(|file| file.content.into()).ok_or_else(|| ApiError::internal("terms are missing"))
}

/// The contract as a file: that which was agreed to, byte for byte, or what would be.
pub(super) async fn file(post: Post<'_>, account: &Account) -> Result<Vec<u8>, ApiError> {
    let organisation = organisation(post, account).await?;
    let conn = post.state.store().read();
    let membership = memberships::of(conn, organisation.id).await?;
    if let Some(agreement) = membership.and_then(|known| known.joined) {
        let kept = kept_files::by_id(conn, post.portal.slug(), agreement.file_id).await?;
        return kept.map(|file| file.content).ok_or_else(|| ApiError::internal("a contract is missing"));
    }
    let contract = contract(post, account).await?;
    contract::print(post, contract, None).await
}
