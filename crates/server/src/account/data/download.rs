use jiff::SignedDuration;
use palier_domain::profile::DataForm;
use sea_orm::ConnectionTrait;

use super::{archive, words};
use crate::account::refusal::{self, Limit};
use crate::account::session::Current;
use crate::account::{Post, own, subject, who};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::mail::Mail;
use crate::store::{StoreError, accounts, export};

const DAY: SignedDuration = SignedDuration::from_hours(24);
/// Files that an account is given. People want one; who loses it wants another one.
const OF_ACCOUNT: Limit = Limit { kind: "data", times: 5, window: DAY };
/// Files that are given to one place, where several people may sit.
const OF_PLACE: Limit = Limit { kind: "data_place", times: 20, window: DAY };

/// Compares the password, reads everything that is kept of who is signed in as it is at one moment, and tells them by e-mail.
/// The file is made before that is written: an e-mail says that there is one.
pub(super) async fn make(
    post: Post<'_>,
    client: Client,
    current: Current,
    form: &DataForm,
) -> Result<Vec<u8>, ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let id = current.account().id;
    let portal = post.portal.slug();
    let (own, place) = (subject(id), client.place());
    let limits = [(OF_ACCOUNT, own.as_str()), (OF_PLACE, place.as_str())];
    for (limit, key) in limits {
        limit.check(post.state.store().read(), portal, key, post.now).await?;
    }
    let present = own::present(post, client, current.into_account(), &form.present).await?;
    let snapshot = post.state.store().snapshot().await?;
    let lists = read(&snapshot, post, id).await?;
    snapshot.rollback().await.map_err(StoreError::from)?;
    let file = archive::zip(post, words::files(post, &lists)?).await?;

    let transaction = post.state.store().begin().await?;
    let account = present.held(&transaction).await?;
    for (limit, key) in limits {
        limit.admit(&transaction, portal, key, post.now).await?;
    }
    let mail = Mail::DataDownloaded { device: client.device };
    post.send(&transaction, &account.email, Some(&who::name(&account)), mail).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(file)
}

async fn read<C: ConnectionTrait>(conn: &C, post: Post<'_>, id: i64) -> Result<Vec<export::List>, ApiError> {
    let account = accounts::by_id(conn, post.portal.slug(), id).await?.ok_or_else(refusal::signed_out)?;
    Ok(export::of(conn, &account, &subject(id)).await?)
}
