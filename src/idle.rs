//! Warns before a session ends for want of activity, and ends it when nobody answers (`standards.md`, 20 minutes).

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;

use crate::site::Site;
use crate::ui::{El, IdleDialog, idle_dialog, keep_right};
use crate::var::Var;
use crate::{account, dom};

/// How long before the end the question is asked, in minutes.
const WARNING: u32 = 2;

/// Counts from now on; the answer tells when the question is to be asked. To be made once, at the root.
pub(crate) fn watch(site: Site) -> Var<bool> {
    let asked = Var::new(false);
    let clock: Clock = Rc::default();
    site.api.contacts.listen(move || {
        asked.set(false);
        site.forget_person();
    });
    keep_right(move || {
        site.api.contacts.track();
        let idle = site.session.with(|session| session.as_ref().and_then(|session| session.idle_minutes));
        asked.set(false);
        let quiet = idle.map(|idle| idle.saturating_sub(WARNING).max(1));
        let later = Rc::clone(&clock);
        wait(&clock, quiet, move || {
            asked.set(true);
            wait(&later, Some(WARNING), move || {
                asked.set(false);
                account::expire(site);
            });
        });
    });
    asked
}

/// What is to happen next.
type Clock = Rc<Cell<Option<TimeoutHandle>>>;

/// Lets `then` happen after some minutes, in the place of what was to happen.
fn wait(clock: &Clock, minutes: Option<u32>, then: impl FnOnce() + 'static) {
    let pause = minutes.map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
    let before = clock.replace(pause.and_then(|pause| dom::after(pause, then)));
    before.as_ref().map(TimeoutHandle::clear);
}

/// The question.
pub(crate) fn dialog_view(site: Site, asked: Var<bool>) -> El {
    let i18n = site.i18n;
    let dialog = IdleDialog {
        title: i18n.t("idle.title"),
        text: i18n.with("idle.text", &[("minutes", &WARNING.to_string())]),
        stay: i18n.t("idle.stay"),
        leave: i18n.t("menu.sign_out"),
    };
    let stay = move || {
        asked.set(false);
        account::extend(site);
    };
    let leave = move || {
        asked.set(false);
        account::sign_out(site);
    };
    idle_dialog(dialog, asked, stay, leave)
}
