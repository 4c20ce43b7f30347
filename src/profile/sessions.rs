use palier_domain::profile::{OpenSession, SessionsView};
use palier_domain::wire::code;

use crate::account;
use crate::api::Call;
use crate::fetched::{Question, fetched};
use crate::form::{FormState, notice_slot};
use crate::html;
use crate::json::read;
use crate::message::Message;
use crate::moment::date_and_time;
use crate::site::Site;
use crate::ui::{El, Html, el, link_button};
use crate::var::Local;

const PATH: &str = "/account/sessions";

/// Where one's account is open, and the ways to end that (T8).
pub(super) fn sessions_view(site: Site) -> Html {
    let known = Local::new(None);
    let question = Question {
        path: PATH.to_owned(),
        known: known.clone(),
        waiting: "document.loading",
        failed: |_| Html::default(),
        heard: |_, _| {},
    };
    let state = site.form("sessions");
    state.forget_problems();
    let list = Sessions { site, state, question: question.clone() };
    let title = el("h2").id("sessions").attr("tabindex", "-1").text(site.i18n.t("sessions.title"));
    html![
        title,
        el("p").text(site.i18n.t("sessions.intro")),
        fetched(site, question, move |said| Some(list.view(&read(said)?))),
        notice_slot(site.i18n, state.notice),
    ]
}

#[derive(Clone)]
struct Sessions {
    site: Site,
    state: FormState,
    question: Question,
}

impl Sessions {
    fn view(&self, view: &SessionsView) -> Html {
        let i18n = self.site.i18n;
        let list = el("ul").class("rows");
        for session in &view.sessions {
            list.add(self.one(session));
        }
        let others = view.sessions.iter().any(|session| !session.this).then(|| {
            let ending = self.clone();
            let act = move || ending.end(PATH);
            el("p").put(link_button(i18n.t("sessions.end_others"), Some(self.state.busy), act))
        });
        html![list, others]
    }

    fn one(&self, session: &OpenSession) -> El {
        let i18n = self.site.i18n;
        let device = match (session.browser.as_str(), session.system.as_str()) {
            ("", "") => i18n.text("sessions.unknown"),
            ("", only) | (only, "") => only.to_owned(),
            (browser, system) => i18n.with("sessions.device", &[("browser", browser), ("system", system)]),
        };
        let time = |key: &str, moment: &str| {
            let moment = date_and_time(moment, i18n.language());
            el("p").text(&i18n.with(key, &[("moment", &moment)]))
        };
        let item = el("li").put(html![
            el("h3").text(&device),
            session.this.then(|| el("p").put(el("strong").text(i18n.t("sessions.this")))),
            time("sessions.began", &session.began),
            time("sessions.seen", &session.seen),
            session.stay.then(|| el("p").text(i18n.t("sessions.stays"))),
        ]);
        if session.this {
            return item;
        }
        let (ending, path) = (self.clone(), format!("{PATH}/{}", session.id));
        let act = move || ending.end(&path);
        let about = el("span").class("vh").text(&i18n.with("sessions.about", &[("device", &device)]));
        item.put(link_button(i18n.t("sessions.end"), Some(self.state.busy), act).put(about))
    }

    /// Ends one or all others, and shows what is left.
    fn end(&self, path: &str) {
        let Self { site, state, question } = self.clone();
        state.forget_problems();
        state.busy.set(true);
        site.api.send(Call::delete(path), move |answer| {
            state.busy.set(false);
            match answer {
                Err(failure) if failure.code() == code::SIGNED_OUT => return account::ended(site),
                // It ended by itself, or in another tab.
                Err(failure) if failure.code() != code::NOT_FOUND => {
                    return state.notice.set(Some(Message::failure(&failure)));
                }
                _ => state.notice.set(Some(Message::success("sessions.ended"))),
            }
            site.api.send(Call::get(PATH), move |answer| question.known.set(Some(answer)));
        });
    }
}
