//! The sign-up of a first user: the number checked, then the form sent (A1–A3).

use jiff::SignedDuration;
use palier_domain::account::{PageCheck, SignUpReceipt};
use palier_domain::onboarding::{Enrolling, REGISTRATION, Registration, RegistrationForm};
use palier_domain::problem::FieldProblem;
use palier_domain::values::ClientNumber;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::{holders, letters, rules};
use crate::account::{Limit, Once, Post, Waiting, evenly, keep_sign_up};
use crate::http::extract::{Client as Visitor, IdempotencyKey};
use crate::http::problem::ApiError;
use crate::human;
use crate::store::clients::{self, Client};
use crate::store::designations::{self, Designation};
use crate::store::sign_ups::{Applicant, Purpose, Subject};
use crate::store::{StoreError, client_users};

/// Client numbers tried from one place: who has one types it, mistypes it, types it again.
const NUMBERS: Limit = Limit { kind: "client_number", times: 20, window: SignedDuration::from_hours(1) };
/// Sign-ups from one place.
const BY_PLACE: Limit = Limit { kind: "registration", times: 10, window: SignedDuration::from_hours(1) };

/// Checks a page and those before it: a step can't be skipped by asking for a later one.
pub(super) async fn check(
    post: Post<'_>,
    visitor: Visitor,
    check: &PageCheck<RegistrationForm>,
) -> Result<Enrolling, ApiError> {
    let (own, _) = rules::of(post.portal)?;
    let step = REGISTRATION.step(&check.page).ok_or_else(ApiError::malformed)?;
    let context = rules::context(post);
    let asked = REGISTRATION.asked_until(step, context.portal);
    let mut problems = check.form.problems(context);
    problems.retain(|problem| asked.contains(&problem.name.as_str()));
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let number =
        ClientNumber::parse(&check.form.client_number, &own.number).map_err(|_| ApiError::malformed())?;
    let conn = post.state.store().write();
    let (portal, place) = (post.portal.slug(), visitor.place());
    NUMBERS.admit(conn, portal, &place, post.now).await?;
    human::spend(conn, portal, &check.form.human, post.now).await?;
    let client = known(post, conn, &number).await?;
    let administered = is_administered(post, conn, client.id).await?;
    let colleague = administered || is_awaited(post, conn, client.id).await?;
    Ok(Enrolling { organisation: client.known.name, colleague, administered })
}

/// The client with that number.
async fn known<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    number: &ClientNumber,
) -> Result<Client, ApiError> {
    let unknown = || ApiError::invalid_field(FieldProblem::plain("client_number", "client_unknown"));
    clients::by_number(conn, post.portal.slug(), number).await?.ok_or_else(unknown)
}

/// Whether an organisation has an administrator, or somebody whose letter is on its way.
pub(super) async fn taken<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
) -> Result<bool, StoreError> {
    Ok(is_administered(post, conn, client_id).await? || is_awaited(post, conn, client_id).await?)
}

/// Whether an organisation has an active administrator.
pub(super) async fn is_administered<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
) -> Result<bool, StoreError> {
    Ok(client_users::administrators(conn, post.portal.slug(), client_id).await? > 0)
}

/// Whether somebody is about to become an organisation's administrator.
pub(super) async fn is_awaited<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
) -> Result<bool, StoreError> {
    Ok(awaited(post, conn, client_id).await?.is_some())
}

/// Who that is.
async fn awaited<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
) -> Result<Option<Designation>, StoreError> {
    let Some(open) = designations::open_of(conn, post.portal.slug(), client_id).await? else {
        return Ok(None);
    };
    Ok(letters::under_way(conn, &open, post.now).await?.then_some(open))
}

/// Keeps a sign-up that waits for its address to be confirmed, and writes its e-mail. Whether the address has an
/// account already is told by e-mail only.
pub(super) async fn submit(
    post: Post<'_>,
    visitor: Visitor,
    key: &IdempotencyKey,
    form: &RegistrationForm,
) -> Result<SignUpReceipt, ApiError> {
    rules::of(post.portal)?;
    let registration = form.parse(rules::context(post)).map_err(ApiError::invalid)?;
    let once = Once::new("registration", key, form)?;
    if let Some(receipt) = once.answered(post).await? {
        return Ok(receipt);
    }
    let (conn, portal, place) = (post.state.store().write(), post.portal.slug(), visitor.place());
    // Counted whatever comes of it: a refusal must not give the try back.
    BY_PLACE.admit(conn, portal, &place, post.now).await?;
    human::spend(conn, portal, &registration.human, post.now).await?;
    evenly(record(post, once, registration)).await
}

async fn record(post: Post<'_>, once: Once, registration: Registration) -> Result<SignUpReceipt, ApiError> {
    let transaction = post.state.store().begin().await?;
    if let Some(receipt) = once.claim(post, &transaction).await? {
        return Ok(receipt);
    }
    let client = known(post, &transaction, &registration.number).await?;
    let way = Way::of(post, &transaction, client.id, &registration).await?;
    if matches!(way, Way::Letter | Way::Takeover { waits: false }) {
        letters::affordable(post, &transaction, client.id).await?;
    }
    let receipt = keep(post, &transaction, client, &registration, way).await?;
    once.settle(post, &transaction, &receipt).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    metrics::counter!("palier_registrations_total", "portal" => post.portal.slug().to_owned()).increment(1);
    Ok(receipt)
}

/// What a sign-up asks for, as things are when its form is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// To be the first administrator.
    Letter,
    /// To be one since none is left (A8); perhaps they wait for that letter already.
    Takeover { waits: bool },
    /// To join (A7).
    Access,
}

impl Way {
    async fn of(
        post: Post<'_>,
        transaction: &DatabaseTransaction,
        client_id: i64,
        registration: &Registration,
    ) -> Result<Self, StoreError> {
        let administered = is_administered(post, transaction, client_id).await?;
        let awaited = awaited(post, transaction, client_id).await?;
        let waits = awaited.as_ref().is_some_and(|open| open.email.key() == registration.email.key());
        Ok(match awaited {
            None if !administered => Self::Letter,
            // The tick means nothing as long as somebody else waits for a letter.
            Some(_) if !waits => Self::Access,
            _ if administered && registration.takeover => Self::Takeover { waits },
            _ => Self::Access,
        })
    }
}

async fn keep(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: Client,
    registration: &Registration,
    way: Way,
) -> Result<SignUpReceipt, ApiError> {
    let handle = post.state.entropy().handle();
    let receipt = SignUpReceipt { handle: handle.reveal().to_owned() };
    let email = &registration.email;
    let known = match way {
        Way::Access => holders::has_account(post, transaction, email).await?,
        // A colleague with an account may ask for the letter.
        Way::Letter | Way::Takeover { .. } => {
            holders::is_undesignable(post, transaction, client.id, email).await?
        }
    };
    // Over the limit nothing is kept either: it would supersede the link that the person has, and send no other.
    if !post.may_send(transaction, &email.key()).await? {
        return Ok(receipt);
    }
    let purpose = if known { Purpose::EmailHasAccount } else { Purpose::Confirm };
    let subject = Subject::Client(Box::new(Applicant {
        client_id: client.id,
        organisation: client.known.name,
        first_name: registration.first_name.to_string(),
        surname: registration.surname.to_string(),
        colleague: way != Way::Letter,
        takeover: matches!(way, Way::Takeover { .. }),
    }));
    let waiting = Waiting {
        subject,
        email,
        // It is chosen once the letter has come.
        password_hash: String::new(),
        purpose,
        terms: Some(&post.portal.public.terms),
    };
    keep_sign_up(post, transaction, &handle, waiting).await?;
    Ok(receipt)
}
