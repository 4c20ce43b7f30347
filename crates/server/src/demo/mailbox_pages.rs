//! `/demo/courriels`: the list, and one e-mail with its links working.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;

use super::MAILS;
use super::excerpt::excerpt;
use super::frame::Frame;
use super::mailbox::{self, Carried, Received};
use crate::http::files;
use crate::http::problem::ApiError;
use crate::mail::{Transport, escape};

/// The list, newest first.
pub(super) async fn list(frame: Frame) -> Result<Response, ApiError> {
    let title = frame.texts().get("demo.mails.title").to_owned();
    let mut main = format!("<h1 tabindex=\"-1\">{}</h1>\n", escape(&title));
    let transport =
        Transport::parse(&frame.state().config().smtp_url).map_err(|error| ApiError::internal(&error))?;
    let Some(folder) = transport.folder() else {
        main.push_str(&notice(&frame.say("demo.mails.smtp")));
        return Ok(frame.page(StatusCode::OK, &title, &main));
    };
    let (mails, more) =
        mailbox::list(folder, frame.slug()).await.map_err(|error| ApiError::internal(&error))?;
    main.extend(["<p class=\"intro\">", &frame.say("demo.mails.intro"), "</p>\n"]);
    if mails.is_empty() {
        main.push_str(&notice(&frame.say("demo.mails.empty")));
    } else {
        let cards: String = mails.iter().map(|mail| card(&frame, mail)).collect();
        main.extend(["<ul class=\"cards\">\n", &cards, "</ul>\n"]);
    }
    if more {
        let folder = folder.display().to_string();
        main.extend(["<p>", &frame.with("demo.mails.more", &[("folder", &folder)]), "</p>\n"]);
    }
    Ok(frame.page(StatusCode::OK, &title, &main))
}

/// The e-mail of that name, if it is this portal's.
async fn find(frame: &Frame, id: &str) -> Result<Option<Received>, ApiError> {
    let transport =
        Transport::parse(&frame.state().config().smtp_url).map_err(|error| ApiError::internal(&error))?;
    let found = match transport.folder() {
        Some(folder) => mailbox::read(folder, id).await.map_err(|error| ApiError::internal(&error))?,
        None => None,
    };
    Ok(found.filter(|mail| frame.slug().is_none_or(|slug| slug == mail.portal)))
}

/// A file that an e-mail carries, by its number from 0.
pub(super) async fn file(
    frame: Frame,
    Path((id, number)): Path<(String, usize)>,
) -> Result<Response, ApiError> {
    let mail = find(&frame, &id).await?.ok_or_else(ApiError::not_found)?;
    let file = mail.files.into_iter().nth(number).ok_or_else(ApiError::not_found)?;
    Ok(files::pdf(file.content, "piece-jointe.pdf"))
}

/// One e-mail: its headers, what it says, and what it carries.
pub(super) async fn one(frame: Frame, Path(id): Path<String>) -> Result<Response, ApiError> {
    let found = find(&frame, &id).await?;
    let back = format!(
        "<a class=\"back\" href=\"{}\">{}</a>\n",
        escape(&frame.link(MAILS)),
        frame.say("demo.mail.back")
    );
    let Some(mail) = found else {
        let title = frame.texts().get("demo.mail.missing").to_owned();
        let content = format!("{back}<h1 tabindex=\"-1\">{}</h1>\n", escape(&title));
        return Ok(frame.page(StatusCode::NOT_FOUND, &title, &content));
    };
    let content = format!(
        "{back}<h1 tabindex=\"-1\">{}</h1>\n<dl class=\"answers\">\n{}{}{}{}</dl>\n<article class=\"text\">\n{}</article>\n{}",
        escape(&mail.subject),
        row(&frame, "demo.mail.from", &mail.from),
        row(&frame, "demo.mail.to", &mail.to),
        row(&frame, "demo.mail.reply_to", &mail.reply_to),
        row(&frame, "demo.mail.date", &mail.date.map(|date| frame.moment(date)).unwrap_or_default()),
        excerpt(&mail.html),
        attached(&frame, &mail),
    );
    Ok(frame.page(StatusCode::OK, &mail.subject, &content))
}

fn attached(frame: &Frame, mail: &Received) -> String {
    if mail.files.is_empty() {
        return String::new();
    }
    let link = |(number, file): (usize, &Carried)| {
        let href = frame.link(&format!("{MAILS}/{}/{number}", mail.id));
        format!("<li><a href=\"{}\">{}</a></li>\n", escape(&href), escape(&file.name))
    };
    let links: String = mail.files.iter().enumerate().map(link).collect();
    format!("<h2>{}</h2>\n<ul>\n{links}</ul>\n", frame.say("demo.mail.files"))
}

fn card(frame: &Frame, mail: &Received) -> String {
    let time = mail.date.map_or_else(String::new, |date| {
        format!("<time datetime=\"{date:.0}\">{}</time>", escape(&frame.moment(date)))
    });
    format!(
        "<li><a href=\"{}\"><strong>{}</strong><span>{}</span>{time}</a></li>\n",
        escape(&frame.link(&format!("{MAILS}/{}", mail.id))),
        escape(&mail.subject),
        frame.with("demo.mails.to", &[("address", &mail.to)]),
    )
}

fn row(frame: &Frame, label: &str, value: &str) -> String {
    format!("<div><dt>{}</dt><dd>{}</dd></div>\n", frame.say(label), escape(value))
}

fn notice(words: &str) -> String {
    format!("<div class=\"notice\"><p>{words}</p></div>\n")
}
