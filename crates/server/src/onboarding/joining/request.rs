//! Somebody asks to join (A7): they have confirmed their address, and the administrators are told.

use jiff::{SignedDuration, Timestamp};
use palier_domain::onboarding::JoiningState;
use palier_domain::values::Email;
use sea_orm::DatabaseTransaction;

use super::super::{record, rules};
use super::{USERS, expiry};
use crate::account::{Limit, Post, full_name};
use crate::http::problem::ApiError;
use crate::mail::{Colleague, Mail};
use crate::store::client_users::ClientUser;
use crate::store::clients::Client;
use crate::store::designations::Designation;
use crate::store::joinings::{self, Grant, NewJoining};
use crate::store::sign_ups::{Applicant, SignUp};
use crate::store::{StoreError, client_users};

/// Requests to one organisation: each is an e-mail to all of its administrators.
const REQUESTS: Limit = Limit { kind: "joining_request", times: 20, window: SignedDuration::from_hours(24) };

/// Whether that address asks to join this organisation already, or is invited.
pub(in super::super) async fn is_asking(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client_id: i64,
    email: &Email,
) -> Result<bool, StoreError> {
    let found = joinings::open_at(transaction, post.portal.slug(), client_id, &email.key()).await?;
    let Some(joining) = found else { return Ok(false) };
    if joining.expires_at > post.now {
        return Ok(true);
    }
    // Nothing comes of it by itself any more: an invitation could only be sent again.
    expiry::end(post, transaction, &joining).await?;
    Ok(false)
}

/// Who asks, and when they agreed to which terms.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Asking<'a> {
    first_name: &'a str,
    surname: &'a str,
    email: &'a Email,
    language: &'a str,
    consent: (&'a str, &'a str, Timestamp),
}

impl<'a> Asking<'a> {
    /// Who has just confirmed their address. The consent was given when the form was sent.
    pub(in super::super) fn of(sign_up: &'a SignUp, applicant: &'a Applicant) -> Self {
        Self {
            first_name: &applicant.first_name,
            surname: &applicant.surname,
            email: &sign_up.email,
            language: &sign_up.language,
            consent: (&sign_up.terms_version, &sign_up.terms_sha256, sign_up.created_at),
        }
    }

    fn instead_of(designation: &'a Designation) -> Self {
        let Designation { first_name, surname, email, language, .. } = designation;
        let consent =
            (designation.terms_version.as_str(), designation.terms_sha256.as_str(), designation.consented_at);
        Self { first_name, surname, email, language, consent }
    }
}

/// Keeps a request, and tells the administrators. The organisation's row is held.
pub(in super::super) async fn ask(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    asking: &Asking<'_>,
) -> Result<(), ApiError> {
    let (portal, key) = (post.portal.slug(), client.id.to_string());
    REQUESTS.check(transaction, portal, &key, post.now).await?;
    REQUESTS.count(transaction, portal, &key, post.now).await?;
    keep(post, transaction, client, asking).await
}

/// Makes a request of a designation that ended by an objection (A8): who asked for one has asked for the other, unless
/// they join already. They have no account.
pub(in super::super) async fn ask_instead(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    designation: &Designation,
) -> Result<(), ApiError> {
    let email = &designation.email;
    if is_asking(post, transaction, client.id, email).await? {
        return Ok(());
    }
    keep(post, transaction, client, &Asking::instead_of(designation)).await
}

async fn keep(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client: &Client,
    asking: &Asking<'_>,
) -> Result<(), ApiError> {
    let (_, own) = rules::of(post.portal)?;
    let portal = post.portal.slug();
    let Asking { first_name, surname, email, language, consent: (version, sha256, at) } = *asking;
    let new = NewJoining {
        portal: portal.to_owned(),
        client_id: client.id,
        state: JoiningState::Asked,
        first_name: first_name.to_owned(),
        surname: surname.to_owned(),
        email: email.clone(),
        language: language.to_owned(),
        consent: Some((version.to_owned(), sha256.to_owned(), at)),
        grant: Grant::default(),
        now: post.now,
        expires_at: expiry::after_days(post.now, own.joining.request_days),
    };
    joinings::insert(transaction, new).await?;
    let person = record::person(first_name, surname, email);
    record::note(post, transaction, client.id, "access_asked", person).await?;
    let applicant_name = full_name(Some(first_name), surname);
    let (link, email) = (post.portal.link(USERS), email.to_string());
    let mail = Mail::Colleague(Colleague::AccessAsked {
        link: &link,
        organisation: &client.known.name,
        applicant: &applicant_name,
        applicant_email: &email,
    });
    tell_administrators(post, transaction, client.id, mail).await?;
    let portal = portal.to_owned();
    metrics::counter!("palier_joining_requests_total", "portal" => portal).increment(1);
    Ok(())
}

/// Writes the same to every active administrator of an organisation, each in their language.
async fn tell_administrators(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    client_id: i64,
    mail: Mail<'_>,
) -> Result<(), StoreError> {
    for (user, account) in client_users::list(transaction, post.portal.slug(), client_id).await? {
        if ClientUser::decides(&user) {
            let post = Post { language: &account.language, ..post };
            let name = full_name(account.first_name.as_deref(), &account.surname);
            post.send(transaction, &account.email, Some(&name), mail).await?;
        }
    }
    Ok(())
}

/// Tells somebody who has just become the first administrator how many ask to join, if any do.
pub(in super::super) async fn tell_waiting(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    designation: &Designation,
    organisation: &str,
) -> Result<(), StoreError> {
    let open = joinings::open_of(transaction, post.portal.slug(), designation.client_id).await?;
    let waits =
        |joining: &&joinings::Joining| joining.state == JoiningState::Asked && joining.expires_at > post.now;
    let count = u64::try_from(open.iter().filter(waits).count()).unwrap_or(u64::MAX);
    if count == 0 {
        return Ok(());
    }
    let link = post.portal.link(USERS);
    let mail = Mail::Colleague(Colleague::RequestsWaiting { link: &link, organisation, count });
    let name = full_name(Some(&designation.first_name), &designation.surname);
    post.send(transaction, &designation.email, Some(&name), mail).await
}
