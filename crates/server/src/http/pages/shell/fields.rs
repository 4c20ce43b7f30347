//! Fields, as the program will show them.

use palier_domain::journey::{Answers, DATE_PARTS, Field, Kind, NO, YES};
use palier_domain::portal::Portal;
use palier_domain::wording;

use super::super::View;
use super::early;
use crate::documents::escape;

/// The fields of one page of a form.
pub(super) fn all<'f>(view: &View<'_>, portal: &Portal, fields: impl Iterator<Item = &'f Field>) -> String {
    fields.map(|field| one(view, portal, field)).collect()
}

/// The parts that all kinds of fields have, as HTML.
struct Frame {
    id: String,
    label: String,
    hint: String,
    described_by: String,
    /// On fields that aren't asked before something else was answered.
    hidden: &'static str,
    required: &'static str,
    /// By what the script of `index.html` finds the answer wrong.
    early: Option<String>,
}

fn one(view: &View<'_>, portal: &Portal, field: &Field) -> String {
    let id = field.name.replace('.', "-");
    let hint = wording::hint(view.texts(), field, portal);
    let shown = (field.shown)(&Answers::new());
    let early = early::attributes(view, portal, field).filter(|_| shown && !field.optional);
    let frame = Frame {
        label: escape(wording::label(view.texts(), field)).into_owned(),
        described_by: described_by(&id, hint.is_some(), early.is_some()),
        hint: hint
            .map(|hint| format!("<p class=\"hint\" id=\"{id}-hint\">{}</p>", escape(&hint)))
            .unwrap_or_default(),
        id,
        hidden: if shown { "" } else { " hidden" },
        required: if field.optional { "" } else { " required" },
        early,
    };
    match field.kind {
        Kind::Text | Kind::Digits | Kind::Code | Kind::Email => line(portal, field, &frame),
        Kind::Password | Kind::NewPassword => password(view, field, &frame),
        Kind::Date => date(view, field, &frame),
        Kind::YesNo => choice(view, field, &frame),
        Kind::Select => select(view, portal, field, &frame),
        Kind::Human => human(field, &frame),
        Kind::Tick | Kind::Consent => tick(view, field, &frame),
    }
}

/// What an input is tied to; an error that isn't there yet is empty.
fn described_by(id: &str, hint: bool, early: bool) -> String {
    match (hint, early) {
        (true, true) => format!(" aria-describedby=\"{id}-hint {id}-error\""),
        (true, false) => format!(" aria-describedby=\"{id}-hint\""),
        (false, true) => format!(" aria-describedby=\"{id}-error\""),
        (false, false) => String::new(),
    }
}

fn around(frame: &Frame, control: &str) -> String {
    let Frame { id, label, hint, hidden, .. } = frame;
    format!("<div class=\"field\"{hidden}><label for=\"{id}\">{label}</label>{hint}{control}</div>")
}

fn line(portal: &Portal, field: &Field, frame: &Frame) -> String {
    let (digits, email) = (field.kind == Kind::Digits, field.kind == Kind::Email);
    let code = field.kind == Kind::Code;
    let keyboard = match field.kind {
        Kind::Digits => " inputmode=\"numeric\"",
        Kind::Email => " inputmode=\"email\"",
        _ => "",
    };
    let verbatim = if email || code || field.autocomplete == "username" { VERBATIM } else { "" };
    let size = wording::digits_shown(field, portal);
    let size = if digits || code { format!(" class=\"ident\" size=\"{size}\"") } else { String::new() };
    let suggestion = if email { "<p class=\"suggest\" role=\"status\"></p>" } else { "" };
    let Frame { id, described_by, required, .. } = frame;
    let (name, autocomplete) = (field.name, field.autocomplete);
    // Where the script says what is wrong: right before the input.
    let error = if frame.early.is_some() {
        format!("<p class=\"error\" id=\"{id}-error\" role=\"alert\" hidden></p>")
    } else {
        String::new()
    };
    let early = frame.early.as_deref().unwrap_or_default();
    let input = format!(
        "{error}<input id=\"{id}\" name=\"{name}\" type=\"text\"{required}{keyboard} autocomplete=\"{autocomplete}\"{verbatim}\
         {size}{described_by}{early}>{suggestion}"
    );
    around(frame, &input)
}

/// Neither corrected nor capitalised by phones.
const VERBATIM: &str = " autocapitalize=\"none\" spellcheck=\"false\"";

fn password(view: &View<'_>, field: &Field, frame: &Frame) -> String {
    let meter = if field.kind == Kind::NewPassword {
        "<div class=\"meter\" data-level=\"0\"><span class=\"bars\" aria-hidden=\"true\"><i></i><i></i><i></i><i></i>\
         </span><p role=\"status\"></p></div>"
    } else {
        ""
    };
    let Frame { id, described_by, .. } = frame;
    let (name, autocomplete) = (field.name, field.autocomplete);
    let control = format!(
        "<div class=\"reveal\"><input id=\"{id}\" name=\"{name}\" type=\"password\" required \
         autocomplete=\"{autocomplete}\"{VERBATIM}{described_by}>\
         <button type=\"button\" aria-controls=\"{id}\" aria-label=\"{label}\">{show}</button></div>{meter}",
        label = view.text("password.show_label"),
        show = view.text("password.show"),
    );
    around(frame, &control)
}

fn date(view: &View<'_>, field: &Field, frame: &Frame) -> String {
    let Frame { id, label, hint, described_by, hidden, .. } = frame;
    let parts = DATE_PARTS
        .map(|part| {
            let (id, name) = (format!("{id}-{part}"), format!("{}.{part}", field.name));
            let token = if field.autocomplete == "bday" { format!("bday-{part}") } else { "off".to_owned() };
            let size = if part == "year" { 5 } else { 3 };
            format!(
                "<div><label for=\"{id}\">{}</label><input id=\"{id}\" name=\"{name}\" type=\"text\" required \
                 inputmode=\"numeric\" autocomplete=\"{token}\" size=\"{size}\"></div>",
                view.text(&format!("date.{part}")),
            )
        })
        .concat();
    format!(
        "<fieldset class=\"field\"{described_by}{hidden}><legend>{label}</legend>{hint}<div class=\"date\">{parts}</div></fieldset>"
    )
}

fn choice(view: &View<'_>, field: &Field, frame: &Frame) -> String {
    let Frame { id, label, hint, described_by, hidden, .. } = frame;
    let name = field.name;
    let choices = [(id.clone(), YES, "choice.yes"), (format!("{id}-{NO}"), NO, "choice.no")]
        .map(|(id, value, words)| {
            format!(
                "<div class=\"check\"><input id=\"{id}\" type=\"radio\" name=\"{name}\" value=\"{value}\" required>\
                 <label for=\"{id}\">{}</label></div>",
                view.text(words),
            )
        })
        .concat();
    format!(
        "<fieldset class=\"field\" role=\"radiogroup\"{described_by}{hidden}><legend>{label}</legend>{hint}\
         <div class=\"choices\">{choices}</div></fieldset>"
    )
}

fn select(view: &View<'_>, portal: &Portal, field: &Field, frame: &Frame) -> String {
    let Frame { id, described_by, .. } = frame;
    let options: String = portal
        .choices(field.name)
        .iter()
        .map(|it| format!("<option value=\"{}\">{}</option>", escape(&it.code), escape(&it.name)))
        .collect();
    let control = format!(
        "<select required autocomplete=\"off\" id=\"{id}\"{described_by} name=\"{name}\">\
         <option value=\"\">{choose}</option>{options}</select>",
        name = field.name,
        choose = view.text("choice.choose"),
    );
    around(frame, &control)
}

fn tick(view: &View<'_>, field: &Field, frame: &Frame) -> String {
    let Frame { id, label, hint, described_by, hidden, .. } = frame;
    let consent = field.kind == Kind::Consent;
    let required = if consent { " required" } else { "" };
    let link = view.find(&format!("{}.link", field.text)).filter(|_| consent);
    let parts = link.as_ref().and_then(|link| label.split_once(link.as_str()).map(|parts| (parts, link)));
    let label = match parts {
        Some(((before, after), link)) => {
            let href = view.href("/cgu");
            format!("{before}<a href=\"{href}\" target=\"_blank\" rel=\"noopener\">{link}</a>{after}")
        }
        None => label.clone(),
    };
    format!(
        "<div class=\"field\"{hidden}><div class=\"check\"><input id=\"{id}\" name=\"{name}\" type=\"checkbox\"{required}\
         {described_by}><label for=\"{id}\">{label}</label></div>{hint}</div>",
        name = field.name,
    )
}

/// The box "Je ne suis pas un robot": one that is ticked before the program is there is seen to when it is.
fn human(field: &Field, frame: &Frame) -> String {
    let Frame { id, label, hint, described_by, hidden, .. } = frame;
    format!(
        "<div class=\"field\"{hidden}><div class=\"check\"><input id=\"{id}\" name=\"{name}\" type=\"checkbox\" required\
         {described_by}><label for=\"{id}\">{label}</label></div>{hint}<p class=\"suggest\" role=\"status\"></p></div>",
        name = field.name,
    )
}
