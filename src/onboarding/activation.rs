use palier_domain::journey::{Answers, answer};
use palier_domain::onboarding::{ACTIVATION, ActivationForm, REFUSAL, RefusalForm};
use palier_domain::portal::Portal;
use palier_domain::values::LetterCode;

use crate::api::Call;
use crate::form::{Form, links_view, plain_head, simple_form};
use crate::html;
use crate::message::Message;
use crate::routes::{Place, SENT_QUERY};
use crate::site::Site;
use crate::ui::{Html, done, el, live};

/// The code of the letter and a password: the account of the administrator (A5).
static ACTIVATE: Form = Form {
    name: "activation",
    fields: &ACTIVATION,
    problems: |answers, context| ActivationForm::from_answers(answers).problems(context),
    call: |_, answers| Call::form("/onboarding/activations", &ActivationForm::from_answers(answers)),
    done: |site, _| {
        site.nav.replace(&Place::SignIn.path());
        site.tell(Message::success("activation.done"));
    },
    cleared: &[],
};

/// The code of the letter: the request is stopped (A4).
static REFUSE: Form = Form {
    name: "refusal",
    fields: &REFUSAL,
    problems: |answers, _| refused(answers).problems(),
    call: |_, answers| Call::form("/onboarding/refusals", &refused(answers)),
    done: |site, _| {
        let path = Place::Refusal.path();
        site.nav.arrive();
        site.nav.replace(&format!("{path}?{SENT_QUERY}"));
    },
    cleared: &[],
};

fn refused(answers: &Answers) -> RefusalForm {
    RefusalForm { letter_code: answer(answers, "letter_code").to_owned() }
}

/// The page where the code of the letter is typed.
pub(crate) fn activation_view(site: Site, portal: &'static Portal) -> Html {
    take_code(site, &ACTIVATE);
    html![
        simple_form(site, portal, &ACTIVATE, None),
        links_view(site, &[(Place::Letter.path(), "activation.follow")]),
        el("p").text(&site.i18n.portal("letter.contact", portal)),
    ]
}

/// The page for an organisation that knows nothing of the request.
pub(crate) fn refusal_view(site: Site, portal: &'static Portal) -> Html {
    take_code(site, &REFUSE);
    live(move || {
        let text = |part: &str| site.i18n.portal(&format!("refusal.done.{part}"), portal);
        let contact = el("p").text(&text("contact"));
        if site.nav.here().with(|here| here.query == SENT_QUERY) {
            html![done(plain_head(site, text("title"), None), &text("text")), contact]
        } else {
            html![simple_form(site, portal, &REFUSE, None), contact]
        }
    })
}

/// The code that the letter's QR code carries in the fragment: put into its field and taken out of the address, where
/// others could read it.
fn take_code(site: Site, form: &'static Form) {
    let fragment = site.nav.here().peek(|here| here.fragment.clone());
    if fragment.is_empty() {
        return;
    }
    site.nav.forget_fragment();
    if let Ok(code) = LetterCode::parse(&fragment) {
        site.form(form.name).answers.update(|answers| {
            answers.insert("letter_code".to_owned(), code.reveal_in_groups());
        });
    }
}
