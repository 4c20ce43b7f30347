use std::rc::Rc;

use palier_domain::account::LinkForm;
use palier_domain::portal::Portal;
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

/// One of these pages, as data.
pub(crate) struct LinkPage {
    /// Where its texts are: title, introduction, button, and for each end `<text>.done`, `<text>.<code>`…
    pub(crate) text: &'static str,
    /// The page itself.
    pub(crate) place: Place,
    /// What the click does; another link is asked for below it, at `/resend`.
    pub(crate) endpoint: &'static str,
    /// Where one begins anew when the link is unknown, and the text of the link there.
    pub(crate) start: (&'static str, &'static str),
}

impl LinkPage {
    fn key(&self, part: &str) -> String {
        format!("{}.{part}", self.text)
    }
}

/// What the click on the link has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Stage {
    /// The button waits: opening the page does nothing, since scanners of e-mails open links too.
    Asked,
    /// It is done.
    Done,
    /// The link is of no use: the code says why.
    Refused(String),
    /// Another link was sent in the place of one that was too old.
    Resent,
}

/// Shows another stage.
type Change = Rc<dyn Fn(Stage)>;

/// Shows it.
pub(crate) fn link_view(site: Site, portal: &'static Portal, page: &'static LinkPage) -> Html {
    let form =
        token::take(site, page.place).map(|token| LinkForm { token: Token::reveal(&token).to_owned() });
    let first = if form.is_some() { Stage::Asked } else { Stage::Refused(code::LINK_UNKNOWN.to_owned()) };
    let reached = Local::new(first);
    let state = site.form(page.text);
    state.forget_problems();
    let turned = reached.clone();
    let change: Change = Rc::new(move |to: Stage| {
        if to != Stage::Resent {
            token::forget(site, page.place);
        }
        site.nav.arrive();
        turned.set(to);
    });
    live(move || match (reached.get(), form.clone()) {
        (Stage::Asked, Some(form)) => asked(site, page, form, state, change.clone()),
        (Stage::Done, _) => finished(site, page),
        (Stage::Resent, _) => resent(site, page),
        (Stage::Refused(code), form) => refused(site, portal, page, &code, form, state, change.clone()),
        (Stage::Asked, None) => refused(site, portal, page, code::LINK_UNKNOWN, None, state, change.clone()),
    })
}

fn asked(site: Site, page: &'static LinkPage, form: LinkForm, state: FormState, change: Change) -> Html {
    let i18n = site.i18n;
    let signed_in = page.key("signed_in");
    let other = site.session.now().filter(|_| i18n.find_text(&signed_in).is_some()).map(|session| {
        let words = i18n.with(&signed_in, &[("name", &session.name)]);
        notice_box(Tone::Information, false, None, el("p").text(&words))
    });
    let send = move || {
        let change = change.clone();
        run(site, state, page.endpoint, &form, move |answer| match answer {
            Ok(_) => change(Stage::Done),
            Err(failure) if is_final(failure.code()) => change(Stage::Refused(failure.code().to_owned())),
            Err(failure) => state.notice.set(Some(Message::failure(&failure))),
        });
    };
    html![
        plain_head(site, i18n.text(&page.key("title")), Some(i18n.text(&page.key("intro")))),
        other,
        one_button(site, page, state, "submit", send),
    ]
}

fn finished(site: Site, page: &LinkPage) -> Html {
    let i18n = site.i18n;
    let sign_in = el("a").class("button").attr("href", &site.nav.href(&Place::SignIn.path()));
    html![told(site, page, "done"), el("div").class("actions").put(sign_in.text(i18n.t("sign_in.submit"))),]
}

fn resent(site: Site, page: &LinkPage) -> Html {
    told(site, page, "resent").into()
}

fn told(site: Site, page: &LinkPage, what: &str) -> El {
    let text = |part: &str| site.i18n.text(&page.key(&format!("{what}.{part}")));
    done(plain_head(site, text("title"), None), &text("text"))
}

fn refused(
    site: Site,
    portal: &'static Portal,
    page: &'static LinkPage,
    code: &str,
    form: Option<LinkForm>,
    state: FormState,
    change: Change,
) -> Html {
    let i18n = site.i18n;
    // Not every page has words for each of them.
    let told = i18n.find_text(&page.key(&format!("{code}.title"))).is_some();
    let code = if told { code } else { code::LINK_UNKNOWN };
    let again = form.filter(|_| code == code::LINK_EXPIRED).map(|form| {
        let send = move || {
            let change = change.clone();
            run(site, state, &format!("{}/resend", page.endpoint), &form, move |answer| match answer {
                Ok(_) => change(Stage::Resent),
                Err(failure) => state.notice.set(Some(Message::failure(&failure))),
            });
        };
        one_button(site, page, state, "resend", send)
    });
    let links = match code {
        code::LINK_USED => vec![
            (Place::SignIn.path(), "sign_in.submit"),
            (Place::ForgottenPassword.path(), "sign_in.forgotten_password"),
        ],
        code::HOME_HAS_ACCOUNT | code::ORGANISATION_KNOWN => vec![
            (Place::SignIn.path(), "sign_in.submit"),
            (Place::ForgottenIdentifier.path(), "sign_in.forgotten_identifier"),
            (Place::ForgottenPassword.path(), "sign_in.forgotten_password"),
        ],
        code::LINK_UNKNOWN => {
            let (path, words) = page.start;
            vec![(path.to_owned(), words), (Place::SignIn.path(), "sign_in.submit")]
        }
        _ => Vec::new(),
    };
    let text = |part: &str| i18n.portal(&page.key(&format!("{code}.{part}")), portal);
    let contact = page.key("contact");
    let contact = i18n.find_text(&contact).map(|_| el("p").text(&i18n.portal(&contact, portal)));
    html![plain_head(site, text("title"), Some(text("text"))), again, links_view(site, &links), contact,]
}

/// Codes after which the button is of no use any more.
fn is_final(code: &str) -> bool {
    [
        code::LINK_USED,
        code::LINK_SUPERSEDED,
        code::LINK_EXPIRED,
        code::LINK_UNKNOWN,
        code::HOME_HAS_ACCOUNT,
        code::ORGANISATION_KNOWN,
    ]
    .contains(&code)
}

fn one_button(site: Site, page: &LinkPage, state: FormState, words: &str, send: impl Fn() + 'static) -> El {
    let i18n = site.i18n;
    let text = |part: &str| i18n.text(&page.key(part));
    let button = Button { words: text(words), busy_words: text("busy"), busy: state.busy };
    one_button_form(notice_slot(i18n, state.notice), button, send)
}

fn run(site: Site, state: FormState, path: &str, form: &LinkForm, then: impl FnOnce(Answer) + 'static) {
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
