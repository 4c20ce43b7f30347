//! Warns before a session ends for want of activity, and ends it when nobody answers (`standards.md`, 20 minutes).

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;

use crate::api::Contacts;
use crate::dom;
use crate::site::Site;
use crate::ui::{El, IdleDialog, idle_dialog, keep_right};
use crate::var::Var;

/// How long before the end the question is asked, in minutes.
const WARNING: u32 = 2;

/// A kind of session, as data: that of accounts, that of the desk.
pub(crate) struct Idle {
    /// Names it in the page.
    pub(crate) name: &'static str,
    /// When it was last prolonged.
    pub(crate) contacts: fn(Site) -> &'static Contacts,
    /// After how many minutes it ends, and follows that; nothing while there is none.
    pub(crate) minutes: fn(Site) -> Option<u32>,
    /// Another tab ended it.
    pub(crate) left: fn(Site),
    /// Nobody answered: to be ended.
    pub(crate) expire: fn(Site),
    /// To be prolonged.
    pub(crate) extend: fn(Site),
    /// To be ended, by who is there.
    pub(crate) leave: fn(Site),
}

/// Counts from now on; the answer tells when the question is to be asked. To be made once, at the root.
pub(crate) fn watch(site: Site, kind: &'static Idle) -> Var<bool> {
    let asked = Var::new(false);
    let clock: Clock = Rc::default();
    let contacts = (kind.contacts)(site);
    contacts.listen(move || {
        asked.set(false);
        (kind.left)(site);
    });
    keep_right(move || {
        contacts.track();
        let quiet = (kind.minutes)(site).map(|idle| idle.saturating_sub(WARNING).max(1));
        asked.set(false);
        let later = Rc::clone(&clock);
        wait(&clock, quiet, move || {
            asked.set(true);
            wait(&later, Some(WARNING), move || {
                asked.set(false);
                (kind.expire)(site);
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
pub(crate) fn dialog_view(site: Site, kind: &'static Idle, asked: Var<bool>) -> El {
    let i18n = site.i18n;
    let dialog = IdleDialog {
        name: kind.name,
        title: i18n.t("idle.title"),
        text: i18n.with("idle.text", &[("minutes", &WARNING.to_string())]),
        stay: i18n.t("idle.stay"),
        leave: i18n.t("menu.sign_out"),
    };
    let stay = move || {
        asked.set(false);
        (kind.extend)(site);
    };
    let leave = move || {
        asked.set(false);
        (kind.leave)(site);
    };
    idle_dialog(dialog, asked, stay, leave)
}
