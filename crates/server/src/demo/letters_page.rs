//! `/demo/courriers`: letters, printed and posted by whoever looks at the demonstration.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use jiff::Timestamp;
use palier_domain::onboarding::LetterState;
use serde::Deserialize;

use super::LETTERS;
use super::clock::follow_clock;
use super::frame::Frame;
use crate::account::Post;
use crate::config::PortalConfig;
use crate::http::files;
use crate::http::problem::ApiError;
use crate::mail::escape;
use crate::mailroom::{self, Listed};
use crate::onboarding::{Fate, Hand};
use crate::store::letters::state_name;

/// What a button sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    portal: String,
    what: What,
    /// Of the letter that is posted.
    #[serde(default)]
    reference: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum What {
    Print,
    Post,
}

/// The page.
pub(super) async fn show(frame: Frame) -> Result<Response, ApiError> {
    follow_clock(frame.state()).await;
    let title = frame.texts().get("demo.letters.title").to_owned();
    let mut main = format!(
        "<h1 tabindex=\"-1\">{}</h1>\n<p class=\"intro\">{}</p>\n",
        escape(&title),
        frame.say("demo.letters.intro")
    );
    let banks: Vec<&PortalConfig> = frame.banks().collect();
    if banks.is_empty() {
        main.push_str(&notice(&frame, "demo.letters.nowhere"));
    }
    for portal in &banks {
        if frame.slug().is_none() {
            main.extend(["<h2>", &escape(&portal.public.name), "</h2>\n"]);
        }
        let all = mailroom::list(post(&frame, portal), None).await?;
        main.push_str(&section(&frame, portal, &all));
    }
    Ok(frame.page(StatusCode::OK, &title, &main))
}

/// Prints what waits, which answers the file, or posts a letter, after which the page is shown by another request.
///
/// As with the clock, that the form was sent by this very page is checked before.
pub(super) async fn act(
    frame: Frame,
    form: Result<Form<Order>, FormRejection>,
) -> Result<Response, ApiError> {
    let Form(order) = form.map_err(|_| ApiError::malformed())?;
    follow_clock(frame.state()).await;
    let portal = frame.banks().find(|portal| portal.slug() == order.portal);
    let portal = portal.ok_or_else(ApiError::not_found)?;
    let post = post(&frame, portal);
    match order.what {
        What::Print => {
            let printed = mailroom::print_to_memory(post, Hand::Commands).await;
            if let Some(file) = printed.map_err(|error| ApiError::internal(&error))? {
                return Ok(files::pdf(file, "courriers.pdf"));
            }
        }
        What::Post => {
            let letter = mailroom::find(post, &order.reference).await?.ok_or_else(ApiError::not_found)?;
            // One that was posted already is shown as such.
            let noted = mailroom::note(post, Hand::Commands, &letter, Fate::Posted).await;
            noted.map_err(|error| ApiError::internal(&error))?;
        }
    }
    Ok(Redirect::to(&frame.link(LETTERS)).into_response())
}

fn post<'a>(frame: &'a Frame, portal: &'a PortalConfig) -> Post<'a> {
    Post::new(frame.state(), portal, &portal.language)
}

fn section(frame: &Frame, portal: &PortalConfig, all: &[Listed]) -> String {
    if all.is_empty() {
        return notice(frame, "demo.letters.empty");
    }
    let mut section = String::new();
    let printable = |it: &&Listed| it.state == LetterState::Asked && it.held_until.is_none();
    let waiting = all.iter().filter(printable).count();
    if waiting > 0 {
        let label = frame.with("demo.letters.print", &[("count", &waiting.to_string())]);
        let button = format!("<button class=\"button\" name=\"what\" value=\"print\">{label}</button>\n");
        section.push_str(&form(frame, portal, &button));
        section.extend(["<p class=\"hint\">", &frame.say("demo.letters.print_hint"), "</p>\n"]);
    }
    let head = COLUMNS.map(|name| {
        let label = frame.say(&format!("demo.letters.{name}"));
        format!("<th role=\"columnheader\" scope=\"col\">{label}</th>")
    });
    // The newest is the one that somebody waits for.
    let rows: String = all.iter().rev().map(|listed| row(frame, portal, listed)).collect();
    let (caption, head) = (frame.say("demo.letters.caption"), head.concat());
    section.extend(["<table class=\"stack\" role=\"table\">\n<caption>", &caption, "</caption>\n"]);
    section.extend(["<thead role=\"rowgroup\"><tr role=\"row\">", &head, "</tr></thead>\n"]);
    section.extend(["<tbody role=\"rowgroup\">\n", &rows, "</tbody>\n</table>\n"]);
    section
}

const COLUMNS: [&str; 7] =
    ["reference", "organisation", "state", "asked", "printed", "posted", "valid_until"];

fn row(frame: &Frame, portal: &PortalConfig, listed: &Listed) -> String {
    let letter = listed;
    let day = |at: Timestamp| at.to_zoned(portal.time_zone.clone()).strftime("%d/%m/%Y").to_string();
    let or_dash = |at: Option<Timestamp>| at.map_or_else(|| "–".to_owned(), day);
    let state = frame.say(&format!("demo.letters.states.{}", state_name(letter.state)));
    let mut posted = escape(&or_dash(letter.posted_at));
    if letter.state == LetterState::Printed {
        let reference = escape(&letter.reference);
        let button = format!(
            "<input type=\"hidden\" name=\"reference\" value=\"{reference}\">\n\
             <button class=\"button secondary\" name=\"what\" value=\"post\">{}<span class=\"vh\"> {reference}</span></button>\n",
            frame.say("demo.letters.post"),
        );
        posted = form(frame, portal, &button);
    }
    let cells = [
        escape(&letter.reference),
        escape(&letter.name),
        state,
        escape(&day(letter.asked_at)),
        escape(&or_dash(letter.printed_at)),
        posted,
        escape(&or_dash(letter.valid_until.map(mailroom::last))),
    ];
    let cell = |(name, content): (&str, String)| {
        let label = frame.say(&format!("demo.letters.{name}"));
        format!("<td role=\"cell\" data-label=\"{label}\">{content}</td>")
    };
    let cells: String = COLUMNS.into_iter().zip(cells).map(cell).collect();
    format!("<tr role=\"row\">{cells}</tr>\n")
}

fn form(frame: &Frame, portal: &PortalConfig, buttons: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{}\">\n<input type=\"hidden\" name=\"portal\" value=\"{}\">\n{buttons}</form>\n",
        escape(&frame.link(LETTERS)),
        escape(portal.slug()),
    )
}

fn notice(frame: &Frame, key: &str) -> String {
    format!("<div class=\"notice\"><p>{}</p></div>\n", frame.say(key))
}
