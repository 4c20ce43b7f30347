use palier_domain::desk::{AccountRow, AccountsPage};

use super::list::{List, Part, list_view, pages};
use super::session::Desk;
use crate::html;
use crate::json::read;
use crate::routes::{Place, Room};
use crate::ui::{Html, el, table};

/// Those whom a caller can be (P7): nobody before something is looked for.
static ACCOUNTS: List = List {
    text: "support.accounts",
    endpoint: "/desk/accounts",
    searched: true,
    total: |said| Some(read::<AccountsPage>(said)?.paging.total),
    show,
};

const COLUMNS: [&str; 3] = ["support.name", "desk.email", "desk.state"];

/// Shows them.
pub(super) fn accounts_view(desk: &Desk) -> Html {
    let make = (desk.session.partners && desk.session.role.helps_callers()).then(|| {
        let href = desk.site.nav.href(&Place::Desk(Room::NewAccount).path());
        el("p").put(el("a").attr("href", &href).text(desk.site.i18n.t("support.new.title")))
    });
    html![list_view(desk, &ACCOUNTS), make]
}

fn show(desk: &Desk, part: &Part) -> Option<Html> {
    let i18n = desk.site.i18n;
    let page = read::<AccountsPage>(&part.said)?;
    let rows = page.accounts.iter().map(|account| cells(desk, account));
    let columns: Vec<_> = [number(desk)].into_iter().chain(COLUMNS).map(|key| i18n.t(key)).collect();
    let shown =
        (!page.accounts.is_empty()).then(|| table(i18n.t("support.accounts.caption"), &columns, rows));
    Some(html![shown, pages(desk, &part.query, page.paging)])
}

fn cells(desk: &Desk, account: &AccountRow) -> Vec<Html> {
    let i18n = desk.site.i18n;
    let href = desk.site.nav.href(&address(&account.number));
    vec![
        html![el("a").class("ident").attr("href", &href).text(&account.number)],
        html![account.name.clone()],
        html![account.email.clone().unwrap_or_else(|| i18n.text("desk.no_day"))],
        html![i18n.text(&format!("support.short.{}", account.state.name()))],
    ]
}

/// What somebody is asked for by: partners have a number, others what they sign in with.
pub(super) fn number(desk: &Desk) -> &'static str {
    if desk.session.partners { "support.number" } else { "support.identifier" }
}

/// Where somebody's sheet is.
pub(super) fn address(number: &str) -> String {
    format!("{}?numero={number}", Place::Desk(Room::Account).path())
}
