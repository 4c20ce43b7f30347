//! Sessions at the desk: how far somebody has come in, and the cookie that says so (D3).

use axum::http::{HeaderMap, StatusCode};
use jiff::{SignedDuration, Timestamp};
use palier_domain::desk::{DeskSession, DeskStage};
use palier_domain::values::Token;
use palier_domain::wire::code;
use sea_orm::ConnectionTrait;

use crate::account::{full_name, hash};
use crate::config::PortalConfig;
use crate::http::extract::cookie;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::StoreError;
use crate::store::staff::{self, Staff, StaffState};
use crate::store::staff_sessions::{self as sessions, NewStaffSession, StaffSession};

/// Without a sign of life the session ends after so many minutes.
const IDLE_MINUTES: u32 = 20;
/// However much it is used, a session ends after so long: a day's work.
const LONGEST: SignedDuration = SignedDuration::from_hours(8);
/// The time for the second factor, the first time with an authenticator to set up.
const HALF_WAY: SignedDuration = SignedDuration::from_mins(20);

/// A session that hasn't ended, and whose it is.
pub(super) struct Current {
    pub(super) row: StaffSession,
    pub(super) staff: Staff,
}

impl Current {
    /// How far they have come in.
    pub(super) fn stage(&self) -> DeskStage {
        match (self.row.second_factor_at, self.staff.enrolled_at) {
            (Some(_), _) => DeskStage::Open,
            (None, Some(_)) => DeskStage::Code,
            (None, None) => DeskStage::Enrol,
        }
    }
}

/// The session of a request, whatever its stage; 401 without one. It is a sign of life.
pub(super) async fn used(
    state: &AppState,
    portal: &PortalConfig,
    headers: &HeaderMap,
) -> Result<Current, ApiError> {
    let signed_out = || ApiError::code(StatusCode::UNAUTHORIZED, code::SIGNED_OUT);
    let current = find(state, portal, headers).await?.ok_or_else(signed_out)?;
    let now = state.now();
    if now.as_second() != current.row.seen_at.as_second() {
        sessions::touch(state.store().write(), current.row.id, now).await?;
    }
    Ok(current)
}

/// The session that the cookie names, if it lives.
pub(super) async fn find(
    state: &AppState,
    portal: &PortalConfig,
    headers: &HeaderMap,
) -> Result<Option<Current>, StoreError> {
    let token = cookie(headers, &portal.desk_cookie()).and_then(|text| Token::parse(text).ok());
    let Some(token) = token else { return Ok(None) };
    let found = sessions::find(state.store().read(), portal.slug(), &hash(&token)).await?;
    let now = state.now();
    let good = |(row, staff): &(StaffSession, Staff)| lives(row, now) && staff.state == StaffState::Active;
    Ok(found.filter(good).map(|(row, staff)| Current { row, staff }))
}

fn lives(row: &StaffSession, now: Timestamp) -> bool {
    let idle = SignedDuration::from_mins(i64::from(IDLE_MINUTES));
    now < row.expires_at && now.duration_since(row.seen_at) < idle
}

/// Begins a session: half-way after the password, or with both factors.
pub(super) async fn begin<C: ConnectionTrait>(
    conn: &C,
    staff: &Staff,
    token: &Token,
    second_factor: bool,
    now: Timestamp,
) -> Result<(), StoreError> {
    let longest = if second_factor { LONGEST } else { HALF_WAY };
    let new = NewStaffSession {
        portal: staff.portal.clone(),
        staff_id: staff.id,
        token_hash: hash(token),
        second_factor,
        now,
        expires_at: now.checked_add(longest).unwrap_or(Timestamp::MAX),
    };
    sessions::insert(conn, new).await.map(drop)
}

/// What the pages are told.
pub(super) async fn tell<C: ConnectionTrait>(
    conn: &C,
    portal: &PortalConfig,
    staff: &Staff,
    stage: DeskStage,
) -> Result<DeskSession, StoreError> {
    let left = staff::recovery_left(conn, staff.id).await?;
    Ok(DeskSession {
        name: full_name(Some(&staff.first_name), &staff.surname),
        email: staff.email.to_string(),
        role: staff.role,
        stage,
        idle_minutes: IDLE_MINUTES,
        recovery_codes_left: u32::try_from(left).unwrap_or(u32::MAX),
        onboarding: portal.onboarding.is_some(),
        mediation: portal.mediation.is_some(),
        partners: portal.partners.is_some(),
    })
}

/// The cookie of a session, or the one that takes it away. Another site's link never brings it along.
pub(super) fn set_cookie(portal: &PortalConfig, token: Option<&Token>) -> String {
    let value = token.map_or("", Token::reveal);
    let secure = if portal.secure() { "; Secure" } else { "" };
    let age = if token.is_none() { "; Max-Age=0" } else { "" };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}", portal.desk_cookie())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(minutes * 60).unwrap()
    }

    #[test]
    fn ends_after_twenty_minutes_unused_or_when_its_time_is_over() {
        for (seen, expires, now, expected) in
            [(100, 480, 119, true), (100, 480, 120, false), (479, 480, 479, true), (479, 480, 480, false)]
        {
            let row = StaffSession {
                id: 1,
                second_factor_at: None,
                created_at: at(0),
                seen_at: at(seen),
                expires_at: at(expires),
            };
            assert_eq!(lives(&row, at(now)), expected, "{row:?} at {now}");
        }
    }
}
