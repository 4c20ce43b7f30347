//! Finding the lease that a person says to have (T2, T3), without letting anybody try out numbers and names.

use jiff::{SignedDuration, Timestamp};
use palier_domain::portal::{Context, TenancyRules};
use palier_domain::problem::FieldProblem;
use palier_domain::tenancy::SignUpForm;
use palier_domain::values::{Date, LeaseReference, Password, PasswordError, PersonName};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::matching;
use crate::account::Limit;
use crate::config::PortalConfig;
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::StoreError;
use crate::store::leases::{self, Lease};

/// Answers that matched no lease, from one place.
const BY_PLACE: Limit = Limit { kind: "lease_place", times: 30, window: SignedDuration::from_mins(10) };
/// Answers that matched no lease, for one reference, from wherever: names can't be guessed one after the other.
const BY_REFERENCE: Limit =
    Limit { kind: "lease_reference", times: 20, window: SignedDuration::from_hours(1) };

/// What identifies a tenant, read from the form.
pub(super) struct Claim {
    pub(super) reference: LeaseReference,
    pub(super) surname: PersonName,
    pub(super) birth_date: Option<Date>,
}

impl Claim {
    /// Reads it from a form whose fields up to these were found right.
    pub(super) fn read(form: &SignUpForm, context: Context<'_>) -> Option<Self> {
        let rules = context.portal.tenancy.as_ref()?;
        let birth_date = match (rules.asks_birth_date, &form.birth_date) {
            (true, Some(fields)) => Some(fields.parse_past(context.today).ok()?),
            (true, None) => return None,
            (false, _) => None,
        };
        Some(Self {
            reference: LeaseReference::parse(&form.reference, &rules.reference).ok()?,
            surname: PersonName::parse(&form.surname).ok()?,
            birth_date,
        })
    }
}

/// The lease, or 422 in the same words whichever answer was wrong; 429 after too many wrong ones.
pub(super) async fn lease(
    state: &AppState,
    portal: &PortalConfig,
    client: Client,
    claim: &Claim,
) -> Result<Lease, ApiError> {
    let rules = portal.public.tenancy.as_ref().ok_or_else(ApiError::not_found)?;
    let now = state.now();
    let place = client.place();
    // A wrong answer is counted before the next one from there, or for that reference, is looked at: many at once are
    // worth no more than one after the other. Nothing is written for a right one, which waits for no writer.
    let _turn =
        state.turns().of(&[(BY_PLACE.kind, &place), (BY_REFERENCE.kind, claim.reference.as_str())]).await;
    let conn = state.store().read();
    BY_PLACE.check(conn, portal.slug(), &place, now).await?;
    BY_REFERENCE.check(conn, portal.slug(), claim.reference.as_str(), now).await?;
    if let Some(lease) = matching_lease(conn, portal, rules, claim, now).await? {
        return Ok(lease);
    }
    let transaction = state.store().begin().await?;
    BY_PLACE.count(&transaction, portal.slug(), &place, now).await?;
    BY_REFERENCE.count(&transaction, portal.slug(), claim.reference.as_str(), now).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Err(ApiError::invalid_field(unknown(portal)))
}

async fn matching_lease<C: ConnectionTrait>(
    conn: &C,
    portal: &PortalConfig,
    rules: &TenancyRules,
    claim: &Claim,
    now: Timestamp,
) -> Result<Option<Lease>, StoreError> {
    let found = leases::find(conn, portal.slug(), &claim.reference).await?;
    let until = (portal.today(now), portal.retention.open_months);
    Ok(found.filter(|lease| matching::is_of(lease, &claim.surname, claim.birth_date, rules, until)))
}

fn unknown(portal: &PortalConfig) -> FieldProblem {
    let mut problem = FieldProblem::plain("surname", "lease_unknown");
    problem.data.insert("phone".to_owned(), Value::from(portal.public.contact.phone.as_str()));
    problem
}

/// What only the server knows of a new password: the first name on the lease, and everybody's passwords (T4).
pub(super) fn check_password(
    state: &AppState,
    portal: &PortalConfig,
    form: &SignUpForm,
    lease: &Lease,
) -> Result<Password, ApiError> {
    let about = form.about(lease.first_name.as_deref().unwrap_or_default());
    let refuse = |error| ApiError::invalid_field(FieldProblem::new("password", &error));
    let password = Password::parse(&form.password, portal.public.password, about).map_err(refuse)?;
    if state.passwords().well_known(&password, about) {
        return Err(refuse(PasswordError::WellKnown));
    }
    Ok(password)
}
