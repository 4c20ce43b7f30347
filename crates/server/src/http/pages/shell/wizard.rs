//! A step of a wizard. Which step a person has reached is known to the program alone: it leads elsewhere if it must.

use palier_domain::journey::{Journey, Panel, Step};
use palier_domain::portal::Portal;

use super::super::View;
use super::forms::{back, button, intro};
use super::{Page, fields, heading, not_found};
use crate::documents::escape;

/// The page of a step of a journey; `home` is where the way back leads from its first page.
pub(super) fn page(view: &View<'_>, journey: &Journey, step: Step, home: &str) -> Page {
    let Some(portal) = view.portal.map(|portal| &portal.public) else { return not_found(view) };
    let (text, panel) = match step {
        Step::Page(index) => {
            let Some(page) = journey.pages.get(index) else { return not_found(view) };
            (page.text.to_owned(), page.panel)
        }
        Step::Review => (format!("{}.review", journey.name), Panel::None),
    };
    let (number, length) = journey.number(step, portal);
    let (shown_number, shown_length) = (number.to_string(), length.to_string());
    let words = view.texts().with("wizard.progress", &[("number", &shown_number), ("length", &shown_length)]);
    let title = view.plain(&format!("{text}.title"));
    let previous = journey.before(step, portal);
    let previous = previous.map_or_else(|| home.to_owned(), |before| path(journey, before));
    let main = format!(
        "{back}{progress}{heading}{intro}{panel}{form}",
        back = back(view, &previous),
        progress = progress(&words, number, length),
        heading = heading(&title),
        intro = intro(view, &format!("{text}.intro")),
        panel = match panel {
            Panel::AtHand => at_hand(view, portal),
            Panel::WhoseData => whose_data(view),
            Panel::None | Panel::Known | Panel::Document => String::new(),
        },
        form = form(view, portal, journey, step),
    );
    Page { title, title_end: format!(" – {words}"), main }
}

fn form(view: &View<'_>, portal: &Portal, journey: &Journey, step: Step) -> String {
    if step == Step::Review {
        // The answers are the program's: only their room is kept.
        let row = "<div class=\"field skeleton\"><i></i><i></i></div>";
        return format!("<div aria-hidden=\"true\">{}</div>", row.repeat(4));
    }
    format!(
        "<form novalidate method=\"post\">{required}{fields}{button}</form>",
        required = if journey.fields(step, portal).all(|field| !field.optional) {
            format!("<p class=\"hint\">{}</p>", view.text("form.all_required"))
        } else {
            String::new()
        },
        fields = fields::all(view, portal, journey.fields(step, portal)),
        button = button(&view.text("wizard.continue")),
    )
}

fn path(journey: &Journey, step: Step) -> String {
    match journey.slug(step) {
        "" => journey.path.to_owned(),
        slug => format!("{}/{slug}", journey.path),
    }
}

fn progress(words: &str, number: usize, length: usize) -> String {
    let stairs: String =
        (1..=length).map(|stair| if stair == number { "<i class=\"on\"></i>" } else { "<i></i>" }).collect();
    format!(
        "<p class=\"progress\"><span class=\"stairs\" aria-hidden=\"true\">{stairs}</span>{}</p>",
        escape(words)
    )
}

fn panel(view: &View<'_>, id: &str, text: &str, items: &[&str]) -> String {
    let items: String =
        items.iter().map(|item| format!("<li>{}</li>", view.text(&format!("{text}.{item}")))).collect();
    format!(
        "<section class=\"panel\" aria-labelledby=\"{id}\"><h2 id=\"{id}\">{}</h2><ul>{items}</ul></section>",
        view.text(&format!("{text}.title")),
    )
}

/// Whose data the pages will ask (M2).
fn whose_data(view: &View<'_>) -> String {
    panel(view, "whose-data", "identity.panel", &["organisation", "director", "correspondent"])
}

/// What to have at hand, and the picture that shows where the reference is (T1).
fn at_hand(view: &View<'_>, portal: &Portal) -> String {
    let Some(rules) = &portal.tenancy else { return String::new() };
    format!(
        "{panel}<details><summary>{summary}</summary><figure><img loading=\"lazy\" src=\"{src}\" width=\"320\" height=\"300\" alt=\"{alt}\">\
         <figcaption>{caption}</figcaption></figure></details>",
        panel = panel(view, "at-hand", "sign_up.at_hand", &["reference", "email", "surname", "password"]),
        summary = view.text("sign_up.picture.summary"),
        src = escape(&rules.picture),
        alt = view.text("sign_up.picture.alt"),
        caption = view.text("sign_up.picture.caption"),
    )
}
