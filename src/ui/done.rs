use super::{El, Piece, el};
use crate::html;

/// Says that something is done: a heading and what it means.
pub fn done(heading: impl Piece, text: &str) -> El {
    el("div").class("done").put(html![heading, el("p").text(text)])
}
