use std::collections::BTreeMap;
use std::fmt;

use jiff::{Timestamp, Zoned};
use palier_domain::texts::Texts;
use palier_domain::values::LetterCode;
use palier_domain::wording;
use serde_json::{Value, json};

use super::address::{in_window, town};
use super::legible::legible;
use super::sheet::Letterhead;
use super::{Paper, PaperError, qr};
use crate::config::PortalConfig;
use crate::documents::{Library, Written};

/// What the text of letters to legal representatives may name beside the portal's own values:
/// `documents/courrier/LANGUAGE.md`.
pub const LETTER_VALUES: [&str; 9] = [
    "activation",
    "applicant",
    "client_number",
    "code",
    "function",
    "organisation",
    "reference",
    "refusal",
    "valid_until",
];

/// The same of letters to partners: `documents/identifiants/LANGUAGE.md`.
pub const PARTNER_VALUES: [&str; 7] =
    ["activation", "code", "help", "name", "reference", "user_number", "valid_until"];

/// What one letter says and others don't.
#[derive(Clone, Debug)]
pub struct LetterFacts {
    /// By which it is named on the phone, such as `C-K7TM-94PX`.
    pub reference: String,
    /// The code that it carries.
    pub code: LetterCode,
    /// When the code stops counting.
    pub valid_until: Timestamp,
    /// Whom it goes to: 1 to 6 lines of at most 38 characters, checked by whoever brings them.
    pub address: Vec<String>,
    /// What it is about.
    pub about: About,
}

/// What a letter is about.
#[derive(Clone, Debug)]
pub enum About {
    /// Somebody asks to be an organisation's administrator: it goes to the legal representative (A4).
    Administrator {
        /// The legal representative's function (*fonction*), such as `Maire`; empty when it isn't known.
        function: String,
        /// The organisation's registered name.
        organisation: String,
        /// The organisation's client number.
        client_number: String,
        /// First name and surname of the person who asks.
        applicant: String,
    },
    /// A partner's identifiers (P2): the code is a provisional password.
    Partner {
        /// The partner's name.
        name: String,
        /// The user number.
        number: String,
    },
}

impl About {
    /// The folder of its text below `documents/`.
    const fn folder(&self) -> &'static str {
        match self {
            Self::Administrator { .. } => "courrier",
            Self::Partner { .. } => "identifiants",
        }
    }

    /// Where its own words are, below `paper.`.
    const fn texts(&self) -> &'static str {
        match self {
            Self::Administrator { .. } => "letter",
            Self::Partner { .. } => "partner_letter",
        }
    }

    /// The page where its code is typed.
    const fn page(&self) -> &'static str {
        match self {
            Self::Administrator { .. } => "/administrateur/activation",
            Self::Partner { .. } => "/partenaire/premiere-connexion",
        }
    }
}

/// A letter (*courrier*) with a code, for a window envelope (A4, P2).
#[derive(Clone)]
pub struct Letter {
    language: String,
    author: String,
    letterhead: Letterhead,
    now: Zoned,
    date: String,
    reference: String,
    address: Vec<String>,
    attention: String,
    references: Vec<(String, String)>,
    written: Written,
    code: LetterCode,
    /// Labels and values beside the code.
    facts: Vec<(String, String)>,
    qr: Value,
    words: Words,
}

/// Words of the template.
#[derive(Clone)]
struct Words {
    page: String,
    batch: String,
    code: String,
    alphabet: String,
    scan: String,
    qr: String,
}

/// Nothing of the code, nor of anybody: where the code is printed it is a text like others.
impl fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Letter({})", self.reference)
    }
}

impl Letter {
    /// A letter of a portal, dated `now`. `texts` are the portal's in `language`.
    ///
    /// # Errors
    /// There is no text in this language, or the portal's address is too long for a QR code.
    pub fn new(
        portal: &PortalConfig,
        texts: &Texts,
        documents: &Library,
        language: &str,
        now: Timestamp,
        facts: LetterFacts,
    ) -> Result<Self, PaperError> {
        let LetterFacts { reference, code, valid_until, address, about } = facts;
        let words = |name: &str| texts.get(&format!("paper.letter.{name}")).to_owned();
        let own = |name: &str| texts.get(&format!("paper.{}.{name}", about.texts())).to_owned();
        let activation = portal.link(about.page());
        let until = moment(portal, texts, valid_until);
        let mut values = BTreeMap::from([
            ("activation", activation.clone()),
            ("code", code.reveal_in_groups()),
            ("reference", reference.clone()),
            ("valid_until", until.clone()),
        ]);
        let (fragment, named, attention) = match &about {
            About::Administrator { function, organisation, client_number, applicant } => {
                let function =
                    if function.trim().is_empty() { words("representative") } else { function.clone() };
                let attention = texts.with("paper.letter.attention", &[("function", &function)]);
                values.extend([
                    ("applicant", applicant.clone()),
                    ("client_number", client_number.clone()),
                    ("function", function),
                    ("organisation", organisation.clone()),
                    ("refusal", portal.link("/administrateur/refus")),
                ]);
                (code.reveal().to_owned(), (words("client_number"), client_number.clone()), attention)
            }
            About::Partner { name, number } => {
                values.extend([
                    ("help", portal.link("/partenaire/aide")),
                    ("name", name.clone()),
                    ("user_number", number.clone()),
                ]);
                let fragment = format!("{number}-{}", code.reveal());
                (fragment, (own("user_number"), number.clone()), String::new())
            }
        };
        let written = documents
            .letter(portal.slug(), about.folder(), language, &values)
            .ok_or_else(|| PaperError::NoTemplate(format!("{}/{language}.md", about.folder())))?;
        let day = wording::day(texts, portal.today(now));
        let date = match town(&portal.address) {
            Some(town) => texts.with("paper.letter.dated_at", &[("place", town), ("day", &day)]),
            None => texts.with("paper.letter.dated", &[("day", &day)]),
        };
        Ok(Self {
            language: language.to_owned(),
            author: portal.legal_name.clone(),
            letterhead: Letterhead::of(portal, texts),
            now: now.to_zoned(portal.time_zone.clone()),
            date,
            address: if attention.is_empty() { address } else { in_window(&address, &attention) },
            attention,
            references: vec![named, (words("reference"), reference.clone())],
            reference,
            written,
            // After the sign #: it is never sent to a server by following the address.
            qr: qr::rows(&format!("{activation}#{fragment}"))?,
            code,
            facts: vec![(words("where"), activation), (words("until"), until)],
            words: Words {
                page: texts.get("paper.page").to_owned(),
                batch: words("batch"),
                code: own("code"),
                alphabet: words("alphabet"),
                scan: words("scan"),
                qr: own("qr"),
            },
        })
    }

    fn data(&self) -> Value {
        let pairs = |rows: &[(String, String)]| {
            let rows = rows.iter().map(|(label, value)| json!({ "label": label, "value": value }));
            rows.collect::<Vec<_>>()
        };
        json!({
            "language": self.language,
            "letterhead": self.letterhead,
            "address": self.address,
            "attention": self.attention,
            "references": pairs(&self.references),
            "date": self.date,
            "title": self.written.title,
            "blocks": self.written.blocks,
            "code": self.code.reveal_in_groups(),
            "code_label": self.words.code,
            "alphabet": self.words.alphabet,
            "facts": pairs(&self.facts),
            "qr": self.qr,
            "qr_says": self.words.qr,
            "scan": self.words.scan,
            "reference": self.reference,
            "page": self.words.page,
        })
    }
}

/// Letters in one document.
pub(super) struct Batch {
    first: Letter,
    others: Vec<Letter>,
}

impl Batch {
    pub(super) fn new(letters: Vec<Letter>) -> Result<Self, PaperError> {
        let mut letters = letters.into_iter();
        let first = letters.next().ok_or(PaperError::Nothing)?;
        Ok(Self { first, others: letters.collect() })
    }

    fn title(&self) -> String {
        if self.others.is_empty() {
            return self.first.written.title.clone();
        }
        let count = self.others.len() + 1;
        self.first.words.batch.replace("{count}", &count.to_string())
    }
}

impl Paper for Batch {
    fn template_path(&self) -> String {
        "paper/letter.typ".to_owned()
    }

    fn data(&self) -> Value {
        let letters = [&self.first].into_iter().chain(&self.others).map(Letter::data);
        legible(json!({
            "language": self.first.language,
            "title": self.title(),
            "author": self.first.author,
            "letters": letters.collect::<Vec<_>>(),
        }))
    }

    fn now(&self) -> &Zoned {
        &self.first.now
    }
}

/// A moment in words, where the portal is.
fn moment(portal: &PortalConfig, texts: &Texts, at: Timestamp) -> String {
    let local = at.to_zoned(portal.time_zone.clone());
    texts.with(
        "paper.certificate.moment",
        &[
            ("date", &wording::day(texts, portal.today(at))),
            ("hour", &local.strftime("%-H").to_string()),
            ("minute", &local.strftime("%M").to_string()),
        ],
    )
}
