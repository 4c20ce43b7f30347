use super::entry::target;
use super::{El, Entry, Frame, el};
use crate::html;
use crate::i18n::I18n;

/// A single box to tick.
pub struct Checkbox {
    /// Label, hint, error.
    pub frame: Frame,
    /// What is typed.
    pub entry: Entry,
    /// The entry of a ticked box.
    pub ticked: &'static str,
    /// It must be ticked.
    pub required: bool,
    /// The part of the label that is a link, opened beside the page so that nothing is lost.
    pub link: Option<Label>,
}

/// A part of a label that leads somewhere.
pub struct Label {
    /// The words of the label that are the link.
    pub words: String,
    /// Where it leads.
    pub href: String,
}

/// Shows it.
pub fn checkbox(i18n: I18n, input: Checkbox) -> El {
    let Checkbox { frame, entry, ticked, required, link } = input;
    let shown = entry.clone();
    let control = el("input")
        .attr("type", "checkbox")
        .attr("name", entry.name())
        .flag("required", required)
        .live_checked(move || shown.get() == ticked);
    let control = frame.tie(control).on("change", move |event| {
        let checked = target(&event).is_some_and(|input| input.checked());
        entry.set(if checked { ticked.to_owned() } else { String::new() });
    });
    let label = label(el("label").attr("for", &frame.id), &frame.label, link);
    let check = el("div").class("check").put(html![control, label]);
    el("div").class("field").put(html![frame.error_view(i18n), check, frame.hint_view()])
}

fn label(label: El, whole: &str, link: Option<Label>) -> El {
    let Some(Label { words, href }) = link else { return label.text(whole) };
    let Some((before, after)) = whole.split_once(&words) else { return label.text(whole) };
    let link = el("a").attr("href", &href).attr("target", "_blank").attr("rel", "noopener").text(&words);
    label.text(before).put(link).text(after)
}
