//! What is told to a person about the whole page: where its text is, with its values, so that it can be told again
//! in the other language.

use palier_domain::problem::Data;
#[cfg(feature = "onboarding")]
use palier_domain::values::Date;
use palier_domain::wire::Problem;
#[cfg(feature = "onboarding")]
use palier_domain::wording;
use serde_json::Value;

use crate::api::Failure;
use crate::i18n::I18n;
use crate::moment::time_of_day;
use crate::ui::{El, Tone, el, notice_box};

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// How it looks.
    pub tone: Tone,
    /// Where its text is; `<key>_title` has its heading, if any.
    pub key: String,
    /// What its text names.
    pub values: Data,
}

impl Message {
    /// A message without values.
    pub fn new(tone: Tone, key: &str) -> Self {
        Self { tone, key: key.to_owned(), values: Data::new() }
    }

    /// Says that something was done.
    pub fn success(key: &str) -> Self {
        Self::new(Tone::Success, key)
    }

    /// Says why a request failed, and what to do.
    pub fn failure(failure: &Failure) -> Self {
        match failure {
            Failure::Lost => Self::new(Tone::Danger, "network.lost"),
            Failure::Refused(problem) => Self::problem(problem),
        }
    }

    fn problem(problem: &Problem) -> Self {
        let key = format!("problem.{}", problem.code);
        Self { tone: Tone::Danger, key, values: problem.data.clone() }
    }

    /// Its words: heading and text.
    pub fn words(&self, i18n: I18n) -> (Option<String>, String) {
        let texts = i18n.texts();
        let mut values = self.values.clone();
        if let Some(until) = values.get("until").and_then(Value::as_str) {
            let time = time_of_day(until, i18n.language());
            values.insert("time".to_owned(), Value::from(time));
        }
        let key = if texts.find(&self.key).is_some() { self.key.as_str() } else { "problem.internal" };
        #[cfg(feature = "onboarding")]
        if let Some(from) = values.get("from").and_then(Value::as_str).and_then(Date::parse_text) {
            values.insert("from".to_owned(), Value::from(wording::day(texts, from)));
        }
        let title = i18n.find_text(&format!("{}_title", self.key));
        (title, texts.with_data(key, &values))
    }

    /// The message as a box. `announced`: it appears after something was done, and is read out.
    pub fn view(&self, i18n: I18n, announced: bool) -> El {
        let (title, text) = self.words(i18n);
        notice_box(self.tone, announced, title.as_deref(), el("p").text(&text))
    }
}
