//! `/demo/horloge`: what time it is for the site, and the buttons that move it.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use serde::Deserialize;

use super::CLOCK;
use super::clock::{MOST_MINUTES, Move, MoveError, follow_clock, move_clock};
use super::frame::Frame;
use crate::http::problem::ApiError;
use crate::mail::escape;

/// What a button sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shift {
    by: By,
    #[serde(default)]
    minutes: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum By {
    Hour,
    Day,
    Month,
    Minutes,
    Reset,
}

/// Why the page is shown again.
enum Refusal<'a> {
    Minutes(&'a str),
    TooFar,
}

/// The page.
pub(super) async fn show(frame: Frame) -> Response {
    follow_clock(frame.state()).await;
    page(&frame, StatusCode::OK, None)
}

/// Moves the clock, then shows the page by another request, so that a reload doesn't move it again.
///
/// This is the one address that takes a form as browsers send it by themselves; that it was sent by this very page is
/// checked before, as for every request that changes something.
pub(super) async fn shift(
    frame: Frame,
    form: Result<Form<Shift>, FormRejection>,
) -> Result<Response, ApiError> {
    let Form(shift) = form.map_err(|_| ApiError::malformed())?;
    let by = match shift.by {
        By::Hour => Move::Hour,
        By::Day => Move::Day,
        By::Month => Move::Month,
        By::Reset => Move::Reset,
        By::Minutes => match shift.minutes.trim().parse() {
            Ok(minutes) if (1..=MOST_MINUTES).contains(&minutes) => Move::Minutes(minutes),
            _ => {
                let refusal = Refusal::Minutes(&shift.minutes);
                return Ok(page(&frame, StatusCode::UNPROCESSABLE_ENTITY, Some(&refusal)));
            }
        },
    };
    match move_clock(frame.state(), by).await {
        Ok(()) => Ok(Redirect::to(&frame.link(CLOCK)).into_response()),
        Err(MoveError::TooFar) => Ok(page(&frame, StatusCode::UNPROCESSABLE_ENTITY, Some(&Refusal::TooFar))),
        Err(MoveError::Store(error)) => Err(ApiError::internal(&error)),
    }
}

fn page(frame: &Frame, status: StatusCode, refusal: Option<&Refusal<'_>>) -> Response {
    let state = frame.state();
    let title = frame.texts().get("demo.clock.title").to_owned();
    let action = escape(&frame.link(CLOCK));
    let now = state.now();
    let offset = state.demo_clock().map_or(0, |clock| clock.offset().as_mins());
    let ahead = if offset == 0 {
        frame.say("demo.clock.real")
    } else {
        let parts = [offset / 1440, offset / 60 % 24, offset % 60].map(|part| part.to_string());
        let [days, hours, minutes] = parts.each_ref().map(String::as_str);
        frame.with("demo.clock.ahead", &[("days", days), ("hours", hours), ("minutes", minutes)])
    };
    let time = format!("<time datetime=\"{now:.0}\">{}</time>", escape(&frame.moment(now)));
    let button = |by: &str, kind: &str| {
        let label = frame.say(&format!("demo.clock.{by}"));
        format!("<button class=\"{kind}\" name=\"by\" value=\"{by}\">{label}</button>\n")
    };
    let main = format!(
        "{summary}<h1 tabindex=\"-1\">{heading}</h1>\n<p class=\"intro\">{intro}</p>\n\
         <div class=\"notice\"><p>{now}</p><p>{ahead}</p></div>\n\
         <form method=\"post\" action=\"{action}\">\n<div class=\"actions\">\n{hour}{day}{month}{reset}</div>\n</form>\n\
         <h2>{other}</h2>\n<form method=\"post\" action=\"{action}\" novalidate>\n{field}\
         <div class=\"actions\">\n<button class=\"button\" name=\"by\" value=\"minutes\">{forward}</button>\n</div>\n</form>\n",
        summary = refusal.map(|refusal| summary(frame, refusal)).unwrap_or_default(),
        heading = escape(&title),
        intro = frame.say("demo.clock.intro"),
        // The time is an element: the text around it is escaped first.
        now = frame.say("demo.clock.now").replace("{time}", &time),
        hour = button("hour", "button"),
        day = button("day", "button"),
        month = button("month", "button"),
        reset = button("reset", "button secondary"),
        other = frame.say("demo.clock.other"),
        field = field(frame, refusal),
        forward = frame.say("demo.clock.forward"),
    );
    let title =
        if refusal.is_some() { format!("{}{title}", frame.texts().get("demo.clock.error")) } else { title };
    frame.page(status, &title, &main)
}

fn reason(frame: &Frame, refusal: &Refusal<'_>) -> String {
    match refusal {
        Refusal::Minutes(_) => frame.with("demo.clock.minutes_error", &[("max", &MOST_MINUTES.to_string())]),
        Refusal::TooFar => frame.say("demo.clock.limit"),
    }
}

fn summary(frame: &Frame, refusal: &Refusal<'_>) -> String {
    format!(
        "<div class=\"error-summary\" role=\"alert\" tabindex=\"-1\" aria-labelledby=\"error-title\">\n\
         <h2 id=\"error-title\">{}</h2>\n<ul>\n<li><a href=\"#minutes\">{}</a></li>\n</ul>\n</div>\n",
        frame.say("demo.clock.summary"),
        reason(frame, refusal),
    )
}

fn field(frame: &Frame, refusal: Option<&Refusal<'_>>) -> String {
    let (typed, error) = match refusal {
        Some(refusal @ Refusal::Minutes(typed)) => (*typed, Some(reason(frame, refusal))),
        Some(Refusal::TooFar) | None => ("", None),
    };
    let (message, described, invalid) = match error {
        Some(error) => (
            format!(
                "<p class=\"error\" id=\"minutes-error\"><span class=\"vh\">{}</span>{error}</p>\n",
                frame.say("demo.clock.error")
            ),
            "minutes-hint minutes-error",
            " aria-invalid=\"true\"",
        ),
        None => (String::new(), "minutes-hint", ""),
    };
    format!(
        "<div class=\"field\">\n<label for=\"minutes\">{label}</label>\n<p class=\"hint\" id=\"minutes-hint\">{hint}</p>\n\
         {message}<input id=\"minutes\" name=\"minutes\" type=\"text\" inputmode=\"numeric\" autocomplete=\"off\" size=\"8\" \
         required aria-describedby=\"{described}\"{invalid} value=\"{typed}\">\n</div>\n",
        label = frame.say("demo.clock.minutes"),
        hint = frame.with("demo.clock.minutes_hint", &[("max", &MOST_MINUTES.to_string())]),
        typed = escape(typed),
    )
}
