use jiff::{Timestamp, Zoned};
use palier_domain::texts::Texts;
use serde::Serialize;
use serde_json::{Value, json};

use super::Paper;
use super::legible::legible;
use crate::config::PortalConfig;
use crate::documents::{Block, Written};

/// The foot of a page has one line.
const LONGEST_FOOT: usize = 50;

/// A document to print.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Name of the template: `document` for `documents/paper/document.typ`.
    pub template: String,
    /// `fr` or `en`.
    pub language: String,
    /// What it is, also among the properties of the file.
    pub title: String,
    /// Which version of it, for the foot of each page.
    pub edition: Option<String>,
    /// Who answers for it, among the properties of the file: the landlord's registered name.
    pub author: String,
    /// From whom.
    pub letterhead: Letterhead,
    /// What it says.
    pub blocks: Vec<Block>,
    /// What closes it, in a box.
    pub certificate: Option<Certificate>,
    /// When it is printed, and what day it is there.
    pub now: Zoned,
    /// Words of the template: "Page {page} sur {pages}".
    page: String,
}

/// Head of the first page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Letterhead {
    /// The portal's name.
    pub name: String,
    /// Lines below the name: who the landlord is, and where.
    pub place: Vec<String>,
    /// Lines at the other side: how it is reached.
    pub reach: Vec<String>,
    /// Its colour, `#rrggbb`, at least 4.5:1 on white.
    pub colour: String,
}

/// What a document certifies: facts in a box at its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Certificate {
    /// Heading of the box.
    pub title: String,
    /// Labels and values.
    pub rows: Vec<(String, String)>,
}

impl Letterhead {
    /// A portal's. `texts` are the portal's in the language of the document.
    pub fn of(portal: &PortalConfig, texts: &Texts) -> Self {
        let contact = &portal.public.contact;
        let name = portal.public.name.clone();
        let legal_name = (portal.legal_name != name).then(|| portal.legal_name.clone());
        Self {
            name,
            place: legal_name.into_iter().chain([portal.address.clone()]).collect(),
            reach: vec![texts.with("paper.phone", &[("phone", &contact.phone)]), contact.email.clone()],
            colour: portal.colour.light.clone(),
        }
    }
}

impl Sheet {
    /// A document of a portal, with no edition and no certificate. `texts` are the portal's in `language`.
    pub fn new(
        portal: &PortalConfig,
        texts: &Texts,
        language: &str,
        now: Timestamp,
        written: Written,
    ) -> Self {
        Self {
            template: "document".to_owned(),
            language: language.to_owned(),
            title: written.title,
            edition: None,
            author: portal.legal_name.clone(),
            letterhead: Letterhead::of(portal, texts),
            blocks: written.blocks,
            certificate: None,
            now: now.to_zoned(portal.time_zone.clone()),
            page: texts.get("paper.page").to_owned(),
        }
    }

    fn foot(&self) -> String {
        let mut foot = self.title.clone();
        if let Some((end, _)) = foot.char_indices().nth(LONGEST_FOOT) {
            foot.truncate(end);
            foot.truncate(foot.trim_end().len());
            foot.push('…');
        }
        match &self.edition {
            Some(edition) => format!("{foot} · {edition}"),
            None => foot,
        }
    }
}

impl Paper for Sheet {
    fn template_path(&self) -> String {
        format!("paper/{}.typ", self.template)
    }

    fn data(&self) -> Value {
        let certificate = self.certificate.as_ref().map(|certificate| {
            let rows =
                certificate.rows.iter().map(|(label, value)| json!({ "label": label, "value": value }));
            json!({ "title": certificate.title, "rows": rows.collect::<Vec<_>>() })
        });
        legible(json!({
            "language": self.language,
            "title": self.title,
            "foot": self.foot(),
            "author": self.author,
            "letterhead": self.letterhead,
            "blocks": self.blocks,
            "certificate": certificate,
            "page": self.page,
        }))
    }

    fn now(&self) -> &Zoned {
        &self.now
    }
}
