//! Who is told of a decision: the journal (A9), the user, and the administrators when there is one more or one less.

use palier_domain::onboarding::Decision;
use sea_orm::DatabaseTransaction;

use super::decide::Change;
use crate::account::{Post, full_name};
use crate::http::problem::ApiError;
use crate::mail::{Decided, Mail, What};
use crate::onboarding::administrator::Administrator;
use crate::onboarding::{record, rules, words};
use crate::store::accounts::Account;
use crate::store::client_users::{self, ClientUser};

/// A decision that was made.
#[derive(Clone, Copy)]
pub(super) struct Done<'a> {
    /// By whom.
    pub(super) decider: &'a Administrator,
    /// About whom.
    pub(super) whose: &'a Account,
    /// What they are now.
    pub(super) after: &'a ClientUser,
    /// What was decided.
    pub(super) change: Change<'a>,
}

impl Done<'_> {
    /// The entry of the journal, what the user is told, and what the administrators are.
    const fn texts(&self) -> (&'static str, What, Option<What>) {
        match self.change {
            Change::Rights(_) => ("rights_changed", What::RightsChanged, None),
            Change::Role(Decision::Suspend) => ("user_suspended", What::Suspended, None),
            Change::Role(Decision::Resume) => ("user_resumed", What::Resumed, None),
            // An administrator who is suspended still is one.
            Change::Role(Decision::Remove) if self.after.administrator => {
                ("user_removed", What::Removed, Some(What::OtherLost))
            }
            Change::Role(Decision::Remove) => ("user_removed", What::Removed, None),
            Change::Role(Decision::Promote) => ("administrator_named", What::Named, Some(What::OtherNamed)),
            Change::Role(Decision::Demote) => ("administrator_demoted", What::Demoted, Some(What::OtherLost)),
        }
    }
}

/// Writes the entry and the e-mails, in the transaction of the decision.
pub(super) async fn all(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    done: &Done<'_>,
) -> Result<(), ApiError> {
    let (kind, told, others) = done.texts();
    let Done { decider, whose, after, .. } = *done;
    let mut details = record::whose(whose);
    details.extend([record::by(&decider.account)]);
    if let Change::Rights(_) = done.change {
        details.extend(record::granted(&after.rights, after.administrator));
    }
    record::note(post, transaction, after.client_id, kind, details).await?;
    send(post, transaction, done, whose, told).await?;
    let Some(told) = others else { return Ok(()) };
    // The one who decided too: it may have been somebody else, in their name.
    let users = client_users::list(transaction, post.portal.slug(), after.client_id).await?;
    let administrators = users.iter().filter(|(user, _)| user.decides() && user.account_id != whose.id);
    for (_, administrator) in administrators {
        send(post, transaction, done, administrator, told).await?;
    }
    Ok(())
}

async fn send(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    done: &Done<'_>,
    to: &Account,
    what: What,
) -> Result<(), ApiError> {
    let (_, own) = rules::of(post.portal)?;
    let post = Post { language: &to.language, ..post };
    let texts = post.state.texts().portal(post.portal.slug(), post.language);
    let rights = words::rights(texts, own, post.language, &done.after.rights);
    let name = |account: &Account| full_name(account.first_name.as_deref(), &account.surname);
    let mail = Decided {
        what,
        organisation: &done.decider.client.known.name,
        user: &name(done.whose),
        by: &name(&done.decider.account),
        rights: &rights,
    };
    post.send(transaction, &to.email, Some(&name(to)), Mail::Decided(mail)).await?;
    Ok(())
}
