//! What the operator does with letters, for programs that hold a server's state themselves: no address of the API does
//! it, so that the whole journey can't be walked from outside without this (A4).

use super::{Fate, Hand};
use crate::account::Post;
use crate::config::PortalConfig;
use crate::http::state::AppState;
use crate::mailroom;

/// Prints what waits, the oldest first, into one PDF; none when nothing waits.
///
/// # Errors
/// Why nothing was printed, in words for the operator.
pub async fn print_letters(state: &AppState, portal: &PortalConfig) -> Result<Option<Vec<u8>>, String> {
    let post = Post::new(state, portal, &portal.language);
    mailroom::print_to_memory(post, Hand::Commands).await.map_err(|error| error.to_string())
}

/// Notes what became of the letter with that reference; false when that can't be, or there is none.
///
/// # Errors
/// Why nothing was noted, in words for the operator.
pub async fn note_fate(
    state: &AppState,
    portal: &PortalConfig,
    reference: &str,
    fate: Fate,
) -> Result<bool, String> {
    let post = Post::new(state, portal, &portal.language);
    let found = mailroom::find(post, reference).await.map_err(|error| error.to_string())?;
    let Some(letter) = found else { return Ok(false) };
    mailroom::note(post, Hand::Commands, &letter, fate).await.map_err(|error| error.to_string())
}
