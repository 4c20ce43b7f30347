use std::time::Duration;

use palier_domain::account::ResendForm;
use palier_domain::journey::{Answers, answer};
use palier_domain::portal::Portal;
use palier_domain::tenancy::SIGN_UP;

use super::sign_up::{EMAIL, HANDLE};
use crate::api::Call;
use crate::form::{links_view, notice_slot, plain_head};
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{Html, Tone, details, done, el, link_button};
use crate::wizard::Draft;
use crate::{dom, html};

/// How long after an e-mail another one can be asked for: most arrive within it.
const WAIT: Duration = Duration::from_mins(1);

/// "Consultez votre messagerie": what was sent where, and what to do when nothing comes (T6).
pub(crate) fn sent_view(site: Site, portal: &'static Portal) -> Html {
    let draft = site.draft(&SIGN_UP, &portal.slug);
    let sent = draft.sent.now();
    if sent.is_empty() {
        dom::soon(move || site.nav.replace(SIGN_UP.path));
        return Html::default();
    }
    let i18n = site.i18n;
    let email = answer(&sent, EMAIL).to_owned();
    let again = draft.again.take();
    let again = again.then(|| Message::new(Tone::Information, "sign_up.sent.again").view(i18n, true));
    let text = i18n.with("sign_up.sent.text", &[("email", &email)]);
    let steps = ["open", "confirm", "sign_in"]
        .into_iter()
        .fold(el("ol"), |list, step| list.put(el("li").text(&i18n.text(&format!("sign_up.sent.{step}")))));
    html![
        again,
        done(plain_head(site, i18n.text("sign_up.sent.title"), None), &text),
        el("h2").text(i18n.t("sign_up.sent.next")),
        steps,
        el("h2").text(i18n.t("sign_up.sent.nothing")),
        el("p").text(i18n.t("sign_up.sent.spam")),
        resend(site, sent),
        details(false, i18n.t("sign_up.sent.wrong"), wrong_address(site, draft, &email)),
        details(false, i18n.t("sign_up.sent.account"), account(site)),
        el("p").text(&i18n.portal("sign_up.sent.contact", portal)),
    ]
}

fn resend(site: Site, sent: Answers) -> Html {
    let i18n = site.i18n;
    let state = site.form("sign_up.resend");
    let again = move || {
        state.busy.set(true);
        state.notice.set(None);
        let form = ResendForm { handle: answer(&sent, HANDLE).to_owned() };
        site.api.send(Call::form("/tenancy/sign-ups/resend", &form), move |answer| {
            let waiting = match answer {
                Ok(_) => {
                    state.notice.set(Some(Message::success("sign_up.sent.resent")));
                    dom::after(WAIT, move || state.busy.set(false)).is_some()
                }
                Err(failure) => {
                    state.notice.set(Some(Message::failure(&failure)));
                    false
                }
            };
            state.busy.set(waiting);
        });
    };
    let button = link_button(i18n.t("sign_up.sent.resend"), Some(state.busy), again);
    html![notice_slot(i18n, state.notice), el("p").put(button)]
}

fn wrong_address(site: Site, draft: &'static Draft, email: &str) -> Html {
    let i18n = site.i18n;
    let restart = move || {
        draft.restart();
        site.nav.go(SIGN_UP.path);
    };
    html![
        el("p").text(&i18n.with("sign_up.sent.wrong_text", &[("email", email)])),
        el("p").put(link_button(i18n.t("sign_up.sent.restart"), None, restart)),
    ]
}

fn account(site: Site) -> Html {
    let links = [
        (Place::ForgottenIdentifier.path(), "sign_in.forgotten_identifier"),
        (Place::ForgottenPassword.path(), "sign_in.forgotten_password"),
    ];
    html![el("p").text(site.i18n.t("sign_up.sent.account_text")), links_view(site, &links)]
}
