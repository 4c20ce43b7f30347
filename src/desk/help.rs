use std::rc::Rc;

use palier_domain::desk::{AccountSheet, Help};

use super::session::{Desk, refused};
use super::sheet::Known;
use crate::api::Call;
use crate::html;
use crate::message::Message;
use crate::ui::{Confirmation, El, Html, confirm_dialog, el};
use crate::var::Local;

#[derive(Clone)]
struct Helping {
    desk: Desk,
    number: Rc<str>,
    known: Known,
    /// Asked before anything is done: it costs a stamp, or ends what somebody may have in hand.
    asked: Local<Option<Confirmation>>,
}

/// What can be done for who calls, each after a question (P7, P8).
pub(super) fn help_view(desk: &Desk, sheet: &AccountSheet, known: &Known) -> Html {
    if sheet.help.is_empty() {
        return Html::default();
    }
    let helping = Helping {
        desk: desk.clone(),
        number: sheet.number.as_str().into(),
        known: known.clone(),
        asked: Local::new(None),
    };
    let buttons =
        sheet.help.iter().fold(el("div").class("actions"), |row, help| row.put(helping.button(*help)));
    html![el("h2").text(desk.site.i18n.t("support.sheet.help")), buttons, confirm_dialog(&helping.asked),]
}

impl Helping {
    fn button(&self, help: Help) -> El {
        let (helping, busy) = (self.clone(), self.desk.site.form("support.sheet").busy);
        el("button")
            .attr("type", "button")
            .class("button secondary")
            .live_attr("aria-disabled", move || busy.get().then(|| "true".to_owned()))
            .text(&helping.words(help, "yes"))
            .on("click", move |_| {
                if !busy.now() {
                    helping.asked.set(Some(helping.question(help)));
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
            act: Rc::new(move || helping.act(help)),
        }
    }

    fn act(&self, help: Help) {
        let (helping, state) = (self.clone(), self.desk.site.form("support.sheet"));
        let path = format!("/desk/accounts/{}/{}", self.number, help.name());
        state.forget_problems();
        state.busy.set(true);
        self.desk.site.api.send(Call::post(&path, "{}".to_owned()), move |answer| {
            state.busy.set(false);
            match answer {
                Ok(said) => {
                    let done = format!("support.help.{}.done", help.name());
                    state.notice.set(Some(Message::success(&done)));
                    helping.known.set(Some(Ok(said)));
                }
                Err(failure) if refused(helping.desk.site, &failure) => {}
                Err(failure) => state.notice.set(Some(Message::failure(&failure))),
            }
        });
    }
}
