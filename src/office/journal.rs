use palier_domain::account::Session;
use palier_domain::onboarding::{EntryView, JournalView};
use palier_domain::wire::code;

use crate::account;
use crate::api::{Call, Failure};
use crate::fetched::{Question, fetched};
use crate::form::{FormState, notice_slot, plain_head};
use crate::html;
use crate::i18n::I18n;
use crate::json::read;
use crate::message::Message;
use crate::moment::date_and_time;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{El, Html, el, link_button, live};
use crate::var::Local;

const PATH: &str = "/organisation/journal";

/// `/organisme/journal`: what happened to an organisation and its users, the newest first (A9).
pub(crate) fn journal_view(site: Site, _: &Session) -> Html {
    let question = Question {
        path: PATH.to_owned(),
        known: Local::new(None),
        waiting: "document.loading",
        failed: |site| plain_head(site, site.i18n.text("journal_page.title_plain"), None),
        heard: |_, _| {},
    };
    fetched(site, question, move |said| Some(all(site, &read(said)?)))
}

fn all(site: Site, first: &JournalView) -> Html {
    let i18n = site.i18n;
    let title = i18n.with("journal_page.title", &[("organisation", &first.organisation)]);
    let table = el("a").attr("href", &site.nav.href(&format!("/api{PATH}.csv"))).attr("download", "");
    let users = el("a").attr("href", &site.nav.href(&Place::Users.path())).text(i18n.t("journal_page.users"));
    let empty = first.entries.is_empty().then(|| el("p").text(i18n.t("journal_page.empty")));
    let list = el("ol").class("entries");
    show(i18n, &list, &first.entries, false);
    html![
        plain_head(site, title, Some(i18n.text("journal_page.intro"))),
        el("p").put(table.attr("rel", "external").text(i18n.t("journal_page.table"))),
        empty,
        list.clone(),
        more_view(site, list, first),
        el("p").put(users),
    ]
}

/// Adds entries to the list; the first one takes the focus where `asked`.
fn show(i18n: I18n, list: &El, entries: &[EntryView], asked: bool) {
    for (at, entry) in entries.iter().enumerate() {
        let when = date_and_time(&entry.at, i18n.language());
        let time = el("time").attr("datetime", &entry.at).text(&when);
        let item = el("li").put(html![time, el("span").text(&words(i18n, entry))]);
        let first = asked && at == 0;
        list.add(if first { item.attr("tabindex", "-1").focus_when_shown(false) } else { item });
    }
}

/// What the details of an entry may be called; an entry from before some of them leaves these out.
const DETAILS: [&str; 7] = ["name", "email", "role", "rights", "by", "letter", "reason"];

/// The entry as a sentence; its kind where there are no words for it, so that nothing is hidden.
fn words(i18n: I18n, entry: &EntryView) -> String {
    let key = format!("journal.{}", entry.kind);
    if i18n.find_text(&key).is_none() {
        return entry.kind.clone();
    }
    i18n.with(&key, &DETAILS.map(|name| (name, entry.details.get(name).map_or("", String::as_str))))
}

/// What comes before what is shown, as long as there is more.
fn more_view(site: Site, list: El, first: &JournalView) -> Html {
    let i18n = site.i18n;
    let state = site.form("journal");
    state.forget_problems();
    let before = Local::new(next(first));
    html![
        live(move || {
            let Some(number) = before.get() else { return Html::default() };
            let (list, before) = (list.clone(), before.clone());
            let act = move || more(site, state, &list, &before, number);
            el("p").put(link_button(i18n.t("journal_page.more"), Some(state.busy), act)).into()
        }),
        notice_slot(i18n, state.notice),
    ]
}

/// The number below which more is asked for; none when everything is shown.
fn next(part: &JournalView) -> Option<i32> {
    part.entries.last().filter(|_| part.more).map(|entry| entry.number)
}

/// Adds the entries before `number`; the first of them takes the focus, since the button may be gone.
fn more(site: Site, state: FormState, list: &El, before: &Local<Option<i32>>, number: i32) {
    state.forget_problems();
    state.busy.set(true);
    let (list, before) = (list.clone(), before.clone());
    site.api.send(Call::get(&format!("{PATH}?before={number}")), move |answer| {
        state.busy.set(false);
        let part = answer.and_then(|said| read::<JournalView>(&said).ok_or(Failure::Lost));
        match part {
            Ok(part) => {
                show(site.i18n, &list, &part.entries, true);
                before.set(next(&part));
            }
            Err(failure) if failure.code() == code::SIGNED_OUT => account::ended(site),
            Err(failure) => state.notice.set(Some(Message::failure(&failure))),
        }
    });
}
