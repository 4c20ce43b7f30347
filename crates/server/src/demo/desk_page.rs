//! `/demo/guichet`: how to come to the desk of the demonstration without a telephone: links to begin with, and what
//! each authenticator would show by the demonstration's clock.

use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use palier_domain::desk::Role;
use palier_domain::values::Email;
use serde::Deserialize;

use super::DESK;
use super::clock::follow_clock;
use super::frame::Frame;
use crate::config::PortalConfig;
use crate::desk;
use crate::http::problem::ApiError;
use crate::mail::escape;
use crate::store::staff::{self, Staff};

/// What a button sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Order {
    portal: String,
    role: Role,
}

/// The page.
pub(super) async fn show(frame: Frame) -> Result<Response, ApiError> {
    follow_clock(frame.state()).await;
    let title = frame.texts().get("demo.desk.title").to_owned();
    let mut main = format!(
        "<h1 tabindex=\"-1\">{}</h1>\n<p class=\"intro\">{}</p>\n",
        escape(&title),
        frame.say("demo.desk.intro")
    );
    let desks: Vec<&PortalConfig> = frame.desks().collect();
    if desks.is_empty() {
        main.extend(["<div class=\"notice\"><p>", &frame.say("demo.desk.nowhere"), "</p></div>\n"]);
    }
    for portal in desks {
        if frame.slug().is_none() {
            main.extend(["<h2>", &escape(&portal.public.name), "</h2>\n"]);
        }
        let all = staff::list(frame.state().store().read(), portal.slug()).await?;
        main.push_str(&section(&frame, portal, &all));
    }
    Ok(frame.page(StatusCode::OK, &title, &main))
}

/// Somebody begins at the desk, anew if they were there before: leads to the page of their link.
///
/// As with the clock, that the form was sent by this very page is checked before.
pub(super) async fn begin(
    frame: Frame,
    form: Result<Form<Order>, FormRejection>,
) -> Result<Response, ApiError> {
    let Form(order) = form.map_err(|_| ApiError::malformed())?;
    follow_clock(frame.state()).await;
    let portal = frame.desks().find(|portal| portal.slug() == order.portal);
    let portal = portal.ok_or_else(ApiError::not_found)?;
    let address = format!("{}@{}.example", order.role.name(), portal.slug());
    let email = Email::parse(&address).map_err(|_| ApiError::internal("an address that is none"))?;
    let link = desk::invite(frame.state(), portal, &email, order.role).await?;
    let path = link.strip_prefix(&portal.home).unwrap_or_default();
    Ok(Redirect::to(&format!("{}{path}", portal.public.base)).into_response())
}

fn section(frame: &Frame, portal: &PortalConfig, all: &[Staff]) -> String {
    let buttons = Role::ALL.map(|role| {
        let label = frame.say(&format!("demo.desk.begin.{}", role.name()));
        format!(
            "<button class=\"button secondary\" name=\"role\" value=\"{}\">{label}</button>\n",
            role.name()
        )
    });
    let mut section = format!(
        "<p><a href=\"{}\">{}</a></p>\n<form method=\"post\" action=\"{}\">\n\
         <input type=\"hidden\" name=\"portal\" value=\"{}\">\n<div class=\"actions\">\n{}</div>\n</form>\n",
        escape(&format!("{}/guichet", portal.public.base)),
        frame.say("demo.desk.open"),
        escape(&frame.link(DESK)),
        escape(portal.slug()),
        buttons.concat(),
    );
    let rows: String = all.iter().filter_map(|staff| row(frame, staff)).collect();
    if rows.is_empty() {
        return section;
    }
    let head = COLUMNS.map(|name| {
        let label = frame.say(&format!("demo.desk.{name}"));
        format!("<th role=\"columnheader\" scope=\"col\">{label}</th>")
    });
    let (caption, head) = (frame.say("demo.desk.caption"), head.concat());
    section.extend(["<table class=\"stack\" role=\"table\">\n<caption>", &caption, "</caption>\n"]);
    section.extend(["<thead role=\"rowgroup\"><tr role=\"row\">", &head, "</tr></thead>\n"]);
    section.extend(["<tbody role=\"rowgroup\">\n", &rows, "</tbody>\n</table>\n"]);
    section.extend(["<p class=\"hint\">", &frame.say("demo.desk.hint"), "</p>\n"]);
    section
}

const COLUMNS: [&str; 2] = ["email", "code"];

/// None of who has no authenticator, not even a proposed one.
fn row(frame: &Frame, staff: &Staff) -> Option<String> {
    let code = desk::code_at(staff.totp_secret.as_deref()?, frame.state().now())?;
    let cells = [escape(&staff.email.to_string()), escape(&code)];
    let cell = |(name, content): (&str, String)| {
        let label = frame.say(&format!("demo.desk.{name}"));
        format!("<td role=\"cell\" data-label=\"{label}\">{content}</td>")
    };
    let cells: String = COLUMNS.into_iter().zip(cells).map(cell).collect();
    Some(format!("<tr role=\"row\">{cells}</tr>\n"))
}
