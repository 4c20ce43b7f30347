use std::rc::Rc;

use leptos::prelude::untrack;

use crate::html;
use crate::site::Site;
use crate::ui::{El, Fault, Heading, Html, Live, el, error_summary, fixed, heading, progress};

/// The top of a page.
pub struct Head {
    /// Where Back leads, below the portal's base; none on pages that are no part of anything.
    pub back: Option<String>,
    /// The step's number from 1, and how many there are.
    pub step: Option<(usize, usize)>,
    /// The heading.
    pub title: String,
    /// What is said under it.
    pub intro: Option<String>,
}

/// Shows the top of a page: back, what is wrong, progress, heading, introduction.
pub fn head(site: Site, head: Head, faults: Live<Vec<Fault>>) -> Html {
    let i18n = site.i18n;
    let Head { back, step, title, intro } = head;
    let mut title_end = format!(" – {}", site.name());
    let step = step.map(|(number, length)| {
        let (shown, of) = (number.to_string(), length.to_string());
        let words = i18n.with("wizard.progress", &[("number", &shown), ("length", &of)]);
        title_end.insert_str(0, &format!(" – {words}"));
        progress(&words, number, length)
    });
    // The summary takes the focus, and says more than the heading.
    if !untrack(|| faults.ask()).is_empty() {
        site.nav.take_arrival();
    }
    let found = faults.clone();
    let title_start =
        Rc::new(
            move || {
                if found.ask().is_empty() { String::new() } else { i18n.t("form.error_prefix").to_owned() }
            },
        );
    html![
        back.map(|path| back_link(site, &path)),
        error_summary(i18n, faults),
        step,
        heading(&site.nav, Heading { text: title, title_end, title_start }),
        intro.map(|intro| el("p").class("intro").text(&intro)),
    ]
}

/// The top of a page without a form.
pub fn plain_head(site: Site, title: String, intro: Option<String>) -> Html {
    head(site, Head { back: None, step: None, title, intro }, fixed(Vec::new()))
}

/// The link back.
pub fn back_link(site: Site, path: &str) -> El {
    el("a").class("back").attr("href", &site.nav.href(path)).text(site.i18n.t("wizard.back"))
}
