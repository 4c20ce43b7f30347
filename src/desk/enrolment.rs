use palier_domain::desk::Enrolment;
use palier_domain::journey::Field;
use palier_domain::portal::Portal;

use super::entry::{CODE, come_in, typed_code};
use super::session::{ask, refused, start_again};
use crate::api::{Answer, Call, Failure};
use crate::form::{Form, plain_head, simple_form};
use crate::html;
use crate::json::read;
use crate::message::Message;
use crate::site::Site;
use crate::ui::{Html, Tone, el, link_button, live, notice_box};
use crate::var::Local;

/// Where an authenticator is given its secret.
const PATH: &str = "/desk/enrolment";
/// What the address says once the authenticator has it.
const TYPED: &str = "code";

static FIELDS: [Field; 1] = [Field { text: "field.first_code", ..CODE }];

/// The first code shows that the authenticator has the secret.
static FORM: Form = Form {
    name: "desk.first_code",
    fields: &FIELDS,
    problems: |answers, _| typed_code(answers).problems(),
    call: |_, answers| Call::form("/desk/enrolment/confirm", &typed_code(answers)),
    done: |site, said| {
        site.nav.replace(&site.nav.path());
        come_in(site, said);
    },
    cleared: &["code"],
};

/// Sets up the second factor: the secret on one page, the first code on the next.
pub(super) fn enrolment_view(site: Site, portal: &'static Portal) -> Html {
    let known: Local<Option<Answer>> = Local::new(None);
    live(move || {
        if site.nav.here().with(|here| here.query == TYPED) {
            let back = Some(site.nav.path());
            return html![simple_form(site, portal, &FORM, back), start_again(site)];
        }
        if known.now().is_none() {
            give(site, known.clone());
        }
        let known = known.clone();
        live(move || match known.get() {
            None => el("p").attr("role", "status").text(site.i18n.t("document.loading")).into(),
            Some(Ok(said)) => read::<Enrolment>(&said)
                .map_or_else(|| failed(site, &Failure::Lost, &known), |secret| secret_view(site, &secret)),
            Some(Err(failure)) => failed(site, &failure, &known),
        })
    })
}

fn give(site: Site, known: Local<Option<Answer>>) {
    site.api.send(Call::post(PATH, "{}".to_owned()), move |answer| match answer {
        Err(failure) if refused(site, &failure) => {}
        answer => known.set(Some(answer)),
    });
}

fn failed(site: Site, failure: &Failure, known: &Local<Option<Answer>>) -> Html {
    let i18n = site.i18n;
    let known = known.clone();
    let again = move || {
        site.nav.arrive();
        known.set(None);
        give(site, known.clone());
    };
    html![
        plain_head(site, i18n.text("desk.enrolment.title"), None),
        Message::failure(failure).view(i18n, true),
        el("p").put(link_button(i18n.t("document.again"), None, again)),
        start_again(site),
    ]
}

fn secret_view(site: Site, secret: &Enrolment) -> Html {
    let i18n = site.i18n;
    let text = |part: &str| i18n.text(&format!("desk.enrolment.{part}"));
    let next = site.nav.href(&format!("{}?{TYPED}", site.nav.path()));
    // It is the server's own picture.
    let picture = el("div").class("qr").attr("role", "img").attr("aria-label", &text("picture"));
    let go_on = el("a").class("button").attr("href", &next).text(i18n.t("wizard.continue"));
    html![
        plain_head(site, text("title"), Some(text("intro"))),
        el("ol").put(html![el("li").text(&text("install")), el("li").text(&text("scan"))]),
        picture.inner_html(&secret.picture),
        el("p").text(&text("type")),
        el("p").put(el("span").class("ident").text(&secret.secret)),
        el("p").put(el("a").attr("href", &secret.uri).attr("rel", "external").text(&text("open"))),
        // Not the same page to the router's eyes alone: the heading of the next one takes the focus.
        el("div").class("actions").put(go_on.on("click", move |_| site.nav.arrive())),
        start_again(site),
    ]
}

/// The codes for when the authenticator is lost: shown once.
pub(super) fn codes_view(site: Site, codes: &[String]) -> Html {
    let i18n = site.i18n;
    let text = |part: &str| i18n.text(&format!("desk.recovery.{part}"));
    let list = codes.iter().fold(el("ul").class("codes"), |list, code| {
        list.put(el("li").put(el("span").class("ident").text(code)))
    });
    let kept = el("button").attr("type", "button").class("button").text(&text("kept"));
    html![
        plain_head(site, text("title"), Some(text("intro"))),
        list,
        notice_box(Tone::Warning, false, None, el("p").text(&text("once"))),
        el("div").class("actions").put(kept.on("click", move |_| {
            site.nav.arrive();
            ask(site);
        })),
    ]
}
