use palier_domain::onboarding::UserState;
use palier_domain::values::{Email, LoginIdentifier, UserNumber};
use sea_orm::DatabaseTransaction;

use crate::account::subject;
use crate::config::PortalConfig;
use crate::http::state::AppState;
use crate::store::accounts::{self, Account};
use crate::store::desk_journal::{self, Act};
use crate::store::{StoreError, client_users, erasure, partners};

/// What the journal calls who starts the operator's commands: nobody has a name there.
const COMMANDS: &str = "-";

/// What became of a wish to erase somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erased {
    /// The account with that identifier is erased.
    Account(String),
    /// The partner with that number, who had no account yet, is deleted.
    Partner(String),
    /// They still act for an organisation, whose administrators remove them first (A8).
    ActsForOrganisation,
    /// Nobody is called that.
    Unknown,
}

/// Erases one person at once (D4), whatever the retention table says: by e-mail address, identifier or user number. It is
/// written down in the desk's journal under the number or identifier alone.
pub async fn erase(state: &AppState, portal: &PortalConfig, who: &str) -> Result<Erased, StoreError> {
    let transaction = state.store().begin().await?;
    let slug = portal.slug();
    let number = UserNumber::parse(who).ok();
    let partner = match &number {
        Some(number) => partners::by_number(&transaction, slug, number).await?,
        None => None,
    };
    let account = match &partner {
        Some(partner) => match partner.opening.account_id {
            Some(id) => accounts::by_id(&transaction, slug, id).await?,
            None => None,
        },
        None => called(&transaction, slug, who).await?,
    };
    let erased = match (account, partner) {
        (Some(account), _) => {
            let user = client_users::of_account(&transaction, slug, account.id).await?;
            if user.is_some_and(|user| user.state != UserState::Removed) {
                return Ok(Erased::ActsForOrganisation);
            }
            erasure::erase(&transaction, slug, account.id, &subject(account.id), state.now()).await?;
            Erased::Account(account.identifier.as_str().to_owned())
        }
        (None, Some(partner)) => {
            partners::delete(&transaction, partner.id).await?;
            Erased::Partner(partner.known.number.as_str().to_owned())
        }
        (None, None) => return Ok(Erased::Unknown),
    };
    let subject = match (&number, &erased) {
        (Some(number), _) => number.as_str(),
        (None, Erased::Account(identifier)) => identifier,
        _ => "",
    };
    let act = Act { staff: COMMANDS, kind: "erased", subject };
    desk_journal::append(&transaction, slug, state.now(), act).await?;
    transaction.commit().await?;
    Ok(erased)
}

async fn called(conn: &DatabaseTransaction, portal: &str, who: &str) -> Result<Option<Account>, StoreError> {
    if let Ok(email) = Email::parse(who) {
        return accounts::with_email_key(conn, portal, &email.key()).await;
    }
    match LoginIdentifier::parse(who) {
        Ok(identifier) => accounts::by_identifier(conn, portal, &identifier).await,
        Err(_) => Ok(None),
    }
}
