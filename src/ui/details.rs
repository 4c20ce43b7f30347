use super::{El, Piece, el};
use crate::html;

/// A picture that explains, with its legend.
pub struct Picture {
    /// Its address.
    pub src: String,
    /// What it shows, for those who don't see it.
    pub alt: String,
    /// What is said under it.
    pub caption: String,
}

/// Something shown on demand.
pub fn details(open: bool, summary: &str, content: impl Piece) -> El {
    el("details").flag("open", open).put(html![el("summary").text(summary), content])
}

impl Picture {
    /// Shows it; its size is given so that nothing moves when it arrives.
    pub fn view(self) -> El {
        let image = el("img")
            .attr("loading", "lazy")
            .attr("src", &self.src)
            .attr("width", "320")
            .attr("height", "300");
        // The RGAA (1.9) asks for the role and the legend's name beside the element.
        let figure = el("figure").attr("role", "figure").attr("aria-label", &self.caption);
        figure.put(html![image.attr("alt", &self.alt), el("figcaption").text(&self.caption)])
    }
}
