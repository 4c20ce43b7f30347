use std::cell::{Cell, RefCell};

use palier_domain::journey::{Answers, Field, Journey, answer};
use palier_domain::reading::Read as _;

use crate::form::FormState;
use crate::routes::SCHEMES;
use crate::ui::keep_right;
use crate::var::Var;
use crate::{dom, json};

/// Gives a name that nobody else gives, for submissions.
pub type Random = fn() -> String;

/// What was answered so far. Survives a reload in this tab; passwords don't: those are only in memory.
#[derive(Debug)]
pub struct Draft {
    /// The answers, and what is wrong with them.
    pub form: FormState,
    /// A password was typed before the page was loaded again, and is lost.
    pub lost: Var<bool>,
    /// What is known of the submission, once the form was sent; empty before.
    pub sent: Var<Answers>,
    /// The person came back after it was sent.
    pub again: Cell<bool>,
    journey: &'static Journey,
    key: RefCell<String>,
    tried: RefCell<Option<String>>,
    revision: RefCell<String>,
    place: String,
    random: Random,
}

// Entries of the stored draft that aren't answers; names of fields never start like this.
const OURS: char = '#';
const KEY: &str = "#key";
const SECRET: &str = "#secret";
const REVISION: &str = "#revision";

impl Draft {
    /// Reads what this tab kept for a journey of a portal. To be made once for the whole life of the page.
    pub(crate) fn load(journey: &'static Journey, slug: &str, random: Random) -> &'static Self {
        let place = format!("palier:{slug}:{}", journey.name);
        let kept = read(&place);
        let key = kept.get(KEY).cloned().unwrap_or_else(random);
        let lost = kept.contains_key(SECRET);
        let form = FormState::new();
        form.answers.update(|answers| copy(&kept, answers, |name, _| !name.starts_with(OURS)));
        Box::leak(Box::new(Self {
            form,
            lost: Var::new(lost),
            sent: Var::new(read(&sent_place(&place))),
            again: Cell::new(false),
            journey,
            key: RefCell::new(key),
            tried: RefCell::new(None),
            revision: RefCell::new(answer(&kept, REVISION).to_owned()),
            place,
            random,
        }))
    }

    /// Writes every change from now on.
    pub(crate) fn keep_saved(&'static self) {
        keep_right(|| self.save());
    }

    /// Whether it is the draft of this journey.
    pub(crate) fn is_of(&self, journey: &Journey) -> bool {
        std::ptr::eq(self.journey, journey)
    }

    /// Whether the form was sent, and nothing new typed since.
    pub fn is_sent(&self) -> bool {
        self.form.answers.peek(Answers::is_empty) && !self.sent.peek(Answers::is_empty)
    }

    /// The name of this submission: the same for the same form, however often it is sent.
    pub fn key_for(&self, body: &str) -> String {
        let tried = self.tried.replace(Some(body.to_owned()));
        if tried.is_some_and(|tried| tried != body) {
            self.renew_key();
        }
        self.key.borrow().clone()
    }

    /// Another name, for another form.
    pub fn renew_key(&self) {
        self.key.replace((self.random)());
        self.save();
    }

    /// The form was sent: nothing of it is kept but the receipt.
    pub fn settle(&self, receipt: Answers) {
        write(&sent_place(&self.place), &receipt);
        self.sent.set(receipt);
        self.again.set(false);
        self.lost.set(false);
        self.tried.take();
        self.key.replace((self.random)());
        self.form.forget_problems();
        self.form.answers.set(Answers::new());
    }

    /// Starts anew, and forgets who answered.
    pub fn restart(&self) {
        self.revision.take();
        self.settle(Answers::new());
    }

    /// Takes the answers that the server keeps, unless those here come from the very same ones: what was typed since
    /// and not sent yet is then newer.
    pub fn adopt(&self, revision: String, answers: Answers) {
        if *self.revision.borrow() != revision {
            self.revision.replace(revision);
            self.form.forget_problems();
            self.form.answers.set(answers);
        }
    }

    /// The server keeps these answers now, under another name.
    pub fn keep_revision(&self, revision: String) {
        self.revision.replace(revision);
        // Nothing is answered otherwise, but it is to be written.
        self.form.answers.update(|_| ());
    }

    fn save(&self) {
        let mut kept = Answers::new();
        let secrets = || all_fields(self.journey).filter(|field| !field.kind.may_be_kept());
        let mut secret = self.lost.get();
        self.form.answers.with(|answers| {
            secret |= secrets().any(|field| !answer(answers, field.name).is_empty());
            // What may be left empty was answered when it was.
            let may_be_empty =
                |name: &str| SCHEMES && all_fields(self.journey).any(|it| it.optional && it.name == name);
            copy(answers, &mut kept, |name, value| {
                secrets().all(|field| field.name != name) && (!value.is_empty() || may_be_empty(name))
            });
        });
        if secret {
            kept.insert(SECRET.to_owned(), String::new());
        }
        if !kept.is_empty() {
            kept.insert(KEY.to_owned(), self.key.borrow().clone());
            if SCHEMES {
                kept.insert(REVISION.to_owned(), self.revision.borrow().clone());
            }
        }
        write(&self.place, &kept);
    }
}

fn all_fields(journey: &'static Journey) -> impl Iterator<Item = &'static Field> {
    journey.pages.iter().flat_map(|page| page.fields).chain(journey.closing)
}

/// Copies what fits. (Taking out of a map is kilobytes of program: nothing is.)
fn copy(from: &Answers, to: &mut Answers, fits: impl Fn(&str, &str) -> bool) {
    for (name, value) in from {
        if fits(name, value) {
            to.insert(name.clone(), value.clone());
        }
    }
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
