//! Letters to partners among the others.

use jiff::Timestamp;
use palier_domain::desk::LetterRow;
use palier_domain::onboarding::LetterState;

use crate::account::Post;
use crate::desk::paging::day;
use crate::mailroom::last;
use crate::store::letters::{ending_name, state_name};
use crate::store::partner_letters::{self, PartnerLetter};
use crate::store::partners::{self, Partner};
use crate::store::{Part, StoreError};

/// A part of those that are found.
pub(super) async fn page(
    post: Post<'_>,
    text: &str,
    wanted: Option<LetterState>,
    part: Part,
) -> Result<Vec<LetterRow>, StoreError> {
    if part.most == 0 {
        return Ok(Vec::new());
    }
    let (conn, portal) = (post.state.store().read(), post.portal.slug());
    let found = partner_letters::page(conn, portal, text, wanted, part).await?;
    let ids: Vec<i64> = found.iter().map(|letter| letter.partner_id).collect();
    let known = partners::by_ids(conn, portal, &ids).await?;
    Ok(found.iter().filter_map(|letter| Some(row(post, letter, known.get(&letter.partner_id)?))).collect())
}

fn row(post: Post<'_>, letter: &PartnerLetter, partner: &Partner) -> LetterRow {
    let on = |at: Option<Timestamp>| at.map(|at| day(post.portal, at));
    let sent = matches!(letter.state, LetterState::Printed | LetterState::Posted);
    LetterRow {
        reference: letter.reference.clone(),
        organisation: partner.known.name.clone(),
        number: partner.known.number.to_string(),
        recipient: String::new(),
        state: state_name(letter.state).to_owned(),
        expired: sent && letter.valid_until.is_some_and(|until| until <= post.now),
        open: letter.ended_at.is_none(),
        asked: day(post.portal, letter.asked_at),
        held_until: None,
        printed: on(letter.printed_at),
        posted: on(letter.posted_at),
        returned: on(letter.returned_at),
        valid_until: on(letter.valid_until.map(last)),
        ended: on(letter.ended_at),
        ending: letter.ending.map(|ending| ending_name(ending).to_owned()),
    }
}
