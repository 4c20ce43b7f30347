use palier_domain::desk::{RequestsView, Stuck};

use super::clients::letter;
use super::day;
use super::list::{List, Part, list_view, pages};
use super::session::Desk;
use crate::html;
use crate::json::read;
use crate::ui::{Html, el, table};

/// What doesn't go on by itself, the longest first (D2).
static REQUESTS: List = List {
    text: "desk.requests",
    endpoint: "/desk/requests",
    searched: false,
    total: |said| Some(read::<RequestsView>(said)?.paging.total),
    show,
};

const COLUMNS: [&str; 6] =
    ["desk.since", "desk.organisation", "desk.number", "desk.applicant", "desk.why", "desk.remedy.title"];

/// Shows it.
pub(super) fn requests_view(desk: &Desk) -> Html {
    list_view(desk, &REQUESTS)
}

fn show(desk: &Desk, part: &Part) -> Option<Html> {
    let i18n = desk.site.i18n;
    let view = read::<RequestsView>(&part.said)?;
    let days = view.days.to_string();
    let rows = view.stuck.iter().map(|stuck| cells(desk, stuck, &days));
    let columns = COLUMNS.map(|key| i18n.t(key));
    let shown = (!view.stuck.is_empty()).then(|| table(i18n.t("desk.requests.caption"), &columns, rows));
    Some(html![shown, pages(desk, &part.query, view.paging)])
}

fn cells(desk: &Desk, stuck: &Stuck, days: &str) -> Vec<Html> {
    let i18n = desk.site.i18n;
    let why = i18n.with(&format!("desk.stuck.{}", stuck.kind.name()), &[("days", days)]);
    let letter = stuck.letter.as_ref().map(|reference| letter(desk, reference));
    vec![
        html![day(&stuck.since)],
        html![stuck.organisation.clone()],
        html![el("span").class("ident").text(&stuck.number)],
        html![stuck.applicant.clone()],
        html![why, letter.is_some().then_some(" "), letter],
        html![i18n.text(&format!("desk.remedy.{}", stuck.remedy.name()))],
    ]
}
