use std::rc::Rc;

use palier_domain::journey::{Field, Kind, TICKED};
use palier_domain::portal::Portal;
use palier_domain::values::{Email, Strength};
use palier_domain::wording;

use super::state::{FormState, faulty_parts};
use crate::site::Site;
use crate::ui::{
    Checkbox, DateInput, El, Entry, Frame, Html, Label, PasswordInput, TextInput, checkbox, date_input, el,
    input_id, password_input, text_input,
};

/// Shows the fields of one page of a form.
pub fn fields_view(
    site: Site,
    portal: &'static Portal,
    fields: &[&'static Field],
    state: FormState,
    at: usize,
) -> Html {
    fields.iter().map(|field| field_view(site, portal, field, state, at)).collect::<Vec<El>>().into()
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
        Kind::Text | Kind::Digits | Kind::Email => {
            text_input(i18n, text(field.kind, portal, frame, entry, autocomplete))
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
        Kind::Tick | Kind::Consent => {
            let required = field.kind == Kind::Consent;
            let words = i18n.find_text(&format!("{}.link", field.text)).filter(|_| required);
            let link = words.map(|words| Label { words, href: site.nav.href("/cgu") });
            checkbox(i18n, Checkbox { frame, entry, ticked: TICKED, required, link })
        }
    }
}

fn text(
    kind: Kind,
    portal: &'static Portal,
    frame: Frame,
    entry: Entry,
    autocomplete: &'static str,
) -> TextInput {
    let digits = kind == Kind::Digits;
    let email = kind == Kind::Email;
    // Room for the digits, and for the spaces and the prefix that people type too.
    let longest = portal.tenancy.as_ref().map_or(10, |rules| rules.reference.max_digits);
    TextInput {
        frame,
        entry,
        autocomplete,
        inputmode: if digits { Some("numeric") } else { email.then_some("email") },
        size: digits.then_some(longest + 4),
        verbatim: email || autocomplete == "username",
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
