use palier_domain::desk::{AccountSheet, DeskEntry};

use super::accounts::number;
use super::departures::departures_view;
use super::help::{Helping, help_view};
use super::session::{Desk, refused};
use super::{day, day_or_none};
use crate::api::{Answer, Call, Failure};
use crate::form::{back_link, notice_slot, plain_head};
use crate::html;
use crate::json::read;
use crate::message::Message;
use crate::routes::{Place, Room};
use crate::ui::{AnswerRow, El, Html, answer_list, confirm_dialog, el, link_button, live, table};
use crate::var::Local;

/// What the server said of somebody.
pub(super) type Known = Local<Option<Answer>>;

/// Shows somebody, as it is told to who calls (P7).
pub(super) fn sheet_view(desk: &Desk) -> Html {
    let (site, i18n) = (desk.site, desk.site.i18n);
    let state = site.form("support.sheet");
    state.busy.set(false);
    state.forget_problems();
    let known: Known = Local::new(None);
    let query = site.nav.query();
    let number = query.split('&').find_map(|pair| pair.strip_prefix("numero=")).unwrap_or_default();
    let path = format!("/desk/accounts/{}", String::from(js_sys::encode_uri_component(number)));
    ask(desk, &path, &known);
    let (desk, shown) = (desk.clone(), known.clone());
    html![
        back_link(site, &Place::Desk(Room::Accounts).path()),
        plain_head(site, i18n.text("support.sheet.title"), None),
        notice_slot(i18n, state.notice),
        live(move || match shown.get() {
            None => el("p").attr("role", "status").text(i18n.t("desk.loading")).into(),
            Some(answer) => {
                let told = answer.and_then(|said| read::<AccountSheet>(&said).ok_or(Failure::Lost));
                told.map_or_else(
                    |failure| failed(&desk, &path, &known, &failure),
                    |it| told_view(&desk, &it, &known),
                )
            }
        }),
    ]
}

pub(super) fn ask(desk: &Desk, path: &str, known: &Known) {
    let (site, known) = (desk.site, known.clone());
    site.api.send(Call::get(path), move |answer| {
        if !answer.as_ref().err().is_some_and(|failure| refused(site, failure)) {
            known.set(Some(answer));
        }
    });
}

fn failed(desk: &Desk, path: &str, known: &Known, failure: &Failure) -> Html {
    let i18n = desk.site.i18n;
    let (desk, path, known) = (desk.clone(), path.to_owned(), known.clone());
    html![
        Message::failure(failure).view(i18n, true),
        el("p").put(link_button(i18n.t("document.again"), None, move || ask(&desk, &path, &known))),
    ]
}

fn told_view(desk: &Desk, sheet: &AccountSheet, known: &Known) -> Html {
    let i18n = desk.site.i18n;
    let state = sheet.state.name();
    let (since, until) = (day_or_none(i18n, sheet.since.as_ref()), day_or_none(i18n, sheet.until.as_ref()));
    let words =
        |key: &str| i18n.with(&format!("support.{key}.{state}"), &[("since", &since), ("until", &until)]);
    let mut facts = el("ul").put(el("li").text(&words("state")));
    for words in letter(desk, sheet).into_iter().chain(seen(desk, sheet)) {
        facts = facts.put(el("li").text(&words));
    }
    let title = |key: &'static str| el("h2").text(i18n.t(key));
    let helping = Helping {
        desk: desk.clone(),
        number: sheet.number.as_str().into(),
        known: known.clone(),
        asked: Local::new(None),
    };
    html![
        who(desk, sheet),
        title("support.sheet.now"),
        facts,
        title("support.sheet.say"),
        el("blockquote").text(&words("say")),
        departures_view(&helping, sheet),
        help_view(&helping, sheet),
        confirm_dialog(&helping.asked),
        title("support.sheet.before"),
        journal(desk, &sheet.journal),
    ]
}

fn who(desk: &Desk, sheet: &AccountSheet) -> El {
    let i18n = desk.site.i18n;
    let row = |key: &'static str, value: String, digits| AnswerRow {
        label: i18n.text(key),
        value,
        digits,
        edit: None,
    };
    // Who was erased has no name any more.
    let name = Some(sheet.name.clone()).filter(|name| !name.is_empty());
    let mut rows: Vec<_> = name.map(|name| row("support.name", name, false)).into_iter().collect();
    rows.push(row(number(desk), sheet.number.clone(), true));
    let channel = i18n.find_text(&format!("support.by.{}", sheet.channel));
    rows.extend(channel.map(|words| row("support.channel", words, false)));
    rows.extend(sheet.email.clone().map(|email| row("desk.email", email, false)));
    let address = Some(sheet.address.join(", ")).filter(|address| !address.is_empty());
    let label = if desk.session.partners { "support.address" } else { "support.home" };
    rows.extend(address.map(|address| row(label, address, false)));
    answer_list(rows)
}

/// What became of the newest letter.
fn letter(desk: &Desk, sheet: &AccountSheet) -> Option<String> {
    let i18n = desk.site.i18n;
    let letter = sheet.letter.as_ref()?;
    let steps = [
        ("asked", Some(&letter.asked)),
        ("printed", letter.printed.as_ref()),
        ("posted", letter.posted.as_ref()),
        ("returned", letter.returned.as_ref()),
    ];
    let done = steps
        .into_iter()
        .filter_map(|(step, on)| Some(i18n.with(&format!("support.letter.{step}"), &[("day", &day(on?))])));
    let done = done.collect::<Vec<_>>().join(", ");
    let why = letter.ending.as_ref().and_then(|why| i18n.find_text(&format!("desk.ending.{why}")));
    let words = [("reference", letter.reference.as_str()), ("done", done.as_str())];
    Some(format!("{}{}", i18n.with("support.letter.told", &words), why.unwrap_or_default()))
}

/// Whether they have signed in, and whether they can.
fn seen(desk: &Desk, sheet: &AccountSheet) -> Vec<String> {
    let i18n = desk.site.i18n;
    let mut words = Vec::new();
    if !sheet.signed_in {
        words.push(i18n.text("support.never"));
    }
    if let Some(lock) = &sheet.lock {
        let key = if lock.whole_day { "support.locked_day" } else { "support.locked" };
        words.push(i18n.with(key, &[("time", &lock.time), ("day", &day(&lock.day))]));
    }
    words
}

fn journal(desk: &Desk, entries: &[DeskEntry]) -> El {
    let i18n = desk.site.i18n;
    let columns = ["support.when", "support.what", "support.staff"].map(|key| i18n.t(key));
    let rows = entries.iter().map(|entry| {
        let what = i18n.text(&format!("support.done.{}", entry.kind));
        vec![format!("{} {}", day(&entry.day), entry.time), what, entry.staff.clone()]
    });
    table(i18n.t("support.sheet.before"), &columns, rows)
}
