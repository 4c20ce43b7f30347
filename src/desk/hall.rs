use palier_domain::desk::{Count, LettersOverview, Overview};

use super::letters::WAITING;
use super::list::{List, Part, list_view};
use super::query::Query;
use super::session::Desk;
use crate::html;
use crate::json::read;
use crate::routes::{Place, Room};
use crate::ui::{El, Html, Tone, el, notice_box};

/// Recovery codes left from which on it is worth a word.
const FEW: u32 = 2;

/// What is going on, in numbers that lead to the lists (D2).
static HALL: List =
    List { text: "desk.hall", endpoint: "/desk/overview", searched: false, total: |_| None, show };

/// Shows it.
pub(super) fn hall_view(desk: &Desk) -> Html {
    let i18n = desk.site.i18n;
    let left = desk.session.recovery_codes_left;
    let few = (left <= FEW).then(|| {
        let words = i18n.with("desk.few_codes", &[("left", &left.to_string())]);
        notice_box(Tone::Warning, false, None, el("p").text(&words))
    });
    html![list_view(desk, &HALL), few]
}

fn show(desk: &Desk, part: &Part) -> Option<Html> {
    let i18n = desk.site.i18n;
    let overview = read::<Overview>(&part.said)?;
    let section = |key: &str, list: El| el("section").put(html![el("h2").text(&i18n.text(key)), list]);
    let letters = overview.letters.map(|letters| section("desk.letters.title", letters_list(desk, letters)));
    let requests = overview.requests.map(|requests| {
        let overdue = i18n.with("desk.hall.overdue", &[("days", &requests.days.to_string())]);
        let list = el("ul").class("counts").put(html![
            count(desk, Room::Requests, "", i18n.t("desk.hall.stuck"), requests.stuck),
            el("li").text(&counted(desk, i18n.t("desk.hall.waiting"), requests.waiting)),
            el("li").text(&counted(desk, &overdue, requests.overdue)),
        ]);
        section("desk.requests.title", list)
    });
    let clients = overview.clients.map(|clients| {
        let with = overview.clients_with_administrator.unwrap_or_default();
        let list = el("ul").class("counts").put(html![
            count(desk, Room::Clients, "", i18n.t("desk.all"), clients),
            el("li").text(&counted(desk, i18n.t("desk.hall.with_administrator"), with)),
        ]);
        section("desk.clients.title", list)
    });
    let partners = overview.partners.map(|partners| {
        let words = counted(desk, i18n.t("desk.all"), partners);
        section("support.accounts.title", el("ul").class("counts").put(el("li").text(&words)))
    });
    let departures = overview.departures.map(|waiting| {
        let list = el("ul").class("counts");
        section(
            "departures.title",
            list.put(count(desk, Room::Departures, "", i18n.t("departures.waiting"), waiting)),
        )
    });
    let memberships = (!overview.memberships.is_empty()).then(|| {
        let list = states(desk, Room::Memberships, "desk.membership", &overview.memberships);
        section("desk.memberships.title", list)
    });
    Some(
        el("div")
            .class("sections")
            .put(html![letters, requests, clients, partners, departures, memberships])
            .into(),
    )
}

/// How many are in each state.
fn states(desk: &Desk, room: Room, key: &str, counts: &[Count]) -> El {
    counts.iter().fold(el("ul").class("counts"), |list, it| {
        let query = Query { state: it.state.clone(), page: 1, ..Query::default() };
        let words = desk.site.i18n.text(&format!("{key}.{}", it.state));
        list.put(count(desk, room, &query.address(), &words, it.count))
    })
}

/// Letters by their states; of those that wait, what can be printed now is told apart from what administrators can
/// still object to (A8).
fn letters_list(desk: &Desk, letters: LettersOverview) -> El {
    let mut counts = letters.counts;
    let mut held = 0;
    if let Some(waiting) = counts.iter_mut().find(|it| it.state == WAITING) {
        held = waiting.count.saturating_sub(letters.waiting);
        waiting.count = letters.waiting;
    }
    let words = counted(desk, desk.site.i18n.t("desk.hall.held"), held);
    states(desk, Room::Letters, "desk.letter", &counts).put((held > 0).then(|| el("li").text(&words)))
}

/// A number that leads to what it counts.
fn count(desk: &Desk, room: Room, query: &str, words: &str, count: u64) -> El {
    let path = format!("{}{query}", Place::Desk(room).path());
    let link = el("a").attr("href", &desk.site.nav.href(&path));
    el("li").put(link.text(&counted(desk, words, count)))
}

fn counted(desk: &Desk, what: &str, count: u64) -> String {
    desk.site.i18n.with("desk.counted", &[("what", what), ("count", &count.to_string())])
}
