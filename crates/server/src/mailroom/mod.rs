//! All letters of a portal, whatever they are about, as its operator handles them: listed, printed in a batch, posted,
//! brought back, lost (A4, P2).

mod batch;
mod listing;

pub(crate) use batch::{BATCH, PrintError, print, print_to_memory};
pub(crate) use listing::{Listed, list};

use jiff::{SignedDuration, Timestamp};
use palier_domain::onboarding::LetterState;
use palier_domain::values::LoginIdentifier;

use crate::account::Post;
use crate::onboarding::{Fate, Hand};
use crate::partners::letters as partner;
use crate::store::letters::Letter;
use crate::store::partner_letters::PartnerLetter;
use crate::store::{StoreError, letters, partner_letters};

/// A letter that somebody named.
pub(crate) enum Known {
    /// To a legal representative.
    Representative(Letter),
    /// To a partner.
    Partner(PartnerLetter),
}

impl Known {
    /// See [`Letter::reference`].
    pub(crate) fn reference(&self) -> &str {
        match self {
            Self::Representative(letter) => &letter.reference,
            Self::Partner(letter) => &letter.reference,
        }
    }

    /// How far it has come.
    pub(crate) const fn state(&self) -> LetterState {
        match self {
            Self::Representative(letter) => letter.state,
            Self::Partner(letter) => letter.state,
        }
    }
}

/// The letter with a reference as somebody types it.
pub(crate) async fn find(post: Post<'_>, typed: &str) -> Result<Option<Known>, StoreError> {
    let Some(reference) = reference(typed) else { return Ok(None) };
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    if let Some(letter) = letters::by_reference(conn, portal, &reference).await? {
        return Ok(Some(Known::Representative(letter)));
    }
    Ok(partner_letters::by_reference(conn, portal, &reference).await?.map(Known::Partner))
}

/// Notes what became of a letter; false when that can't be.
pub(crate) async fn note(
    post: Post<'_>,
    by: Hand<'_>,
    letter: &Known,
    fate: Fate,
) -> Result<bool, PrintError> {
    match (letter, fate) {
        (Known::Representative(letter), fate) => fate.note(post, by, letter).await,
        (Known::Partner(letter), Fate::Posted) => partner::posted(post, by, letter).await,
        (Known::Partner(letter), Fate::Returned) => partner::returned(post, by, letter).await,
        (Known::Partner(letter), Fate::Lost) => partner::lost(post, by, letter).await,
        // Nobody asked for it: there is nothing to stop.
        (Known::Partner(_), Fate::Refused) => Ok(false),
    }
}

/// How a letter is called: `C-K7TM-94PX`.
pub(crate) fn of_identifier(identifier: &LoginIdentifier) -> String {
    format!("C-{identifier}")
}

/// A reference as somebody types it: in any case, with or without `C-` and dashes.
fn reference(typed: &str) -> Option<String> {
    let typed = typed.trim_start();
    let identifier = match typed.strip_prefix("C-").or_else(|| typed.strip_prefix("c-")) {
        Some(bare) => LoginIdentifier::parse(bare),
        // Identifiers have that letter too: it is the mark only where it is one too many.
        None => LoginIdentifier::parse(typed)
            .or_else(|error| LoginIdentifier::parse(typed.strip_prefix(['C', 'c']).ok_or(error)?)),
    };
    Some(of_identifier(&identifier.ok()?))
}

/// The last moment at which a code counts that counts until `until`: what people are told is a day on which it does.
pub(crate) fn last(until: Timestamp) -> Timestamp {
    until.checked_sub(SignedDuration::from_secs(1)).unwrap_or(until)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_they_are_typed() {
        for typed in ["C-K7TM-94PX", "c-k7tm-94px", "K7TM-94PX", "k7tm94px", " ck7tm 94px ", "C–K7TM–94PX"]
        {
            assert_eq!(reference(typed).as_deref(), Some("C-K7TM-94PX"), "{typed}");
        }
        // One that begins with the mark's letter, with and without the mark.
        for typed in ["C-C7TM-94PX", "cc7tm94px", "C7TM-94PX"] {
            assert_eq!(reference(typed).as_deref(), Some("C-C7TM-94PX"), "{typed}");
        }
        for typed in ["", "C-", "C-K7TM-94P", "CC-K7TM-94PX", "D-K7TM-94PX", "C-K7TM-94P0"] {
            assert_eq!(reference(typed), None, "{typed}");
        }
    }
}
