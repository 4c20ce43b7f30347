use std::rc::Rc;

use palier_domain::departure::{DecisionForm, DesiredForm, Kind, KnownDeparture};
use palier_domain::desk::AccountSheet;
use palier_domain::journey::{Field, Kind as FieldKind, answer};
use palier_domain::wording;
use serde_json::Value;

use super::accounts::address;
use super::help::Helping;
use super::list::{List, Part, list_view, pages};
use super::session::Desk;
use super::{day, day_or_none};
use crate::api::Call;
use crate::dom;
use crate::html;
use crate::json::read;
use crate::ui::{
    Button, Confirmation, El, Entry, Frame, Html, el, input_id, link_button, live, one_button_form, table,
    text_area,
};
use crate::var::Local;

/// Requests to leave that wait, the oldest first (T10).
static DEPARTURES: List = List {
    text: "departures",
    endpoint: "/desk/departures",
    searched: false,
    total: |said| said["paging"]["total"].as_u64(),
    show,
};

const COLUMNS: [&str; 6] = [
    "departures.asked",
    "departures.until",
    "departures.kind",
    "support.name",
    "departures.lease",
    "departures.note",
];

/// Why one is refused: the person reads it.
static REASON: Field = Field::new("reason", "field.reason", FieldKind::Text, "off");

/// What is said after anything was done.
const DONE: &str = "departures.done";

/// Shows the list.
pub(super) fn list_of_departures(desk: &Desk) -> Html {
    list_view(desk, &DEPARTURES)
}

fn show(desk: &Desk, part: &Part) -> Option<Html> {
    let i18n = desk.site.i18n;
    // By hand: a derived reader of these rows weighs a kilobyte.
    let found = part.said["departures"].as_array()?;
    let rows = found.iter().map(|row| cells(desk, row));
    let columns = COLUMNS.map(|key| i18n.t(key));
    let shown = (!found.is_empty()).then(|| table(i18n.t("departures.title"), &columns, rows));
    Some(html![shown, pages(desk, &part.query, read(&part.said["paging"])?)])
}

fn cells(desk: &Desk, row: &Value) -> Vec<Html> {
    let i18n = desk.site.i18n;
    let text = |name: &str| row[name].as_str().unwrap_or_default();
    let late = (row["late"] == true).then(|| html![" ", el("strong").text(i18n.t("departures.late"))]);
    let person = el("a").attr("href", &desk.site.nav.href(&address(text("number"))));
    let lease = row["lease"].as_str().unwrap_or_else(|| i18n.t("desk.no_day"));
    vec![
        html![day(text("asked"))],
        html![text("until"), late],
        html![what(desk, text("kind"))],
        html![person.text(text("name"))],
        html![el("span").class("ident").text(lease)],
        html![text("note")],
    ]
}

fn what(desk: &Desk, kind: &str) -> String {
    desk.site.i18n.text(&format!("departures.what.{kind}"))
}

/// What somebody asked about leaving, what is said of it, and what can be decided or noted for them.
pub(super) fn departures_view(helping: &Helping, sheet: &AccountSheet) -> Html {
    let desk = &helping.desk;
    if sheet.departures.is_empty() && sheet.leavable.is_empty() {
        return Html::default();
    }
    let all = html![el("h2").text(desk.site.i18n.t("departures.title"))];
    for known in &sheet.departures {
        all.add(request(helping, known));
    }
    if !sheet.leavable.is_empty() {
        let buttons = sheet.leavable.iter().fold(el("div").class("actions"), |row, kind| {
            let (noting, kind) = (helping.clone(), *kind);
            let words = desk.site.i18n.text(&format!("departures.ask.{}", kind.name()));
            row.put(helping.button(&words, move || noting.asked.set(Some(noted(&noting, kind)))))
        });
        all.add(buttons);
    }
    all
}

fn request(helping: &Helping, known: &KnownDeparture) -> Html {
    let (desk, i18n) = (&helping.desk, helping.desk.site.i18n);
    let values = [
        ("what", what(desk, known.kind.name())),
        ("asked", day(&known.asked)),
        ("settled", day_or_none(i18n, known.settled.as_ref())),
        ("until", known.until.clone()),
        ("reason", known.reason.clone()),
        ("here", if known.at_desk { i18n.text("departures.here") } else { String::new() }),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let words = |part: &str| i18n.with(&format!("departures.{part}.{}", known.state), &values);
    let note = i18n.with("departures.wrote", &[("note", &known.note)]);
    let waits = known.state == "waiting";
    html![
        el("p").text(&words("state")),
        (waits && !known.note.is_empty()).then(|| el("p").text(&note)),
        el("blockquote").text(&words("say")),
        waits.then(|| decision(helping, known)),
    ]
}

/// Yes or no, for who helps callers.
fn decision(helping: &Helping, known: &KnownDeparture) -> Html {
    let (desk, i18n) = (&helping.desk, helping.desk.site.i18n);
    if !desk.session.role.helps_callers() {
        return el("p").text(i18n.t("departures.landlord")).into();
    }
    let refusing = Local::new(false);
    let (deciding, id, kind) = (helping.clone(), known.id, known.kind);
    let about = format!(" : {}", what(desk, kind.name()));
    live(move || {
        if refusing.get() {
            return refusal(&deciding, id, &refusing);
        }
        let (accepting, open) = (deciding.clone(), refusing.clone());
        let named = |button: El| button.put(el("span").class("vh").text(&about));
        let accept = deciding.button(i18n.t("departures.accept.button"), move || {
            accepting.asked.set(Some(accepted(&accepting, id, kind)));
        });
        let refuse = deciding.button(i18n.t("departures.refuse.button"), move || {
            open.set(true);
            dom::focus(&input_id(REASON.name));
        });
        el("div").class("actions").put(html![named(accept), named(refuse)]).into()
    })
}

fn accepted(helping: &Helping, id: i64, kind: Kind) -> Confirmation {
    let (i18n, deciding) = (helping.desk.site.i18n, helping.clone());
    let text = if kind == Kind::Whole { "departures.accept.text" } else { "departures.accept.post" };
    Confirmation {
        title: i18n.text(&format!("departures.accept.{}", kind.name())),
        text: i18n.text(text),
        yes: i18n.text("departures.accept.button"),
        no: i18n.text("desk.fate.cancel"),
        act: Rc::new(move || {
            let form = DecisionForm { accept: true, reason: String::new() };
            deciding.send(Call::form(&path(id), &form), DONE);
        }),
    }
}

/// Why not.
fn refusal(helping: &Helping, id: i64, open: &Local<bool>) -> Html {
    let (site, i18n) = (helping.desk.site, helping.desk.site.i18n);
    let Some(portal) = &site.portal else { return Html::default() };
    let state = site.form("departures.refuse");
    state.forget_problems();
    let frame = Frame {
        id: input_id(REASON.name),
        label: wording::label(i18n.texts(), &REASON).to_owned(),
        hint: wording::hint(i18n.texts(), &REASON, portal),
        error: Rc::new(move || state.problem(0, REASON.name).map(|problem| i18n.error(&problem, portal))),
    };
    let field = text_area(i18n, &frame, &Entry::new(state.answers, REASON.name), true);
    let busy = site.form("support.sheet").busy;
    let button = Button {
        words: i18n.text("departures.refuse.submit"),
        busy_words: i18n.text("users.refuse.busy"),
        busy,
    };
    let (sending, closed) = (helping.clone(), open.clone());
    let send = move || {
        if busy.now() {
            return;
        }
        state.forget_problems();
        let reason = state.answers.peek(|all| answer(all, REASON.name).to_owned());
        let form = DecisionForm { accept: false, reason };
        let problems = form.problems();
        if problems.is_empty() {
            sending.send(Call::form(&path(id), &form), DONE);
        } else {
            state.show_problems(0, problems);
            dom::focus(&input_id(REASON.name));
        }
    };
    html![
        one_button_form(field.into(), button, send),
        el("p").put(link_button(i18n.t("desk.fate.cancel"), None, move || closed.set(false))),
    ]
}

/// A request that is noted for who calls.
fn noted(helping: &Helping, kind: Kind) -> Confirmation {
    let (i18n, noting) = (helping.desk.site.i18n, helping.clone());
    Confirmation {
        title: format!("{} : {}", what(&helping.desk, kind.name()), i18n.t("departures.ask.question")),
        text: i18n.text("departures.ask.text"),
        yes: i18n.text("departures.ask.yes"),
        no: i18n.text("desk.fate.cancel"),
        act: Rc::new(move || {
            let path = format!("/desk/accounts/{}/departures", noting.number);
            let form = DesiredForm { kind, note: String::new() };
            noting.send(Call::form(&path, &form), DONE);
        }),
    }
}

fn path(id: i64) -> String {
    format!("/desk/departures/{id}")
}
