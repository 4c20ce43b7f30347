//! Signing in (T8, P6).

use axum::http::StatusCode;
use palier_domain::account::{Session, SignInForm};
use palier_domain::onboarding::UserState;
use palier_domain::profile::Device;
use palier_domain::values::{Password, Token};
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use super::post::Post;
use super::tries::Tries;
use super::who::{self, Login};
use super::{secret, session, standing, warning};
use crate::http::extract::Client;
use crate::http::metrics;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::partners::opens as first_sign_in;
use crate::passwords::needs_rehash;
use crate::store::accounts::{self, Account};
use crate::store::{StoreError, departures, sessions};

/// Who just signed in.
pub(super) struct SignedIn {
    /// What the page shows.
    pub(super) session: Session,
    /// For the cookie.
    pub(super) token: Token,
}

/// Compares the password and begins a session with a new token; the session that `earlier` names, if any, ends.
///
/// An account that doesn't exist is treated alike: its tries are counted, and the password is compared with a dummy. So is
/// that of a user who was removed from their organisation (A8), as [`Login::account`] says: it tells nobody, not even its
/// former owner, that it is kept. A suspended user is told so, once the password is right, and so is a tenant whose account is
/// closed.
pub(super) async fn sign_in(
    post: Post<'_>,
    client: Client,
    form: &SignInForm,
    earlier: Option<&Token>,
) -> Result<SignedIn, ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let outcome = compare(post, client, form, earlier).await;
    count(post, &outcome);
    outcome
}

/// Counts a try to sign in by what came of it.
pub(super) fn count(post: Post<'_>, outcome: &Result<SignedIn, ApiError>) {
    let counted = match outcome {
        Ok(_) => Some("accepted"),
        Err(refused) => match refused.status() {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Some("refused"),
            StatusCode::TOO_MANY_REQUESTS => Some("locked"),
            // No answer was given: the server is busy, or something failed.
            _ => None,
        },
    };
    if let Some(counted) = counted {
        metrics::sign_in(post.portal.slug(), counted);
    }
}

async fn compare(
    post: Post<'_>,
    client: Client,
    form: &SignInForm,
    earlier: Option<&Token>,
) -> Result<SignedIn, ApiError> {
    let Post { state, portal, .. } = post;
    let login = Login::parse(&form.login);
    let account = login.claimed(state.store().read(), portal.slug()).await?;
    let subject = match &account {
        Some(account) => who::subject(account.id),
        None => secret::name("login", &login.key()),
    };
    let tries = Tries::new(state, portal, subject.clone(), client);
    let admitted = tries.admit().await?;
    let password = Password::given(&form.password);
    let stored = account.as_ref().map(|account| account.password_hash.as_str());
    let right = match state.passwords().verify(&password, stored).await {
        Ok(right) => right,
        Err(busy) => {
            tries.take_back().await?;
            return Err(busy.into());
        }
    };
    let opened = match account.as_ref().filter(|_| right) {
        Some(account) => {
            let fresh = fresh_hash(state, &password, account).await;
            open(post, &tries, (account, fresh), (form.stay, client.device, earlier)).await?
        }
        None => None,
    };
    if let (None, Login::Number(number)) = (&opened, &login)
        && first_sign_in(post, number, &form.password).await?
    {
        tries.take_back().await?;
        return Err(ApiError::code(StatusCode::FORBIDDEN, code::FIRST_SIGN_IN));
    }
    match (opened, admitted.locked_until) {
        (Some(signed_in), _) => Ok(signed_in),
        (None, locked) => {
            if let Some(until) = locked {
                warning::tell(post, account.as_ref(), &subject, until).await?;
            }
            Err(tries.refused(admitted))
        }
    }
}

/// The password hashed anew, when its hash was made with other parameters than today's. None when the server is busy:
/// the next sign-in will do.
async fn fresh_hash(state: &AppState, password: &Password, account: &Account) -> Option<String> {
    if needs_rehash(&account.password_hash) { state.passwords().hash(password).await.ok() } else { None }
}

/// None when the password was changed, or its owner removed, while it was being compared: it opens nothing any more.
async fn open(
    post: Post<'_>,
    tries: &Tries<'_>,
    (compared, fresh): (&Account, Option<String>),
    (stay, device, earlier): (bool, Device, Option<&Token>),
) -> Result<Option<SignedIn>, ApiError> {
    let Post { state, portal, .. } = post;
    let transaction = state.store().begin().await?;
    // Whoever changes the password, or what its owner may do, comes before this or after it, with what it begins.
    if !accounts::hold(&transaction, portal.slug(), compared.id).await? {
        return Ok(None);
    }
    let current = accounts::by_id(&transaction, portal.slug(), compared.id).await?;
    let Some(account) = current.filter(|current| same_password(compared, current)) else {
        return Ok(None);
    };
    if let Some(fresh) = fresh {
        accounts::renew_hash(&transaction, account.id, &fresh).await?;
    }
    enter(post, transaction, tries, &account, (stay, device, earlier)).await
}

/// The door for whoever has proven whose account it is, which `transaction` holds: their session begins, or they are told
/// why it doesn't. None when the account is nobody's any more.
pub(super) async fn enter(
    post: Post<'_>,
    transaction: DatabaseTransaction,
    tries: &Tries<'_>,
    account: &Account,
    (stay, device, earlier): (bool, Device, Option<&Token>),
) -> Result<Option<SignedIn>, ApiError> {
    let Post { state, portal, .. } = post;
    let now = state.now();
    let standing = standing::of(&transaction, account).await?;
    if account.closed_at.is_some() {
        // Said, like what follows, to who has proven it only.
        tries.forgive(&transaction, now).await?;
        let wished = departures::has_left(&transaction, account.id).await?;
        transaction.commit().await.map_err(StoreError::from)?;
        let code = if wished { code::ACCOUNT_LEFT } else { code::ACCOUNT_CLOSED };
        return Err(ApiError::code(StatusCode::FORBIDDEN, code));
    }
    if standing == UserState::Removed {
        return Ok(None);
    }
    tries.forgive(&transaction, now).await?;
    if standing == UserState::Suspended {
        // Said to who has proven it only: to others the account is like any.
        transaction.commit().await.map_err(StoreError::from)?;
        return Err(ApiError::code(StatusCode::FORBIDDEN, code::SUSPENDED));
    }
    if let Some(earlier) = earlier {
        sessions::end(&transaction, portal.slug(), &secret::hash(earlier)).await?;
    }
    let token = state.entropy().token();
    session::begin(&transaction, account, &token, (stay, device), now).await?;
    let session = session::describe(&transaction, post, account, (stay, now)).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(Some(SignedIn { session, token }))
}

/// Whether what was compared is still the password: its hash is the same, or was made anew by another sign-in meanwhile.
fn same_password(compared: &Account, current: &Account) -> bool {
    current.password_hash == compared.password_hash
        || (needs_rehash(&compared.password_hash)
            && current.password_changed_at == compared.password_changed_at)
}
