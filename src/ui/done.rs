use super::{El, Html, el};
use crate::html;

/// Says that something is done: a heading and what it means.
pub fn done(heading: impl Into<Html>, text: &str) -> El {
    let heading: Html = heading.into();
    el("div").class("done").put(html![heading, el("p").text(text)])
}
