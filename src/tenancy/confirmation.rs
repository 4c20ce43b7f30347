use std::rc::Rc;

use palier_domain::account::LinkForm;
use palier_domain::portal::Portal;
use palier_domain::tenancy::SIGN_UP;
use palier_domain::values::Token;
use palier_domain::wire::code;

use crate::api::{Answer, Call};
use crate::form::{FormState, links_view, notice_slot, plain_head};
use crate::html;
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::token;
use crate::ui::{Button, El, Html, Tone, done, el, live, notice_box, one_button_form};
use crate::var::Local;

/// What the click on the link has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// The button waits: opening the page does nothing, since scanners of e-mails open links too.
    Asked,
    /// The address is confirmed.
    Confirmed,
    /// The link is of no use: the code says why.
    Refused(String),
    /// Another link was sent in the place of one that was too old.
    Resent,
}

/// Shows another stage.
type Change = Rc<dyn Fn(Stage)>;

/// The page that the link of the first e-mail opens (T6).
pub(crate) fn confirmation_view(site: Site, portal: &'static Portal) -> Html {
    let form = token::take(site, Place::Confirmation)
        .map(|token| LinkForm { token: Token::reveal(&token).to_owned() });
    let first = if form.is_some() { Stage::Asked } else { Stage::Refused(code::LINK_UNKNOWN.to_owned()) };
    let reached = Local::new(first);
    let state = site.form("confirmation");
    state.forget_problems();
    let turned = reached.clone();
    let change: Change = Rc::new(move |to: Stage| {
        if to != Stage::Resent {
            token::forget(site, Place::Confirmation);
        }
        site.nav.arrive();
        turned.set(to);
    });
    live(move || match (reached.get(), form.clone()) {
        (Stage::Asked, Some(form)) => asked(site, form, state, change.clone()),
        (Stage::Confirmed, _) => confirmed(site),
        (Stage::Resent, _) => resent(site),
        (Stage::Refused(code), form) => refused(site, portal, &code, form, state, change.clone()),
        (Stage::Asked, None) => refused(site, portal, code::LINK_UNKNOWN, None, state, change.clone()),
    })
}

fn asked(site: Site, form: LinkForm, state: FormState, change: Change) -> Html {
    let i18n = site.i18n;
    let other = site.session.now().map(|session| {
        let words = i18n.with("confirmation.signed_in", &[("name", &session.name)]);
        notice_box(Tone::Information, false, None, el("p").text(&words))
    });
    let send = move || {
        let change = change.clone();
        run(site, state, "/tenancy/confirmations", &form, move |answer| match answer {
            Ok(_) => change(Stage::Confirmed),
            Err(failure) if is_final(failure.code()) => change(Stage::Refused(failure.code().to_owned())),
            Err(failure) => state.notice.set(Some(Message::failure(&failure))),
        });
    };
    html![
        plain_head(site, i18n.text("confirmation.title"), Some(i18n.text("confirmation.intro"))),
        other,
        one_button(site, state, "confirmation.submit", send),
    ]
}

fn confirmed(site: Site) -> Html {
    let i18n = site.i18n;
    let sign_in = el("a").class("button").attr("href", &site.nav.href(&Place::SignIn.path()));
    html![
        done(plain_head(site, i18n.text("confirmation.done.title"), None), i18n.t("confirmation.done.text")),
        el("div").class("actions").put(sign_in.text(i18n.t("sign_in.submit"))),
    ]
}

fn resent(site: Site) -> Html {
    let i18n = site.i18n;
    let head = plain_head(site, i18n.text("confirmation.resent.title"), None);
    done(head, i18n.t("confirmation.resent.text")).into()
}

fn refused(
    site: Site,
    portal: &'static Portal,
    code: &str,
    form: Option<LinkForm>,
    state: FormState,
    change: Change,
) -> Html {
    let i18n = site.i18n;
    let again = form.filter(|_| code == code::LINK_EXPIRED).map(|form| {
        let send = move || {
            let change = change.clone();
            run(site, state, "/tenancy/confirmations/resend", &form, move |answer| match answer {
                Ok(_) => change(Stage::Resent),
                Err(failure) => state.notice.set(Some(Message::failure(&failure))),
            });
        };
        one_button(site, state, "confirmation.resend", send)
    });
    let links = match code {
        code::LINK_USED => vec![
            (Place::SignIn.path(), "sign_in.submit"),
            (Place::ForgottenPassword.path(), "sign_in.forgotten_password"),
        ],
        code::HOME_HAS_ACCOUNT => vec![
            (Place::SignIn.path(), "sign_in.submit"),
            (Place::ForgottenIdentifier.path(), "sign_in.forgotten_identifier"),
            (Place::ForgottenPassword.path(), "sign_in.forgotten_password"),
        ],
        code::LINK_UNKNOWN => {
            vec![(SIGN_UP.path.to_owned(), "home.sign_up"), (Place::SignIn.path(), "sign_in.submit")]
        }
        _ => Vec::new(),
    };
    let text = |part: &str| i18n.portal(&format!("confirmation.{code}.{part}"), portal);
    html![
        plain_head(site, text("title"), Some(text("text"))),
        again,
        links_view(site, &links),
        el("p").text(&i18n.portal("confirmation.contact", portal)),
    ]
}

/// Codes after which the button is of no use any more.
fn is_final(code: &str) -> bool {
    [code::LINK_USED, code::LINK_SUPERSEDED, code::LINK_EXPIRED, code::LINK_UNKNOWN, code::HOME_HAS_ACCOUNT]
        .contains(&code)
}

fn one_button(site: Site, state: FormState, words: &str, send: impl Fn() + 'static) -> El {
    let i18n = site.i18n;
    let button =
        Button { words: i18n.text(words), busy_words: i18n.text("confirmation.busy"), busy: state.busy };
    one_button_form(notice_slot(i18n, state.notice), button, send)
}

fn run(
    site: Site,
    state: FormState,
    path: &'static str,
    form: &LinkForm,
    then: impl FnOnce(Answer) + 'static,
) {
    if state.busy.now() {
        return;
    }
    state.forget_problems();
    state.busy.set(true);
    site.api.send(Call::form(path, form), move |answer| {
        state.busy.set(false);
        then(answer);
    });
}
