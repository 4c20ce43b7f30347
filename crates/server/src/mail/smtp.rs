//! Speaks to a mail server, command by command, so that it is known which one was refused: an address that doesn't
//! exist is given up, a server that is down or set up wrongly is tried again.

use std::fmt;

use lettre::Message;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use tokio::time::timeout;

use super::transport::{Security, SmtpServer};

/// Why a mail server didn't take an e-mail. Its text has no word of the server's answer but its numbers: servers
/// repeat addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    stage: Stage,
    cause: Cause,
}

/// How far it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Connection,
    Sender,
    Recipient,
    Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Cause {
    /// Refused: the three digits, and the finer code of RFC 3463 where the server gives one.
    Reply { code: u16, permanent: bool, finer: Option<String> },
    /// No answer in time.
    Silence,
    /// The connection can't be made, broke, or speaks something else.
    Broken,
}

impl Failure {
    /// The e-mail itself is refused, now and for ever. A refusal of who we are (RFC 3463, x.7.x) or of how the server
    /// is set up (x.3.x) can be put right, and the e-mail waits.
    pub(super) fn is_final(&self) -> bool {
        let Cause::Reply { code, permanent: true, finer } = &self.cause else { return false };
        let about_the_mail = match finer.as_deref() {
            Some(finer) => !(finer.starts_with("5.7.") || finer.starts_with("5.3.")),
            None => !matches!(code, 500..=504 | 530 | 534 | 535 | 538),
        };
        self.stage >= Stage::Recipient && about_the_mail
    }

    /// The server as a whole doesn't work: the next e-mail would fare no better.
    pub(super) fn is_the_servers(&self) -> bool {
        self.stage <= Stage::Sender || matches!(self.cause, Cause::Silence | Cause::Broken)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = match self.stage {
            Stage::Connection => "connection",
            Stage::Sender => "sender",
            Stage::Recipient => "recipient",
            Stage::Content => "content",
        };
        match &self.cause {
            Cause::Reply { code, finer: Some(finer), .. } => {
                write!(formatter, "{stage} refused: {code} {finer}")
            }
            Cause::Reply { code, finer: None, .. } => write!(formatter, "{stage} refused: {code}"),
            Cause::Silence => write!(formatter, "{stage}: no answer in time"),
            Cause::Broken => write!(formatter, "{stage}: connection failed"),
        }
    }
}

/// Hands e-mails to one server, over one connection for as long as there are e-mails.
pub(super) struct Courier {
    server: SmtpServer,
    open: Option<AsyncSmtpConnection>,
}

impl Courier {
    pub(super) const fn new(server: SmtpServer) -> Self {
        Self { server, open: None }
    }

    /// Hands an e-mail over. Once this returns without a failure, the server has said that it takes care of it.
    pub(super) async fn send(&mut self, message: &Message) -> Result<(), Failure> {
        if let Some(mut connection) = self.open.take() {
            match self.hand_over(&mut connection, message).await {
                Ok(()) => {
                    self.open = Some(connection);
                    return Ok(());
                }
                // Servers close connections that are old or were used often; nothing has been handed over yet.
                Err(failure) if failure.stage < Stage::Recipient => {}
                Err(failure) => return Err(failure),
            }
        }
        let mut connection = self.connect().await?;
        self.hand_over(&mut connection, message).await?;
        self.open = Some(connection);
        Ok(())
    }

    /// Says goodbye, when a connection is open.
    pub(super) async fn close(&mut self) {
        if let Some(mut connection) = self.open.take() {
            // Everything is handed over: a server that doesn't answer to this is left alone.
            let _ = timeout(self.server.patience, connection.quit()).await;
        }
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Failure> {
        let server = &self.server;
        let name = ClientId::default();
        let wrapped = match &server.security {
            Security::Tls(parameters) => Some(parameters.clone()),
            Security::None | Security::StartTls(_) => None,
        };
        let address = (server.host.as_str(), server.port);
        let opening =
            AsyncSmtpConnection::connect_tokio1(address, Some(server.patience), &name, wrapped, None);
        let mut connection = self.step(Stage::Connection, opening).await?;
        if let Security::StartTls(parameters) = &server.security {
            self.step(Stage::Connection, connection.starttls(parameters.clone(), &name)).await?;
        }
        if let Some(credentials) = &server.credentials {
            self.step(Stage::Connection, connection.auth(DEFAULT_MECHANISMS, credentials)).await?;
        }
        Ok(connection)
    }

    /// Addresses and bodies are ASCII (see [`super::message`]), so no extension of the protocol is needed.
    async fn hand_over(
        &self,
        connection: &mut AsyncSmtpConnection,
        message: &Message,
    ) -> Result<(), Failure> {
        let envelope = message.envelope();
        let sender = Mail::new(envelope.from().cloned(), Vec::new());
        self.step(Stage::Sender, connection.command(sender)).await?;
        for recipient in envelope.to() {
            let recipient = Rcpt::new(recipient.clone(), Vec::new());
            self.step(Stage::Recipient, connection.command(recipient)).await?;
        }
        self.step(Stage::Content, connection.command(Data)).await?;
        self.step(Stage::Content, connection.message(&message.formatted())).await?;
        Ok(())
    }

    async fn step<T>(
        &self,
        stage: Stage,
        command: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, Failure> {
        match timeout(self.server.patience, command).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(Failure { stage, cause: cause(&error) }),
            Err(_) => Err(Failure { stage, cause: Cause::Silence }),
        }
    }
}

fn cause(error: &Error) -> Cause {
    match error.status() {
        Some(code) => {
            let words = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
            let finer = words.split_whitespace().next().filter(|word| is_finer_code(word)).map(str::to_owned);
            Cause::Reply { code: code.into(), permanent: error.is_permanent(), finer }
        }
        None if error.is_timeout() => Cause::Silence,
        None => Cause::Broken,
    }
}

/// `5.1.1`, as in RFC 3463.
fn is_finer_code(word: &str) -> bool {
    let parts: Vec<&str> = word.split('.').collect();
    let numbers = parts
        .iter()
        .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
    parts.len() == 3 && numbers && matches!(parts.first(), Some(&("4" | "5")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(stage: Stage, code: u16, finer: Option<&str>) -> Failure {
        Failure {
            stage,
            cause: Cause::Reply { code, permanent: code >= 500, finer: finer.map(str::to_owned) },
        }
    }

    #[test]
    fn only_what_can_never_be_delivered_is_given_up() {
        for (failure, is_final) in [
            (refused(Stage::Recipient, 550, None), true),
            (refused(Stage::Recipient, 550, Some("5.1.1")), true),
            (refused(Stage::Content, 554, Some("5.6.0")), true),
            (refused(Stage::Recipient, 501, Some("5.1.3")), true),
            (refused(Stage::Recipient, 550, Some("5.7.1")), false),
            (refused(Stage::Recipient, 530, None), false),
            (refused(Stage::Recipient, 450, Some("4.2.2")), false),
            (refused(Stage::Sender, 550, Some("5.1.8")), false),
            (refused(Stage::Connection, 535, None), false),
            (refused(Stage::Connection, 554, None), false),
            (Failure { stage: Stage::Content, cause: Cause::Silence }, false),
            (Failure { stage: Stage::Recipient, cause: Cause::Broken }, false),
        ] {
            assert_eq!(failure.is_final(), is_final, "{failure}");
        }
    }

    #[test]
    fn one_refused_address_says_nothing_about_the_server() {
        assert!(!refused(Stage::Recipient, 450, None).is_the_servers());
        assert!(!refused(Stage::Content, 552, None).is_the_servers());
        assert!(refused(Stage::Connection, 421, None).is_the_servers());
        assert!(Failure { stage: Stage::Content, cause: Cause::Silence }.is_the_servers());
    }

    #[test]
    fn finer_codes_are_three_numbers() {
        assert!(is_finer_code("5.1.1") && is_finer_code("4.7.500"));
        for word in ["5.1", "2.1.5", "5.1.1.1", "5.1.x", "5..1", "5.1.1234", "<marie@exemple.fr>"] {
            assert!(!is_finer_code(word), "{word}");
        }
    }
}
