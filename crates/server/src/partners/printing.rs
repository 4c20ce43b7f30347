//! Letters to partners printed in a batch: each with a provisional password that is on paper only (P2, P3).

use palier_domain::credentials::{Event, Held};
use palier_domain::onboarding::LetterState;
use palier_domain::values::LetterCode;

use super::{give, hash};
use crate::account::Post;
use crate::mailroom::{BATCH, PrintError};
use crate::paper::{About, Letter as Paper, LetterFacts};
use crate::store::partner_letters::{self as store, PartnerLetter};
use crate::store::partners::{self, Partner};
use crate::store::{StoreError, partner_letters};

/// A batch that is set and not yet printed.
pub(crate) struct Set {
    pub(crate) pdf: Vec<u8>,
    letters: Vec<(PartnerLetter, LetterCode)>,
}

impl Set {
    pub(crate) fn references(&self) -> Vec<String> {
        self.letters.iter().map(|(letter, _)| letter.reference.clone()).collect()
    }
}

/// Sets what waits, the oldest first and at most [`BATCH`]; none when nothing waits.
pub(crate) async fn prepare(post: Post<'_>) -> Result<Option<Set>, PrintError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let waiting = partner_letters::list(conn, portal, Some(LetterState::Asked), BATCH).await?;
    let mut letters = Vec::new();
    let mut papers = Vec::new();
    for letter in waiting {
        let Some(partner) = partners::by_id(conn, portal, letter.partner_id).await? else { continue };
        let Some(address) = &partner.known.address else { continue };
        let secret = post.state.entropy().letter_code();
        let facts = LetterFacts {
            reference: letter.reference.clone(),
            code: secret.clone(),
            valid_until: post.portal.credentials.letter_until(post.now),
            address: address.lines().to_vec(),
            about: About::Partner {
                name: partner.known.name.clone(),
                number: partner.known.number.to_string(),
            },
        };
        let language = post.portal.language.as_str();
        let texts = post.state.texts().portal(portal, language);
        papers.push(Paper::new(post.portal, texts, post.state.documents(), language, post.now, facts)?);
        letters.push((letter, secret));
    }
    if letters.is_empty() {
        return Ok(None);
    }
    let pdf = post.state.press().print_letters(papers).await?;
    Ok(Some(Set { pdf, letters }))
}

/// Marks a batch printed: from now on its passwords count.
pub(crate) async fn seal(post: Post<'_>, set: &Set) -> Result<(), PrintError> {
    let until = post.portal.credentials.letter_until(post.now);
    let transaction = post.state.store().begin().await?;
    // Always in the same order: two batches at once don't wait for one another for ever.
    let mut letters: Vec<&(PartnerLetter, LetterCode)> = set.letters.iter().collect();
    letters.sort_by_key(|(letter, _)| letter.partner_id);
    for (letter, secret) in letters {
        let held = partners::held(&transaction, post.portal.slug(), letter.partner_id).await?;
        let partner: Partner = held.filter(waits).ok_or(PrintError::Crossed)?;
        let access = partner.opening.access.after(Event::Print { until }, post.now);
        let access = access.map_err(|_| PrintError::Crossed)?;
        give::keep(&transaction, &partner, access, Some(hash(secret))).await?;
        if !store::print(&transaction, letter.id, post.now, until).await? {
            return Err(PrintError::Crossed);
        }
    }
    transaction.commit().await.map_err(|error| PrintError::Unknown(StoreError::from(error)))?;
    let printed = u64::try_from(set.letters.len()).unwrap_or_default();
    metrics::counter!("palier_letters_printed_total", "portal" => post.portal.slug().to_owned())
        .increment(printed);
    Ok(())
}

fn waits(partner: &Partner) -> bool {
    partner.opening.access.held == Held::Ordered
}
