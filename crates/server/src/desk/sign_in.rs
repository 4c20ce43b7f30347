//! The first factor: address and password (D3, P6).

use axum::http::HeaderMap;
use palier_domain::desk::{DeskSession, DeskSignInForm, DeskStage};
use palier_domain::fold::key;
use palier_domain::values::{Email, Password, Token};

use super::session::{self, Current};
use crate::account::{Tries, secret_name};
use crate::config::PortalConfig;
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::staff::{self, Staff, StaffState};
use crate::store::{StoreError, staff_sessions};

/// Under what wrong passwords of somebody are counted.
pub(super) fn subject(staff_id: i64) -> String {
    format!("staff:{staff_id}")
}

/// Compares the password and begins a session that opens nothing yet; the one that the cookie names ends.
///
/// Somebody whom nobody knows is treated alike: tries are counted, and the password is compared with a dummy.
pub(super) async fn sign_in(
    state: &AppState,
    portal: &PortalConfig,
    client: Client,
    headers: &HeaderMap,
    form: &DeskSignInForm,
) -> Result<(DeskSession, Token), ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let name = Email::parse(&form.email).map_or_else(|_| key(&form.email), |email| email.key());
    let known = staff::by_email(state.store().read(), portal.slug(), &name).await?;
    let known = known.filter(|staff| staff.state == StaffState::Active);
    let subject = known.as_ref().map_or_else(|| secret_name("staff", &name), |staff| subject(staff.id));
    let tries = Tries::new(state, portal, subject, client);
    let admitted = tries.admit().await?;
    let password = Password::given(&form.password);
    let stored = known.as_ref().and_then(|staff| staff.password_hash.as_deref());
    let right = match state.passwords().verify(&password, stored).await {
        Ok(right) => right,
        Err(busy) => {
            tries.take_back().await?;
            return Err(busy.into());
        }
    };
    let earlier = session::find(state, portal, headers).await?;
    let opened = match known.filter(|_| right) {
        Some(compared) => begin(state, portal, &tries, &compared, earlier).await?,
        None => None,
    };
    opened.ok_or_else(|| tries.refused(admitted))
}

/// None when the password was changed, or its owner sent away, while it was being compared.
async fn begin(
    state: &AppState,
    portal: &PortalConfig,
    tries: &Tries<'_>,
    compared: &Staff,
    earlier: Option<Current>,
) -> Result<Option<(DeskSession, Token)>, ApiError> {
    let now = state.now();
    let transaction = state.store().begin().await?;
    let held = staff::held(&transaction, portal.slug(), compared.id).await?;
    let same =
        |held: &Staff| held.state == StaffState::Active && held.password_hash == compared.password_hash;
    let Some(staff) = held.filter(same) else { return Ok(None) };
    tries.forgive(&transaction, now).await?;
    if let Some(earlier) = earlier {
        staff_sessions::end(&transaction, earlier.row.id).await?;
    }
    let token = state.entropy().token();
    session::begin(&transaction, &staff, &token, false, now).await?;
    let come = if staff.enrolled_at.is_some() { DeskStage::Code } else { DeskStage::Enrol };
    let session = session::tell(&transaction, portal, &staff, come).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(Some((session, token)))
}
