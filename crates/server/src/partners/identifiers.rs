//! New identifiers for who never signed in, a link for who did (P5, P8): the page says the same to everybody, the owner is
//! told by the channel that the office knows.

use jiff::SignedDuration;
use palier_domain::credentials::{Kind, Refusal};
use palier_domain::partners::IdentifiersForm;
use palier_domain::values::UserNumber;
use sea_orm::DatabaseTransaction;

use super::give::{Given, give};
use super::letters::written_day;
use super::of;
use crate::account::{Limit, Post, send_reset_link};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::mail::{Mail, PartnerMail};
use crate::store::partners::{self, Partner};
use crate::store::{StoreError, accounts};

/// Wishes from one place: nobody tries numbers in series.
const BY_PLACE: Limit = Limit { kind: "identifiers_place", times: 20, window: SignedDuration::from_hours(1) };
/// Wishes for one number.
const BY_NUMBER: Limit = Limit { kind: "identifiers", times: 3, window: SignedDuration::from_hours(24) };

/// Does what is right for that number, if it is a partner's.
pub(super) async fn ask(post: Post<'_>, client: Client, form: &IdentifiersForm) -> Result<(), ApiError> {
    of(post.portal)?;
    let problems = form.problems();
    let number = UserNumber::parse(&form.user_number).map_err(|_| ApiError::invalid(problems))?;
    let (conn, portal) = (post.state.store().write(), post.portal.slug());
    BY_PLACE.admit(conn, portal, &client.place(), post.now).await?;
    let transaction = post.state.store().begin().await?;
    // Counted for a number that nobody has too: the work is the same.
    let allowed = BY_NUMBER.count(&transaction, portal, number.as_str(), post.now).await?;
    let known = partners::by_number(&transaction, portal, &number).await?;
    if let Some(known) = known.filter(|_| allowed)
        && let Some(partner) = partners::held(&transaction, portal, known.id).await?
    {
        help(post, &transaction, &partner).await?;
    }
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(())
}

async fn help(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
) -> Result<(), StoreError> {
    let given = give(post, transaction, partner, partner.known.channel).await?;
    let Given::Refused(refusal) = given else { return Ok(()) };
    let link = post.portal.link("/partenaire/premiere-connexion");
    let mail = match refusal {
        Refusal::HasSignedIn => return reset(post, transaction, partner).await,
        Refusal::Coming => PartnerMail::LetterComing,
        Refusal::StillValid { kind, pass } => {
            let day = |at: jiff::Timestamp| {
                at.to_zoned(post.portal.time_zone.clone()).strftime("%d/%m/%Y").to_string()
            };
            let (sent, until) = (day(pass.issued), written_day(post, pass.until));
            let mail = if kind == Kind::Letter {
                PartnerMail::LetterValid { sent: &sent, until: &until, link: &link }
            } else {
                PartnerMail::MailValid { sent: &sent, until: &until, link: &link }
            };
            return tell(post, transaction, partner, mail).await;
        }
        Refusal::NeverSignedIn | Refusal::NothingGiven | Refusal::Over { .. } => return Ok(()),
    };
    tell(post, transaction, partner, mail).await
}

async fn tell(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
    mail: PartnerMail<'_>,
) -> Result<(), StoreError> {
    post.send(transaction, &partner.known.email, Some(&partner.known.name), Mail::Partner(mail)).await
}

/// Who has signed in before gets a link to another password.
async fn reset(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    partner: &Partner,
) -> Result<(), StoreError> {
    let Some(id) = partner.opening.account_id else { return Ok(()) };
    match accounts::by_id(transaction, post.portal.slug(), id).await? {
        Some(account) => send_reset_link(post, transaction, &account).await,
        None => Ok(()),
    }
}
