//! Terms of use and information pages, from `documents/`, as each portal's visitors read them (T12, A10), and the same
//! Markdown as paragraphs for paper ([`crate::paper`]).

mod letters;
mod render;
mod sources;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use palier_domain::wire::Document;
use sha2::{Digest as _, Sha256};

pub use letters::{LetterText, TO_PARTNERS, TO_REPRESENTATIVES};
pub(crate) use render::escape;
pub use sources::{Source, Sources};
pub use written::{Block, Span, Written};

use crate::config::Faults;
use crate::texts::{LANGUAGES, hexadecimal};

/// Names of the documents, as in their addresses.
pub const DOCUMENTS: [&str; 5] = [TERMS, "cookies", "accessibilite", "mentions-legales", "aide"];
/// The terms of use (*conditions générales d'utilisation*), the one document that has versions.
pub const TERMS: &str = "cgu";

/// The tutorial of those who sign up as first of their organisation.
pub(crate) const TUTORIAL: &str = "tutoriel";

/// What documents need to know of a portal.
pub struct Reader<'a> {
    /// Its name in addresses.
    pub slug: &'a str,
    /// What links to its own pages start with.
    pub base: &'a str,
    /// The same on paper: absolute.
    pub home: &'a str,
    /// The version of the terms in force.
    pub terms: &'a str,
    /// The folder of pages that are worded for those whom it is for; none where tenants sign up.
    pub own_pages: Option<&'static str>,
    /// What is put in the place of `{name}`, by language.
    pub values: Values,
}

/// All documents, rendered, by portal.
#[derive(Clone, Debug, Default)]
pub struct Library {
    rendered: BTreeMap<(String, &'static str, &'static str), Document>,
    sources: Arc<Sources>,
    portals: BTreeMap<String, Known>,
}

/// What is known of a portal, for documents that are filled in later.
#[derive(Clone, Debug)]
struct Known {
    base: String,
    home: String,
    terms: String,
    values: Values,
}

/// What is put in the place of `{name}`, by language.
type Values = BTreeMap<&'static str, BTreeMap<&'static str, String>>;

impl Known {
    fn value(&self, language: &str, name: &str) -> Option<&str> {
        self.values.get(language)?.get(name).map(String::as_str)
    }
}

impl Library {
    /// No portal's documents yet; `sources` are what they are made of.
    pub fn new(sources: Sources) -> Self {
        Self { sources: Arc::new(sources), ..Self::default() }
    }

    /// The documents as written.
    pub fn sources(&self) -> &Arc<Sources> {
        &self.sources
    }

    /// The document called `name` as the visitors of a portal read it; nothing when there is none of that name.
    pub fn get(&self, slug: &str, name: &str, language: &str) -> Option<&Document> {
        let name = DOCUMENTS.into_iter().find(|known| *known == name)?;
        self.rendered.get(&(slug.to_owned(), name, crate::texts::language(language)))
    }

    /// Adds a portal's documents. A document that is missing, or that needs a value nobody gives, is a fault.
    pub fn add_portal(&mut self, reader: &Reader<'_>, faults: &Faults) {
        let terms = hash_of_terms(reader, &self.sources);
        let all = DOCUMENTS.into_iter().flat_map(|name| LANGUAGES.map(|language| (name, language)));
        for (name, language) in all {
            let path = path(name, reader.terms, language);
            let own = |folder| self.sources.get(&format!("pages/{folder}/{name}.{language}.md"));
            let own = reader.own_pages.and_then(own);
            if let Some(source) = own.or_else(|| self.sources.get(&path)) {
                let document = document((name, language), source, reader, &terms, faults);
                self.rendered.insert((reader.slug.to_owned(), name, language), document);
            } else if name != TERMS {
                // That a version of the terms is missing is told where the portal names it.
                faults.add(&format!("documents/{path}"), None, "this document is missing");
            }
        }
        let known = Known {
            base: reader.base.to_owned(),
            home: reader.home.to_owned(),
            terms: reader.terms.to_owned(),
            values: reader.values.clone(),
        };
        self.portals.insert(reader.slug.to_owned(), known);
    }

    /// The exact text of a portal's terms in force whose SHA-256 stands in the proofs of consent: in French with the
    /// portal's values, which is binding whatever was read.
    pub fn binding_terms(&self, slug: &str) -> Option<String> {
        let known = self.portals.get(slug)?;
        let source = self.sources.get(&path(TERMS, &known.terms, LANGUAGES[0]))?;
        Some(render::fill(&source.text, &|name| known.value(LANGUAGES[0], name)))
    }

    /// A text of terms, as it was kept, to read: its title and what follows it as HTML. `base` is what links to the
    /// portal's own pages start with.
    pub fn shown(text: &str, base: &str) -> (String, String) {
        render::html(text, base, &|_| None)
    }

    /// The terms of use of a portal, for paper.
    pub fn terms(&self, slug: &str, language: &str) -> Option<Written> {
        let (known, language) = (self.portals.get(slug)?, crate::texts::language(language));
        let source = self.sources.get(&path(TERMS, &known.terms, language))?;
        Some(Written::new(&source.text, &known.home, &|name| known.value(language, name)))
    }

    /// How the first administrator of an organisation signs up (*tutoriel*, A1), for paper.
    pub fn tutorial(&self, slug: &str, language: &str) -> Option<Written> {
        let (known, language) = (self.portals.get(slug)?, crate::texts::language(language));
        let source = self.sources.get(&tutorial_path(language))?;
        Some(Written::new(&source.text, &known.home, &|name| known.value(language, name)))
    }

    /// The contract of that version as one organisation reads it: what differs is in `own`, by language.
    pub fn contract(
        &self,
        slug: &str,
        version: &str,
        language: &str,
        own: &BTreeMap<&str, BTreeMap<&str, String>>,
    ) -> Option<Contract> {
        let (known, language) = (self.portals.get(slug)?, crate::texts::language(language));
        let text = |language: &str| self.sources.get(&contract_path(version, language)).map(|it| &it.text);
        let value = |language: &str, name: &str| {
            let own = own.get(language).and_then(|own| own.get(name)).map(String::as_str);
            own.or_else(|| known.value(language, name))
        };
        let binding = text(LANGUAGES[0])?;
        let in_force = |name: &str| value(LANGUAGES[0], name);
        let sha256 = hexadecimal(&Sha256::digest(render::fill(binding, &in_force).as_bytes()));
        let (title, html) = render::html(text(language)?, &known.base, &|name| value(language, name));
        // It stands in a page that has a heading of its own, below its title.
        let html = html.replace("h3>", "h4>").replace("h2>", "h3>");
        let version = Some(version.to_owned());
        Some(Contract {
            page: Document { title, html, version, sha256: Some(sha256) },
            written: Written::new(binding, &known.home, &in_force),
        })
    }

    /// Notes what is wrong with the documents of a contract's version.
    pub fn check_contract(&self, slug: &str, version: &str, own: &[&str], faults: &Faults) {
        let Some(known) = self.portals.get(slug) else { return };
        for language in LANGUAGES {
            let path = contract_path(version, language);
            let Some(source) = self
                .check(&path, faults, |name| own.contains(&name) || known.value(language, name).is_some())
            else {
                continue;
            };
            if !source.text.contains(TERMS_DIGEST) {
                let reason = format!("the contract must name the terms of use by {TERMS_DIGEST}");
                faults.add(&source.place, 1, reason);
            }
        }
    }

    /// Notes what is wrong with the tutorial.
    pub fn check_tutorial(&self, slug: &str, faults: &Faults) {
        let Some(known) = self.portals.get(slug) else { return };
        for language in LANGUAGES {
            self.check(&tutorial_path(language), faults, |name| known.value(language, name).is_some());
        }
    }

    /// A document that must be there, and name nothing that isn't `given`.
    fn check(&self, path: &str, faults: &Faults, given: impl Fn(&str) -> bool) -> Option<&Source> {
        let Some(source) = self.sources.get(path) else {
            faults.add(&format!("documents/{path}"), None, "this document is missing");
            return None;
        };
        for (line, unknown) in source.unknown_placeholders(given) {
            let reason = format!("nobody gives a value for {{{unknown}}}");
            faults.add(&source.place, line, reason);
        }
        Some(source)
    }
}

/// A contract (*contrat d'adhésion*) as one organisation reads it.
#[derive(Clone, Debug)]
pub struct Contract {
    /// To show; its SHA-256 is that of the French text, which is binding whatever was read.
    pub page: Document,
    /// The French text, for paper.
    pub written: Written,
}

/// Other terms make another contract, which has to be read again: their digest stands in it.
const TERMS_DIGEST: &str = "{terms_sha256}";

fn contract_path(version: &str, language: &str) -> String {
    format!("contrat/{version}/{language}.md")
}

fn tutorial_path(language: &str) -> String {
    format!("{TUTORIAL}/{language}.md")
}

/// One document as a portal's visitors read it.
fn document(
    (name, language): (&str, &str),
    source: &Source,
    reader: &Reader<'_>,
    terms: &str,
    faults: &Faults,
) -> Document {
    let value = |name: &str| reader.values.get(language)?.get(name).map(String::as_str);
    for (line, unknown) in source.unknown_placeholders(|name| value(name).is_some()) {
        let known: Vec<&str> =
            reader.values.get(language).into_iter().flatten().map(|(name, _)| *name).collect();
        let known = known.join("}, {");
        faults.add(
            &source.place,
            line,
            format!("nobody gives a value for {{{unknown}}}; there are {{{known}}}"),
        );
    }
    let (title, html) = render::html(&source.text, reader.base, &value);
    if title.is_empty() {
        faults.add(&source.place, 1, "the document must begin with its title: `# …`");
    }
    let of_terms = |text: &str| (name == TERMS).then(|| text.to_owned());
    Document { title, html, version: of_terms(reader.terms), sha256: of_terms(terms) }
}

/// SHA-256 of the terms in French with this portal's values: the text that is binding, whatever was read.
fn hash_of_terms(reader: &Reader<'_>, sources: &Sources) -> String {
    let value = |name: &str| reader.values.get(LANGUAGES[0])?.get(name).map(String::as_str);
    let text = sources
        .get(&path(TERMS, reader.terms, LANGUAGES[0]))
        .map(|source| render::fill(&source.text, &value));
    text.map(|text| hexadecimal(&Sha256::digest(text.as_bytes()))).unwrap_or_default()
}

/// Where a document lies below `documents/`.
fn path(name: &str, terms: &str, language: &str) -> String {
    if name == TERMS {
        format!("{TERMS}/{terms}/{language}.md")
    } else {
        format!("pages/{name}.{language}.md")
    }
}
