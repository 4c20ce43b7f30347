use palier_domain::desk::{ClientRow, ClientsPage};

use super::list::{List, Part, list_view, pages};
use super::query::Query;
use super::session::Desk;
use crate::html;
use crate::json::read;
use crate::routes::{Place, Room};
use crate::ui::{Html, el, table};

/// Client organisations, and who administers them (D2).
static CLIENTS: List = List {
    text: "desk.clients",
    endpoint: "/desk/clients",
    searched: true,
    total: |said| Some(read::<ClientsPage>(said)?.paging.total),
    show,
};

const COLUMNS: [&str; 5] =
    ["desk.number", "desk.organisation", "desk.representative", "desk.administrators", "desk.designation"];

/// Shows them.
pub(super) fn clients_view(desk: &Desk) -> Html {
    list_view(desk, &CLIENTS)
}

fn show(desk: &Desk, part: &Part) -> Option<Html> {
    let i18n = desk.site.i18n;
    let page = read::<ClientsPage>(&part.said)?;
    let rows = page.clients.iter().map(|client| cells(desk, client));
    let columns = COLUMNS.map(|key| i18n.t(key));
    let shown = (!page.clients.is_empty()).then(|| table(i18n.t("desk.clients.caption"), &columns, rows));
    Some(html![shown, pages(desk, &part.query, page.paging)])
}

fn cells(desk: &Desk, client: &ClientRow) -> Vec<Html> {
    let i18n = desk.site.i18n;
    let form = client.legal_form.as_ref().map(|form| format!(" ({form})")).unwrap_or_default();
    let state = client
        .designation
        .as_ref()
        .map_or_else(|| i18n.text("desk.no_designation"), |state| i18n.text(&format!("desk.letter.{state}")));
    let letter = client.letter.as_ref().map(|reference| letter(desk, reference));
    vec![
        html![el("span").class("ident").text(&client.number)],
        html![format!("{}{form}", client.name)],
        html![client.representative.clone()],
        html![client.administrators.to_string()],
        html![state, letter.is_some().then_some(" "), letter],
    ]
}

/// The way to a letter.
pub(super) fn letter(desk: &Desk, reference: &str) -> Html {
    let query = Query { text: reference.to_owned(), page: 1, ..Query::default() };
    let path = format!("{}{}", Place::Desk(Room::Letters).path(), query.address());
    html![el("a").class("ident").attr("href", &desk.site.nav.href(&path)).text(reference)]
}
