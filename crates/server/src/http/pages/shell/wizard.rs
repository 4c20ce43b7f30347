//! A step of a wizard. Which step a person has reached is known to the program alone: it leads elsewhere if it must.

use palier_domain::journey::{Panel, Step};
use palier_domain::portal::Portal;
use palier_domain::tenancy::SIGN_UP;

use super::super::View;
use super::forms::{back, button, intro};
use super::{Page, fields, heading, not_found};
use crate::documents::escape;

/// The page of a step of the tenant's sign-up.
pub(super) fn page(view: &View<'_>, step: Step) -> Page {
    let Some(portal) = view.portal.map(|portal| &portal.public) else { return not_found(view) };
    let (text, panel, before) = match step {
        Step::Page(index) => {
            let Some(page) = SIGN_UP.pages.get(index) else { return not_found(view) };
            (page.text.to_owned(), page.panel, index.checked_sub(1))
        }
        Step::Review => (format!("{}.review", SIGN_UP.name), Panel::None, SIGN_UP.pages.len().checked_sub(1)),
    };
    let (number, length) = (SIGN_UP.number(step), SIGN_UP.length());
    let (shown_number, shown_length) = (number.to_string(), length.to_string());
    let words = view.texts().with("wizard.progress", &[("number", &shown_number), ("length", &shown_length)]);
    let title = view.plain(&format!("{text}.title"));
    let previous = before.map_or_else(|| "/".to_owned(), |before| path(Step::Page(before)));
    let main = format!(
        "{back}{progress}{heading}{intro}{panel}{form}",
        back = back(view, &previous),
        progress = progress(&words, number, length),
        heading = heading(&title),
        intro = intro(view, &format!("{text}.intro")),
        panel = if panel == Panel::AtHand { at_hand(view, portal) } else { String::new() },
        form = form(view, portal, step),
    );
    Page { title, title_end: format!(" – {words}"), main }
}

fn form(view: &View<'_>, portal: &Portal, step: Step) -> String {
    if step == Step::Review {
        // The answers are the program's: only their room is kept.
        let row = "<div class=\"field skeleton\"><i></i><i></i></div>";
        return format!("<div aria-hidden=\"true\">{}</div>", row.repeat(4));
    }
    format!(
        "<form novalidate method=\"post\"><p class=\"hint\">{required}</p>{fields}{button}</form>",
        required = view.text("form.all_required"),
        fields = fields::all(view, portal, SIGN_UP.fields(step, portal)),
        button = button(&view.text("wizard.continue")),
    )
}

fn path(step: Step) -> String {
    match SIGN_UP.slug(step) {
        "" => SIGN_UP.path.to_owned(),
        slug => format!("{}/{slug}", SIGN_UP.path),
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

/// What to have at hand, and the picture that shows where the reference is (T1).
fn at_hand(view: &View<'_>, portal: &Portal) -> String {
    let Some(rules) = &portal.tenancy else { return String::new() };
    let items: String = ["reference", "email", "surname", "password"]
        .map(|item| format!("<li>{}</li>", view.text(&format!("sign_up.at_hand.{item}"))))
        .concat();
    format!(
        "<section class=\"panel\" aria-labelledby=\"at-hand\"><h2 id=\"at-hand\">{title}</h2><ul>{items}</ul></section>\
         <details><summary>{summary}</summary><figure><img loading=\"lazy\" src=\"{src}\" width=\"320\" height=\"300\" alt=\"{alt}\">\
         <figcaption>{caption}</figcaption></figure></details>",
        title = view.text("sign_up.at_hand.title"),
        summary = view.text("sign_up.picture.summary"),
        src = escape(&rules.picture),
        alt = view.text("sign_up.picture.alt"),
        caption = view.text("sign_up.picture.caption"),
    )
}
