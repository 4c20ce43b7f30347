//! Terms of use and information pages, from `documents/`, as each portal's visitors read them.

use std::collections::BTreeMap;

use palier_domain::wire::Document;

/// All documents, rendered, by portal.
#[derive(Clone, Debug, Default)]
pub struct Library {
    rendered: BTreeMap<(String, &'static str, &'static str), Document>,
}

/// Names of the documents, as in their addresses.
pub const DOCUMENTS: [&str; 5] = ["cgu", "cookies", "accessibilite", "mentions-legales", "aide"];

impl Library {
    /// The document called `name` as the visitors of a portal read it; nothing when there is none of that name.
    pub fn get(&self, slug: &str, name: &str, language: &str) -> Option<&Document> {
        let name = DOCUMENTS.into_iter().find(|known| *known == name)?;
        self.rendered.get(&(slug.to_owned(), name, crate::texts::language(language)))
    }
}
