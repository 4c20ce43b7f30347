//! A request to become an administrator stopped by those who run the portal, for whoever calls them with the reference
//! of its letter (A4).

use super::{Hand, letters, record};
use crate::account::Post;
use crate::mail::Mail;
use crate::mailroom::PrintError;
use crate::store::designations::{self, End};
use crate::store::letters::{Ending, Letter};
use crate::store::{StoreError, clients};

/// Ends the request that a letter is about as its code's refusal does, whatever became of the letter: it may wait, be on
/// its way, have come back or count no more. False when the request was decided already.
pub(super) async fn stop(post: Post<'_>, by: Hand<'_>, letter: &Letter) -> Result<bool, PrintError> {
    let transaction = post.state.store().begin().await?;
    let portal = post.portal.slug();
    // The organisation first, as everywhere: the code may be typed in this moment.
    let Some(client) = clients::held(&transaction, portal, letter.client_id).await? else { return Ok(false) };
    let designation = designations::by_id(&transaction, portal, letter.designation_id).await?;
    let Some(designation) = designation else { return Ok(false) };
    if !designations::end(&transaction, designation.id, End::Refused, post.now).await? {
        return Ok(false);
    }
    letters::call_off(post, &transaction, designation.id, Ending::Refused).await?;
    let mut details = by.letter(&letter.reference);
    details.extend(record::person(&designation.first_name, &designation.surname, &designation.email));
    record::note(post, &transaction, client.id, "designation_stopped", details).await?;
    let post = Post { language: &designation.language, ..post };
    let mail = Mail::DesignationRefused { organisation: &client.known.name };
    post.send(&transaction, &designation.email, None, mail).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(true)
}
