use std::rc::Rc;

use palier_domain::desk::{AccountSheet, Help};

use super::session::{Desk, refused};
use super::sheet::{Known, ask};
use crate::api::{Call, Failure};
use crate::html;
use crate::message::Message;
use crate::ui::{Confirmation, El, Html, Tone, el};
use crate::var::Local;

/// Somebody who is helped.
#[derive(Clone)]
pub(super) struct Helping {
    pub(super) desk: Desk,
    pub(super) number: Rc<str>,
    pub(super) known: Known,
    /// Asked before anything is done: it costs a stamp, or ends what somebody may have in hand.
    pub(super) asked: Local<Option<Confirmation>>,
}

/// What can be done for who calls, each after a question (P7, P8).
pub(super) fn help_view(helping: &Helping, sheet: &AccountSheet) -> Html {
    if sheet.help.is_empty() {
        return Html::default();
    }
    let buttons = sheet.help.iter().fold(el("div").class("actions"), |row, help| {
        let (asking, help) = (helping.clone(), *help);
        let act = move || asking.asked.set(Some(asking.question(help)));
        row.put(helping.button(&helping.words(help, "yes"), act))
    });
    html![el("h2").text(helping.desk.site.i18n.t("support.sheet.help")), buttons]
}

impl Helping {
    /// A button that does nothing while something is done.
    pub(super) fn button(&self, words: &str, act: impl Fn() + 'static) -> El {
        let busy = self.desk.site.form("support.sheet").busy;
        el("button")
            .attr("type", "button")
            .class("button secondary")
            .live_attr("aria-disabled", move || busy.get().then(|| "true".to_owned()))
            .text(words)
            .on("click", move |_| {
                if !busy.now() {
                    act();
                }
            })
    }

    fn words(&self, help: Help, part: &str) -> String {
        self.desk.site.i18n.text(&format!("support.help.{}.{part}", help.name()))
    }

    fn question(&self, help: Help) -> Confirmation {
        let helping = self.clone();
        Confirmation {
            title: self.words(help, "question"),
            text: self.words(help, "text"),
            yes: self.words(help, "yes"),
            no: self.desk.site.i18n.text("desk.fate.cancel"),
            act: Rc::new(move || {
                let path = format!("/desk/accounts/{}/{}", helping.number, help.name());
                let done = format!("support.help.{}.done", help.name());
                helping.send(Call::post(&path, "{}".to_owned()), &done);
            }),
        }
    }

    /// Does something, and shows what has become of whom it was done for; also when somebody else was faster.
    pub(super) fn send(&self, call: Call, done: &str) {
        let (helping, done) = (self.clone(), done.to_owned());
        let state = self.desk.site.form("support.sheet");
        state.forget_problems();
        state.busy.set(true);
        self.desk.site.api.send(call, move |answer| {
            state.busy.set(false);
            match answer {
                Ok(said) => {
                    state.notice.set(Some(Message::success(&done)));
                    helping.known.set(Some(Ok(said)));
                }
                Err(failure) if refused(helping.desk.site, &failure) => {}
                Err(failure) => helping.tell(&failure),
            }
        });
    }

    fn tell(&self, failure: &Failure) {
        let site = self.desk.site;
        let own = format!("departures.problem.{}", failure.code());
        let mut message = Message::failure(failure);
        if site.i18n.find_text(&own).is_some() {
            message = Message { tone: Tone::Warning, key: own, ..message };
            ask(&self.desk, &format!("/desk/accounts/{}", self.number), &self.known);
        }
        site.form("support.sheet").notice.set(Some(message));
    }
}
