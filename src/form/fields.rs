use std::rc::Rc;

use palier_domain::journey::{Field, Kind, NO, TICKED, YES};
use palier_domain::portal::Portal;
use palier_domain::values::{Email, Strength};
use palier_domain::wording;

use super::state::{FormState, faulty_parts};
use crate::routes::{CLIENTS, SCHEMES};
use crate::site::Site;
use crate::ui::{
    Checkbox, DateInput, El, Entry, Frame, Html, Label, PasswordInput, TextInput, checkbox, choice_input,
    date_input, el, input_id, password_input, select_input, text_input,
};

/// Shows the fields of one page of a form.
pub fn fields_view(
    site: Site,
    portal: &'static Portal,
    fields: &[&'static Field],
    state: FormState,
    at: usize,
) -> Html {
    let all = Html::default();
    for field in fields {
        let field: &'static Field = field;
        let view = field_view(site, portal, field, state, at);
        // One that isn't asked for now stays in its place, hidden: what was chosen in it comes back with it.
        let hidden = move || (!state.answers.with(|answers| (field.shown)(answers))).then(String::new);
        all.add(if SCHEMES || CLIENTS { view.live_attr("hidden", hidden) } else { view });
    }
    all
}

/// What is said above fields that must all be filled in.
pub fn required_view(site: Site, fields: &[&'static Field]) -> Option<El> {
    let all = !SCHEMES || fields.iter().all(|field| !field.optional);
    all.then(|| el("p").class("hint").text(site.i18n.t("form.all_required")))
}

/// Links under a form: where they lead below the portal's base, and their texts.
pub fn links_view(site: Site, links: &[(String, &'static str)]) -> El {
    links.iter().fold(el("ul"), |list, (path, key)| {
        list.put(el("li").put(el("a").attr("href", &site.nav.href(path)).text(site.i18n.t(key))))
    })
}

fn field_view(site: Site, portal: &'static Portal, field: &'static Field, state: FormState, at: usize) -> El {
    let i18n = site.i18n;
    let frame = Frame {
        id: input_id(field.name),
        label: wording::label(i18n.texts(), field).to_owned(),
        hint: wording::hint(i18n.texts(), field, portal),
        error: Rc::new(move || state.problem(at, field.name).map(|problem| i18n.error(&problem, portal))),
    };
    let entry = Entry::new(state.answers, field.name);
    let autocomplete = field.autocomplete;
    match field.kind {
        Kind::Text | Kind::Digits | Kind::Code | Kind::Email => {
            text_input(i18n, text(field, portal, frame, entry))
        }
        Kind::NewPassword | Kind::Password => {
            let measure = (field.kind == Kind::NewPassword).then_some(measure as _);
            password_input(i18n, PasswordInput { frame, entry, autocomplete, measure })
        }
        Kind::Date => {
            let faulty =
                move || state.problem(at, field.name).map(|it| faulty_parts(&it)).unwrap_or_default();
            date_input(i18n, DateInput { frame, entry, faulty: Rc::new(faulty), autocomplete })
        }
        Kind::YesNo | Kind::Select if !SCHEMES => el("div"),
        Kind::YesNo => {
            let choices = [(YES, i18n.t("choice.yes")), (NO, i18n.t("choice.no"))];
            choice_input(i18n, &frame, &entry, &choices)
        }
        Kind::Select => {
            let choices = portal.choices(field.name).iter().map(|it| (it.code.as_str(), it.name.as_str()));
            select_input(i18n, &frame, &entry, choices.collect())
        }
        #[cfg(feature = "onboarding")]
        Kind::Human => crate::human::human_view(site, frame, entry),
        Kind::Tick | Kind::Consent => {
            let required = field.kind == Kind::Consent;
            let words = i18n.find_text(&format!("{}.link", field.text)).filter(|_| required);
            let link = words.map(|words| Label { words, href: site.nav.href("/cgu") });
            checkbox(i18n, Checkbox { frame, entry, ticked: TICKED, required, link })
        }
    }
}

fn text(field: &'static Field, portal: &'static Portal, frame: Frame, entry: Entry) -> TextInput {
    let digits = field.kind == Kind::Digits;
    let email = field.kind == Kind::Email;
    let code = field.kind == Kind::Code;
    TextInput {
        frame,
        entry,
        autocomplete: field.autocomplete,
        inputmode: if digits { Some("numeric") } else { email.then_some("email") },
        size: (digits || code).then(|| wording::digits_shown(field, portal)),
        verbatim: email || code || field.autocomplete == "username",
        required: !field.optional,
        suggest: email.then_some(suggest as _),
    }
}

fn suggest(typed: &str) -> Option<String> {
    Email::parse(typed).ok()?.suggestion()
}

pub(crate) fn measure(typed: &str) -> (u8, &'static str) {
    match Strength::of(typed) {
        Strength::Weak => (1, "password.strength.weak"),
        Strength::Fair => (2, "password.strength.fair"),
        Strength::Good => (3, "password.strength.good"),
        Strength::Strong => (4, "password.strength.strong"),
    }
}
