//! Which column holds what, from the first line of a file.

use std::collections::BTreeMap;

use palier_domain::fold::key;

use super::ImportError;

/// A column of the format: its name in `interface.md`, and whether it must be there.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// The first line must have it.
    pub required: bool,
}

/// The columns found: each known name with its place.
#[derive(Debug)]
pub(super) struct Columns {
    places: BTreeMap<&'static str, usize>,
    /// Headers that mean nothing here: reported, not used.
    pub(super) unknown: Vec<String>,
}

impl Columns {
    /// Reads the first line. `renamed` maps a portal's own header to the name of the format.
    pub(super) fn read(
        headers: &csv::StringRecord,
        known: &'static [Column],
        renamed: &BTreeMap<String, String>,
    ) -> Result<Self, ImportError> {
        let renamed: BTreeMap<String, &str> =
            renamed.iter().map(|(from, to)| (key(from), to.as_str())).collect();
        let mut columns = Self { places: BTreeMap::new(), unknown: Vec::new() };
        for (place, header) in headers.iter().enumerate() {
            let meant = key(renamed.get(&key(header)).copied().unwrap_or(header));
            match known.iter().find(|column| key(column.name) == meant) {
                Some(column) if !columns.places.contains_key(column.name) => {
                    columns.places.insert(column.name, place);
                }
                _ => columns.unknown.push(header.to_owned()),
            }
        }
        let required = known.iter().filter(|column| column.required);
        let missing: Vec<_> =
            required.map(|column| column.name).filter(|name| !columns.places.contains_key(name)).collect();
        if missing.is_empty() { Ok(columns) } else { Err(ImportError::MissingColumns(missing)) }
    }

    /// The text of a column on one line, without spaces around it; empty when the column or the cell isn't there.
    pub(super) fn text<'a>(&self, record: &'a csv::StringRecord, name: &str) -> &'a str {
        self.places.get(name).and_then(|place| record.get(*place)).unwrap_or_default().trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: &[Column] =
        &[Column { name: "reference", required: true }, Column { name: "nom_signataire", required: true }];

    fn read(headers: &[&str], renamed: &[(&str, &str)]) -> Result<Columns, ImportError> {
        let renamed = renamed.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
        Columns::read(&csv::StringRecord::from(headers.to_vec()), KNOWN, &renamed)
    }

    #[test]
    fn order_case_and_accents_do_not_matter() {
        let columns = read(&["Nom signataire", "couleur", "RÉFÉRENCE"], &[]).expect("read");
        let record = csv::StringRecord::from(vec![" Petit ", "bleu", "12"]);
        assert_eq!(columns.text(&record, "reference"), "12");
        assert_eq!(columns.text(&record, "nom_signataire"), "Petit");
        assert_eq!(columns.unknown, ["couleur"]);
    }

    #[test]
    fn a_portal_may_use_other_names() {
        assert!(read(&["Code contrat", "nom_signataire"], &[("code contrat", "reference")]).is_ok());
    }

    #[test]
    fn missing_columns_are_named() {
        let error = read(&["nom"], &[]).expect_err("refused");
        assert!(error.to_string().contains("reference, nom_signataire"));
    }
}
