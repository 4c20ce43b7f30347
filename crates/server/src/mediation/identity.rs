//! The identity's form sent: it is kept, and an e-mail says what comes next (M2).

use jiff::SignedDuration;
use palier_domain::account::SignUpReceipt;
use palier_domain::mediation::{Identity, IdentityForm};
use sea_orm::DatabaseTransaction;

use super::{check, scheme};
use crate::account::{Limit, Once, Post, Waiting, evenly, keep_sign_up};
use crate::http::extract::{Client, IdempotencyKey};
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::organisations::{Details, Organisation};
use crate::store::sign_ups::{Purpose, Subject};
use crate::store::{StoreError, accounts, organisations};

/// Identities asked for from one place: an organisation has one, a federation helps several.
const BY_PLACE: Limit = Limit { kind: "identity_place", times: 30, window: SignedDuration::from_hours(1) };

/// How often the correspondent of an organisation is told that somebody asked for an identity for it again.
const TOLD: Limit = Limit { kind: "identity_again", times: 1, window: SignedDuration::from_hours(24) };

/// Keeps an identity that waits to be certified, and writes its e-mail. The answer is the same whether or not the
/// organisation or the address is known already: only the e-mail tells, and only to who can read it.
pub(super) async fn submit(
    post: Post<'_>,
    client: Client,
    key: &IdempotencyKey,
    form: &IdentityForm,
) -> Result<SignUpReceipt, ApiError> {
    scheme::open(post)?;
    let identity = form.parse(scheme::context(post)).map_err(ApiError::invalid)?;
    let password = check::password(post, form)?;
    BY_PLACE.check(post.state.store().read(), post.portal.slug(), &client.place(), post.now).await?;
    let password_hash = post.state.passwords().hash(&password).await?;

    // What is known of the organisation already takes an e-mail more to say: how long that takes is told to nobody.
    evenly(record(post, client, Once::new("identity", key, form)?, identity, password_hash)).await
}

async fn record(
    post: Post<'_>,
    client: Client,
    once: Once,
    identity: Identity,
    password_hash: String,
) -> Result<SignUpReceipt, ApiError> {
    let transaction = post.state.store().begin().await?;
    if let Some(receipt) = once.claim(post, &transaction).await? {
        return Ok(receipt);
    }
    BY_PLACE.count(&transaction, post.portal.slug(), &client.place(), post.now).await?;
    let receipt = keep(post, &transaction, &identity, password_hash).await?;
    once.settle(post, &transaction, &receipt).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    metrics::counter!("palier_identities_total", "portal" => post.portal.slug().to_owned()).increment(1);
    Ok(receipt)
}

async fn keep(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    identity: &Identity,
    password_hash: String,
) -> Result<SignUpReceipt, ApiError> {
    let handle = post.state.entropy().handle();
    let receipt = SignUpReceipt { handle: handle.reveal().to_owned() };
    let portal = post.portal.slug();
    let known = organisations::by_siren(transaction, portal, identity.number.siren()).await?;
    let of_address = accounts::by_email_key(transaction, portal, &identity.email.key()).await?;
    // Over the limit nothing is kept either: it would supersede the link that the person has, and send no other.
    if !post.may_send(transaction, &identity.email.key()).await? {
        return Ok(receipt);
    }
    let purpose = match (&known, &of_address) {
        (None, None) => Purpose::Confirm,
        // Their own account: told as their own, which helps them more.
        (_, Some(_)) => Purpose::EmailHasAccount,
        (Some(_), None) => Purpose::OrganisationKnown,
    };
    if let Some(known) = known.filter(|_| purpose == Purpose::OrganisationKnown) {
        tell_correspondent(post, transaction, &known).await?;
    }
    let waiting = Waiting {
        subject: Subject::Organisation(Box::new(details(identity))),
        email: &identity.email,
        password_hash,
        purpose,
        // They are agreed to with the contract.
        terms: None,
    };
    keep_sign_up(post, transaction, &handle, waiting).await?;
    Ok(receipt)
}

fn details(identity: &Identity) -> Details {
    Details {
        siren: identity.number.siren().to_owned(),
        siret: identity.number.siret().map(str::to_owned),
        name: identity.structure_name.to_string(),
        first_name: identity.director_first_name.to_string(),
        surname: identity.director_surname.to_string(),
        birth_date: identity.director_birth_date,
    }
}

/// Tells the correspondent of an organisation that somebody asked for an identity for it again: a colleague, perhaps,
/// who is told to look for them and not who they are.
async fn tell_correspondent(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    known: &Organisation,
) -> Result<(), StoreError> {
    let Some(account) = accounts::by_id(transaction, post.portal.slug(), known.account_id).await? else {
        return Ok(());
    };
    // Apart from what the correspondent may ask for: a stranger must not use that up.
    if !TOLD.count(transaction, post.portal.slug(), &known.id.to_string(), post.now).await? {
        return Ok(());
    }
    let post = Post { language: &account.language, ..post };
    let mail = Mail::IdentityAskedAgain { organisation: &known.details.name };
    post.send(transaction, &account.email, None, mail).await
}
