//! An e-mail of the outbox as the message that travels. The same row gives the same bytes at each try.

use std::time::SystemTime;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue, MessageId};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use lettre::{Address, Message};
use sha2::{Digest as _, Sha256};

use super::line::one_line;
use crate::store::kept_files::KeptFile;
use crate::store::outbox::OutboxMail;
use crate::texts::hexadecimal;

/// The header that names the portal.
pub(crate) const PORTAL_HEADER: &str = "X-Palier-Portal";

/// A message that can't be made: an address that the mail library doesn't take, a file that isn't there. Trying again gives the same.
#[derive(Debug, thiserror::Error)]
#[error("unsendable: {0}")]
pub(super) struct Unsendable(pub(super) &'static str);

/// Writes the message. `sender` is the address it comes from, shown as `name`; `file` goes with it.
pub(super) fn message(
    mail: &OutboxMail,
    file: Option<KeptFile>,
    sender: &str,
    name: &str,
) -> Result<Message, Unsendable> {
    let sender: Address = sender.parse().map_err(|_| Unsendable("the sender's address"))?;
    let recipient: Address =
        mail.to.to_string().parse().map_err(|_| Unsendable("the recipient's address"))?;
    let mut builder = Message::builder()
        .from(Mailbox::new(Some(one_line(name)), sender))
        .to(recipient.into())
        .subject(one_line(&mail.subject))
        .date(SystemTime::from(mail.created_at))
        .header(MessageId::from(format!("<{}>", one_line(&mail.message_id))))
        .header(AutoSubmitted)
        .header(NoAutoResponse)
        .header(OfPortal(one_line(&mail.portal)));
    if let Some(reply_to) = &mail.reply_to {
        let reply_to: Address = reply_to.parse().map_err(|_| Unsendable("the address for answers"))?;
        builder = builder.reply_to(reply_to.into());
    }
    let bodies = MultiPart::alternative()
        .boundary(boundary(&mail.message_id))
        .singlepart(SinglePart::plain(mail.text.clone()))
        .singlepart(SinglePart::html(mail.html.clone()));
    let parts = match file {
        Some(file) => MultiPart::mixed()
            .boundary(format!("{}-file", boundary(&mail.message_id)))
            .multipart(bodies)
            .singlepart(attachment(file)?),
        None => bodies,
    };
    builder.multipart(parts).map_err(|_| Unsendable("its headers"))
}

/// A file as a part of a message.
fn attachment(file: KeptFile) -> Result<SinglePart, Unsendable> {
    let kind = ContentType::parse(&file.media_type).map_err(|_| Unsendable("what its file is"))?;
    Ok(Attachment::new(one_line(&file.name)).body(file.content, kind))
}

/// A short name that an e-mail keeps at each try and that says nothing about it.
pub(super) fn stable_name(message_id: &str) -> String {
    hexadecimal(Sha256::digest(message_id).get(..12).unwrap_or_default())
}

fn boundary(message_id: &str) -> String {
    format!("palier-{}", stable_name(message_id))
}

/// Made by a machine (RFC 3834): answering machines don't answer.
#[derive(Clone)]
struct AutoSubmitted;

/// The same for mail programs that know only this.
#[derive(Clone)]
struct NoAutoResponse;

/// Which portal it is of, for whoever sorts mail: one server may send for several.
#[derive(Clone)]
struct OfPortal(String);

type ParseError = Box<dyn std::error::Error + Send + Sync>;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, ParseError> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Header for NoAutoResponse {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("X-Auto-Response-Suppress")
    }

    fn parse(_: &str) -> Result<Self, ParseError> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "All".to_owned())
    }
}

impl Header for OfPortal {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str(PORTAL_HEADER)
    }

    fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}
