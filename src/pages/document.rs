use palier_domain::reading::Read as _;
use palier_domain::wire::Document;

use crate::fetched::{Question, fetched};
use crate::form::plain_head;
use crate::html;
use crate::site::Site;
use crate::ui::{Html, el};
use crate::var::Local;

/// A written page: the one that came with `index.html`, else asked for.
pub(crate) fn document_view(site: Site, name: &'static str) -> Html {
    let language = site.i18n.language();
    let here = format!("{name}.{language}");
    if let Some((_, document)) = site.document.borrow().as_ref().filter(|(of, _)| *of == here) {
        return written(site, document);
    }
    let question = Question {
        path: format!("/documents/{name}?lang={language}"),
        known: Local::new(None),
        waiting: "document.loading",
        failed: failed_head,
        heard: |_, _| (),
    };
    fetched(site, question, move |said| Document::read(said).map(|document| written(site, &document)))
}

/// The heading of a page that couldn't be loaded.
pub(crate) fn failed_head(site: Site) -> Html {
    plain_head(site, site.i18n.text("document.failed"), None)
}

fn written(site: Site, document: &Document) -> Html {
    html![
        plain_head(site, document.title.clone(), None),
        el("article").class("text").inner_html(&document.html),
    ]
}
