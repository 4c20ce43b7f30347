//! The link of an invitation: who is invited, then the password that makes them a user (A7, A8).

use axum::http::StatusCode;
use palier_domain::account::LinkForm;
use palier_domain::onboarding::{JoiningForm, JoiningState, JoiningStep, JoiningView};
use palier_domain::problem::FieldProblem;
use palier_domain::values::{About, Password, PasswordError, Token};
use palier_domain::wire::code;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::super::holders::{self, Person};
use super::super::{administrator, record, rules};
use super::decision::already_user;
use super::{commit, name};
use crate::account::{Post, dead_link, full_name, hash, unknown_link};
use crate::http::problem::ApiError;
use crate::mail::{Colleague, Mail};
use crate::store::client_users::{ClientUser, UserState};
use crate::store::clients::Client;
use crate::store::joinings::{self, Joining};
use crate::store::links::{self, Link};
use crate::store::{Conflict, StoreError, accounts, client_users, clients};

/// Who is invited where.
pub(super) async fn show(post: Post<'_>, form: &LinkForm) -> Result<JoiningView, ApiError> {
    rules::of(post.portal)?;
    let conn = post.state.store().read();
    let (_, joining) = find(post, conn, &form.token).await?;
    // Told before anything is typed: the invitation may be an organisation's that knows nothing of the account.
    if holders::has_account(post, conn, &joining.email).await? {
        return Err(already_user());
    }
    let client = clients::by_id(conn, post.portal.slug(), joining.client_id).await?;
    let client = client.ok_or_else(unknown_link)?;
    Ok(JoiningView {
        organisation: client.known.name,
        asks_terms: !has_agreed(post, &joining),
        email: joining.email.to_string(),
        first_name: joining.first_name,
        surname: joining.surname,
    })
}

/// The link and whom it is for, while it works.
async fn find<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    token: &str,
) -> Result<(Link, Joining), ApiError> {
    let token = Token::parse(token).map_err(|_| unknown_link())?;
    let portal = post.portal.slug();
    let link = links::find(conn, portal, links::Kind::Joining, &hash(&token)).await?;
    let link = link.ok_or_else(unknown_link)?;
    if let Some(dead) = dead_link(&link, post.now) {
        return Err(dead);
    }
    let joining = joinings::by_id(conn, portal, link.subject_id).await?.ok_or_else(unknown_link)?;
    if joining.state != JoiningState::Invited {
        // Taken back: told like one that is too old, since the same is to be done about it.
        return Err(ApiError::code(StatusCode::GONE, code::LINK_EXPIRED));
    }
    Ok((link, joining))
}

/// Whether the terms in force were accepted with the request.
fn has_agreed(post: Post<'_>, joining: &Joining) -> bool {
    let terms = &post.portal.public.terms;
    let agreed = joining.consent.as_ref();
    agreed.is_some_and(|(version, sha256, _)| *version == terms.version && *sha256 == terms.sha256)
}

/// Makes them a user, with the rights that they were given.
pub(super) async fn complete(post: Post<'_>, form: &JoiningForm) -> Result<(), ApiError> {
    rules::of(post.portal)?;
    let (_, joining) = find(post, post.state.store().read(), &form.token).await?;
    let password = check(post, form, &joining)?;
    // Before the transaction: nobody waits for it.
    let password_hash = post.state.passwords().hash(&password).await?;
    let transaction = post.state.store().begin().await?;
    let client = clients::held(&transaction, post.portal.slug(), joining.client_id).await?;
    let client = client.ok_or_else(unknown_link)?;
    // It may have been taken back or used in between.
    let (link, joining) = find(post, &transaction, &form.token).await?;
    let used = links::consume(&transaction, link.id, post.now).await?;
    if !(used && joinings::step(&transaction, &joining, JoiningStep::Activate, None, post.now).await?) {
        return Err(ApiError::code(StatusCode::GONE, code::LINK_USED));
    }
    let post = Post { language: &joining.language, ..post };
    make_user(post, &transaction, &client, &joining, &password_hash).await?;
    commit(post, transaction).await
}

fn check(post: Post<'_>, form: &JoiningForm, joining: &Joining) -> Result<Password, ApiError> {
    let mut problems = form.problems(rules::context(post));
    if form.read_terms.is_empty() && !has_agreed(post, joining) {
        problems.push(FieldProblem::plain("read_terms", "required"));
    }
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let email = joining.email.to_string();
    let about = About { surname: &joining.surname, first_name: &joining.first_name, email: &email };
    let (_, password) = form.parse(rules::context(post), about).map_err(ApiError::invalid_field)?;
    if post.state.passwords().well_known(&password, about) {
        return Err(ApiError::invalid_field(FieldProblem::new("password", &PasswordError::WellKnown)));
    }
    Ok(password)
}

async fn make_user(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    joining: &Joining,
    password_hash: &str,
) -> Result<(), ApiError> {
    let person = Person {
        first_name: &joining.first_name,
        surname: &joining.surname,
        email: &joining.email,
        language: &joining.language,
    };
    let (account_id, identifier) = match holders::open(post, transaction, person, password_hash).await {
        Err(StoreError::Conflict(Conflict::Email)) => return Err(already_user()),
        made => made?,
    };
    if let Some((version, sha256, at)) = &joining.consent {
        accounts::add_consent(transaction, account_id, version, sha256, *at).await?;
    }
    if !has_agreed(post, joining) {
        let terms = &post.portal.public.terms;
        accounts::add_consent(transaction, account_id, &terms.version, &terms.sha256, post.now).await?;
    }
    let user = ClientUser {
        client_id: client.id,
        account_id,
        administrator: joining.grant.administrator,
        state: UserState::Active,
        rights: joining.grant.rights.clone(),
        since: post.now,
    };
    match client_users::insert(transaction, post.portal.slug(), &user).await {
        // Whoever was removed has become a user of another organisation in this very moment.
        Err(StoreError::Conflict(Conflict::Other)) => return Err(already_user()),
        inserted => inserted?,
    }
    let mut details = record::person(&joining.first_name, &joining.surname, &joining.email);
    details.extend(record::granted(&user.rights, user.administrator));
    record::note(post, transaction, client.id, "colleague_active", details).await?;
    let organisation = client.known.name.as_str();
    let mail = Mail::Colleague(Colleague::Active { identifier: &identifier, organisation });
    post.send(transaction, &joining.email, Some(&name(joining)), mail).await?;
    if user.administrator {
        let by = match joining.grant.by {
            Some(by) => accounts::by_id(transaction, post.portal.slug(), by).await?,
            None => None,
        };
        let by = by.map(|by| full_name(by.first_name.as_deref(), &by.surname));
        administrator::tell_of_another(
            post,
            transaction,
            client,
            (account_id, &name(joining)),
            by.as_deref(),
        )
        .await?;
    }
    let portal = post.portal.slug().to_owned();
    metrics::counter!("palier_colleagues_total", "portal" => portal).increment(1);
    Ok(())
}
