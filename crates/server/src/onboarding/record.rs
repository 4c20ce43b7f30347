//! Entries of an organisation's journal (A9).

use palier_domain::onboarding::Rights;
use palier_domain::values::Email;
use sea_orm::ConnectionTrait;

use crate::account::{Post, full_name};
use crate::store::StoreError;
use crate::store::accounts::Account;
use crate::store::journal::{self, Details};

/// Every kind of entry, the texts of which are `journal.<kind>`.
const KINDS: [&str; 30] = [
    "designation_asked",
    "designation_lapsed",
    "designation_refused",
    "designation_stopped",
    "designation_objected",
    "takeover_asked",
    "letter_asked",
    "letter_printed",
    "letter_posted",
    "letter_returned",
    "letter_lost",
    "letter_revoked",
    "letter_locked",
    "administrator_designated",
    "access_asked",
    "access_granted",
    "access_refused",
    "access_expired",
    "access_withdrawn",
    "invitation_sent",
    "invitation_sent_again",
    "invitation_cancelled",
    "colleague_active",
    "rights_changed",
    "user_suspended",
    "user_resumed",
    "user_removed",
    "user_left",
    "administrator_named",
    "administrator_demoted",
];

/// Writes what happened, in the transaction of what happened.
pub(super) async fn note<C: ConnectionTrait>(
    post: Post<'_>,
    conn: &C,
    client_id: i64,
    kind: &str,
    details: Details,
) -> Result<(), StoreError> {
    debug_assert!(KINDS.contains(&kind), "nothing tells what {kind} is");
    journal::append(conn, post.portal.slug(), client_id, post.now, kind, &details).await
}

/// Who an entry is about.
pub(super) fn person(first_name: &str, surname: &str, email: &Email) -> Details {
    Details::from([
        ("name".to_owned(), full_name(Some(first_name), surname)),
        ("email".to_owned(), email.to_string()),
    ])
}

/// The same of who has an account.
pub(super) fn whose(account: &Account) -> Details {
    let name = full_name(account.first_name.as_deref(), &account.surname);
    Details::from([("name".to_owned(), name), ("email".to_owned(), account.address())])
}

/// Which administrator decided.
pub(super) fn by(account: &Account) -> (String, String) {
    ("by".to_owned(), full_name(account.first_name.as_deref(), &account.surname))
}

/// What somebody may do from then on: `prets: act, echeances: consult`, and their role.
pub(super) fn granted(rights: &Rights, administrator: bool) -> [(String, String); 2] {
    let rights: Vec<String> =
        rights.iter().map(|(service, level)| format!("{service}: {}", level.name())).collect();
    let role = if administrator { "administrator" } else { "user" };
    [("rights".to_owned(), rights.join(", ")), ("role".to_owned(), role.to_owned())]
}

/// The letter that an entry is about.
pub(super) fn letter(reference: &str) -> Details {
    Details::from([("letter".to_owned(), reference.to_owned())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::texts::{Catalog, LANGUAGES, placeholders};

    #[test]
    fn every_kind_has_its_text_in_every_language() {
        let known = ["name", "email", "role", "rights", "by", "letter", "reason"];
        let catalog = Catalog::new();
        for language in LANGUAGES {
            for kind in KINDS {
                let text = catalog.shared(language).find(&format!("journal.{kind}"));
                let text = text.unwrap_or_else(|| panic!("{language}: journal.{kind} is missing"));
                let unknown: Vec<_> =
                    placeholders(text).into_iter().filter(|name| !known.contains(name)).collect();
                assert!(unknown.is_empty(), "{language}: {kind}: {unknown:?}");
            }
        }
    }
}
