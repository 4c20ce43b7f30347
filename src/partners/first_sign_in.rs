use palier_domain::account::Session;
use palier_domain::journey::{Answers, TICKED, answer};
use palier_domain::partners::{CHOOSE, FirstPasswordForm, PROVISIONAL, ProvisionalForm};
use palier_domain::portal::Portal;
use palier_domain::reading::Read as _;
use palier_domain::values::{LetterCode, UserNumber};

use crate::api::Call;
use crate::dom;
use crate::form::{Form, links_view, simple_form};
use crate::html;
use crate::message::Message;
use crate::routes::{Place, SENT_QUERY, home_of};
use crate::site::Site;
use crate::ui::{Html, el, input_id, link_button, live};

/// Whether what was sent was found right: among the answers of the second form, which reload and other tabs forget.
const CHECKED: &str = "checked";
/// The field of the provisional password.
const SECRET: &str = "provisional_password";

/// What was sent (P4).
static PROVE: Form = Form {
    name: "first_sign_in",
    fields: &PROVISIONAL,
    problems: |answers, _| ProvisionalForm::from_answers(answers).problems(),
    call: |site, answers| {
        let given = ProvisionalForm::from_answers(answers);
        site.form(OWN.name).answers.update(|own| own.extend(answers.clone()));
        Call::form("/partners/first-sign-in/check", &given)
    },
    done: |site, _| {
        site.form(OWN.name).answers.update(|own| {
            own.insert(CHECKED.to_owned(), TICKED.to_owned());
        });
        site.nav.arrive();
        site.nav.go(&format!("{}?{SENT_QUERY}", Place::FirstSignIn.path()));
    },
    cleared: &[],
};

/// A password of one's own.
static OWN: Form = Form {
    name: "first_password",
    fields: &CHOOSE,
    problems: |answers, context| form(answers).problems(context),
    call: |_, answers| Call::form("/partners/first-sign-in", &form(answers)),
    done: |site, said| {
        // Back shows the first question again: what it had is spent.
        site.form(PROVE.name).answers.set(Answers::new());
        site.session.set(Session::read(said));
        site.nav.replace(&site.session.peek(home_of).path());
        site.tell(Message::success("first_password.done"));
    },
    cleared: &[],
};

fn form(answers: &Answers) -> FirstPasswordForm {
    FirstPasswordForm::new(&ProvisionalForm::from_answers(answers), answer(answers, "password"))
}

/// The page of the first sign-in: what was sent, then a password of one's own.
pub(crate) fn first_sign_in_view(site: Site, portal: &'static Portal) -> Html {
    take_identifiers(site);
    live(move || {
        let asked = site.nav.here().with(|here| here.query == SENT_QUERY);
        let checked = site.form(OWN.name).answers.peek(|own| answer(own, CHECKED) == TICKED);
        if asked && checked {
            return simple_form(site, portal, &OWN, Some(Place::FirstSignIn.path()));
        }
        if checked {
            // Who comes back needn't type it again: a letter's can't be pasted.
            let known = site.form(OWN.name).answers.peek(ProvisionalForm::from_answers);
            fill(site, known.user_number, known.provisional_password);
        }
        let links = [
            (Place::Help(palier_domain::partners::Step::SignedIn).path(), "first_sign_in.lost"),
            (Place::SignIn.path(), "first_sign_in.own"),
        ];
        html![
            simple_form(site, portal, &PROVE, None),
            live(move || copy_view(site)),
            links_view(site, &links)
        ]
    })
}

/// The identifiers that the link of the e-mail and the letter's QR code carry in the fragment: put into their fields and
/// taken out of the address, where others could read them.
fn take_identifiers(site: Site) {
    let fragment = site.nav.here().peek(|here| here.fragment.clone());
    if fragment.is_empty() {
        return;
    }
    site.nav.forget_fragment();
    let Some((number, secret)) = fragment.trim_start_matches('#').split_once('-') else { return };
    if let (Ok(number), Ok(secret)) = (UserNumber::parse(number), LetterCode::parse(secret)) {
        fill(site, number.as_str().to_owned(), secret.reveal_in_groups());
    }
}

/// Puts what was sent into its fields.
fn fill(site: Site, number: String, secret: String) {
    site.form(PROVE.name).answers.update(|answers| {
        answers.insert("user_number".to_owned(), number);
        answers.insert(SECRET.to_owned(), secret);
    });
}

/// Copies the provisional password that is in its field, for another device or browser (P3). Where the browser leaves copying
/// to the keyboard, it is selected.
fn copy_view(site: Site) -> Html {
    let state = site.form(PROVE.name);
    if state.answers.with(|answers| LetterCode::parse(answer(answers, SECRET)).is_err()) {
        return Html::default();
    }
    let copy = move || {
        if dom::copy_from(&input_id(SECRET)) {
            state.notice.set(Some(Message::success("first_sign_in.copied")));
        }
    };
    el("p").put(link_button(site.i18n.t("first_sign_in.copy"), None, copy)).into()
}
