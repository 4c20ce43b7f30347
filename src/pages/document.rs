use palier_domain::reading::Read as _;
use palier_domain::wire::Document;

use crate::api::{Call, Failure};
use crate::form::plain_head;
use crate::html;
use crate::message::Message;
use crate::site::Site;
use crate::ui::{Html, el, link_button, live};
use crate::var::Local;

/// What is known of a written page: nothing while it is being fetched.
type Known = Local<Option<Result<Document, Failure>>>;

/// A written page: the one that came with `index.html`, else asked for.
pub(crate) fn document_view(site: Site, name: &'static str) -> Html {
    let here = format!("{name}.{}", site.i18n.language());
    let came = site.document.borrow().as_ref().filter(|(of, _)| *of == here).map(|(_, it)| it.clone());
    let known: Known = Local::new(came.map(Ok));
    if known.now().is_none() {
        fetch(site, name, &known);
    }
    live(move || match known.get() {
        None => el("p").attr("role", "status").text(site.i18n.t("document.loading")).into(),
        Some(Ok(document)) => html![
            plain_head(site, document.title, None),
            el("article").class("text").inner_html(&document.html),
        ],
        Some(Err(failure)) => {
            let known = known.clone();
            failed(site, &failure, move || {
                known.set(None);
                fetch(site, name, &known);
            })
        }
    })
}

fn fetch(site: Site, name: &str, known: &Known) {
    let known = known.clone();
    let path = format!("/documents/{name}?lang={}", site.i18n.language());
    site.api.send(Call::get(&path), move |answer| {
        known.set(Some(answer.and_then(|said| Document::read(&said).ok_or(Failure::Lost))));
    });
}

fn failed(site: Site, failure: &Failure, again: impl Fn() + 'static) -> Html {
    let i18n = site.i18n;
    html![
        plain_head(site, i18n.text("document.failed"), None),
        Message::failure(failure).view(i18n, true),
        el("p").put(link_button(i18n.t("document.again"), None, again)),
    ]
}
