use super::{El, Entry, Frame, el};
use crate::html;
use crate::i18n::I18n;
use crate::var::Local;

/// A password, hidden or shown.
pub struct PasswordInput {
    /// Label, hint, error.
    pub frame: Frame,
    /// What is typed.
    pub entry: Entry,
    /// `new-password` or `current-password`.
    pub autocomplete: &'static str,
    /// How strong it is; nothing is measured where one signs in.
    pub measure: Option<Measure>,
}

/// Gives the strength of a password, 1 to 4, and where it is said in words.
pub type Measure = fn(&str) -> (u8, &'static str);

/// Shows it.
pub fn password_input(i18n: I18n, input: PasswordInput) -> El {
    let PasswordInput { frame, entry, autocomplete, measure } = input;
    let revealed = Local::new(false);
    let choose = |hidden: &'static str, shown: &'static str| {
        let revealed = revealed.clone();
        move || (if revealed.get() { shown } else { hidden }).to_owned()
    };
    let control = el("input")
        .attr("autocomplete", autocomplete)
        .attr("autocapitalize", "none")
        .attr("spellcheck", "false")
        .flag("required", true);
    let (kind, label, words) = (
        choose("password", "text"),
        choose(i18n.t("password.show_label"), i18n.t("password.hide_label")),
        choose(i18n.t("password.show"), i18n.t("password.hide")),
    );
    let control = entry.bind(frame.tie(control)).live_attr("type", move || Some(kind()));
    let turned = revealed.clone();
    let button = el("button")
        .attr("type", "button")
        .attr("aria-controls", &frame.id)
        .live_attr("aria-label", move || Some(label()))
        .live_text(words)
        .on("click", move |_| turned.set(!turned.now()));
    let reveal = el("div").class("reveal").put(html![control, button]);
    frame.around(i18n, html![reveal, measure.map(|measure| meter(i18n, entry, measure))])
}

fn meter(i18n: I18n, entry: Entry, measure: Measure) -> El {
    let measured = entry.clone();
    let strength = move |entry: &Entry| match entry.get() {
        typed if typed.is_empty() => (0, ""),
        typed => measure(&typed),
    };
    let bars = (0..4).fold(el("span").class("bars").attr("aria-hidden", "true"), |bars, _| bars.put(el("i")));
    let words = el("p").attr("role", "status").live_text(move || {
        let key = strength(&entry).1;
        i18n.find_text(key).unwrap_or_default()
    });
    el("div")
        .class("meter")
        .live_attr("data-level", move || Some(strength(&measured).0.to_string()))
        .put(html![bars, words])
}
