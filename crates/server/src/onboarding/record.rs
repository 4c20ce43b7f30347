//! Entries of an organisation's journal (A9).

use palier_domain::values::Email;
use sea_orm::ConnectionTrait;

use crate::account::{Post, full_name};
use crate::store::StoreError;
use crate::store::journal::{self, Details};

/// Writes what happened, in the transaction of what happened.
pub(super) async fn note<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
    kind: &str,
    details: Details,
) -> Result<(), StoreError> {
    journal::append(conn, post.portal.slug(), client_id, post.now, kind, &details).await
}

/// Who an entry is about.
pub(super) fn person(first_name: &str, surname: &str, email: &Email) -> Details {
    Details::from([
        ("name".to_owned(), full_name(Some(first_name), surname)),
        ("email".to_owned(), email.to_string()),
    ])
}

/// The letter that an entry is about.
pub(super) fn letter(reference: &str) -> Details {
    Details::from([("letter".to_owned(), reference.to_owned())])
}
