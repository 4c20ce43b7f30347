use super::{El, el};

/// Something to choose.
pub struct Card {
    /// Where it leads.
    pub href: String,
    /// What it is.
    pub title: String,
    /// Whom it is for; may be empty.
    pub text: String,
    /// It leads out of these pages.
    pub external: bool,
}

/// Things to choose from.
pub fn cards(all: Vec<Card>) -> El {
    all.into_iter().fold(el("ul").class("cards"), |list, card| {
        let Card { href, title, text, external } = card;
        let text = (!text.is_empty()).then(|| el("span").text(&text));
        let link = el("a").attr("href", &href).maybe("rel", external.then_some("external"));
        list.put(el("li").put(link.put(el("strong").text(&title)).put(text)))
    })
}
