use std::time::Duration;

use palier_domain::account::{ResendForm, SignUpReceipt};
#[cfg(feature = "onboarding")]
use palier_domain::journey::VARIANT;
use palier_domain::journey::{Answers, Journey, Kind, answer};
use palier_domain::portal::Portal;
use palier_domain::reading::Read as _;
use serde_json::Value;

use super::Draft;
use crate::api::Call;
use crate::form::{links_view, notice_slot, plain_head};
use crate::message::Message;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{Html, Tone, details, done, el, link_button};
use crate::{dom, html};

/// How long after an e-mail another one can be asked for: most arrive within it.
const WAIT: Duration = Duration::from_mins(1);

/// Entry of the receipt: where the link was sent.
const EMAIL: &str = "email";
/// Entry of the receipt: see [`SignUpReceipt::handle`].
const HANDLE: &str = "handle";

/// What the page of a form that was sent needs of it; nothing where no link is sent.
pub(super) fn receipt(journey: &Journey, answers: &Answers, said: &Value) -> Answers {
    let mut receipt = Answers::new();
    let mut fields = journey.pages.iter().flat_map(|page| page.fields);
    if let (Some(SignUpReceipt { handle }), Some(field)) =
        (SignUpReceipt::read(said), fields.find(|field| field.kind == Kind::Email))
    {
        receipt.insert(EMAIL.to_owned(), answer(answers, field.name).trim().to_owned());
        receipt.insert(HANDLE.to_owned(), handle);
        #[cfg(feature = "onboarding")]
        receipt.extend(answers.get_key_value(VARIANT).map(|(name, it)| (name.clone(), it.clone())));
    }
    receipt
}

/// "Consultez votre messagerie": what was sent where, and what to do when nothing comes (T6, M2). Its texts are under
/// `<journey>.sent`, with the variant after those that differ by it.
pub fn sent_view(site: Site, portal: &'static Portal, journey: &'static Journey) -> Html {
    let draft = site.draft(journey, &portal.slug);
    let sent = draft.sent.now();
    if sent.is_empty() {
        dom::soon(move || site.nav.replace(journey.path));
        return Html::default();
    }
    let i18n = site.i18n;
    let key = |part: &str| format!("{}.sent.{part}", journey.name);
    #[cfg(feature = "onboarding")]
    let variant = answer(&sent, VARIANT).to_owned();
    #[cfg(feature = "onboarding")]
    let key = |part: &str| {
        let own = format!("{}_{variant}", key(part));
        if i18n.find_text(&own).is_some() { own } else { key(part) }
    };
    let said = |part: &str| i18n.text(&key(part));
    let email = answer(&sent, EMAIL).to_owned();
    let again = draft.again.take();
    let again = again.then(|| Message::new(Tone::Information, &key("again")).view(i18n, true));
    let text = i18n.with(&key("text"), &[("email", &email)]);
    let steps = ["open", "confirm", "sign_in"]
        .into_iter()
        .fold(el("ol"), |list, step| list.put(el("li").text(&said(step))));
    html![
        again,
        done(plain_head(site, said("title"), None), &text),
        el("h2").text(&said("next")),
        steps,
        el("h2").text(&said("nothing")),
        el("p").text(&said("spam")),
        resend(site, journey, sent),
        details(false, &said("wrong"), wrong_address(site, draft, journey, &email)),
        details(false, &said("account"), account(site, &said("account_text"))),
        el("p").text(&i18n.portal(&key("contact"), portal)),
    ]
}

fn resend(site: Site, journey: &'static Journey, sent: Answers) -> Html {
    let i18n = site.i18n;
    let state = site.form(journey.endpoint);
    let path = format!("{}/resend", journey.endpoint);
    let again = move || {
        state.busy.set(true);
        state.notice.set(None);
        let form = ResendForm { handle: answer(&sent, HANDLE).to_owned() };
        site.api.send(Call::form(&path, &form), move |answer| {
            let waiting = match answer {
                Ok(_) => {
                    state.notice.set(Some(Message::success(&format!("{}.sent.resent", journey.name))));
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
    let button = link_button(&i18n.text(&format!("{}.sent.resend", journey.name)), Some(state.busy), again);
    html![notice_slot(i18n, state.notice), el("p").put(button)]
}

fn wrong_address(site: Site, draft: &'static Draft, journey: &'static Journey, email: &str) -> Html {
    let i18n = site.i18n;
    let restart = move || {
        // The link may have reached somebody else: it must open nothing. Without an answer it ends by itself.
        let handle = draft.sent.peek(|sent| answer(sent, HANDLE).to_owned());
        let path = format!("{}/withdraw", journey.endpoint);
        site.api.send(Call::form(&path, &ResendForm { handle }), |_| ());
        draft.restart();
        site.nav.go(journey.path);
    };
    let key = |part: &str| format!("{}.sent.{part}", journey.name);
    html![
        el("p").text(&i18n.with(&key("wrong_text"), &[("email", email)])),
        el("p").put(link_button(&i18n.text(&key("restart")), None, restart)),
    ]
}

fn account(site: Site, text: &str) -> Html {
    let links = [
        (Place::ForgottenIdentifier.path(), "sign_in.forgotten_identifier"),
        (Place::ForgottenPassword.path(), "sign_in.forgotten_password"),
    ];
    html![el("p").text(text), links_view(site, &links)]
}
