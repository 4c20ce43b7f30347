//! A sign-up that waits for its address to be confirmed, whatever it is about: its e-mail, its link, what it becomes.
//!
//! It is here and not with one journey because a person who waits for the e-mail may ask for a password or an identifier
//! instead, and is then helped by getting it again.

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use palier_domain::account::LinkForm;
use palier_domain::portal::Terms;
use palier_domain::values::{Email, LoginIdentifier, Token};
use palier_domain::wire::code;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::post::Post;
use super::refusal;
use super::secret::hash;
use crate::http::problem::ApiError;
use crate::mail::{Colleague, Mail};
use crate::store::accounts::NewAccount;
use crate::store::sign_ups::{NewSignUp, Purpose, SignUp, State, Subject};
use crate::store::{Conflict, StoreError, accounts, links, sign_ups};

/// Identifiers drawn before giving up. With a million accounts one draw in 600,000 is taken.
const DRAWS: usize = 8;

/// When a link that is made now stops working.
pub(crate) fn expiry(post: Post<'_>) -> Timestamp {
    after_hours(post.now, post.portal.links.confirm_hours)
}

/// So many hours after `now`.
pub(super) fn after_hours(now: Timestamp, hours: u32) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(i64::from(hours))).unwrap_or(Timestamp::MAX)
}

/// Makes the link that confirms a sign-up, in the place of the one before.
pub(crate) async fn link<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    sign_up_id: i64,
    subject: &Subject,
) -> Result<String, StoreError> {
    let token = post.state.entropy().token();
    let (portal, kind) = (post.portal.slug(), links::Kind::ConfirmSignUp);
    links::issue(conn, portal, kind, sign_up_id, &hash(&token), post.now, expiry(post)).await?;
    let page = match subject {
        Subject::Lease(_) => "/locataire/confirmation",
        Subject::Organisation(_) => "/mediation/identite/certification",
        Subject::Client(_) => "/administrateur/confirmation",
    };
    Ok(post.portal.link(&format!("{page}#{}", token.reveal())))
}

/// A sign-up to keep.
pub(crate) struct Waiting<'a> {
    /// What it is about.
    pub(crate) subject: Subject,
    /// Where its e-mail goes.
    pub(crate) email: &'a Email,
    /// argon2id, in PHC form; empty where the password is chosen later.
    pub(crate) password_hash: String,
    /// What its e-mail says.
    pub(crate) purpose: Purpose,
    /// The terms accepted with the form; none where they are asked for later.
    pub(crate) terms: Option<&'a Terms>,
}

/// Keeps a sign-up under the handle that its browser is given, and writes its e-mail.
pub(crate) async fn keep<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    handle: &Token,
    waiting: Waiting<'_>,
) -> Result<(), StoreError> {
    let Waiting { subject, email, password_hash, purpose, terms } = waiting;
    let new = NewSignUp {
        portal: post.portal.slug().to_owned(),
        subject: subject.clone(),
        handle_hash: hash(handle),
        email: email.clone(),
        password_hash,
        purpose,
        language: post.language.to_owned(),
        terms_version: terms.map(|terms| terms.version.clone()).unwrap_or_default(),
        terms_sha256: terms.map(|terms| terms.sha256.clone()).unwrap_or_default(),
        now: post.now,
        expires_at: expiry(post),
    };
    // On the heap: these are large futures, which every sign-up would carry.
    let id = Box::pin(sign_ups::insert(conn, new)).await?;
    Box::pin(write(post, conn, id, email, purpose, &subject)).await
}

/// Writes the e-mail of a sign-up that was just kept.
///
/// A link is made whatever the e-mail says, so that the work is the same; only the one that confirms carries it (T5).
async fn write<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    sign_up_id: i64,
    email: &Email,
    purpose: Purpose,
    subject: &Subject,
) -> Result<(), StoreError> {
    let link = link(post, conn, sign_up_id, subject).await?;
    let (link, hours) = (link.as_str(), post.portal.links.confirm_hours);
    let mail = match (purpose, subject) {
        (Purpose::Confirm, Subject::Lease(_)) => Mail::ConfirmSignUp { link, hours },
        (Purpose::Confirm, Subject::Organisation(details)) => {
            Mail::CertifyIdentity { link, hours, organisation: &details.name }
        }
        (Purpose::Confirm, Subject::Client(applicant)) if applicant.takeover => {
            let days = post.portal.onboarding.as_ref().map_or(0, |own| own.objection_days);
            let organisation = &applicant.organisation;
            Mail::Colleague(Colleague::ConfirmTakeover { link, hours, organisation, days })
        }
        (Purpose::Confirm, Subject::Client(applicant)) if applicant.colleague => {
            Mail::Colleague(Colleague::ConfirmRequest { link, hours, organisation: &applicant.organisation })
        }
        (Purpose::Confirm, Subject::Client(applicant)) => {
            Mail::ConfirmRegistration { link, hours, organisation: &applicant.organisation }
        }
        (Purpose::EmailHasAccount, Subject::Client(_)) => Mail::UserHasAccount,
        (Purpose::EmailHasAccount, Subject::Organisation(_)) => Mail::AddressHasAccount,
        (Purpose::EmailHasAccount, Subject::Lease(_)) => Mail::EmailHasAccount,
        (Purpose::HomeHasAccount, _) => Mail::HomeHasAccount,
        (Purpose::OrganisationKnown, _) => Mail::OrganisationKnown,
    };
    // No name: nobody knows yet whose address it is.
    post.send(conn, email, None, mail).await
}

/// Writes it again with a new link, which supersedes the one before (T6); nothing happens when the sign-up isn't open.
///
/// Its address must be allowed one more e-mail: see [`Post::may_send`].
pub(crate) async fn write_again<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    sign_up: &SignUp,
) -> Result<(), StoreError> {
    if sign_up.state != State::Open {
        return Ok(());
    }
    // The link before the sign-up, like whoever uses it: two that hold one each would wait for ever.
    links::hold(conn, post.portal.slug(), links::Kind::ConfirmSignUp, sign_up.id).await?;
    if !sign_ups::extend(conn, sign_up.id, expiry(post)).await? {
        return Ok(());
    }
    write(post, conn, sign_up.id, &sign_up.email, sign_up.purpose, &sign_up.subject).await
}

/// Uses the link of a sign-up: what it was about becomes an account in the transaction that is given (T6, M2).
pub(crate) async fn open(post: Post<'_>, form: &LinkForm) -> Result<(DatabaseTransaction, SignUp), ApiError> {
    let token = Token::parse(&form.token).map_err(|_| refusal::unknown_link())?;
    let portal = post.portal.slug();
    let transaction = post.state.store().begin().await?;
    let link = links::find(&transaction, portal, links::Kind::ConfirmSignUp, &hash(&token)).await?;
    let link = link.ok_or_else(refusal::unknown_link)?;
    let sign_up = sign_ups::by_id(&transaction, portal, link.subject_id).await?;
    let sign_up = sign_up.ok_or_else(refusal::unknown_link)?;
    if let Some(refused) = became(&sign_up).or_else(|| refusal::link(&link, post.now)) {
        return Err(refused);
    }
    // Of two clicks at once, the second one waited for the first here.
    if !links::consume(&transaction, link.id, post.now).await? {
        return Err(gone(code::LINK_USED));
    }
    Ok((transaction, sign_up))
}

/// What became of the sign-up meanwhile.
fn became(sign_up: &SignUp) -> Option<ApiError> {
    match sign_up.state {
        State::Open => None,
        State::Used => Some(gone(code::LINK_USED)),
        State::Superseded => Some(gone(code::LINK_SUPERSEDED)),
    }
}

const fn gone(code: &'static str) -> ApiError {
    ApiError::code(StatusCode::GONE, code)
}

/// Whose account a sign-up becomes.
pub(crate) struct Holder {
    /// The lease, for tenants.
    pub(crate) lease_id: Option<i64>,
    /// As the landlord writes it; none for organisations.
    pub(crate) first_name: Option<String>,
    /// As the landlord writes it; the name of an organisation.
    pub(crate) surname: String,
}

/// Makes the account of a sign-up that was just confirmed.
pub(crate) async fn make_account(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    sign_up: &SignUp,
    holder: &Holder,
) -> Result<(i64, LoginIdentifier), ApiError> {
    let made = open_account(post, transaction, |identifier| NewAccount {
        portal: sign_up.portal.clone(),
        lease_id: holder.lease_id,
        email: Some(sign_up.email.clone()),
        email_shared: false,
        identifier,
        password_until: super::chosen::until(post),
        password_hash: sign_up.password_hash.clone(),
        first_name: holder.first_name.clone(),
        surname: holder.surname.clone(),
        language: sign_up.language.clone(),
        now: post.now,
    });
    let (id, identifier) = match made.await {
        Err(StoreError::Conflict(Conflict::Lease | Conflict::Email)) => {
            return Err(ApiError::code(StatusCode::CONFLICT, code::HOME_HAS_ACCOUNT));
        }
        made => made?,
    };
    if !sign_ups::mark_used(transaction, sign_up.id, Some(id), post.now).await? {
        return Err(gone(code::LINK_SUPERSEDED));
    }
    Ok((id, identifier))
}

/// Makes an account with an identifier that nobody has.
pub(crate) async fn open_account(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    new: impl Fn(LoginIdentifier) -> NewAccount,
) -> Result<(i64, LoginIdentifier), StoreError> {
    for _ in 0..DRAWS {
        let identifier = post.state.entropy().identifier();
        match accounts::insert(transaction, new(identifier.clone())).await {
            Ok(id) => {
                let portal = post.portal.slug().to_owned();
                metrics::counter!("palier_accounts_total", "portal" => portal).increment(1);
                return Ok((id, identifier));
            }
            Err(StoreError::Conflict(Conflict::Identifier)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(StoreError::Conflict(Conflict::Identifier))
}
