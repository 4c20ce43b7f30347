use super::{Html, Live, el, live};
use crate::i18n::I18n;
use crate::{dom, html};

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The id of the input at fault.
    pub target: String,
    /// What is wrong, in the words shown at the field.
    pub text: String,
}

/// The list of what is wrong: takes the focus each time it is given, its links lead to the fields.
pub fn error_summary(i18n: I18n, faults: Live<Vec<Fault>>) -> Html {
    live(move || {
        let faults = faults.ask();
        if faults.is_empty() {
            return Html::default();
        }
        let title = i18n.texts().count("form.errors", faults.len() as u64, &[]);
        let title = el("h2").id("error-title").text(&title);
        let items = faults.into_iter().map(|Fault { target, text }| {
            let link = el("a").attr("href", &format!("#{target}")).text(&text).on("click", move |event| {
                event.prevent_default();
                dom::focus(&target);
            });
            el("li").put(link)
        });
        el("div")
            .class("error-summary")
            .attr("role", "alert")
            .attr("tabindex", "-1")
            .attr("aria-labelledby", "error-title")
            .put(html![title, el("ul").put(items.collect::<Vec<_>>())])
            .focus_when_shown(false)
            .into()
    })
}
