//! A step of a wizard. Which step a person has reached is known to the program alone: it leads elsewhere if it must.

use palier_domain::journey::{Journey, Panel, Step};
use palier_domain::onboarding::REGISTRATION;
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
            Panel::AtHand => at_hand(view, portal, journey),
            Panel::WhoseData => whose_data(view),
            Panel::None | Panel::Known | Panel::Document | Panel::Role => String::new(),
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
    let own = |part: &str| match step {
        Step::Page(index) => {
            journey.pages.get(index).and_then(|page| view.find(&format!("{}.{part}", page.text)))
        }
        Step::Review => None,
    };
    let words = own("continue").unwrap_or_else(|| view.text("wizard.continue"));
    let cancel = own("cancel").map(|words| format!("<p><a href=\"{}\">{words}</a></p>", view.href("/")));
    let cancel = cancel.unwrap_or_default();
    format!(
        "<form novalidate method=\"post\">{required}{fields}{button}</form>",
        required = if journey.fields(step, portal).all(|field| !field.optional) {
            format!("<p class=\"hint\">{}</p>", view.text("form.all_required"))
        } else {
            String::new()
        },
        fields = fields::all(view, portal, journey.fields(step, portal)),
        button = button(&words) + &cancel,
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

/// What to have at hand, and the picture that shows where the reference or the client number is (T1, A1).
fn at_hand(view: &View<'_>, portal: &Portal, journey: &Journey) -> String {
    let clients = journey.name == REGISTRATION.name;
    let picture = match (&portal.tenancy, &portal.onboarding) {
        (_, Some(rules)) if clients => &rules.picture,
        (Some(rules), _) => &rules.picture,
        _ => return String::new(),
    };
    let name = journey.name;
    let items: &[&str] = if clients {
        &["number", "email", "agreement"]
    } else {
        &["reference", "email", "surname", "password"]
    };
    let tutorial = if clients {
        let href = view.href("/api/onboarding/tutoriel.pdf");
        format!("<p><a href=\"{href}\" download>{}</a></p>", view.text("registration.at_hand.tutorial"))
    } else {
        String::new()
    };
    format!(
        "{panel}<details><summary>{summary}</summary><figure role=\"figure\" aria-label=\"{caption}\">\
         <img loading=\"lazy\" src=\"{src}\" width=\"320\" height=\"300\" alt=\"{alt}\"><figcaption>{caption}</figcaption></figure></details>{tutorial}",
        panel = panel(view, "at-hand", &format!("{name}.at_hand"), items),
        summary = view.text(&format!("{name}.picture.summary")),
        src = escape(picture),
        alt = view.text(&format!("{name}.picture.alt")),
        caption = view.text(&format!("{name}.picture.caption")),
    )
}
