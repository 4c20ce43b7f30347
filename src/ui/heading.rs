use leptos::prelude::document;

use super::{El, Live, el, keep_right};
use crate::nav::Nav;

/// The page's heading and what it is called in the title bar.
pub struct Heading {
    /// The heading.
    pub text: String,
    /// What follows it in the title: the step, then the site's name.
    pub title_end: String,
    /// What precedes it while the page shows errors; empty otherwise.
    pub title_start: Live<String>,
}

/// Shows it, gives it the focus when the person just arrived, and names the page.
pub fn heading(nav: &Nav, heading: Heading) -> El {
    let Heading { text, title_end, title_start } = heading;
    let shown = el("h1").attr("tabindex", "-1").text(&text);
    keep_right(move || document().set_title(&format!("{}{text}{title_end}", title_start.ask())));
    if nav.take_arrival() { shown.focus_when_shown(true) } else { shown }
}
