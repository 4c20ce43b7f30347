//! Accounts that people made themselves, tenants', correspondents' and users', and sign-ups that wait: found, told and helped
//! as those that an office gives out (P7).

use axum::http::StatusCode;
use jiff::{SignedDuration, Timestamp};
use palier_domain::desk::{AccountRow, AccountSheet, AccountState, AccountsPage, Help, Paging};
use palier_domain::onboarding::UserState;
use palier_domain::values::{Email, LoginIdentifier};
use palier_domain::wire::code;
use sea_orm::ConnectionTrait;

use super::sheet::{done, lock_told};
use super::{ENTRIES, note};
use crate::account::{
    Post, full_name, send_identifier, send_reset_link, standing_of, subject, write_sign_up_again,
};
use crate::departure::{known_at_desk, offers};
use crate::desk::paging::{Asked, day};
use crate::http::problem::ApiError;
use crate::store::accounts::{self, Account};
use crate::store::sign_ups::{self, Purpose, SignUp, State};
use crate::store::staff::Staff;
use crate::store::{StoreError, departures, desk_journal, erasure, leases, leaving};

/// Before the id of a sign-up, in the place of an identifier: no identifier begins so.
const SIGN_UP: &str = "inscription-";

/// Somebody who calls.
pub(super) enum Owner {
    Account(Box<Account>),
    /// They began to sign up.
    SignUp(Box<SignUp>),
}

/// A page of those whom the search finds: first who began to sign up with that very address, then accounts by name.
pub(super) async fn list(post: Post<'_>, staff: &Staff, asked: &Asked) -> Result<AccountsPage, ApiError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let text = asked.text();
    let total = if text.is_empty() { 0 } else { accounts::count_found(conn, portal, &text).await? };
    let (part, paging) = asked.part(total);
    let found = if total == 0 { Vec::new() } else { accounts::page(conn, portal, &text, part).await? };
    let waiting = match Email::parse(asked.typed()) {
        Ok(email) => sign_ups::open_by_email(conn, portal, &email.key()).await?,
        Err(_) => None,
    };
    let waiting = waiting.filter(|sign_up| sign_up.purpose == Purpose::Confirm);
    // Counted on every page, shown on the first one.
    let paging = Paging { total: total + u64::from(waiting.is_some()), ..paging };
    let waiting = waiting.filter(|_| paging.page == 1);
    let owners = waiting.map(|sign_up| Owner::SignUp(Box::new(sign_up))).into_iter();
    let owners = owners.chain(found.into_iter().map(|account| Owner::Account(Box::new(account))));
    let mut rows = Vec::new();
    for owner in owners {
        rows.push(AccountRow {
            number: owner.number(),
            name: owner.name(),
            email: owner.email(),
            state: owner.stands(post, conn).await?.state,
        });
    }
    if !rows.is_empty() {
        let shown: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
        note(post, post.state.store().write(), staff, "searched", &shown.join(" ")).await?;
    }
    Ok(AccountsPage { accounts: rows, paging })
}

/// Shows somebody; 404 for what nobody has here.
pub(super) async fn show(post: Post<'_>, staff: &Staff, number: &str) -> Result<AccountSheet, ApiError> {
    let transaction = post.state.store().begin().await?;
    let owner = find(post, &transaction, number).await?;
    note(post, &transaction, staff, "shown", &owner.number()).await?;
    let told = owner.tell(post, &transaction, staff).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(told)
}

/// Does what helps, if it is right now, and shows what has become of it.
pub(super) async fn act(
    post: Post<'_>,
    staff: &Staff,
    number: &str,
    help: Help,
) -> Result<AccountSheet, ApiError> {
    let transaction = post.state.store().begin().await?;
    let owner = find(post, &transaction, number).await?;
    if let Owner::Account(account) = &owner {
        accounts::hold(&transaction, post.portal.slug(), account.id).await?;
    }
    let owner = find(post, &transaction, number).await?;
    if !owner.help(owner.stands(post, &transaction).await?.state).contains(&help) {
        return Err(ApiError::code(StatusCode::CONFLICT, code::HELP_REFUSED));
    }
    let theirs = Post { language: owner.language(), ..post };
    match (&owner, help) {
        (Owner::Account(account), Help::Reset) => send_reset_link(theirs, &transaction, account).await?,
        (Owner::Account(account), Help::Identifier) => send_identifier(theirs, &transaction, account).await?,
        (Owner::Account(account), Help::Erase) => {
            erasure::erase(&transaction, post.portal.slug(), account.id, &subject(account.id), post.now)
                .await?;
        }
        // Not counted with what strangers ask for: it stands in the journal.
        (Owner::SignUp(sign_up), _) => write_sign_up_again(theirs, &transaction, sign_up).await?,
        (Owner::Account(_), _) => return Err(ApiError::code(StatusCode::CONFLICT, code::HELP_REFUSED)),
    }
    note(post, &transaction, staff, help.name(), &owner.number()).await?;
    let told = match help {
        Help::Erase => erased(post, &transaction, &owner).await?,
        _ => find(post, &transaction, number).await?.tell(post, &transaction, staff).await?,
    };
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(told)
}

/// What is left to tell of who was erased: what was done.
async fn erased<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    owner: &Owner,
) -> Result<AccountSheet, StoreError> {
    let number = owner.number();
    let journal = desk_journal::about(conn, post.portal.slug(), &number, ENTRIES).await?;
    Ok(AccountSheet {
        name: String::new(),
        email: None,
        address: Vec::new(),
        channel: String::new(),
        state: AccountState::Erased,
        since: None,
        until: None,
        signed_in: true,
        letter: None,
        lock: None,
        help: Vec::new(),
        departures: Vec::new(),
        leavable: Vec::new(),
        journal: journal.into_iter().map(|entry| done(post, entry)).collect(),
        number,
    })
}

pub(super) async fn find<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    number: &str,
) -> Result<Owner, ApiError> {
    let portal = post.portal.slug();
    if let Some(id) = number.strip_prefix(SIGN_UP) {
        let id = id.parse().map_err(|_| ApiError::not_found())?;
        let sign_up = sign_ups::by_id(conn, portal, id).await?;
        let waits = sign_up.filter(|it| it.state == State::Open && it.purpose == Purpose::Confirm);
        return waits.map(|it| Owner::SignUp(Box::new(it))).ok_or_else(ApiError::not_found);
    }
    let identifier = LoginIdentifier::parse(number).map_err(|_| ApiError::not_found())?;
    let account = accounts::by_identifier(conn, portal, &identifier).await?;
    account.map(|it| Owner::Account(Box::new(it))).ok_or_else(ApiError::not_found)
}

/// Where somebody stands.
struct Stands {
    state: AccountState,
    since: Option<Timestamp>,
    /// The last day, ISO 8601.
    until: Option<String>,
}

impl Owner {
    fn number(&self) -> String {
        match self {
            Self::Account(account) => account.identifier.to_string(),
            Self::SignUp(sign_up) => format!("{SIGN_UP}{}", sign_up.id),
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Account(account) => full_name(account.first_name.as_deref(), &account.surname),
            Self::SignUp(sign_up) => sign_up.email.to_string(),
        }
    }

    fn email(&self) -> Option<String> {
        match self {
            Self::Account(account) => account.email.as_ref().map(ToString::to_string),
            Self::SignUp(sign_up) => Some(sign_up.email.to_string()),
        }
    }

    fn language(&self) -> &str {
        match self {
            Self::Account(account) => &account.language,
            Self::SignUp(sign_up) => &sign_up.language,
        }
    }

    async fn stands<C: ConnectionTrait>(&self, post: Post<'_>, conn: &C) -> Result<Stands, StoreError> {
        let last_day = |until: Timestamp| {
            let last = until.checked_sub(SignedDuration::from_secs(1)).unwrap_or(until);
            Some(day(post.portal, last))
        };
        let account = match self {
            Self::SignUp(sign_up) => {
                let over = sign_up.expires_at <= post.now;
                let state = if over { AccountState::Lapsed } else { AccountState::Unconfirmed };
                let (since, until) = (Some(sign_up.created_at), last_day(sign_up.expires_at));
                return Ok(Stands { state, since, until });
            }
            Self::Account(account) => account,
        };
        let chosen = Some(account.password_changed_at);
        if let Some(closed_at) = account.closed_at {
            return Ok(Stands { state: AccountState::Closed, since: Some(closed_at), until: None });
        }
        match standing_of(conn, account).await? {
            UserState::Suspended => {
                return Ok(Stands { state: AccountState::Suspended, since: None, until: None });
            }
            UserState::Removed => {
                return Ok(Stands { state: AccountState::Removed, since: None, until: None });
            }
            UserState::Active => {}
        }
        if let Some(last) = leaving::announced(conn, account.id).await? {
            return Ok(Stands { state: AccountState::Closing, since: chosen, until: Some(last.to_string()) });
        }
        let over = account.password_until.is_some_and(|until| until <= post.now);
        let state = if over { AccountState::Renew } else { AccountState::Personal };
        Ok(Stands { state, since: chosen, until: account.password_until.and_then(last_day) })
    }

    /// What can be done in that state.
    fn help(&self, state: AccountState) -> Vec<Help> {
        match (self, state) {
            (Self::SignUp(_), AccountState::Unconfirmed | AccountState::Lapsed) => vec![Help::Resend],
            (
                Self::Account(account),
                AccountState::Personal | AccountState::Renew | AccountState::Closing,
            ) if account.email.is_some() => vec![Help::Reset, Help::Identifier],
            (Self::Account(_), AccountState::Closed | AccountState::Removed) => vec![Help::Erase],
            _ => Vec::new(),
        }
    }

    pub(super) async fn tell<C: ConnectionTrait>(
        &self,
        post: Post<'_>,
        conn: &C,
        staff: &Staff,
    ) -> Result<AccountSheet, StoreError> {
        let (portal, number) = (post.portal.slug(), self.number());
        let Stands { state, since, until } = self.stands(post, conn).await?;
        let (lock, address) = match self {
            Self::Account(account) => {
                let lease = match account.lease_id {
                    Some(id) => leases::by_id(conn, portal, id).await?,
                    None => None,
                };
                (lock_told(post, conn, &subject(account.id)).await?, lease.map(home).unwrap_or_default())
            }
            Self::SignUp(_) => (None, Vec::new()),
        };
        let (known, leavable) = match self {
            Self::Account(account) => {
                let known = departures::newest(conn, account.id).await?;
                let offers = offers(post, conn, account, &known).await?;
                (known, offers)
            }
            Self::SignUp(_) => (Vec::new(), Vec::new()),
        };
        let journal = desk_journal::about(conn, portal, &number, ENTRIES).await?;
        Ok(AccountSheet {
            name: self.name(),
            email: self.email(),
            address,
            channel: String::new(),
            state,
            since: since.map(|at| day(post.portal, at)),
            until,
            signed_in: matches!(self, Self::Account(_)),
            letter: None,
            lock,
            help: if staff.role.helps_callers() { self.help(state) } else { Vec::new() },
            departures: known_at_desk(post, known),
            leavable: if staff.role.helps_callers() { leavable } else { Vec::new() },
            journal: journal.into_iter().map(|entry| done(post, entry)).collect(),
            number,
        })
    }
}

/// The reference of a lease, and where the home is.
fn home(lease: leases::Lease) -> Vec<String> {
    let town = [lease.postal_code, lease.town].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let lines = [lease.reference.to_string(), lease.street.unwrap_or_default(), town];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}
