//! The folder of `.eml` files, read back.

use std::path::Path;

use mail_parser::{Address, MessageParser, MimeHeaders as _};

use crate::mail::PORTAL_HEADER;

/// Most e-mails in the list.
pub(super) const LISTED: usize = 100;
/// Bigger files aren't ours.
const BIGGEST: u64 = 1024 * 1024;

/// An e-mail as the pages show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Received {
    /// The name of its file, without the ending.
    pub(super) id: String,
    /// The portal that sent it.
    pub(super) portal: String,
    pub(super) from: String,
    pub(super) to: String,
    pub(super) reply_to: String,
    pub(super) subject: String,
    /// When it was written.
    pub(super) date: Option<jiff::Timestamp>,
    /// The HTML body, as sent.
    pub(super) html: String,
    /// The files that it carries.
    pub(super) files: Vec<Carried>,
}

/// A file that an e-mail carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Carried {
    pub(super) name: String,
    pub(super) content: Vec<u8>,
}

/// The newest e-mails, newest first, of one portal when `portal` names one; and whether there are more.
pub(super) async fn list(folder: &Path, portal: Option<&str>) -> std::io::Result<(Vec<Received>, bool)> {
    let mut names = Vec::new();
    let mut entries = match tokio::fs::read_dir(folder).await {
        Ok(entries) => entries,
        // Nothing was sent yet.
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok((Vec::new(), false)),
        Err(error) => return Err(error),
    };
    while let Some(entry) = entries.next_entry().await? {
        if let Some(id) = entry.file_name().to_str().and_then(|name| name.strip_suffix(".eml")) {
            names.push(id.to_owned());
        }
    }
    // Names start with the time of writing.
    names.sort_unstable_by(|one, other| other.cmp(one));
    let mut found = Vec::new();
    for name in &names {
        if found.len() > LISTED {
            break;
        }
        let received = read(folder, name).await?;
        found.extend(received.filter(|mail| portal.is_none_or(|portal| mail.portal == portal)));
    }
    let more = found.len() > LISTED;
    found.truncate(LISTED);
    Ok((found, more))
}

/// One e-mail; nothing when there is none of that name, or it isn't an e-mail.
pub(super) async fn read(folder: &Path, id: &str) -> std::io::Result<Option<Received>> {
    // The name comes from the address of the page: it must not lead out of the folder.
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if id.is_empty() || id.len() > 80 || !id.bytes().all(plain) {
        return Ok(None);
    }
    let path = folder.join(format!("{id}.eml"));
    let bytes = match tokio::fs::metadata(&path).await {
        Ok(file) if file.is_file() && file.len() <= BIGGEST => tokio::fs::read(&path).await?,
        Ok(_) => return Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(parse(id, &bytes))
}

fn parse(id: &str, bytes: &[u8]) -> Option<Received> {
    let message = MessageParser::default().parse(bytes)?;
    let portal = message.header(PORTAL_HEADER).and_then(|value| value.as_text()).unwrap_or_default();
    Some(Received {
        id: id.to_owned(),
        portal: portal.trim().to_owned(),
        from: shown(message.from()),
        to: shown(message.to()),
        reply_to: shown(message.reply_to()),
        subject: message.subject().unwrap_or_default().to_owned(),
        date: message.date().and_then(|date| jiff::Timestamp::from_second(date.to_timestamp()).ok()),
        html: message.body_html(0).unwrap_or_default().into_owned(),
        files: message
            .attachments()
            .map(|part| Carried {
                name: part.attachment_name().unwrap_or_default().to_owned(),
                content: part.contents().to_vec(),
            })
            .collect(),
    })
}

fn shown(address: Option<&Address<'_>>) -> String {
    let Some(first) = address.and_then(Address::first) else { return String::new() };
    let email = first.address().unwrap_or_default();
    match first.name() {
        Some(name) => format!("{name} <{email}>"),
        None => email.to_owned(),
    }
}
