//! Identifiers given to partners (P1, P2, P8): by letter or by e-mail, never while the last ones are valid.

use jiff::{SignedDuration, Timestamp};
use palier_domain::credentials::{Access, Channel, Event, Held, Refusal};
use palier_domain::values::Email;
use sea_orm::DatabaseTransaction;

use super::{hash, letters};
use crate::account::Post;
use crate::http::state::AppState;
use crate::mail::{Mail, PartnerMail};
use crate::store::letters::Ending;
use crate::store::partners::{self, Opening, Partner};
use crate::store::{StoreError, partner_letters};

/// Partners who get their first identifiers in one round.
const ROUND: u64 = 200;
/// The span of time in which the letters of a portal are counted: each costs money.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What became of a wish for identifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// They were sent by e-mail, or their letter waits to be printed.
    Sent(Channel),
    /// Not now, and why.
    Refused(Refusal<Timestamp>),
    /// The partner has no address for this channel.
    NoAddress,
    /// No more letters today.
    TooMany,
}

/// Gives a partner, who is held by the transaction, identifiers by a channel, if nothing speaks against it.
pub(crate) async fn give(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
    channel: Channel,
) -> Result<Given, StoreError> {
    match channel {
        Channel::Letter => order(post, transaction, partner).await,
        Channel::Mail => send(post, transaction, partner).await,
    }
}

async fn order(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
) -> Result<Given, StoreError> {
    if partner.known.address.is_none() {
        return Ok(Given::NoAddress);
    }
    let access = match partner.opening.access.after(Event::Order, post.now) {
        Ok(access) => access,
        Err(refusal) => return Ok(Given::Refused(refusal)),
    };
    let a_day = post.portal.partners.map_or(0, |own| own.a_day);
    let since = post.now.checked_sub(DAY).unwrap_or(Timestamp::MIN);
    if partner_letters::asked_since(transaction, post.portal.slug(), since).await? >= u64::from(a_day) {
        return Ok(Given::TooMany);
    }
    keep(transaction, partner, access, None).await?;
    partner_letters::end(transaction, partner.id, Ending::Replaced, post.now).await?;
    letters::ask(post, transaction, partner.id).await?;
    Ok(Given::Sent(Channel::Letter))
}

async fn send(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
) -> Result<Given, StoreError> {
    let Some(email) = &partner.known.email else { return Ok(Given::NoAddress) };
    let until = post.portal.credentials.mail_until(post.now);
    let access = match partner.opening.access.after(Event::Mail { until }, post.now) {
        Ok(access) => access,
        Err(refusal) => return Ok(Given::Refused(refusal)),
    };
    partner_letters::end(transaction, partner.id, Ending::Replaced, post.now).await?;
    write(post, transaction, partner, (access, until), email).await?;
    Ok(Given::Sent(Channel::Mail))
}

/// Writes the first e-mail: with the provisional password or, where the portal's file says so, with a link in its place
/// that works for some hours of the whole time.
async fn write(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
    (access, until): (Access<Timestamp>, Timestamp),
    email: &Email,
) -> Result<(), StoreError> {
    let secret = post.state.entropy().letter_code();
    let link_until = post.portal.credentials.link_until(post.now).map(|ends| ends.min(until));
    let secret_hash = Some(hash(&secret));
    change(transaction, partner, Opening { access, secret_hash, link_until, account_id: None }).await?;
    let number = partner.known.number.as_str();
    let link = post.portal.link(&format!("/partenaire/premiere-connexion#{number}-{}", secret.reveal()));
    let until = letters::written_day(post, until);
    let mail = match post.portal.credentials.periods.mail_link_hours {
        None => PartnerMail::Identifiers { number, password: secret.reveal(), link: &link, until: &until },
        Some(hours) => PartnerMail::Invitation { number, link: &link, hours, until: &until },
    };
    post.send(transaction, email, Some(&partner.known.name), Mail::Partner(mail)).await
}

/// Sends a fresh link to a partner, who is held by the transaction and has opened one that works no more; false where
/// there is nowhere to send it. Until when one can be asked for stays as it was.
pub(super) async fn again(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
) -> Result<bool, StoreError> {
    let (Held::Provisional { pass, .. }, Some(email)) = (partner.opening.access.held, &partner.known.email)
    else {
        return Ok(false);
    };
    write(post, transaction, partner, (partner.opening.access, pass.until), email).await?;
    Ok(true)
}

/// Takes back what a partner, who is held by the transaction, was sent: it is lost, or came back (P8). Why not, if it
/// can't be.
pub(crate) async fn lose(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
) -> Result<Option<Refusal<Timestamp>>, StoreError> {
    match partner.opening.access.after(Event::Lose, post.now) {
        Ok(access) => keep(transaction, partner, access, None).await.map(|()| None),
        Err(refusal) => Ok(Some(refusal)),
    }
}

/// Keeps what is held from now on: the partner is, so that nobody was faster.
pub(super) async fn keep(
    transaction: &DatabaseTransaction,
    partner: &Partner,
    access: Access<Timestamp>,
    secret_hash: Option<[u8; 32]>,
) -> Result<(), StoreError> {
    change(transaction, partner, Opening { access, secret_hash, link_until: None, account_id: None }).await
}

async fn change(
    transaction: &DatabaseTransaction,
    partner: &Partner,
    opening: Opening,
) -> Result<(), StoreError> {
    let kept = partners::set_opening(transaction, partner, &opening).await?;
    if kept { Ok(()) } else { Err(StoreError::Unreadable("partners")) }
}

/// Gives their first identifiers to partners who were never given any, in every portal, and says to how many.
///
/// Each is done for itself while the partner is held: several servers together give once, and one that can't be given
/// doesn't hold up those behind it.
pub async fn give_new(state: &AppState) -> Result<u64, StoreError> {
    let mut given = 0;
    for portal in state.config().portals.iter().filter(|portal| portal.partners.is_some()) {
        let post = Post::new(state, portal, &portal.language);
        for channel in Channel::ALL {
            let waiting = partners::new_ones(state.store().read(), portal.slug(), channel, ROUND).await?;
            for id in waiting {
                match first(post, id).await {
                    Ok(Given::Sent(_)) => given += 1,
                    // The others have to wait for tomorrow too.
                    Ok(Given::TooMany) => break,
                    Ok(_) => {}
                    Err(error) => tracing::warn!(%error, "identifiers couldn't be given"),
                }
            }
        }
    }
    if given > 0 {
        state.outbox().wake();
    }
    Ok(given)
}

async fn first(post: Post<'_>, id: i64) -> Result<Given, StoreError> {
    let transaction = post.state.store().begin().await?;
    let Some(partner) = partners::held(&transaction, post.portal.slug(), id).await? else {
        return Ok(Given::NoAddress);
    };
    // Another server, or the desk, was faster.
    if partner.opening != Opening::NEW {
        return Ok(Given::Refused(Refusal::Coming));
    }
    let given = give(post, &transaction, &partner, partner.known.channel).await?;
    transaction.commit().await?;
    Ok(given)
}
