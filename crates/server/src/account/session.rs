//! Sessions: how long they last, the cookie that carries them, what pages are told of them (T8).

use axum::http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use palier_domain::account::{Consent, LeaseSummary, Session};
use palier_domain::onboarding::UserState;
use palier_domain::profile::Device;
use palier_domain::values::Token;
use sea_orm::ConnectionTrait;

use super::post::Post;
use super::secret::hash;
use super::{due, refusal, standing, who};
use crate::config::PortalConfig;
use crate::http::extract::cookie;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::StoreError;
use crate::store::accounts::{self, Account};
use crate::store::leases::Lease;
use crate::store::sessions::{self, NewSession, SessionRow};

/// Without a sign of life the session ends after so many minutes.
const IDLE_MINUTES: u32 = 20;
/// However much it is used, a session ends after so long.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// The same for who asked to stay signed in.
const STAY: SignedDuration = SignedDuration::from_hours(30 * 24);

/// A session that hasn't ended.
pub(crate) struct Current {
    row: SessionRow,
    account: Account,
}

impl Current {
    /// Whose it is.
    pub(super) const fn account(&self) -> &Account {
        &self.account
    }

    /// Its id.
    pub(super) const fn id(&self) -> i64 {
        self.row.id
    }

    /// Whether it stays (*Rester connecté*).
    pub(super) const fn stays(&self) -> bool {
        self.row.stay
    }

    /// When it began.
    pub(super) const fn began(&self) -> Timestamp {
        self.row.created_at
    }

    /// The same, for good.
    pub(crate) fn into_account(self) -> Account {
        self.account
    }
}

/// Who is signed in, for the page that is being sent; opening a page is a sign of life.
pub async fn for_page(
    state: &AppState,
    portal: &PortalConfig,
    language: &str,
    headers: &HeaderMap,
) -> Result<Option<Session>, ApiError> {
    let post = Post::new(state, portal, language);
    let Some(current) = find(post.state, post.portal, headers).await? else { return Ok(None) };
    keep(post.state, &current).await?;
    Ok(Some(tell(post, &current).await?))
}

/// The session of a request, or 401.
pub(crate) async fn required(
    state: &AppState,
    portal: &PortalConfig,
    headers: &HeaderMap,
) -> Result<Current, ApiError> {
    find(state, portal, headers).await?.ok_or_else(refusal::signed_out)
}

/// A session begun at the very moment in which its owner was suspended or removed is none either: what they are is
/// asked each time.
async fn find(
    state: &AppState,
    portal: &PortalConfig,
    headers: &HeaderMap,
) -> Result<Option<Current>, StoreError> {
    let Some(token) = token(portal, headers) else { return Ok(None) };
    let conn = state.store().read();
    let found = sessions::find(conn, portal.slug(), &hash(&token)).await?;
    let now = state.now();
    let Some((row, account)) = found.filter(|(row, _)| lives(row, now)) else { return Ok(None) };
    let active = standing::of(conn, &account).await? == UserState::Active;
    Ok(active.then_some(Current { row, account }))
}

/// Whether a session hasn't ended.
pub(super) fn lives(row: &SessionRow, now: Timestamp) -> bool {
    let idle = SignedDuration::from_mins(i64::from(IDLE_MINUTES));
    now < row.expires_at && (row.stay || now.duration_since(row.seen_at) < idle)
}

/// Notes a sign of life, to the second.
pub(super) async fn keep(state: &AppState, current: &Current) -> Result<(), StoreError> {
    let now = state.now();
    if now.as_second() == current.row.seen_at.as_second() {
        return Ok(());
    }
    sessions::touch(state.store().write(), current.row.id, now).await
}

/// What the page shows of it.
pub(super) async fn tell(post: Post<'_>, current: &Current) -> Result<Session, StoreError> {
    describe(post.state.store().read(), post, &current.account, (current.row.stay, current.began())).await
}

/// Begins a session.
pub(super) async fn begin<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
    token: &Token,
    (stay, device): (bool, Device),
    now: Timestamp,
) -> Result<(), StoreError> {
    let expires_at = now.checked_add(if stay { STAY } else { LONGEST }).unwrap_or(Timestamp::MAX);
    let new = NewSession {
        portal: account.portal.clone(),
        account_id: account.id,
        token_hash: hash(token),
        stay,
        device,
        now,
        expires_at,
    };
    sessions::insert(conn, new).await.map(drop)
}

/// Begins the session of who has just got an account: its token, for the cookie, and what pages are told of it.
pub(crate) async fn begin_first<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    account: &Account,
    device: Device,
) -> Result<(Token, Session), StoreError> {
    let token = post.state.entropy().token();
    begin(conn, account, &token, (false, device), post.now).await?;
    Ok((token, describe(conn, post, account, (false, post.now)).await?))
}

/// Ends the session of a request; nothing happens when there is none.
pub(crate) async fn end(
    state: &AppState,
    portal: &PortalConfig,
    headers: &HeaderMap,
) -> Result<(), StoreError> {
    let Some(token) = token(portal, headers) else { return Ok(()) };
    sessions::end(state.store().write(), portal.slug(), &hash(&token)).await
}

/// What pages are told of a session, in their language.
pub(super) async fn describe<C: ConnectionTrait>(
    conn: &C,
    post: Post<'_>,
    account: &Account,
    (stay, began): (bool, Timestamp),
) -> Result<Session, StoreError> {
    let lease = who::lease(conn, account).await?;
    let consents = accounts::consents(conn, account.id).await?;
    let organisation = who::organisation(conn, account).await?;
    let client = who::client(conn, post, account).await?;
    let due = due::of(conn, post.portal, account, began).await?;
    Ok(Session {
        name: who::name(account),
        identifier: who::identifier(conn, post.portal, account).await?,
        email: account.address(),
        idle_minutes: (!stay).then_some(IDLE_MINUTES),
        lease: lease.map(summary),
        organisation,
        client,
        consents: consents
            .into_iter()
            .map(|it| Consent {
                version: it.version,
                sha256: it.sha256,
                accepted_at: it.accepted_at.to_string(),
            })
            .collect(),
        due,
    })
}

fn summary(lease: Lease) -> LeaseSummary {
    let town = [lease.postal_code, lease.town].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = [lease.street.unwrap_or_default(), town];
    let address = lines.into_iter().filter(|line| !line.is_empty()).collect();
    LeaseSummary { reference: lease.reference.to_string(), address }
}

/// What the session's cookie carries.
pub(super) fn token(portal: &PortalConfig, headers: &HeaderMap) -> Option<Token> {
    cookie(headers, &portal.session_cookie()).and_then(|text| Token::parse(text).ok())
}

/// The cookie of a session, or the one that takes it away.
///
/// The path is always the whole host, as browsers ask of `__Host-` names; the name has the portal's own in it.
pub(crate) fn set_cookie(portal: &PortalConfig, token: Option<&Token>, stay: bool) -> String {
    let value = token.map_or("", Token::reveal);
    let secure = if portal.secure() { "; Secure" } else { "" };
    let age = match token {
        None => "; Max-Age=0".to_owned(),
        Some(_) if stay => format!("; Max-Age={}", STAY.as_secs()),
        Some(_) => String::new(),
    };
    format!("{}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}", portal.session_cookie())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(minutes * 60).unwrap()
    }

    fn row(stay: bool, seen: i64, expires: i64) -> SessionRow {
        SessionRow {
            id: 1,
            stay,
            device: Device::default(),
            created_at: at(0),
            seen_at: at(seen),
            expires_at: at(expires),
        }
    }

    #[test]
    fn ends_after_twenty_minutes_unused_or_when_its_time_is_over() {
        for (session, now, expected) in [
            (row(false, 100, 720), 119, true),
            (row(false, 100, 720), 120, false),
            (row(false, 719, 720), 720, false),
            (row(true, 0, 43_200), 43_199, true),
            (row(true, 43_199, 43_200), 43_200, false),
        ] {
            assert_eq!(lives(&session, at(now)), expected, "{session:?} at {now}");
        }
    }
}
