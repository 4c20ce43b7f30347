//! An administrator invites a colleague, sends the link again, or takes the invitation back (A8).

use jiff::SignedDuration;
use palier_domain::onboarding::{InvitationForm, JoiningState, JoiningStep};
use palier_domain::problem::FieldProblem;
use palier_domain::values::{Email, PersonName};
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::super::administrator::{self, Administrator};
use super::super::{holders, record};
use super::decision::too_late;
use super::{commit, decided, expiry, granted, link, of_organisation};
use crate::account::{Limit, Post};
use crate::http::problem::ApiError;
use crate::store::accounts::Account;
use crate::store::joinings::{self, Grant, Joining, NewJoining};
use crate::store::{Conflict, StoreError};

/// Invitations of one organisation: each is an e-mail to whoever it likes.
const INVITATIONS: Limit = Limit { kind: "invitation", times: 50, window: SignedDuration::from_hours(24) };
/// How often the link of one of them is sent again.
const AGAIN: Limit = Limit { kind: "invitation_again", times: 5, window: SignedDuration::from_hours(1) };

/// Invites somebody.
pub(super) async fn invite(post: Post<'_>, account: Account, form: &InvitationForm) -> Result<(), ApiError> {
    let transaction = post.state.store().begin().await?;
    let administrator = administrator::held(post, &transaction, account).await?;
    let (first_name, surname, email) = person(form)?;
    let grant = granted(post, &administrator, &form.rights, form.administrator)?;
    let (portal, key) = (post.portal.slug(), administrator.client.id.to_string());
    INVITATIONS.check(&transaction, portal, &key, post.now).await?;
    INVITATIONS.count(&transaction, portal, &key, post.now).await?;
    let expires_at = link::expires_at(post)?;
    let id =
        keep(post, &transaction, &administrator, &grant, (first_name, surname, email), expires_at).await?;
    let joining = of_organisation(post, &transaction, &administrator, id).await?;
    let mut details = decided(&administrator, &joining);
    details.extend(record::granted(&grant.rights, grant.administrator));
    record::note(post, &transaction, administrator.client.id, "invitation_sent", details).await?;
    link::send(post, &transaction, &administrator, &joining, expires_at).await?;
    commit(post, transaction).await
}

fn person(form: &InvitationForm) -> Result<(PersonName, PersonName, Email), ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let parsed = || {
        let first_name = PersonName::parse(&form.first_name).ok()?;
        let surname = PersonName::parse(&form.own_surname).ok()?;
        Some((first_name, surname, Email::parse(&form.email).ok()?))
    };
    parsed().ok_or_else(ApiError::malformed)
}

async fn keep(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    administrator: &Administrator,
    grant: &Grant,
    (first_name, surname, email): (PersonName, PersonName, Email),
    expires_at: jiff::Timestamp,
) -> Result<i64, ApiError> {
    let taken = || ApiError::invalid_field(FieldProblem::plain("email", code::ALREADY_USER));
    let (portal, client_id) = (post.portal.slug(), administrator.client.id);
    // An account elsewhere is nobody's business here: whoever opens the link is told.
    if holders::user_of(post, transaction, client_id, &email).await?.is_some() {
        return Err(taken());
    }
    let stale = joinings::open_at(transaction, portal, client_id, &email.key()).await?;
    if let Some(stale) = stale.filter(|stale| stale.expires_at <= post.now) {
        // A request that can't be decided any more, or an invitation whose link is too old.
        expiry::end(post, transaction, &stale).await?;
    }
    let new = NewJoining {
        portal: portal.to_owned(),
        client_id,
        state: JoiningState::Invited,
        first_name: first_name.to_string(),
        surname: surname.to_string(),
        email,
        // Nobody knows theirs: colleagues mostly speak the same.
        language: post.language.to_owned(),
        consent: None,
        grant: grant.clone(),
        now: post.now,
        expires_at,
    };
    match joinings::insert(transaction, new).await {
        Err(StoreError::Conflict(Conflict::Joining)) => Err(taken()),
        inserted => Ok(inserted?),
    }
}

/// Sends the link again, be it too old already; the one before does nothing any more.
pub(super) async fn resend(post: Post<'_>, account: Account, id: i64) -> Result<(), ApiError> {
    let transaction = post.state.store().begin().await?;
    let administrator = administrator::held(post, &transaction, account).await?;
    let joining = invited(of_organisation(post, &transaction, &administrator, id).await?)?;
    let (portal, key) = (post.portal.slug(), joining.id.to_string());
    AGAIN.check(&transaction, portal, &key, post.now).await?;
    AGAIN.count(&transaction, portal, &key, post.now).await?;
    let expires_at = link::expires_at(post)?;
    if !joinings::sent_again(&transaction, joining.id, post.now, expires_at).await? {
        return Err(too_late());
    }
    let details = decided(&administrator, &joining);
    record::note(post, &transaction, administrator.client.id, "invitation_sent_again", details).await?;
    link::send(post, &transaction, &administrator, &joining, expires_at).await?;
    commit(post, transaction).await
}

/// Takes it back: its link does nothing any more.
pub(super) async fn cancel(post: Post<'_>, account: Account, id: i64) -> Result<(), ApiError> {
    let transaction = post.state.store().begin().await?;
    let administrator = administrator::held(post, &transaction, account).await?;
    let joining = invited(of_organisation(post, &transaction, &administrator, id).await?)?;
    if !joinings::step(&transaction, &joining, JoiningStep::Cancel, None, post.now).await? {
        return Err(too_late());
    }
    let details = decided(&administrator, &joining);
    record::note(post, &transaction, administrator.client.id, "invitation_cancelled", details).await?;
    commit(post, transaction).await
}

/// Takes back all that somebody who decides no more had granted and that isn't used yet (A8).
pub(in super::super) async fn call_back(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    administrator: &Administrator,
    account_id: i64,
) -> Result<(), StoreError> {
    let open = joinings::open_of(transaction, post.portal.slug(), administrator.client.id).await?;
    for joining in open.iter().filter(|joining| joining.grant.by == Some(account_id)) {
        if joinings::step(transaction, joining, JoiningStep::Cancel, None, post.now).await? {
            let details = decided(administrator, joining);
            record::note(post, transaction, administrator.client.id, "invitation_cancelled", details).await?;
        }
    }
    Ok(())
}

/// One whose link wasn't used yet; a request that waits is no invitation.
fn invited(joining: Joining) -> Result<Joining, ApiError> {
    match joining.state {
        JoiningState::Invited => Ok(joining),
        JoiningState::Asked => Err(ApiError::not_found()),
        _ => Err(too_late()),
    }
}
