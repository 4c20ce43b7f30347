//! Rights in words, for e-mails and the journal (A8, A9).

use palier_domain::onboarding::{Level, Rights};
use palier_domain::texts::Texts;

use crate::config::Onboarding;

/// What somebody may do, service by service: `Consultation des prêts : agir, Documents : consulter`. Services that the
/// portal has no more are called by their code.
pub(super) fn rights(texts: &Texts, own: &Onboarding, language: &str, rights: &Rights) -> String {
    let known = own.open(rights, language);
    let gone = rights.iter().filter(|(code, _)| own.codes().all(|known| known != *code));
    let pairs: Vec<String> = known.chain(gone).map(|(service, level)| pair(texts, service, level)).collect();
    if pairs.is_empty() { texts.get("journal.rights.none").to_owned() } else { pairs.join(", ") }
}

/// Rights as [`super::record::granted`] keeps them, in words.
pub(super) fn kept_rights(texts: &Texts, own: &Onboarding, language: &str, kept: &str) -> String {
    let pairs = kept.split(", ").filter_map(|pair| pair.split_once(": "));
    let pairs = pairs.filter_map(|(service, level)| Some((service, Level::parse(level)?)));
    rights(texts, own, language, &Rights::of(pairs))
}

fn pair(texts: &Texts, service: &str, level: Level) -> String {
    let level = texts.get(&format!("journal.level.{}", level.name())).to_owned();
    texts.with("journal.rights.pair", &[("service", service), ("level", &level)])
}
