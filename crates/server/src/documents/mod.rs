//! Terms of use and information pages, from `documents/`, as each portal's visitors read them (T12, A10), and the same
//! Markdown as paragraphs for paper ([`crate::paper`]).

mod render;
mod sources;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use palier_domain::wire::Document;
use sha2::{Digest as _, Sha256};

pub(crate) use render::escape;
pub use sources::{Source, Sources};
pub use written::{Block, Span, Written};

use crate::config::Faults;
use crate::texts::{LANGUAGES, hexadecimal};

/// Names of the documents, as in their addresses.
pub const DOCUMENTS: [&str; 5] = [TERMS, "cookies", "accessibilite", "mentions-legales", "aide"];
/// The terms of use (*conditions générales d'utilisation*), the one document that has versions.
pub const TERMS: &str = "cgu";

/// What documents need to know of a portal.
pub struct Reader<'a> {
    /// Its name in addresses.
    pub slug: &'a str,
    /// What links to its own pages start with.
    pub base: &'a str,
    /// The version of the terms in force.
    pub terms: &'a str,
    /// What is put in the place of `{name}`, by language.
    pub values: BTreeMap<&'static str, BTreeMap<&'static str, String>>,
}

/// All documents, rendered, by portal.
#[derive(Clone, Debug, Default)]
pub struct Library {
    rendered: BTreeMap<(String, &'static str, &'static str), Document>,
    sources: Arc<Sources>,
}

impl Library {
    /// No portal's documents yet; `sources` are what they are made of.
    pub fn new(sources: Sources) -> Self {
        Self { rendered: BTreeMap::new(), sources: Arc::new(sources) }
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
            if let Some(source) = self.sources.get(&path) {
                let document = document((name, language), source, reader, &terms, faults);
                self.rendered.insert((reader.slug.to_owned(), name, language), document);
            } else if name != TERMS {
                // That a version of the terms is missing is told where the portal names it.
                faults.add(&format!("documents/{path}"), None, "this document is missing");
            }
        }
    }
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
