use std::collections::BTreeSet;
use std::rc::Rc;

use palier_domain::desk::{LettersDone, ReferencesForm};
use serde_json::Value;

use super::session::{Desk, refused};
use crate::api::{Call, Failure};
use crate::form::FormState;
use crate::html;
use crate::json::read;
use crate::message::Message;
use crate::ui::{Confirmation, El, Html, Tone, confirm_dialog, el, link_button};
use crate::var::Local;

/// References of the letters that were chosen.
pub(super) type Chosen = Local<BTreeSet<String>>;

/// What can have happened to letters: the end of the address, and of the texts' keys.
const FATES: [&str; 4] = ["posted", "returned", "lost", "refused"];
/// What ends no code, and is noted without another question.
const HARMLESS: &str = "posted";

#[derive(Clone)]
struct Noting {
    desk: Desk,
    chosen: Chosen,
    again: Rc<dyn Fn()>,
    /// Asked before codes end that were paid for with a stamp, and before requests are stopped.
    asked: Local<Option<Confirmation>>,
}

/// Notes what became of the letters that were chosen; `all` are those that could be.
pub(super) fn actions_view(desk: &Desk, chosen: &Chosen, all: Vec<String>, again: &Rc<dyn Fn()>) -> Html {
    let i18n = desk.site.i18n;
    let noting = Noting {
        desk: desk.clone(),
        chosen: chosen.clone(),
        again: Rc::clone(again),
        asked: Local::new(None),
    };
    let all: BTreeSet<String> = all.into_iter().collect();
    let (turned, counted) = (chosen.clone(), chosen.clone());
    let every = link_button(i18n.t("desk.choose_all"), None, move || {
        let whole = turned.now().len() == all.len();
        turned.set(if whole { BTreeSet::new() } else { all.clone() });
    });
    let told = move || i18n.texts().count("desk.chosen", counted.get().len() as u64, &[]);
    html![
        el("p").put(every),
        el("p").attr("role", "status").live_text(told),
        noting.buttons(),
        confirm_dialog(&noting.asked),
    ]
}

impl Noting {
    fn state(&self) -> FormState {
        self.desk.site.form("desk.letters")
    }

    fn buttons(&self) -> El {
        FATES.into_iter().fold(el("div").class("actions"), |row, fate| {
            let noting = self.clone();
            let words = self.desk.site.i18n.text(&format!("desk.fate.{fate}"));
            row.put(self.button("button secondary", &words, move || noting.choose(fate)))
        })
    }

    fn question(&self, fate: &'static str) -> Confirmation {
        let i18n = self.desk.site.i18n;
        let noting = self.clone();
        let words = |part: &str| i18n.text(&format!("desk.fate.{fate}_{part}"));
        let count = self.chosen.now().len() as u64;
        Confirmation {
            title: i18n.texts().count(&format!("desk.fate.{fate}_question"), count, &[]),
            text: words("text"),
            yes: words("yes"),
            no: i18n.text("desk.fate.cancel"),
            act: Rc::new(move || noting.note(fate)),
        }
    }

    fn button(&self, class: &str, words: &str, act: impl Fn() + 'static) -> El {
        let busy = self.state().busy;
        el("button")
            .attr("type", "button")
            .class(class)
            .live_attr("aria-disabled", move || busy.get().then(|| "true".to_owned()))
            .text(words)
            .on("click", move |_| {
                if !busy.now() {
                    act();
                }
            })
    }

    fn choose(&self, fate: &'static str) {
        self.state().forget_problems();
        if self.chosen.now().is_empty() {
            self.state().notice.set(Some(Message::new(Tone::Danger, "problem.no_letter_chosen")));
        } else if fate == HARMLESS {
            self.note(fate);
        } else {
            self.asked.set(Some(self.question(fate)));
        }
    }

    fn note(&self, fate: &'static str) {
        let (noting, state) = (self.clone(), self.state());
        let form = ReferencesForm { references: self.chosen.now().into_iter().collect() };
        state.busy.set(true);
        self.desk.site.api.send(Call::form(&format!("/desk/letters/{fate}"), &form), move |answer| {
            state.busy.set(false);
            match answer.and_then(|said| read::<LettersDone>(&said).ok_or(Failure::Lost)) {
                Ok(done) => {
                    state.notice.set(Some(told(fate, &done)));
                    (noting.again)();
                }
                Err(failure) if refused(noting.desk.site, &failure) => {}
                Err(failure) => state.notice.set(Some(Message::failure(&failure))),
            }
        });
    }
}

/// What was noted, and of which letters it can't be.
fn told(fate: &str, done: &LettersDone) -> Message {
    let mut message = if done.refused.is_empty() {
        Message::success(&format!("desk.fate.{fate}_done"))
    } else {
        Message::new(Tone::Warning, "desk.fate.not_possible")
    };
    message.values.insert("done".to_owned(), Value::from(done.done));
    message.values.insert("refused".to_owned(), Value::from(done.refused.join(", ")));
    message
}
