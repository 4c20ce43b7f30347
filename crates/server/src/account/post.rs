use jiff::{SignedDuration, Timestamp};
use palier_domain::values::Email;
use sea_orm::ConnectionTrait;

use super::refusal::Limit;
use crate::config::PortalConfig;
use crate::http::state::AppState;
use crate::mail::{self, Addressee, Mail};
use crate::store::StoreError;
use crate::store::outbox::{self, NewMail};

/// E-mails that a stranger can have sent to an address. Beyond it the answers stay the same and nothing is sent.
const MAILS: Limit = Limit { kind: "mail", times: 5, window: SignedDuration::from_hours(1) };

/// What a request needs to write e-mails.
#[derive(Clone, Copy)]
pub(crate) struct Post<'a> {
    pub state: &'a AppState,
    pub portal: &'a PortalConfig,
    /// Of the e-mails: `fr` or `en`.
    pub language: &'a str,
    pub now: Timestamp,
}

impl<'a> Post<'a> {
    /// For a request that is answered now.
    pub(crate) fn new(state: &'a AppState, portal: &'a PortalConfig, language: &'a str) -> Self {
        Self { state, portal, language, now: state.now() }
    }

    /// Puts an e-mail in the outbox, in the transaction of what caused it. Wake the worker once that is committed. Nothing
    /// is written to an account that has no address (X4).
    pub(crate) async fn send<'e, C: ConnectionTrait>(
        &self,
        conn: &C,
        email: impl Into<Option<&'e Email>>,
        name: Option<&str>,
        mail: Mail<'_>,
    ) -> Result<(), StoreError> {
        self.send_with(conn, email, name, mail, None).await
    }

    /// The same, with a file that the portal keeps ([`crate::store::kept_files`]), when there is one to go with it.
    pub(crate) async fn send_with<'e, C: ConnectionTrait>(
        &self,
        conn: &C,
        email: impl Into<Option<&'e Email>>,
        name: Option<&str>,
        mail: Mail<'_>,
        attachment: Option<i64>,
    ) -> Result<(), StoreError> {
        let Some(email) = email.into() else { return Ok(()) };
        let to = Addressee { email, name, language: self.language };
        let mail = mail::write(self.state, self.portal, to, mail);
        outbox::enqueue(conn, NewMail { attachment, ..mail }).await.map(drop)
    }

    /// Counts one more e-mail asked for `key`, an address or what was typed in its place; whether it may be sent.
    pub(crate) async fn may_send<C: ConnectionTrait>(&self, conn: &C, key: &str) -> Result<bool, StoreError> {
        MAILS.count(conn, self.portal.slug(), key, self.now).await
    }
}
