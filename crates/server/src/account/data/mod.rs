//! The export of one's data (D4): what is kept of who is signed in and how long, and a file with all of it. See
//! `docs/decisions/0022-data.md`.

mod archive;
mod download;
mod routes;
mod words;

use palier_domain::profile::{DataView, KeptView};
use palier_domain::retention::Roles;

pub(super) use self::routes::routes;
use super::post::Post;
use super::session::Current;
use crate::retention::{period, what};
use crate::store::{StoreError, client_users, organisations, partners};

/// How long what isn't needed any more is kept: the rows of the retention table that concern who is signed in, in words.
async fn kept(post: Post<'_>, current: &Current) -> Result<DataView, StoreError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let id = current.account().id;
    let roles = Roles {
        tenant: post.portal.public.tenancy.is_some(),
        correspondent: organisations::by_account(conn, portal, id).await?.is_some(),
        user: client_users::of_account(conn, portal, id).await?.is_some(),
        partner: partners::by_account(conn, portal, id).await?.is_some(),
    };
    let texts = post.state.texts().portal(portal, post.language);
    let concerning = post.portal.retention.kept.rows().filter(|(rule, _)| rule.kind.concerns(roles));
    let kept = concerning.map(|(rule, count)| KeptView {
        what: words::capital(what(texts, rule)),
        period: period(texts, rule, count),
    });
    Ok(DataView { kept: kept.collect() })
}
