//! The letters of a portal as its operator sees them: everything but their codes, which nobody knows.

use std::collections::HashMap;

use jiff::Timestamp;
use palier_domain::onboarding::LetterState;

use crate::account::Post;
use crate::onboarding::listing as onboarding;
use crate::store::partner_letters::{self, PartnerLetter};
use crate::store::partners::{self, Partner};
use crate::store::{StoreError, letters};

/// Letters to partners in one list.
const MOST: u64 = 5_000;

/// A letter and to whom it goes.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub(crate) reference: String,
    pub(crate) state: LetterState,
    pub(crate) asked_at: Timestamp,
    pub(crate) printed_at: Option<Timestamp>,
    pub(crate) posted_at: Option<Timestamp>,
    pub(crate) valid_until: Option<Timestamp>,
    /// Client number or user number.
    pub(crate) number: String,
    /// Name of the organisation or partner.
    pub(crate) name: String,
    /// Until when it isn't printed yet, since administrators can still object (A8).
    pub(crate) held_until: Option<Timestamp>,
}

/// The letters of a portal, the oldest first: of one state, or all.
pub(crate) async fn list(post: Post<'_>, state: Option<LetterState>) -> Result<Vec<Listed>, StoreError> {
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let mut all = Vec::new();
    if post.portal.onboarding.is_some() {
        let found = letters::list(conn, portal, state).await?;
        all.extend(onboarding::with_clients(post, found).await?.into_iter().map(to_representative));
    }
    if post.portal.partners.is_some() {
        let found = partner_letters::list(conn, portal, state, MOST).await?;
        let ids: Vec<i64> = found.iter().map(|letter| letter.partner_id).collect();
        let known: HashMap<i64, Partner> = partners::by_ids(conn, portal, &ids).await?;
        all.extend(found.into_iter().filter_map(|letter| {
            let partner = known.get(&letter.partner_id)?;
            Some(to_partner(letter, partner))
        }));
    }
    Ok(all)
}

fn to_representative(listed: onboarding::Listed) -> Listed {
    let onboarding::Listed { letter, client, held_until } = listed;
    Listed {
        reference: letter.reference,
        state: letter.state,
        asked_at: letter.asked_at,
        printed_at: letter.printed_at,
        posted_at: letter.posted_at,
        valid_until: letter.valid_until,
        number: client.known.number.to_string(),
        name: client.known.name,
        held_until,
    }
}

fn to_partner(letter: PartnerLetter, partner: &Partner) -> Listed {
    Listed {
        reference: letter.reference,
        state: letter.state,
        asked_at: letter.asked_at,
        printed_at: letter.printed_at,
        posted_at: letter.posted_at,
        valid_until: letter.valid_until,
        number: partner.known.number.to_string(),
        name: partner.known.name.clone(),
        held_until: None,
    }
}
