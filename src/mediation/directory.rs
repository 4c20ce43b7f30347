use std::rc::Rc;

use palier_domain::mediation::{Found, Listed};
use palier_domain::portal::Portal;
use palier_domain::reading::Read as _;
use palier_domain::values::Date;
use palier_domain::wording;

use super::search::{LEAST, Search, read};
use crate::api::{Answer, Failure};
use crate::form::plain_head;
use crate::html;
use crate::message::Message;
use crate::site::Site;
use crate::ui::{
    Button, El, Entry, Frame, Html, TextInput, el, fixed, keep_right, live, one_button_form, text_input,
};
use crate::var::Local;

/// The name of the field, and of its text in the address.
const FIELD: &str = "q";

/// The directory of members (*annuaire*, M6): a search as one types.
pub(crate) fn directory_view(site: Site, portal: &'static Portal) -> Html {
    let i18n = site.i18n;
    let state = site.form("directory");
    let entry = Entry::new(state.answers, FIELD);
    // What was typed before the program came is newer than the address.
    let typed = site.take_typed().get(FIELD).cloned();
    entry.set(typed.unwrap_or_else(|| read(&site.nav.query())));
    let search = Search::new(site, state.busy);
    search.now(&entry.now());
    let (following, followed) = (Rc::clone(&search), entry.clone());
    keep_right(move || following.typed(&followed.get()));
    // The text that was too short to be searched for.
    let too_short = Local::new(None);
    let frame = Frame {
        id: FIELD.to_owned(),
        label: i18n.text("directory.search"),
        hint: i18n.find_text("directory.hint"),
        error: fixed(None),
    };
    let input = text_input(
        i18n,
        TextInput {
            frame,
            entry: entry.clone(),
            autocomplete: "off",
            inputmode: Some("search"),
            size: None,
            verbatim: true,
            required: true,
            suggest: None,
        },
    );
    let button = Button {
        words: i18n.text("directory.submit"),
        busy_words: i18n.text("directory.searching"),
        busy: state.busy,
    };
    let (found, listed) = (search.found.clone(), search.found.clone());
    let (short, shown) = (too_short.clone(), entry.clone());
    let send = move || {
        let text = entry.now();
        short.set(Some(text.clone()).filter(|text| text.trim().chars().count() < LEAST));
        search.now(&text);
    };
    let status = move || {
        let short = too_short.get().is_some_and(|text| text == shown.get());
        if short { i18n.text("directory.short") } else { said(site, portal, found.get()) }
    };
    html![
        plain_head(site, i18n.text("directory.title"), Some(i18n.text("directory.intro"))),
        one_button_form(input.into(), button, send),
        el("p").class("status").attr("role", "status").live_text(status),
        live(move || results(site, listed.get())),
    ]
}

/// How many were found, as it is read out.
fn said(site: Site, portal: &'static Portal, answer: Option<Answer>) -> String {
    let i18n = site.i18n;
    let Some(found) = answer.and_then(Result::ok).and_then(|said| Found::read(&said)) else {
        return String::new();
    };
    if found.total == 0 {
        return i18n.portal("directory.nothing", portal);
    }
    let count = |key: &str, number: usize| i18n.texts().count(key, number as u64, &[]);
    let shown = found.listed.len();
    let all = count("directory.found", found.total);
    if shown < found.total { format!("{all}. {}", count("directory.first", shown)) } else { all }
}

fn results(site: Site, answer: Option<Answer>) -> Html {
    let i18n = site.i18n;
    let found = match answer {
        None => return Html::default(),
        Some(answer) => answer.and_then(|said| Found::read(&said).ok_or(Failure::Lost)),
    };
    match found {
        Err(failure) => Message::failure(&failure).view(i18n, true).into(),
        Ok(found) if found.listed.is_empty() => Html::default(),
        Ok(found) => {
            let list = found.listed.iter().fold(el("ul").class("found"), |list, it| list.put(item(site, it)));
            html![el("h2").class("vh").text(i18n.t("directory.results")), list]
        }
    }
}

fn item(site: Site, member: &Listed) -> El {
    let texts = site.i18n.texts();
    let date = Date::parse_text(&member.since).map(|since| wording::day(texts, since)).unwrap_or_default();
    let siren = grouped(&member.siren);
    let since = texts.with("directory.since", &[("date", &date), ("siren", &siren)]);
    el("li").put(el("strong").text(&member.name)).put(el("span").text(&since))
}

/// `784671695` in groups of three, as everybody writes it.
fn grouped(siren: &str) -> String {
    let mut shown = String::new();
    for (index, digit) in siren.chars().enumerate() {
        if index > 0 && index % 3 == 0 {
            shown.push('\u{a0}');
        }
        shown.push(digit);
    }
    shown
}
