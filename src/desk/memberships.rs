use palier_domain::desk::{MembershipRow, MembershipsPage};

use super::list::{List, Part, filters, list_view, pages};
use super::session::Desk;
use super::{day, day_or_none};
use crate::html;
use crate::json::read;
use crate::ui::{Html, el, table};

/// Memberships of the mediation scheme, and those on the way (D2).
static MEMBERSHIPS: List = List {
    text: "desk.memberships",
    endpoint: "/desk/memberships",
    searched: true,
    total: |said| Some(read::<MembershipsPage>(said)?.paging.total),
    show,
};

const COLUMNS: [&str; 7] = [
    "desk.state",
    "desk.organisation",
    "desk.siren",
    "desk.email",
    "desk.created",
    "desk.certified",
    "desk.joined",
];

/// Shows them.
pub(super) fn memberships_view(desk: &Desk) -> Html {
    list_view(desk, &MEMBERSHIPS)
}

fn show(desk: &Desk, part: &Part) -> Option<Html> {
    let i18n = desk.site.i18n;
    let page = read::<MembershipsPage>(&part.said)?;
    let rows = page.memberships.iter().map(|membership| cells(desk, membership));
    let columns = COLUMNS.map(|key| i18n.t(key));
    let shown =
        (!page.memberships.is_empty()).then(|| table(i18n.t("desk.memberships.caption"), &columns, rows));
    Some(html![
        filters(desk, &part.query, "desk.membership", &page.counts),
        shown,
        pages(desk, &part.query, page.paging),
    ])
}

fn cells(desk: &Desk, membership: &MembershipRow) -> Vec<Html> {
    let i18n = desk.site.i18n;
    let joined = day_or_none(i18n, membership.joined.as_ref());
    let reference = membership.reference.as_ref().map(|reference| el("span").class("ident").text(reference));
    vec![
        html![i18n.text(&format!("desk.membership.{}", membership.state))],
        html![membership.name.clone()],
        html![el("span").class("ident").text(&membership.siren)],
        html![membership.email.clone()],
        html![day(&membership.created)],
        html![day_or_none(i18n, membership.certified.as_ref())],
        html![joined, reference.is_some().then_some(" "), reference],
    ]
}
