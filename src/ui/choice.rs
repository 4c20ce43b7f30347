#[cfg(any(feature = "account", feature = "office"))]
use super::Html;
use super::{El, Entry, Frame, el};
use crate::html;
use crate::i18n::I18n;

/// What can be chosen: what is kept, and what is read.
pub type Choice<'a> = (&'a str, &'a str);

/// A question with a few answers, side by side.
pub fn choice_input(i18n: I18n, frame: &Frame, entry: &Entry, choices: &[Choice<'static>]) -> El {
    let row = el("div").class("choices");
    for (index, (value, words)) in choices.iter().copied().enumerate() {
        // The first one has the id of the field: errors lead to it.
        let id = if index == 0 { frame.id.clone() } else { format!("{}-{value}", frame.id) };
        let (shown, chosen) = (entry.clone(), entry.clone());
        let control = el("input")
            .id(&id)
            .attr("type", "radio")
            .attr("name", entry.name())
            .attr("value", value)
            .flag("required", true)
            .live_checked(move || shown.get() == value)
            .on("change", move |_| chosen.set(value.to_owned()));
        let label = el("label").attr("for", &id).text(words);
        row.add(el("div").class("check").put(html![control, label]));
    }
    let legend = el("legend").text(&frame.label);
    frame.tie_group(el("fieldset").class("field").attr("role", "radiogroup")).put(html![
        legend,
        frame.hint_view(),
        frame.error_view(i18n),
        row,
    ])
}

/// A question with a few answers, one below the other: each with its value, its words, and what it means.
#[cfg(feature = "account")]
pub fn explained_choice(
    i18n: I18n,
    frame: &Frame,
    entry: &Entry,
    choices: Vec<(&'static str, String, String)>,
) -> El {
    let rows = Html::default();
    for (index, (value, words, meaning)) in choices.into_iter().enumerate() {
        // The first one has the id of the field: errors lead to it.
        let id = if index == 0 { frame.id.clone() } else { format!("{}-{value}", frame.id) };
        let hint = format!("{}-{value}-hint", frame.id);
        let (shown, chosen) = (entry.clone(), entry.clone());
        let control = el("input")
            .id(&id)
            .attr("type", "radio")
            .attr("name", entry.name())
            .attr("value", value)
            .attr("aria-describedby", &hint)
            .flag("required", true)
            .live_checked(move || shown.get() == value)
            .on("change", move |_| chosen.set(value.to_owned()));
        let label = el("label").attr("for", &id).text(&words);
        rows.add(el("div").class("check").put(html![control, label]));
        rows.add(el("p").class("hint").id(&hint).text(&meaning));
    }
    frame.tie_group(el("fieldset").class("field").attr("role", "radiogroup")).put(html![
        el("legend").text(&frame.label),
        frame.hint_view(),
        frame.error_view(i18n),
        rows,
    ])
}

/// A question with many answers: the browser's own list, which starts with nothing chosen.
pub fn select_input(i18n: I18n, frame: &Frame, entry: &Entry, choices: Vec<Choice<'_>>) -> El {
    let list = el("select").flag("required", true).attr("autocomplete", "off");
    list.add(el("option").attr("value", "").text(i18n.t("choice.choose")));
    for (value, words) in choices {
        list.add(el("option").attr("value", value).text(words));
    }
    let list = entry.bind(frame.tie(list));
    frame.around(i18n, list)
}

/// The same, with an answer from the start: the entry must be one of the choices.
#[cfg(feature = "office")]
pub fn list_input(i18n: I18n, frame: &Frame, entry: &Entry, choices: &[Choice<'_>]) -> El {
    let list = el("select").attr("autocomplete", "off");
    for (value, words) in choices {
        list.add(el("option").attr("value", value).text(words));
    }
    frame.around(i18n, entry.bind(frame.tie(list)))
}

/// Several fields that are one answer, with what is wrong with it.
#[cfg(feature = "office")]
pub fn group(i18n: I18n, frame: &Frame, fields: Html) -> El {
    let legend = el("legend").text(&frame.label);
    frame.tie_group(el("fieldset").class("field").id(&frame.id)).put(html![
        legend,
        frame.hint_view(),
        frame.error_view(i18n),
        fields
    ])
}
