use super::{El, Html, Live, Piece, el, live};
use crate::html;
use crate::i18n::I18n;

/// What stands around every field: label, hint, and the error when there is one.
#[derive(Clone)]
pub struct Frame {
    /// The id of its input.
    pub id: String,
    /// Its visible label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// What is wrong with what was typed.
    pub error: Live<Option<String>>,
}

impl Frame {
    /// Ties an input to its hint and its error.
    pub(super) fn describe(&self, input: El) -> El {
        let (id, hint, error) = (self.id.clone(), self.hint.is_some(), self.error.clone());
        input.live_attr("aria-describedby", move || {
            let hint = hint.then(|| format!("{id}-hint"));
            let error = error.ask().map(|_| format!("{id}-error"));
            match (hint, error) {
                (Some(hint), Some(error)) => Some(format!("{hint} {error}")),
                (hint, error) => hint.or(error),
            }
        })
    }

    /// The same, for an input that is the whole field.
    pub(super) fn tie(&self, input: El) -> El {
        self.tie_group(input.id(&self.id))
    }

    /// The same, for the group of inputs that are the field together; the first of them has its id.
    pub(super) fn tie_group(&self, group: El) -> El {
        let error = self.error.clone();
        self.describe(group).live_attr("aria-invalid", move || error.ask().map(|_| "true".to_owned()))
    }

    /// The hint, as its own paragraph.
    pub(super) fn hint_view(&self) -> Option<El> {
        let hint = self.hint.as_ref()?;
        Some(el("p").class("hint").id(&format!("{}-hint", self.id)).text(hint))
    }

    /// The error, as its own paragraph.
    pub(super) fn error_view(&self, i18n: I18n) -> Html {
        let (id, error) = (format!("{}-error", self.id), self.error.clone());
        live(move || {
            let prefix = || el("span").class("vh").text(i18n.t("form.error_prefix"));
            error.ask().map(|error| el("p").class("error").id(&id).put(prefix()).text(&error)).into()
        })
    }

    /// The whole field around its control.
    pub(super) fn around(&self, i18n: I18n, control: impl Piece) -> El {
        let label = el("label").attr("for", &self.id).text(&self.label);
        el("div").class("field").put(html![label, self.hint_view(), self.error_view(i18n), control])
    }
}

/// The id of the input that holds the answer called `name`: `birth_date.day` gives `birth_date-day`.
pub fn input_id(name: &str) -> String {
    name.replace('.', "-")
}
