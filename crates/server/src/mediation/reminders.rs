//! Reminders to those who stopped half-way (M8): a few, some days apart, each of which can be the last.

use jiff::{SignedDuration, Timestamp};
use palier_domain::account::LinkForm;
use palier_domain::values::Token;
use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::scheme;
use crate::account::{Post, hash, sign_up_link, unknown_link};
use crate::config::PortalConfig;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::mail::Mail;
use crate::store::links::Kind;
use crate::store::organisations::Whole;
use crate::store::sign_ups::{SignUp, Subject};
use crate::store::{StoreError, accounts, links, memberships, organisations, sign_ups};

/// How long the link that stops them works, in days: longer than they go on.
const STOP_DAYS: i64 = 400;

/// Sends what is due in every portal whose campaign is open, and says how many were written.
///
/// A reminder is counted in the transaction that writes its e-mail: several servers together send it once.
pub async fn send_due(state: &AppState) -> Result<u64, StoreError> {
    let mut sent = 0;
    for portal in &state.config().portals {
        let (Some(rules), Some(own)) = (&portal.public.mediation, &portal.mediation) else { continue };
        let now = state.now();
        let (Some(first), true) = (own.reminders.first(), rules.campaign.phase(portal.today(now)).is_open())
        else {
            continue;
        };
        let Some(before) = days_before(now, *first) else { continue };
        let most = u32::try_from(own.reminders.len()).unwrap_or(u32::MAX);
        let conn = state.store().read();
        for waiting in sign_ups::to_remind(conn, portal.slug(), before, most).await? {
            let due = due(&own.reminders, waiting.created_at, now);
            if due > waiting.reminded {
                sent += counted(remind_identity(state, portal, &waiting, due).await);
            }
        }
        for whole in organisations::to_remind(conn, portal.slug(), before, most).await? {
            let since = whole
                .membership
                .as_ref()
                .map_or(whole.organisation.certified_at, |membership| membership.changed_at);
            let due = due(&own.reminders, since, now);
            if due > whole.organisation.reminded {
                sent += counted(remind_membership(state, portal, &whole, due).await);
            }
        }
    }
    if sent > 0 {
        state.outbox().wake();
    }
    Ok(sent)
}

/// How many are due by now, so many days after something was last done. Of several that became due together, after a
/// stop of the server say, one is sent.
fn due(after_days: &[u32], since: Timestamp, now: Timestamp) -> u32 {
    let over = |days: &&u32| days_before(now, **days).is_some_and(|before| since <= before);
    u32::try_from(after_days.iter().filter(over).count()).unwrap_or(u32::MAX)
}

/// One that can't be written must not hold up those behind it.
fn counted(written: Result<bool, StoreError>) -> u64 {
    match written {
        Ok(written) => u64::from(written),
        Err(error) => {
            tracing::warn!(%error, "a reminder couldn't be written");
            0
        }
    }
}

fn days_before(now: Timestamp, days: u32) -> Option<Timestamp> {
    now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).ok()
}

async fn remind_identity(
    state: &AppState,
    portal: &PortalConfig,
    waiting: &SignUp,
    due: u32,
) -> Result<bool, StoreError> {
    let Subject::Organisation(details) = &waiting.subject else { return Ok(false) };
    let post = Post::new(state, portal, &waiting.language);
    let transaction = state.store().begin().await?;
    // Another correspondent was faster, or this one has an account by now: the click could only be refused.
    let known = organisations::by_siren(&transaction, portal.slug(), &details.siren).await?.is_some();
    let key = waiting.email.key();
    if known || accounts::by_email_key(&transaction, portal.slug(), &key).await?.is_some() {
        return Ok(false);
    }
    let expires_at = crate::account::sign_up_expiry(post);
    if !sign_ups::count_reminder(&transaction, waiting.id, waiting.reminded, due).await?
        || !sign_ups::extend(&transaction, waiting.id, expires_at).await?
    {
        return Ok(false);
    }
    let link = sign_up_link(post, &transaction, waiting.id, &waiting.subject).await?;
    let stop = stop_link(post, &transaction, Kind::StopSignUpReminders, waiting.id).await?;
    let hours = portal.links.confirm_hours;
    let mail = Mail::IdentityReminder { link: &link, hours, organisation: &details.name, stop: &stop };
    post.send(&transaction, &waiting.email, None, mail).await?;
    transaction.commit().await?;
    Ok(true)
}

async fn remind_membership(
    state: &AppState,
    portal: &PortalConfig,
    whole: &Whole,
    due: u32,
) -> Result<bool, StoreError> {
    let known = &whole.organisation;
    let post = Post::new(state, portal, &whole.account.language);
    let transaction = state.store().begin().await?;
    let joined = memberships::of(&transaction, known.id).await?.is_some_and(|it| it.joined.is_some());
    if joined || !organisations::count_reminder(&transaction, known.id, known.reminded, due).await? {
        return Ok(false);
    }
    let stop = stop_link(post, &transaction, Kind::StopReminders, known.id).await?;
    let link = portal.link("/mediation/adhesion");
    let mail = Mail::MembershipReminder { link: &link, organisation: &known.details.name, stop: &stop };
    post.send(&transaction, &whole.account.email, None, mail).await?;
    transaction.commit().await?;
    Ok(true)
}

async fn stop_link(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    kind: Kind,
    subject: i64,
) -> Result<String, StoreError> {
    let token = post.state.entropy().token();
    let until = post.now.checked_add(SignedDuration::from_hours(24 * STOP_DAYS)).unwrap_or(Timestamp::MAX);
    links::issue(transaction, post.portal.slug(), kind, subject, &hash(&token), post.now, until).await?;
    Ok(post.portal.link(&format!("/mediation/rappels#{}", token.reveal())))
}

/// Stops them, by the link of any of them: an old one does as well, and so does a second click.
pub(super) async fn stop(post: Post<'_>, form: &LinkForm) -> Result<(), ApiError> {
    scheme::of(post.portal)?;
    let token = hash(&Token::parse(&form.token).map_err(|_| unknown_link())?);
    let conn = post.state.store().write();
    if let Some(id) = subject(post, conn, Kind::StopReminders, &token).await? {
        organisations::stop_reminders(conn, id, post.now).await?;
    } else if let Some(id) = subject(post, conn, Kind::StopSignUpReminders, &token).await? {
        sign_ups::stop_reminders(conn, id, post.now).await?;
    } else {
        return Err(unknown_link());
    }
    Ok(())
}

async fn subject<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    kind: Kind,
    token: &[u8; 32],
) -> Result<Option<i64>, StoreError> {
    let link = links::find(conn, post.portal.slug(), kind, token).await?;
    Ok(link.map(|link| link.subject_id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reminder_waits_its_days() {
        let at = |hours: i64| Timestamp::from_second(hours * 3600).unwrap();
        for (hours, expected) in [(7 * 24 - 1, 0), (7 * 24, 1), (21 * 24 - 1, 1), (21 * 24, 2), (9999, 2)] {
            assert_eq!(due(&[7, 21], at(0), at(hours)), expected, "{hours} h later");
        }
        assert_eq!(due(&[], at(0), at(9999)), 0);
    }
}
