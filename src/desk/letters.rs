use std::collections::BTreeSet;

use palier_domain::desk::{LetterRow, LettersPage};

use super::actions::{Chosen, actions_view};
use super::list::{List, Part, filters, list_view, pages};
use super::print::print_view;
use super::session::Desk;
use super::{day, day_or_none};
use crate::html;
use crate::json::read;
use crate::ui::{El, Html, el, table};
use crate::var::Local;

/// The letters of first administrators and of partners (D2). No code is ever shown: nobody knows it but who holds the paper.
static LETTERS: List = List {
    text: "desk.letters",
    endpoint: "/desk/letters",
    searched: true,
    total: |said| Some(read::<LettersPage>(said)?.paging.total),
    show,
};

const CHOOSE: &str = "desk.choose";
const COLUMNS: [&str; 8] = [
    "desk.reference",
    "desk.organisation",
    "desk.recipient",
    "desk.state",
    "desk.asked",
    "desk.printed",
    "desk.posted",
    "desk.valid_until",
];
/// The state of those that wait to be printed.
pub(super) const WAITING: &str = "asked";

/// Shows them, with what can be done with them.
pub(super) fn letters_view(desk: &Desk) -> Html {
    list_view(desk, &LETTERS)
}

fn show(desk: &Desk, part: &Part) -> Option<Html> {
    let i18n = desk.site.i18n;
    let page = read::<LettersPage>(&part.said)?;
    let chosen: Chosen = Local::new(BTreeSet::new());
    let handles = desk.session.role.handles_letters();
    let within = |it: &&LetterRow| handles && it.open;
    let all: Vec<String> =
        page.letters.iter().filter(within).map(|letter| letter.reference.clone()).collect();
    let choosing = !all.is_empty();
    // A search may hide those that wait.
    let waiting =
        !part.query.text.is_empty() || page.counts.iter().any(|it| it.state == WAITING && it.count > 0);
    let mut columns: Vec<&str> = COLUMNS.iter().map(|key| i18n.t(key)).collect();
    if choosing {
        columns.insert(0, i18n.t(CHOOSE));
    }
    let rows = page.letters.iter().map(|letter| {
        let mut cells = cells(desk, letter);
        if choosing {
            cells.insert(0, letter.open.then(|| choice(desk, letter, &chosen)).into());
        }
        cells
    });
    let shown = (!page.letters.is_empty()).then(|| table(i18n.t("desk.letters.caption"), &columns, rows));
    Some(html![
        (handles && waiting).then(|| print_view(desk, &part.again)),
        filters(desk, &part.query, "desk.letter", &page.counts),
        shown,
        choosing.then(|| actions_view(desk, &chosen, all, &part.again)),
        pages(desk, &part.query, page.paging),
    ])
}

fn choice(desk: &Desk, letter: &LetterRow, chosen: &Chosen) -> El {
    let (reference, turned, shown) = (letter.reference.clone(), chosen.clone(), chosen.clone());
    let known = reference.clone();
    let label = desk.site.i18n.with("desk.choose_letter", &[("reference", &reference)]);
    el("input")
        .attr("type", "checkbox")
        .attr("aria-label", &label)
        .live_checked(move || shown.get().contains(&known))
        .on("change", move |_| {
            let mut now = turned.now();
            if !now.remove(&reference) {
                now.insert(reference.clone());
            }
            turned.set(now);
        })
}

fn cells(desk: &Desk, letter: &LetterRow) -> Vec<Html> {
    let i18n = desk.site.i18n;
    let when = |day: &Option<String>| html![day_or_none(i18n, day.as_ref())];
    vec![
        html![el("span").class("ident").text(&letter.reference)],
        html![format!("{} ({})", letter.organisation, letter.number)],
        html![letter.recipient.clone()],
        html![state(desk, letter)],
        html![day(&letter.asked)],
        when(&letter.printed),
        when(&letter.posted),
        when(&letter.valid_until),
    ]
}

/// Where it is, and why it counts no more.
fn state(desk: &Desk, letter: &LetterRow) -> String {
    let i18n = desk.site.i18n;
    let mut words = i18n.text(&format!("desk.letter.{}", letter.state));
    if let Some(until) = &letter.held_until {
        words.push_str(&i18n.with("desk.held", &[("day", &day(until))]));
    }
    if letter.expired {
        words.push_str(i18n.t("desk.expired"));
    }
    for day_of in [&letter.returned, &letter.ended].into_iter().flatten() {
        words.push_str(&i18n.with("desk.on", &[("day", &day(day_of))]));
    }
    if let Some(why) = letter.ending.as_ref().and_then(|why| i18n.find_text(&format!("desk.ending.{why}"))) {
        words.push_str(&why);
    }
    words
}
