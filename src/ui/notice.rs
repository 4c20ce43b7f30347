use super::{El, Piece, el};
use crate::html;

/// How a notice looks and sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Information,
    /// Something to do.
    Warning,
    /// Something failed.
    Danger,
    /// Something was done.
    Success,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Information => "notice",
            Self::Warning => "notice warning",
            Self::Danger => "notice danger",
            Self::Success => "notice success",
        }
    }
}

/// A box apart. `announced`: it appears after something was done, and screen readers say it.
pub fn notice_box(tone: Tone, announced: bool, title: Option<&str>, content: impl Piece) -> El {
    let role = if tone == Tone::Danger { "alert" } else { "status" };
    el("div")
        .class(tone.class())
        .maybe("role", announced.then_some(role))
        .put(html![title.map(|title| el("h2").text(title)), content])
}
