use palier_domain::onboarding::EntryView;
use palier_domain::texts::Texts;

use crate::account::Post;
use crate::config::{Onboarding, PortalConfig};
use crate::http::problem::ApiError;
use crate::onboarding::{hand, rules, words};
use crate::store::journal::{Details, Entry};

/// What an entry may tell the organisation's administrators; whatever else it keeps stays with the operator.
const DETAILS: [&str; 7] = ["name", "email", "role", "rights", "by", "letter", "reason"];

/// In whose words a journal is told.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    texts: &'a Texts,
    own: &'a Onboarding,
    language: &'a str,
}

impl<'a> Told<'a> {
    /// In the words of who asks.
    pub(super) fn to(post: Post<'a>) -> Result<Self, ApiError> {
        let texts = post.state.texts().portal(post.portal.slug(), post.language);
        Self::by(post.portal, texts, post.language).ok_or_else(ApiError::not_found)
    }

    /// In these words; none where the portal has no client organisations.
    pub(super) fn by(portal: &'a PortalConfig, texts: &'a Texts, language: &'a str) -> Option<Self> {
        let (_, own) = rules::of(portal).ok()?;
        Some(Self { texts, own, language })
    }

    /// The entry, with rights and roles in words, and what those who run the portal did as theirs.
    pub(super) fn entry(self, entry: Entry) -> EntryView {
        let mut details = entry.details;
        details.retain(|name, _| DETAILS.contains(&name.as_str()));
        if hand::KINDS.contains(&entry.kind.as_str()) {
            details.insert("by".to_owned(), self.texts.get("journal.operator").to_owned());
        }
        if let Some(rights) = details.get_mut("rights") {
            *rights = words::kept_rights(self.texts, self.own, self.language, rights);
        }
        if let Some(role) = details.get_mut("role") {
            self.texts.get(&format!("journal.role.{role}")).clone_into(role);
        }
        if entry.kind == "designation_objected" {
            // It wasn't known who did, as long as all administrators had the same link.
            details.entry("by".to_owned()).or_insert_with(|| self.texts.get("journal.somebody").to_owned());
        }
        EntryView { number: entry.number, at: entry.happened_at.to_string(), kind: entry.kind, details }
    }

    /// What happened, in words; what the entry doesn't tell is left out.
    pub(super) fn say(self, kind: &str, details: &Details) -> String {
        let value = |name| (name, details.get(name).map_or("", String::as_str));
        self.texts.with(&format!("journal.{kind}"), &DETAILS.map(value))
    }
}
