use super::{El, el};
use crate::html;

/// A list under a heading, apart from the text.
pub fn panel(id: &str, title: &str, items: &[String]) -> El {
    let items = items.iter().fold(el("ul"), |list, item| list.put(el("li").text(item)));
    let title = el("h2").id(id).text(title);
    el("section").class("panel").attr("aria-labelledby", id).put(html![title, items])
}
