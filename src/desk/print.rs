use std::rc::Rc;

use super::session::{Desk, refused};
use crate::api::{Call, Failure};
use crate::dom;
use crate::message::Message;
use crate::ui::{Button, El, Html, Tone, one_button_form};

/// Prints every letter that waits, in one file to be printed on paper.
pub(super) fn print_view(desk: &Desk, again: &Rc<dyn Fn()>) -> El {
    let (site, i18n) = (desk.site, desk.site.i18n);
    let state = site.form("desk.letters");
    let button = Button {
        words: i18n.text("desk.print.submit"),
        busy_words: i18n.text("desk.print.busy"),
        busy: state.busy,
    };
    let again = Rc::clone(again);
    one_button_form(Html::default(), button, move || {
        if state.busy.now() {
            return;
        }
        state.forget_problems();
        state.busy.set(true);
        let again = Rc::clone(&again);
        site.api.fetch_file(Call::post("/desk/letters/print", "{}".to_owned()), move |content| {
            state.busy.set(false);
            let name = format!("{}-{}.pdf", i18n.t("desk.print.file"), site.today);
            let told = match content {
                Ok(content) if dom::save_file(&name, "application/pdf", &content) => {
                    Message::success("desk.print.done")
                }
                // They may be marked as printed, with nobody who has the file.
                Ok(_) | Err(Failure::Lost) => Message::new(Tone::Danger, "problem.print_lost"),
                Err(failure) if refused(site, &failure) => return,
                Err(failure) => Message::failure(&failure),
            };
            state.notice.set(Some(told));
            again();
        });
    })
}
