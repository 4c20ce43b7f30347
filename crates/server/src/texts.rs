//! The texts of pages, e-mails and letters, each portal's own wording laid over them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use palier_domain::texts::Texts;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// The languages there are; the first is the one of those who chose none and whose portal says nothing.
pub const LANGUAGES: [&str; 2] = ["fr", "en"];

/// Files whose texts only the server shows: browsers don't have to carry them.
const SERVER_ONLY: [&str; 15] = [
    "cli",
    "data_file",
    "demo",
    "import",
    "mail",
    "mail_account",
    "mail_colleagues",
    "mail_departure",
    "mail_leaving",
    "mail_onboarding",
    "mail_partners",
    "mail_users",
    "paper",
    "retention",
    "shell",
];
/// Files whose texts only the office's program shows; those of days and of names are among them, since not
/// every portal has a journey that needs them.
const OFFICE: [&str; 7] = ["days", "desk", "desk_departures", "desk_support", "journal", "names", "users"];
/// Files whose texts only the account's program shows, beside those of days.
const ACCOUNT: [&str; 6] = ["data", "days", "departure", "partners", "passkeys", "profile"];
/// The file of the gallery of components, which only the demonstration has.
const GALLERY: &str = "gallery";

/// Which journeys a portal has: browsers carry the texts of these, and of no others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Journeys {
    /// Tenants sign up.
    pub tenancy: bool,
    /// Organisations join a mediation scheme.
    pub mediation: bool,
    /// Client organisations get their administrator.
    pub onboarding: bool,
}

impl Journeys {
    fn need(self, file: &str) -> bool {
        match file {
            "sign_up" => self.tenancy,
            "mediation" => self.mediation,
            "onboarding" | "human" | "names" | "rights" => self.onboarding,
            "days" | "terms" => self.mediation || self.onboarding,
            file if OFFICE.contains(&file) || ACCOUNT.contains(&file) => false,
            _ => !SERVER_ONLY.contains(&file) && file != GALLERY,
        }
    }
}

/// The language called `name`, or French.
pub fn language(name: &str) -> &'static str {
    LANGUAGES.into_iter().find(|known| *known == name).unwrap_or(LANGUAGES[0])
}

/// Bytes in lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a text can't fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The names between braces in a text, in order, each once.
pub fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<&str> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .filter(|name| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// All texts: by language, and by portal with its own wording.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    shared: BTreeMap<&'static str, Wording>,
    portals: BTreeMap<(String, &'static str), Wording>,
    empty: Wording,
}

/// The texts of one language, all of them and those that browsers are given.
#[derive(Clone, Debug, Default)]
struct Wording {
    all: Texts,
    browser: BTreeMap<String, String>,
    gallery: BTreeMap<String, String>,
    office: BTreeMap<String, String>,
    account: BTreeMap<String, String>,
}

/// A portal's own wording: texts by language and key.
pub type Overrides = BTreeMap<String, BTreeMap<String, String>>;

impl Catalog {
    /// The texts of this program, with no portal in particular.
    pub fn new() -> Self {
        let none = Journeys::default();
        let shared =
            LANGUAGES.into_iter().map(|language| (language, wording(language, none, None))).collect();
        Self { shared, ..Self::default() }
    }

    /// Adds a portal, with its own wording.
    pub fn add_portal(&mut self, slug: &str, journeys: Journeys, own: &Overrides) {
        for language in LANGUAGES {
            let wording = wording(language, journeys, own.get(language));
            self.portals.insert((slug.to_owned(), language), wording);
        }
    }

    /// The texts of a language as no portal in particular words them, server-only ones included.
    pub fn shared(&self, language: &str) -> &Texts {
        &self.wording(None, language).all
    }

    /// The texts of a language as a portal words them, server-only ones included.
    pub fn portal(&self, slug: &str, language: &str) -> &Texts {
        &self.wording(Some(slug), language).all
    }

    /// The texts that browsers are given.
    pub fn browser(&self, slug: Option<&str>, language: &str) -> &BTreeMap<String, String> {
        &self.wording(slug, language).browser
    }

    /// The texts of the gallery of components.
    pub fn gallery(&self, slug: Option<&str>, language: &str) -> &BTreeMap<String, String> {
        &self.wording(slug, language).gallery
    }

    /// The texts of the office, beside those of [`Catalog::browser`].
    pub fn office(&self, slug: Option<&str>, language: &str) -> &BTreeMap<String, String> {
        &self.wording(slug, language).office
    }

    /// The texts of the account, beside those of [`Catalog::browser`].
    pub fn account(&self, slug: Option<&str>, language: &str) -> &BTreeMap<String, String> {
        &self.wording(slug, language).account
    }

    fn wording(&self, slug: Option<&str>, language: &str) -> &Wording {
        let language = self::language(language);
        slug.and_then(|slug| self.portals.get(&(slug.to_owned(), language)))
            .or_else(|| self.shared.get(language))
            .unwrap_or(&self.empty)
    }
}

fn wording(language: &str, journeys: Journeys, own: Option<&BTreeMap<String, String>>) -> Wording {
    let mut wording = Wording::default();
    let mut all = BTreeMap::new();
    for (known, file, key, text) in TEXTS {
        if *known != language {
            continue;
        }
        let text = own.and_then(|own| own.get(*key)).map_or(*text, String::as_str);
        all.insert((*key).to_owned(), text.to_owned());
        if OFFICE.contains(file) {
            wording.office.insert((*key).to_owned(), text.to_owned());
        }
        if ACCOUNT.contains(file) {
            wording.account.insert((*key).to_owned(), text.to_owned());
        }
        if *file == GALLERY {
            wording.gallery.insert((*key).to_owned(), text.to_owned());
        } else if journeys.need(file) {
            wording.browser.insert((*key).to_owned(), text.to_owned());
        }
    }
    wording.all = Texts::new(all);
    wording
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(language: &str) -> BTreeMap<(&'static str, &'static str), Vec<&'static str>> {
        let rows = TEXTS.iter().filter(|(known, ..)| *known == language);
        rows.map(|(_, file, key, text)| ((*file, *key), placeholders(text))).collect()
    }

    #[test]
    fn both_languages_say_the_same_things() {
        let (french, english) = (keys("fr"), keys("en"));
        let faults: Vec<_> =
            french.keys().chain(english.keys()).filter(|key| french.get(*key) != english.get(*key)).collect();
        assert!(!french.is_empty());
        assert!(faults.is_empty(), "missing in one language, or with other placeholders: {faults:?}");
    }

    #[test]
    fn no_key_is_in_two_files() {
        let mut seen = BTreeMap::new();
        for (language, file, key, text) in TEXTS {
            assert_eq!(seen.insert((language, key), file), None, "{key} is in two files");
            assert!(!text.trim().is_empty(), "{key} is empty");
        }
    }

    #[test]
    fn a_portals_own_wording_replaces_the_shared_one() {
        let Some((_, _, key, _)) = TEXTS.iter().find(|(_, file, ..)| !SERVER_ONLY.contains(file)) else {
            panic!("no texts for browsers")
        };
        let own = BTreeMap::from([(
            "fr".to_owned(),
            BTreeMap::from([((*key).to_owned(), "Autrement".to_owned())]),
        )]);
        let mut catalog = Catalog::new();
        catalog.add_portal("rives", Journeys { tenancy: true, mediation: true, onboarding: true }, &own);
        assert_eq!(catalog.portal("rives", "fr").get(key), "Autrement");
        assert_eq!(catalog.browser(Some("rives"), "fr")[*key], "Autrement");
        assert_ne!(catalog.portal("rives", "en").get(key), "Autrement");
        assert_ne!(catalog.portal("other", "fr").get(key), "Autrement");
    }

    #[test]
    fn browsers_carry_the_texts_of_their_portals_journeys() {
        let mut catalog = Catalog::new();
        let portals = [
            ("none", Journeys::default()),
            ("tenants", Journeys { tenancy: true, ..Journeys::default() }),
            ("scheme", Journeys { mediation: true, ..Journeys::default() }),
            ("clients", Journeys { onboarding: true, ..Journeys::default() }),
        ];
        for (slug, journeys) in portals {
            catalog.add_portal(slug, journeys, &Overrides::new());
            for (language, file, key, _) in TEXTS {
                let expected = match *file {
                    "sign_up" => slug == "tenants",
                    "mediation" => slug == "scheme",
                    "onboarding" | "human" | "names" | "rights" => slug == "clients",
                    "days" | "terms" => slug == "scheme" || slug == "clients",
                    "data" | "departure" | "desk" | "desk_departures" | "desk_support" | "journal"
                    | "partners" | "passkeys" | "profile" | "users" => false,
                    file => !SERVER_ONLY.contains(&file) && file != GALLERY,
                };
                let sent = catalog.browser(Some(slug), language).contains_key(*key);
                assert_eq!(sent, expected, "{slug}: {file}: {key}");
                let office = catalog.office(Some(slug), language).contains_key(*key);
                assert_eq!(
                    office,
                    ["days", "desk", "desk_departures", "desk_support", "journal", "names", "users"]
                        .contains(file),
                    "{slug}: {file}: {key}"
                );
                let account = catalog.account(Some(slug), language).contains_key(*key);
                assert_eq!(
                    account,
                    ["data", "days", "departure", "partners", "passkeys", "profile"].contains(file),
                    "{slug}: {file}: {key}"
                );
                assert!(catalog.portal(slug, language).find(key).is_some());
            }
        }
    }

    #[test]
    fn placeholders_are_found_once_each() {
        assert_eq!(placeholders("{min} à {max}, {min} { seul"), ["max", "min"]);
    }
}
