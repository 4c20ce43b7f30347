use std::rc::Rc;

use palier_domain::desk::{Count, Paging};
use serde_json::Value;

use super::query::Query;
use super::session::{Desk, refused};
use crate::api::{Answer, Call, Failure};
use crate::dom;
use crate::form::{notice_slot, plain_head};
use crate::html;
use crate::message::Message;
use crate::routes::Place;
use crate::ui::{
    Button, El, Entry, Frame, Html, TextInput, el, fixed, keep_right, link_button, live, one_button_form,
    text_input,
};
use crate::var::{Local, Var};

/// The id of what says how many there are; the focus comes back there when what had it is gone.
const STATUS: &str = "found";
/// The name of the search field.
const FIELD: &str = "q";

/// A list of the desk, as data.
pub(super) struct List {
    /// Where its texts are.
    pub(super) text: &'static str,
    /// What is asked, below the portal's `/api`.
    pub(super) endpoint: &'static str,
    /// Something can be looked for in it.
    pub(super) searched: bool,
    /// What the list comes to, as told in words; nothing when it isn't understood.
    pub(super) total: fn(&Value) -> Option<u64>,
    /// The list itself; `again` asks for it once more.
    pub(super) show: fn(&Desk, &Part) -> Option<Html>,
}

/// What is shown of a list.
pub(super) struct Part {
    pub(super) said: Value,
    pub(super) query: Query,
    pub(super) again: Rc<dyn Fn()>,
}

/// What the server said, and to which question.
type Known = Local<Option<(Query, Answer)>>;

#[derive(Clone)]
struct Loader {
    desk: Desk,
    list: &'static List,
    known: Known,
    busy: Var<bool>,
}

/// Shows a list: what it is, a search, how many there are, and what follows the address.
pub(super) fn list_view(desk: &Desk, list: &'static List) -> Html {
    let (site, i18n) = (desk.site, desk.site.i18n);
    let state = site.form(list.text);
    state.busy.set(false);
    state.forget_problems();
    let loader = Loader { desk: desk.clone(), list, known: Local::new(None), busy: state.busy };
    let entry = Entry::new(state.answers, FIELD);
    let (following, followed) = (loader.clone(), entry.clone());
    let path = Place::Desk(desk.room).path();
    keep_right(move || {
        let here = site.nav.here().get();
        if here.path == path {
            let query = Query::read(&here.query);
            followed.set(query.text.clone());
            following.ask(query);
        }
    });
    let title = i18n.text(&format!("{}.title", list.text));
    let (told, shown) = (loader.clone(), loader.clone());
    html![
        plain_head(site, title, i18n.find_text(&format!("{}.intro", list.text))),
        list.searched.then(|| loader.search_view(entry)),
        notice_slot(i18n, state.notice),
        el("p")
            .id(STATUS)
            .class("status")
            .attr("tabindex", "-1")
            .attr("role", "status")
            .live_text(move || told.status()),
        live(move || shown.results()),
    ]
}

impl Loader {
    fn ask(&self, query: Query) {
        let loader = self.clone();
        let path = format!("{}{}", self.list.endpoint, query.asked());
        self.busy.set(true);
        self.desk.site.api.send(Call::get(&path), move |answer| loader.hear(query, answer));
    }

    fn hear(&self, query: Query, answer: Answer) {
        let nav = &self.desk.site.nav;
        // Somebody who asked for something else meanwhile, or went elsewhere, has no use for it.
        if nav.path() != Place::Desk(self.desk.room).path() || Query::read(&nav.query()) != query {
            return;
        }
        self.busy.set(false);
        if answer.as_ref().err().is_some_and(|failure| refused(self.desk.site, failure)) {
            return;
        }
        let first = self.known.now().is_none();
        self.known.set(Some((query, answer)));
        if !first && dom::is_focus_idle() {
            dom::focus(STATUS);
        }
    }

    /// What is told of the list, as it is read out.
    fn status(&self) -> String {
        let i18n = self.desk.site.i18n;
        let known = self.known.get();
        if self.busy.get() {
            return i18n.text("desk.loading");
        }
        let Some((query, Ok(said))) = known else { return String::new() };
        match (self.list.total)(&said) {
            None => String::new(),
            Some(0) if query.is_all() => i18n.text(&format!("{}.none", self.list.text)),
            Some(0) => i18n.text("desk.nothing"),
            Some(total) => i18n.texts().count(&format!("{}.count", self.list.text), total, &[]),
        }
    }

    fn results(&self) -> Html {
        let i18n = self.desk.site.i18n;
        let Some((query, answer)) = self.known.get() else { return Html::default() };
        let loader = self.clone();
        let again: Rc<dyn Fn()> = Rc::new(move || loader.ask(Query::read(&loader.desk.site.nav.query())));
        let shown = answer.and_then(|said| {
            let part = Part { said, query, again: Rc::clone(&again) };
            (self.list.show)(&self.desk, &part).ok_or(Failure::Lost)
        });
        shown.unwrap_or_else(|failure| {
            html![
                Message::failure(&failure).view(i18n, true),
                el("p").put(link_button(i18n.t("document.again"), None, move || again())),
            ]
        })
    }

    fn search_view(&self, entry: Entry) -> El {
        let (site, i18n) = (self.desk.site, self.desk.site.i18n);
        let frame = Frame {
            id: FIELD.to_owned(),
            label: i18n.text(&format!("{}.search", self.list.text)),
            hint: None,
            error: fixed(None),
        };
        let typed = entry.clone();
        let input = TextInput {
            frame,
            entry,
            autocomplete: "off",
            inputmode: Some("search"),
            size: None,
            verbatim: true,
            required: false,
            suggest: None,
        };
        let button = Button {
            words: i18n.text("desk.search"),
            busy_words: i18n.text("desk.searching"),
            busy: self.busy,
        };
        let path = Place::Desk(self.desk.room).path();
        let send = move || {
            let query =
                Query { text: typed.now().trim().to_owned(), page: 1, ..Query::read(&site.nav.query()) };
            site.nav.go(&format!("{path}{}", query.address()));
        };
        one_button_form(text_input(i18n, input).into(), button, send)
    }
}

/// The states, with how many there are in each; each leads to its part of the list.
pub(super) fn filters(desk: &Desk, query: &Query, text: &str, counts: &[Count]) -> El {
    let (nav, i18n) = (&desk.site.nav, desk.site.i18n);
    let path = Place::Desk(desk.room).path();
    let link = |state: &str, words: &str, count: u64| {
        let wanted = Query { state: state.to_owned(), page: 1, ..query.clone() };
        let link = el("a").attr("href", &nav.href(&format!("{path}{}", wanted.address())));
        let chosen = (query.state == state).then_some("true");
        el("li").put(link.maybe("aria-current", chosen).text(&format!("{words} ({count})")))
    };
    let all = counts.iter().map(|it| it.count).sum();
    let list = counts.iter().fold(el("ul").put(link("", i18n.t("desk.all"), all)), |list, it| {
        list.put(link(&it.state, &i18n.text(&format!("{text}.{}", it.state)), it.count))
    });
    el("nav").class("desk").attr("aria-label", i18n.t("desk.filter")).put(list)
}

/// The way to the pages before and after, where there are several.
pub(super) fn pages(desk: &Desk, query: &Query, paging: Paging) -> Option<El> {
    if paging.pages < 2 {
        return None;
    }
    let (nav, i18n) = (&desk.site.nav, desk.site.i18n);
    let path = Place::Desk(desk.room).path();
    let link = |page: u64, key: &'static str| {
        let wanted = Query { page, ..query.clone() };
        let link = el("a").attr("href", &nav.href(&format!("{path}{}", wanted.address())));
        el("li").put(link.text(i18n.t(key)))
    };
    let words = [("page", paging.page.to_string()), ("pages", paging.pages.to_string())];
    let words = words.each_ref().map(|(name, value)| (*name, value.as_str()));
    let list = html![
        (paging.page > 1).then(|| link(paging.page - 1, "desk.previous")),
        el("li").text(&i18n.with("desk.page", &words)),
        (paging.page < paging.pages).then(|| link(paging.page + 1, "desk.next")),
    ];
    Some(el("nav").class("desk").attr("aria-label", i18n.t("desk.pages")).put(el("ul").put(list)))
}
