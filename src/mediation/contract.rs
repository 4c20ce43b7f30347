use leptos::prelude::window;
use palier_domain::journey::answer;
use palier_domain::mediation::{CONTRACT, MEMBERSHIP};
use palier_domain::reading::Read as _;
use palier_domain::wire::Document;
use serde_json::Value;

use crate::fetched::{Question, fetched};
use crate::html;
use crate::message::Message;
use crate::site::Site;
use crate::ui::{El, Html, Tone, el};
use crate::var::Local;
use crate::wizard::Draft;

/// The contract, to read, print and download (M4). With a draft, it is the text that is agreed to in it.
pub(super) fn contract_view(site: Site, draft: Option<&'static Draft>) -> Html {
    let question = Question {
        path: format!("/mediation/contract?lang={}", site.i18n.language()),
        known: Local::new(None),
        waiting: "document.loading",
        failed: |site| el("p").text(site.i18n.t("membership.document.failed")).into(),
        heard: if draft.is_some() { read } else { |_, _| () },
    };
    fetched(site, question, move |said| Document::read(said).map(|document| shown(site, document)))
}

/// Another text than the one that was there before has to be agreed to anew.
fn read(site: Site, said: &Value) {
    let sha256 = Document::read(said).and_then(|document| document.sha256).unwrap_or_default();
    let Some(portal) = &site.portal else { return };
    let draft = site.draft(&MEMBERSHIP, &portal.slug);
    let before = draft.form.answers.peek(|answers| answer(answers, CONTRACT).to_owned());
    if before == sha256 {
        return;
    }
    draft.form.answers.update(|answers| drop(answers.insert(CONTRACT.to_owned(), sha256)));
    tick(draft, "");
    if !before.is_empty() {
        draft.form.notice.set(Some(Message::new(Tone::Warning, "membership.document.changed")));
    }
}

/// Ticks the box of the agreement, or unticks it.
pub(super) fn tick(draft: &Draft, value: &str) {
    draft.form.answers.update(|answers| drop(answers.insert("authorised".to_owned(), value.to_owned())));
}

fn shown(site: Site, document: Document) -> Html {
    let i18n = site.i18n;
    let Document { title, html, version, sha256 } = document;
    let (version, sha256) = (version.unwrap_or_default(), sha256.unwrap_or_default());
    let print = i18n.with("membership.document.fingerprint", &[("version", &version), ("sha256", &sha256)]);
    let region = el("div")
        .class("sheet")
        .attr("role", "region")
        .attr("aria-label", i18n.t("membership.document.region"))
        .put(html![el("h2").text(&title), el("div").class("text").inner_html(&html)])
        .put(el("p").class("hint ident").text(&print));
    let file = |path: &str, key: &'static str| -> El {
        let link = el("a").class("button secondary").attr("href", &site.nav.href(path));
        link.flag("download", true).text(i18n.t(key))
    };
    let printer = el("button").attr("type", "button").class("button secondary");
    let printer = printer.text(i18n.t("membership.document.print")).on("click", |_| {
        // Refused where pages may not print: then nothing happens.
        let _ = window().print();
    });
    let actions = el("div").class("actions").put(html![
        printer,
        file("/api/mediation/contract.pdf", "membership.document.download"),
        file("/api/mediation/terms.pdf", "membership.document.terms"),
    ]);
    // Before the text: it is long, and who only wants to keep it shouldn't have to look for them.
    html![actions, region]
}
