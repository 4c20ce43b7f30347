use super::{El, Entry, Frame, Html, el, live};
use crate::i18n::I18n;
use crate::var::Local;
use crate::{dom, html};

/// A field of one line.
pub struct TextInput {
    /// Label, hint, error.
    pub frame: Frame,
    /// What is typed.
    pub entry: Entry,
    /// The token of the HTML standard.
    pub autocomplete: &'static str,
    /// The keyboard that phones show: `numeric`, `email`.
    pub inputmode: Option<&'static str>,
    /// How many characters are seen, where that is few; digits in a legible face then.
    pub size: Option<usize>,
    /// Names neither corrected nor capitalised by phones.
    pub verbatim: bool,
    /// It must be filled in.
    pub required: bool,
    /// What was perhaps meant instead; asked when the field is left.
    pub suggest: Option<Hinting>,
}

/// Gives what was perhaps meant by a text.
pub type Hinting = fn(&str) -> Option<String>;

/// Shows it.
pub fn text_input(i18n: I18n, input: TextInput) -> El {
    let TextInput { frame, entry, autocomplete, inputmode, size, verbatim, required, suggest } = input;
    let control = el("input")
        .attr("type", "text")
        .attr("autocomplete", autocomplete)
        .maybe("inputmode", inputmode)
        .flag("required", required)
        .maybe("autocapitalize", verbatim.then_some("none"))
        .maybe("spellcheck", verbatim.then_some("false"))
        .maybe("class", size.map(|_| "ident"))
        .maybe("size", size.map(|size| size.to_string()).as_deref());
    let control = entry.bind(frame.tie(control));
    match suggest {
        None => frame.around(i18n, control),
        Some(suggest) => {
            let (control, line) = suggesting(i18n, control, frame.id.clone(), entry, suggest);
            frame.around(i18n, html![control, line])
        }
    }
}

fn suggesting(i18n: I18n, input: El, id: String, entry: Entry, suggest: Hinting) -> (El, El) {
    let meant = Local::new(suggest(&entry.now()));
    let (left, forgotten, found) = (entry.clone(), meant.clone(), meant.clone());
    let input = input
        .on("input", move |_| {
            forgotten.set(None);
        })
        .on("change", move |_| found.set(suggest(&left.now())));
    let line = live(move || {
        let Some(address) = meant.get() else { return Html::default() };
        let (before, after) = i18n.t("form.suggestion").split_once("{meant}").unwrap_or_default();
        let (entry, id, meant) = (entry.clone(), id.clone(), meant.clone());
        let button =
            el("button").attr("type", "button").class("link").text(&address).on("click", move |_| {
                entry.set(address.clone());
                dom::focus(&id);
                meant.set(None);
            });
        html![before, button, after]
    });
    (input, el("p").class("suggest").attr("role", "status").put(line))
}
