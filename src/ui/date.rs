use super::{El, Entry, Frame, Live, el, input_id};
use crate::html;
use crate::i18n::I18n;

/// A date typed in three fields.
pub struct DateInput {
    /// Legend, hint, error.
    pub frame: Frame,
    /// What is typed: the parts are `day`, `month` and `year`.
    pub entry: Entry,
    /// The parts at fault.
    pub faulty: Live<Vec<&'static str>>,
    /// `bday`, or `off`.
    pub autocomplete: &'static str,
}

/// Parts with their texts, their tokens for a birth date and their length.
const PARTS: [(&str, &str, &str, &str); 3] = [
    ("day", "date.day", "bday-day", "3"),
    ("month", "date.month", "bday-month", "3"),
    ("year", "date.year", "bday-year", "5"),
];

/// Shows it.
pub fn date_input(i18n: I18n, input: DateInput) -> El {
    let DateInput { frame, entry, faulty, autocomplete } = input;
    let parts = PARTS.into_iter().map(|(part, label, token, size)| {
        let entry = entry.part(part);
        let id = input_id(entry.name());
        let faulty = faulty.clone();
        let control = el("input")
            .id(&id)
            .attr("type", "text")
            .attr("inputmode", "numeric")
            .attr("autocomplete", if autocomplete == "bday" { token } else { "off" })
            .attr("size", size)
            .flag("required", true)
            .live_attr("aria-invalid", move || faulty.ask().contains(&part).then(|| "true".to_owned()));
        let label = el("label").attr("for", &id).text(i18n.t(label));
        el("div").put(html![label, entry.bind(control)])
    });
    let parts = el("div").class("date").put(parts.collect::<Vec<_>>());
    let legend = el("legend").text(&frame.label);
    frame.describe(el("fieldset").class("field")).put(html![
        legend,
        frame.hint_view(),
        frame.error_view(i18n),
        parts
    ])
}
