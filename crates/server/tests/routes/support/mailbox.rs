use jiff::SignedDuration;
use palier_server::store::outbox;

use super::House;

/// An e-mail as it would have been sent.
#[derive(Clone, Debug)]
pub(crate) struct Letter {
    pub(crate) kind: String,
    pub(crate) to: String,
    pub(crate) language: String,
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

impl House {
    /// The e-mails written since the last look, oldest first.
    pub(crate) async fn letters(&self) -> Vec<Letter> {
        let store = self.state.store();
        let now = self.now();
        let lease = SignedDuration::from_hours(1);
        let mails = outbox::claim_due(store.write(), now, "test", lease, 100).await.expect("e-mails");
        for mail in &mails {
            outbox::mark_sent(store.write(), &mail.message_id, now).await.expect("noted as sent");
        }
        mails
            .into_iter()
            .map(|mail| Letter {
                kind: mail.kind,
                to: mail.to.to_string(),
                language: mail.language,
                subject: mail.subject,
                text: mail.text,
                html: mail.html,
            })
            .collect()
    }

    /// Kinds and addresses of the e-mails written since the last look.
    pub(crate) async fn post(&self) -> Vec<(String, String)> {
        self.letters().await.into_iter().map(|letter| (letter.kind, letter.to)).collect()
    }
}

/// What the link of an e-mail carries after `#`.
pub(crate) fn token_in(text: &str) -> String {
    let mut links = text.split_whitespace().filter(|word| word.starts_with("http"));
    let token = links.find_map(|word| word.split_once('#')).map(|(_, token)| token.to_owned());
    token.unwrap_or_else(|| panic!("no link with a token in {text}"))
}
