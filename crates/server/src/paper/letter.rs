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

/// What the text of letters may name beside the portal's own values: `documents/courrier/LANGUAGE.md`.
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
    /// The legal representative's function (*fonction*), such as `Maire`; empty when it isn't known.
    pub function: String,
    /// The organisation's registered name.
    pub organisation: String,
    /// The organisation's client number.
    pub client_number: String,
    /// First name and surname of the person who asks to be the administrator.
    pub applicant: String,
}

/// The letter (*courrier*) to the legal representative of a client organisation (A4), for a window envelope.
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
        let words = |name: &str| texts.get(&format!("paper.letter.{name}")).to_owned();
        let function =
            if facts.function.trim().is_empty() { words("representative") } else { facts.function.clone() };
        let activation = portal.link("/administrateur/activation");
        let valid_until = moment(portal, texts, facts.valid_until);
        let values = BTreeMap::from([
            ("activation", activation.clone()),
            ("applicant", facts.applicant.clone()),
            ("client_number", facts.client_number.clone()),
            ("code", facts.code.reveal_in_groups()),
            ("function", function.clone()),
            ("organisation", facts.organisation.clone()),
            ("reference", facts.reference.clone()),
            ("refusal", portal.link("/administrateur/refus")),
            ("valid_until", valid_until.clone()),
        ]);
        let written = documents
            .letter(portal.slug(), language, &values)
            .ok_or_else(|| PaperError::NoTemplate(format!("courrier/{language}.md")))?;
        let day = wording::day(texts, portal.today(now));
        let date = match town(&portal.address) {
            Some(town) => texts.with("paper.letter.dated_at", &[("place", town), ("day", &day)]),
            None => texts.with("paper.letter.dated", &[("day", &day)]),
        };
        let attention = texts.with("paper.letter.attention", &[("function", &function)]);
        Ok(Self {
            language: language.to_owned(),
            author: portal.legal_name.clone(),
            letterhead: Letterhead::of(portal, texts),
            now: now.to_zoned(portal.time_zone.clone()),
            date,
            address: in_window(&facts.address, &attention),
            attention,
            references: vec![
                (words("client_number"), facts.client_number),
                (words("reference"), facts.reference.clone()),
            ],
            reference: facts.reference,
            written,
            // After the sign #: it is never sent to a server by following the address.
            qr: qr::rows(&format!("{activation}#{}", facts.code.reveal()))?,
            code: facts.code,
            facts: vec![(words("where"), activation), (words("until"), valid_until)],
            words: Words {
                page: texts.get("paper.page").to_owned(),
                batch: words("batch"),
                code: words("code"),
                alphabet: words("alphabet"),
                scan: words("scan"),
                qr: words("qr"),
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
