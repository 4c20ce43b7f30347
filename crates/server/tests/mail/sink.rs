//! A mail server that does what a test tells it to.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use mail_parser::MessageParser;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// How the server behaves towards each connection that begins from now on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Takes everything.
    Accepts,
    /// Answers this to `RCPT TO`.
    RefusesRecipient(&'static str),
    /// Answers this to `MAIL FROM`.
    RefusesSender(&'static str),
    /// Answers this after the content.
    RefusesContent(&'static str),
    /// Takes the connection and says nothing.
    Hangs,
    /// Takes the e-mail, says so, and is gone.
    DiesAfterAccepting,
    /// Gets the e-mail and is gone without a word.
    DiesBeforeAnswering,
    /// Takes the e-mail, and says so once it is told to (see [`Sink::answer`]).
    AnswersLate,
}

/// The server. It ends with the test.
pub(crate) struct Sink {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: CancellationToken,
}

struct Shared {
    mood: Mutex<Mood>,
    accepted: watch::Sender<Vec<Accepted>>,
    /// Contents received, answered or not.
    received: watch::Sender<Vec<Vec<u8>>>,
    may_answer: watch::Sender<bool>,
}

/// An e-mail for which the server said 250.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    pub(crate) sender: String,
    pub(crate) recipient: String,
    pub(crate) content: Vec<u8>,
}

impl Accepted {
    /// The `Message-ID`, without its angle brackets.
    pub(crate) fn message_id(&self) -> String {
        let message = MessageParser::default().parse(&self.content).expect("a message");
        message.message_id().expect("a Message-ID").to_owned()
    }
}

impl Sink {
    /// Starts a server on a free port.
    pub(crate) async fn start(mood: Mood) -> Self {
        let (accepted, received, may_answer) =
            (watch::Sender::new(Vec::new()), watch::Sender::new(Vec::new()), watch::Sender::new(false));
        let shared = Shared { mood: Mutex::new(mood), accepted, received, may_answer };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = listener.local_addr().expect("its address");
        let sink = Self { address, shared: Arc::new(shared), stop: CancellationToken::new() };
        sink.serve(listener);
        sink
    }

    /// What to put in `smtp_url`.
    pub(crate) fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    pub(crate) fn set(&self, mood: Mood) {
        *self.shared.mood.lock().expect("the mood") = mood;
    }

    /// Stops listening: connections are refused.
    pub(crate) async fn go_down(&mut self) {
        self.stop.cancel();
        while TcpStream::connect(self.address).await.is_ok() {
            tokio::task::yield_now().await;
        }
    }

    /// Listens again, at the same address.
    pub(crate) async fn come_back(&mut self) {
        self.stop = CancellationToken::new();
        let listener = TcpListener::bind(self.address).await.expect("the same port");
        self.serve(listener);
    }

    /// Everything accepted so far.
    pub(crate) fn accepted(&self) -> Vec<Accepted> {
        self.shared.accepted.borrow().clone()
    }

    /// Every content that has arrived so far, answered or not.
    pub(crate) fn received(&self) -> Vec<Vec<u8>> {
        self.shared.received.borrow().clone()
    }

    /// Waits until so many were accepted.
    pub(crate) async fn wait_for_accepted(&self, count: usize) {
        let mut accepted = self.shared.accepted.subscribe();
        let wait = accepted.wait_for(|accepted| accepted.len() >= count);
        tokio::time::timeout(Duration::from_secs(20), wait)
            .await
            .expect("accepted in time")
            .expect("a server");
    }

    /// Waits until the content of so many has arrived.
    pub(crate) async fn wait_for_received(&self, count: usize) {
        let mut received = self.shared.received.subscribe();
        let wait = received.wait_for(|received| received.len() >= count);
        tokio::time::timeout(Duration::from_secs(20), wait)
            .await
            .expect("received in time")
            .expect("a server");
    }

    /// Lets [`Mood::AnswersLate`] answer.
    pub(crate) fn answer(&self) {
        self.shared.may_answer.send_replace(true);
    }

    fn serve(&self, listener: TcpListener) {
        let (shared, stop) = (Arc::clone(&self.shared), self.stop.clone());
        tokio::spawn(async move {
            while let Some(Ok((stream, _))) = stop.run_until_cancelled(listener.accept()).await {
                let shared = Arc::clone(&shared);
                // A client that goes away ends its conversation.
                tokio::spawn(async move { converse(stream, &shared).await.ok() });
            }
        });
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn converse(stream: TcpStream, shared: &Shared) -> std::io::Result<()> {
    let mood = *shared.mood.lock().expect("the mood");
    let mut stream = BufReader::new(stream);
    if mood == Mood::Hangs {
        let mut line = String::new();
        while stream.read_line(&mut line).await? > 0 {}
        return Ok(());
    }
    say(&mut stream, "220 sink ready").await?;
    let (mut sender, mut recipient) = (String::new(), String::new());
    let mut line = String::new();
    while {
        line.clear();
        stream.read_line(&mut line).await? > 0
    } {
        let command = line.trim_end();
        let (verb, rest) = command.split_at(command.len().min(4));
        match (verb, mood) {
            ("EHLO", _) => say(&mut stream, "250-sink\r\n250 8BITMIME").await?,
            ("MAIL", Mood::RefusesSender(answer)) | ("RCPT", Mood::RefusesRecipient(answer)) => {
                say(&mut stream, answer).await?;
            }
            ("MAIL", _) => {
                sender = between(rest);
                say(&mut stream, "250 2.1.0 fine").await?;
            }
            ("RCPT", _) => {
                recipient = between(rest);
                say(&mut stream, "250 2.1.5 fine").await?;
            }
            ("DATA", _) => {
                say(&mut stream, "354 go on").await?;
                let content = read_content(&mut stream).await?;
                shared.received.send_modify(|received| received.push(content.clone()));
                match mood {
                    Mood::DiesBeforeAnswering => return Ok(()),
                    Mood::RefusesContent(answer) => {
                        say(&mut stream, answer).await?;
                        continue;
                    }
                    Mood::AnswersLate => {
                        shared
                            .may_answer
                            .subscribe()
                            .wait_for(|may| *may)
                            .await
                            .map_err(std::io::Error::other)?;
                    }
                    _ => {}
                }
                let mail = Accepted { sender: sender.clone(), recipient: recipient.clone(), content };
                shared.accepted.send_modify(|accepted| accepted.push(mail));
                say(&mut stream, "250 2.0.0 accepted").await?;
                if mood == Mood::DiesAfterAccepting {
                    return Ok(());
                }
            }
            ("QUIT", _) => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "502 5.5.1 what?").await?,
        }
    }
    Ok(())
}

async fn say(stream: &mut BufReader<TcpStream>, words: &str) -> std::io::Result<()> {
    stream.write_all(format!("{words}\r\n").as_bytes()).await
}

/// The lines up to the one with only a dot, the dots that were doubled made single.
async fn read_content(stream: &mut BufReader<TcpStream>) -> std::io::Result<Vec<u8>> {
    let mut content = Vec::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        if line == b".\r\n" {
            return Ok(content);
        }
        content.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
    }
}

fn between(text: &str) -> String {
    text.split(['<', '>']).nth(1).unwrap_or_default().to_owned()
}
