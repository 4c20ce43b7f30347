use super::entry::target;
use super::{El, Entry, Frame, Live, el};
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

/// A box that starts some work when it is ticked, and tells how that goes.
pub struct WorkingBox {
    /// Label, hint, error.
    pub frame: Frame,
    /// Its name.
    pub name: String,
    /// Whether it is ticked.
    pub ticked: Live<bool>,
    /// How the work goes, read out when it changes; and whether that is bad news.
    pub news: Live<(String, bool)>,
}

/// Shows it; `act` is told whether the person ticked it or took that back.
pub fn working_box(i18n: I18n, input: WorkingBox, act: impl Fn(bool) + 'static) -> El {
    let WorkingBox { frame, name, ticked, news } = input;
    let control = el("input")
        .attr("type", "checkbox")
        .attr("name", &name)
        .flag("required", true)
        .live_checked(move || ticked.ask());
    let control = frame
        .tie(control)
        .on("change", move |event| act(target(&event).is_some_and(|input| input.checked())));
    let label = el("label").attr("for", &frame.id).text(&frame.label);
    let check = el("div").class("check").put(html![control, label]);
    let told = news.clone();
    let news = el("p")
        .attr("role", "status")
        .live_attr("class", move || Some(if told.ask().1 { "suggest error" } else { "suggest" }.to_owned()))
        .live_text(move || news.ask().0);
    el("div").class("field").put(html![frame.error_view(i18n), check, frame.hint_view(), news])
}

fn label(label: El, whole: &str, link: Option<Label>) -> El {
    let Some(Label { words, href }) = link else { return label.text(whole) };
    let Some((before, after)) = whole.split_once(&words) else { return label.text(whole) };
    let link = el("a").attr("href", &href).attr("target", "_blank").attr("rel", "noopener").text(&words);
    label.text(before).put(link).text(after)
}
