use leptos::prelude::*;
use leptos::task::spawn_local;
use palier_domain::wire::Document;

use crate::api::Failure;
use crate::form::plain_head;
use crate::html;
use crate::message::Message;
use crate::site::Site;
use crate::ui::{Html, el, link_button, live};

/// A written page: the one that came with `index.html`, else asked for.
pub(crate) fn document_view(site: Site, name: &'static str) -> Html {
    let language = site.i18n.language();
    let here = format!("{name}.{language}");
    let known = site.document.with_value(|known| {
        known.as_ref().filter(|(of, _)| *of == here).map(|(_, document)| Ok(document.clone()))
    });
    let ask = known.is_none();
    let answer = RwSignal::new(known);
    let fetch = move || {
        spawn_local(async move {
            let document = site.api.get::<Document>(&format!("/documents/{name}?lang={language}")).await;
            answer.try_set(Some(document));
        });
    };
    if ask {
        fetch();
    }
    live(move || match answer.get() {
        None => el("p").attr("role", "status").text(site.i18n.t("document.loading")).into(),
        Some(Ok(document)) => html![
            plain_head(site, document.title, None),
            el("article").class("text").inner_html(&document.html),
        ],
        Some(Err(failure)) => failed(site, &failure, move || {
            answer.set(None);
            fetch();
        }),
    })
}

fn failed(site: Site, failure: &Failure, again: impl Fn() + 'static) -> Html {
    let i18n = site.i18n;
    html![
        plain_head(site, i18n.text("document.failed"), None),
        Message::failure(failure).view(i18n, true),
        el("p").put(link_button(i18n.t("document.again"), None, again)),
    ]
}
