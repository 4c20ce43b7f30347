//! The present password, asked again of who is signed in: a session found open is not enough to take an account away.

use palier_domain::values::Password;
use palier_domain::wire::code;
use sea_orm::DatabaseTransaction;

use crate::account::lockout::Admitted;
use crate::account::{Post, Tries, refusal, subject, warning};
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::store::accounts::{self, Account};

/// The password typed was right, a moment ago.
pub(crate) struct Present<'a> {
    post: Post<'a>,
    tries: Tries<'a>,
    admitted: Admitted,
    compared: Account,
}

/// Compares what was typed with the account's password. Wrong tries are counted with those of signing in (P6), and end
/// in the same lock.
pub(crate) async fn compare<'a>(
    post: Post<'a>,
    client: Client,
    account: Account,
    typed: &str,
) -> Result<Present<'a>, ApiError> {
    let tries = Tries::new(post.state, post.portal, subject(account.id), client);
    let admitted = tries.admit().await?;
    match post.state.passwords().verify(&Password::given(typed), Some(&account.password_hash)).await {
        Ok(true) => Ok(Present { post, tries, admitted, compared: account }),
        Ok(false) => {
            if let Some(until) = admitted.locked_until {
                warning::tell(post, Some(&account), &subject(account.id), until).await?;
            }
            Err(tries.refused_as(code::PASSWORD_REFUSED, admitted))
        }
        Err(busy) => {
            tries.take_back().await?;
            Err(busy.into())
        }
    }
}

impl Present<'_> {
    /// The account as it is now, held until the transaction ends, with its tries forgiven. Refused when the password was
    /// changed while it was being compared.
    pub(crate) async fn held(&self, transaction: &DatabaseTransaction) -> Result<Account, ApiError> {
        let portal = self.post.portal.slug();
        let id = self.compared.id;
        if !accounts::hold(transaction, portal, id).await? {
            return Err(refusal::signed_out());
        }
        let account = accounts::by_id(transaction, portal, id).await?.ok_or_else(refusal::signed_out)?;
        if account.password_hash != self.compared.password_hash {
            return Err(self.tries.refused_as(code::PASSWORD_REFUSED, self.admitted));
        }
        self.tries.forgive(transaction, self.post.now).await?;
        Ok(account)
    }
}
