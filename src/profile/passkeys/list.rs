use std::rc::Rc;

use palier_domain::account::Session;
use palier_domain::account_fields;
use palier_domain::journey::{Answers, answer};
use palier_domain::profile::{KnownPasskey, PasskeyAnswer, PasskeyForm, PasskeyRemovalForm};
use serde_json::Value;

use super::device;
use crate::api::{Call, Failure};
use crate::fetched::{Question, fetched};
use crate::form::{Form, Head, head, plain_head, simple_form};
use crate::html;
use crate::message::Message;
use crate::moment::date_and_time;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{AnswerRow, El, Html, answer_list, el, fixed};
use crate::var::Local;

const PATH: &str = "/account/passkeys";

/// Another passkey: the password, then the device.
static ADD: Form = Form {
    name: "passkey_add",
    fields: &account_fields::PASSKEY,
    problems: |answers, _| form(answers).problems(),
    call: |_, answers| Call::form("/account/passkeys/begin", &form(answers)),
    done: |site, said| {
        let state = site.form(ADD.name);
        device::ask(device::MAKE, said, state, move |handle, credential| {
            let from = site.nav.path();
            site.api.send(
                Call::form(PATH, &PasskeyAnswer { handle, credential }),
                move |answer| match answer {
                    Ok(_) if site.nav.path() == from => back_to_list(site, "passkeys.done"),
                    Ok(_) => {}
                    Err(failure) => tell(site, &ADD, &failure),
                },
            );
        });
    },
    cleared: &["present"],
};

/// One less.
static REMOVE: Form = Form {
    name: "passkey_remove",
    fields: &account_fields::PASSKEY,
    problems: |answers, _| form(answers).problems(),
    call: |site, answers| {
        let id = site.nav.query().parse().unwrap_or_default();
        Call::form("/account/passkeys/remove", &PasskeyRemovalForm { id, present: form(answers).present })
    },
    done: |site, _| back_to_list(site, "passkeys.removed"),
    cleared: &["present"],
};

fn form(answers: &Answers) -> PasskeyForm {
    PasskeyForm { present: answer(answers, "present").to_owned() }
}

fn back_to_list(site: Site, key: &str) {
    site.nav.replace(&Place::Passkeys.path());
    site.tell(Message::success(key));
}

fn tell(site: Site, form: &Form, failure: &Failure) {
    site.form(form.name).notice.set(Some(Message::failure(failure)));
}

/// `/compte/cles`.
pub(crate) fn list_view(site: Site, _: &Session) -> Html {
    let i18n = site.i18n;
    let top = Head {
        back: Some(Place::Account.path()),
        step: None,
        title: i18n.text("passkeys.title"),
        intro: i18n.find_text("passkeys.intro"),
    };
    html![head(site, top, fixed(Vec::new())), passkeys(site, move |known| list(site, known))]
}

/// `/compte/cles/ajouter`.
pub(crate) fn add_view(site: Site, _: &Session) -> Html {
    let Some(portal) = site.portal.as_ref().filter(|portal| portal.passkeys) else { return off(site) };
    simple_form(site, portal, &ADD, Some(Place::Passkeys.path()))
}

/// `/compte/cles/retirer?12`.
pub(crate) fn remove_view(site: Site, _: &Session) -> Html {
    let Some(portal) = &site.portal else { return Html::default() };
    let id = site.nav.query();
    let which = move |known: &[KnownPasskey]| {
        let i18n = site.i18n;
        let Some(passkey) = known.iter().find(|passkey| passkey.id.to_string() == id) else {
            return el("p").text(i18n.t("passkeys.gone")).into();
        };
        let row = AnswerRow {
            label: i18n.text("passkey_remove.which"),
            value: format!("{} – {}", named(site, passkey), at(site, "passkeys.added", &passkey.added)),
            digits: false,
            edit: None,
        };
        answer_list(vec![row]).into()
    };
    html![simple_form(site, portal, &REMOVE, Some(Place::Passkeys.path())), passkeys(site, which),]
}

/// Said where there are none.
pub(super) fn off(site: Site) -> Html {
    let i18n = site.i18n;
    html![plain_head(site, i18n.text("passkeys.title"), None), el("p").text(i18n.t("passkeys.off"))]
}

/// Something that is shown of the passkeys there are.
fn passkeys(site: Site, show: impl Fn(&[KnownPasskey]) -> Html + 'static) -> Html {
    let question = Question {
        path: PATH.to_owned(),
        known: Local::new(None),
        waiting: "document.loading",
        failed: |_| Html::default(),
        heard: |_, _| {},
    };
    let show = Rc::new(show);
    fetched(site, question, move |said| Some(show(&read(said)?)))
}

/// What the server said of them; by hand: what is derived weighs more.
fn read(said: &Value) -> Option<Vec<KnownPasskey>> {
    let one = |passkey: &Value| {
        let text = |name: &str| passkey[name].as_str().map(str::to_owned);
        Some(KnownPasskey {
            id: passkey["id"].as_i64()?,
            browser: text("browser")?,
            system: text("system")?,
            added: text("added")?,
            used: text("used"),
        })
    };
    said["passkeys"].as_array()?.iter().map(one).collect()
}

fn list(site: Site, known: &[KnownPasskey]) -> Html {
    let i18n = site.i18n;
    let on = site.portal.as_ref().is_some_and(|portal| portal.passkeys);
    let rows = known.iter().fold(el("ul").class("rows"), |list, passkey| list.put(one(site, passkey)));
    let none = known.is_empty().then(|| el("p").text(i18n.t("passkeys.none")));
    let add = el("a").class("button").attr("href", &site.nav.href(&Place::AddPasskey.path()));
    html![
        (!known.is_empty()).then_some(rows),
        none,
        if on { el("p").put(add.text(i18n.t("passkeys.add"))) } else { el("p").text(i18n.t("passkeys.off")) },
    ]
}

fn one(site: Site, passkey: &KnownPasskey) -> El {
    let i18n = site.i18n;
    let used = match &passkey.used {
        Some(used) => at(site, "passkeys.used", used),
        None => i18n.text("passkeys.unused"),
    };
    let device = named(site, passkey);
    let moment = date_and_time(&passkey.added, i18n.language());
    let about = i18n.with("passkeys.about", &[("device", &device), ("moment", &moment)]);
    let path = format!("{}?{}", Place::RemovePasskey.path(), passkey.id);
    let remove = el("a").attr("href", &site.nav.href(&path)).text(i18n.t("passkeys.remove"));
    el("li").put(html![
        el("h2").text(&device),
        el("p").text(&at(site, "passkeys.added", &passkey.added)),
        el("p").text(&used),
        el("p").put(remove.put(el("span").class("vh").text(&about))),
    ])
}

fn at(site: Site, key: &str, moment: &str) -> String {
    site.i18n.with(key, &[("moment", &date_and_time(moment, site.i18n.language()))])
}

/// The device on which a passkey was added.
fn named(site: Site, passkey: &KnownPasskey) -> String {
    match (passkey.browser.as_str(), passkey.system.as_str()) {
        ("", "") => site.i18n.text("sessions.unknown"),
        ("", only) | (only, "") => only.to_owned(),
        (browser, system) => site.i18n.with("sessions.device", &[("browser", browser), ("system", system)]),
    }
}
