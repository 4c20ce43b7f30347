//! Letters printed in a batch, posted, brought back, lost: what the operator does (A4).

use std::collections::BTreeSet;

use palier_domain::onboarding::LetterState;
use palier_domain::values::LetterCode;
use sea_orm::DatabaseTransaction;

use super::letters::{self, Told};
use super::{Hand, activation, follow, record, rules};
use crate::account::{Post, full_name};
use crate::mailroom::{BATCH, PrintError};
use crate::paper::{About, Letter as Paper, LetterFacts};
use crate::store::letters::{self as store, Letter};
use crate::store::{StoreError, clients, designations};

/// A batch that is set and not yet printed.
pub(crate) struct Set {
    pub(crate) pdf: Vec<u8>,
    letters: Vec<(Letter, LetterCode)>,
}

impl Set {
    pub(crate) fn references(&self) -> Vec<String> {
        self.letters.iter().map(|(letter, _)| letter.reference.clone()).collect()
    }
}

/// Sets what waits, the oldest first and at most [`BATCH`]; none when nothing waits.
pub(crate) async fn prepare(post: Post<'_>) -> Result<Option<Set>, PrintError> {
    rules::of(post.portal)?;
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    // Those that administrators can still object to take nobody's place in the batch.
    let held = designations::held(conn, portal, post.now).await?;
    let mut waiting = store::list(conn, portal, Some(LetterState::Asked)).await?;
    waiting.retain(|letter| !held.contains_key(&letter.designation_id));
    let mut letters = Vec::new();
    let mut papers = Vec::new();
    for letter in waiting.into_iter().take(usize::try_from(BATCH).unwrap_or(usize::MAX)) {
        let designation = designations::by_id(conn, portal, letter.designation_id).await?;
        let client = clients::by_id(conn, portal, letter.client_id).await?;
        let (Some(designation), Some(client)) = (designation, client) else { continue };
        let code = post.state.entropy().letter_code();
        let facts = LetterFacts {
            reference: letter.reference.clone(),
            code: code.clone(),
            valid_until: post.portal.credentials.letter_until(post.now),
            address: client.known.address.lines().to_vec(),
            about: About::Administrator {
                function: client.known.representative.clone(),
                organisation: client.known.name.clone(),
                client_number: client.known.number.to_string(),
                applicant: full_name(Some(&designation.first_name), &designation.surname),
            },
        };
        // To the legal representative of a French organisation: in the portal's language, whoever applied.
        let language = post.portal.language.as_str();
        let texts = post.state.texts().portal(portal, language);
        papers.push(Paper::new(post.portal, texts, post.state.documents(), language, post.now, facts)?);
        letters.push((letter, code));
    }
    if letters.is_empty() {
        return Ok(None);
    }
    let pdf = post.state.press().print_letters(papers).await?;
    Ok(Some(Set { pdf, letters }))
}

/// Marks a batch printed: from now on its codes count.
pub(crate) async fn seal(post: Post<'_>, by: Hand<'_>, set: &Set) -> Result<(), PrintError> {
    let until = post.portal.credentials.letter_until(post.now);
    let transaction = post.state.store().begin().await?;
    // The organisations first, as everywhere, and always in the same order.
    let organisations: BTreeSet<i64> = set.letters.iter().map(|(letter, _)| letter.client_id).collect();
    for client in organisations {
        clients::held(&transaction, post.portal.slug(), client).await?;
    }
    for (letter, code) in &set.letters {
        if !store::print(&transaction, letter.id, &activation::hash(code), post.now, until).await? {
            return Err(PrintError::Crossed);
        }
        let details = by.letter(&letter.reference);
        record::note(post, &transaction, letter.client_id, "letter_printed", details).await?;
    }
    transaction.commit().await.map_err(|error| PrintError::Unknown(StoreError::from(error)))?;
    let printed = u64::try_from(set.letters.len()).unwrap_or_default();
    metrics::counter!("palier_letters_printed_total", "portal" => post.portal.slug().to_owned())
        .increment(printed);
    Ok(())
}

/// Notes that a letter was posted, and tells its applicant. False when it isn't one that waits to be posted.
pub(super) async fn posted(post: Post<'_>, by: Hand<'_>, letter: &Letter) -> Result<bool, PrintError> {
    let transaction = post.state.store().begin().await?;
    // The organisation first, as everywhere: whoever holds one thing and waits for another would wait for ever.
    clients::held(&transaction, post.portal.slug(), letter.client_id).await?;
    if !store::post(&transaction, letter.id, post.now).await? {
        return Ok(false);
    }
    let details = by.letter(&letter.reference);
    record::note(post, &transaction, letter.client_id, "letter_posted", details).await?;
    tell(post, &transaction, letter, Told::Posted).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(true)
}

/// Tells the applicant, in their language, what became of their letter.
async fn tell(
    post: Post<'_>,
    transaction: &DatabaseTransaction,
    letter: &Letter,
    told: Told,
) -> Result<(), StoreError> {
    let portal = post.portal.slug();
    let designation = designations::by_id(transaction, portal, letter.designation_id).await?;
    let client = clients::by_id(transaction, portal, letter.client_id).await?;
    if let (Some(designation), Some(client)) = (designation, client) {
        let post = Post { language: &designation.language, ..post };
        letters::tell(post, transaction, &client, designation.id, &designation.email, told).await?;
    }
    Ok(())
}

/// Notes that the post brought a letter back, and tells its applicant. False when it isn't one that is on its way.
pub(super) async fn returned(post: Post<'_>, by: Hand<'_>, letter: &Letter) -> Result<bool, PrintError> {
    let transaction = post.state.store().begin().await?;
    clients::held(&transaction, post.portal.slug(), letter.client_id).await?;
    if !store::give_back(&transaction, letter.id, post.now).await? {
        return Ok(false);
    }
    let details = by.letter(&letter.reference);
    record::note(post, &transaction, letter.client_id, "letter_returned", details).await?;
    tell(post, &transaction, letter, Told::Returned).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    post.state.outbox().wake();
    Ok(true)
}

/// Declares a letter lost: its code counts no more, and another one waits to be printed. False when it
/// wasn't printed yet, or is over already.
pub(super) async fn lost(post: Post<'_>, by: Hand<'_>, letter: &Letter) -> Result<bool, PrintError> {
    let conn = post.state.store().read();
    let designation = designations::by_id(conn, post.portal.slug(), letter.designation_id).await?;
    let is_printed = letter.state != LetterState::Asked;
    match designation.filter(|designation| designation.open && is_printed) {
        Some(designation) => Ok(follow::replace(post, by, letter, &designation).await?),
        None => Ok(false),
    }
}
