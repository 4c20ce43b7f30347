//! Pieces of page, and fragments that hold several of them.

use leptos::prelude::document;
use leptos::tachys::renderer::dom::Dom;
use web_sys::Node;

use super::El;

/// Pieces of page that stand one after the other, and in no page yet.
#[derive(Debug)]
pub struct Html(pub(super) Node);

/// What a page is put together from.
pub trait Piece {
    /// Puts it at the end of `parent`.
    fn put_into(self, parent: &Node);
}

/// Pieces of page, one after the other.
#[macro_export]
macro_rules! html {
    ($($piece:expr),* $(,)?) => {{
        let all = $crate::ui::Html::default();
        $( all.add($piece); )*
        all
    }};
}

#[inline(never)]
pub(super) fn add(parent: &Node, child: &Node) {
    // It fails for nodes that contain their new parent only.
    let _ = parent.append_child(child);
}

impl Html {
    /// Adds a piece at the end.
    pub fn add(&self, piece: impl Piece) {
        piece.put_into(&self.0);
    }
}

impl Default for Html {
    fn default() -> Self {
        Self(document().create_document_fragment().into())
    }
}

impl Piece for Html {
    fn put_into(self, parent: &Node) {
        add(parent, &self.0);
    }
}

impl Piece for &str {
    fn put_into(self, parent: &Node) {
        add(parent, &Dom::create_text_node(self));
    }
}

impl Piece for String {
    fn put_into(self, parent: &Node) {
        self.as_str().put_into(parent);
    }
}

impl<T: Piece> Piece for Vec<T> {
    fn put_into(self, parent: &Node) {
        for piece in self {
            piece.put_into(parent);
        }
    }
}

impl<T: Piece> Piece for Option<T> {
    fn put_into(self, parent: &Node) {
        if let Some(piece) = self {
            piece.put_into(parent);
        }
    }
}

impl From<El> for Html {
    fn from(piece: El) -> Self {
        html![piece]
    }
}

impl<T: Piece> From<Option<T>> for Html {
    fn from(piece: Option<T>) -> Self {
        html![piece]
    }
}

impl From<Vec<El>> for Html {
    fn from(pieces: Vec<El>) -> Self {
        html![pieces]
    }
}
