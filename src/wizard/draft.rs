use leptos::prelude::*;
use palier_domain::journey::{Answers, Field, Journey};
use palier_domain::reading::Read as _;

use crate::form::FormState;
use crate::{dom, json};

/// Gives a name that nobody else gives, for submissions.
pub type Random = fn() -> String;

/// What was answered so far. Survives a reload in this tab; passwords don't: those are only in memory.
#[derive(Clone, Copy)]
pub struct Draft {
    /// The answers, and what is wrong with them.
    pub form: FormState,
    /// A password was typed before the page was loaded again, and is lost.
    pub lost: RwSignal<bool>,
    /// What is known of the submission, once the form was sent.
    pub sent: RwSignal<Option<Answers>>,
    /// The person came back after it was sent.
    pub again: RwSignal<bool>,
    key: StoredValue<String>,
    tried: StoredValue<Option<String>>,
    place: StoredValue<String>,
    random: Random,
}

// Entries of the stored draft that aren't answers; names of fields never start like this.
const KEY: &str = "#key";
const SECRET: &str = "#secret";

impl Draft {
    /// Reads what this tab kept for a journey of a portal.
    pub fn load(journey: &'static Journey, slug: &str, random: Random) -> Self {
        let place = format!("palier:{slug}:{}", journey.name);
        let mut answers = read(&place);
        let key = answers.remove(KEY).unwrap_or_else(random);
        let lost = answers.remove(SECRET).is_some();
        let sent = Some(read(&sent_place(&place))).filter(|sent| !sent.is_empty());
        let form = FormState::new();
        form.answers.set(answers);
        let draft = Self {
            form,
            lost: RwSignal::new(lost),
            sent: RwSignal::new(sent),
            again: RwSignal::new(false),
            key: StoredValue::new(key),
            tried: StoredValue::new(None),
            place: StoredValue::new(place),
            random,
        };
        Effect::new(move |_| draft.save(journey));
        draft
    }

    /// The name of this submission: the same for the same form, however often it is sent.
    pub fn key_for(self, body: &str) -> String {
        let changed = self.tried.with_value(|tried| tried.as_deref().is_some_and(|tried| tried != body));
        if changed {
            self.renew_key();
        }
        self.tried.set_value(Some(body.to_owned()));
        self.key.get_value()
    }

    /// Another name, for another form.
    pub fn renew_key(self) {
        self.key.set_value((self.random)());
        // Kept with the answers, which haven't changed.
        self.form.answers.update(|_| {});
    }

    /// The form was sent: nothing of it is kept but the receipt.
    pub fn settle(self, receipt: Answers) {
        write(&sent_place(&self.place.get_value()), &receipt);
        self.sent.set(Some(receipt));
        self.empty();
    }

    /// Starts anew, keeping the answers that `keep` names.
    pub fn restart(self) {
        write(&sent_place(&self.place.get_value()), &Answers::new());
        self.sent.set(None);
        self.empty();
    }

    fn empty(self) {
        self.again.set(false);
        self.lost.set(false);
        self.tried.set_value(None);
        self.key.set_value((self.random)());
        self.form.forget_problems();
        self.form.answers.set(Answers::new());
    }

    fn save(self, journey: &'static Journey) {
        let mut kept = self.form.answers.get();
        kept.retain(|_, value| !value.is_empty());
        let secrets: Vec<&str> =
            all_fields(journey).filter(|field| !field.kind.may_be_kept()).map(|field| field.name).collect();
        let secret = self.lost.get() || secrets.iter().any(|name| kept.contains_key(*name));
        kept.retain(|name, _| !secrets.contains(&name.as_str()));
        if !kept.is_empty() || secret {
            kept.insert(KEY.to_owned(), self.key.get_value());
        }
        if secret {
            kept.insert(SECRET.to_owned(), String::new());
        }
        write(&self.place.get_value(), &kept);
    }
}

fn all_fields(journey: &'static Journey) -> impl Iterator<Item = &'static Field> {
    journey.pages.iter().flat_map(|page| page.fields).chain(journey.closing)
}

fn sent_place(place: &str) -> String {
    format!("{place}:sent")
}

/// What is kept under a name; nothing when it can't be read.
pub(crate) fn read(place: &str) -> Answers {
    let text = dom::storage().and_then(|storage| storage.get_item(place).ok().flatten());
    text.and_then(|text| json::parse(&text)).and_then(|value| Answers::read(&value)).unwrap_or_default()
}

/// Keeps something under a name, or removes what was there when it is empty. A browser that forbids it forgets.
pub(crate) fn write(place: &str, answers: &Answers) {
    let Some(storage) = dom::storage() else { return };
    let _ = match serde_json::to_string(answers) {
        Ok(text) if !answers.is_empty() => storage.set_item(place, &text),
        _ => storage.remove_item(place),
    };
}
