//! Tables for people with a spreadsheet: CSV that runs nothing.

/// A table as spreadsheets of this country read it: semicolons, UTF-8 with its mark.
///
/// # Errors
/// What the writer says; it writes to memory.
pub(crate) fn table<'r>(
    headers: &[&str],
    rows: impl Iterator<Item = &'r [String]>,
) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer("\u{feff}".as_bytes().to_vec());
    writer.write_record(headers)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell)))?;
    }
    writer.into_inner().map_err(|error| anyhow::anyhow!("the table can't be written: {}", error.error()))
}

/// A text that spreadsheets don't take for a formula.
fn harmless(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn d4_no_text_becomes_a_formula_and_none_is_lost(text in "[=+\\-@\\t\\r\\n＝;\"' a-zé0-9]{0,12}") {
            let rows = [vec![text.clone()]];
            let written = String::from_utf8(table(&["a"], rows.iter().map(Vec::as_slice)).unwrap()).unwrap();
            let bare = written.strip_prefix('\u{feff}').expect("the mark");
            let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(bare.as_bytes());
            let cell = reader.records().next().map(|row| row.unwrap()[0].to_owned()).unwrap_or_default();
            let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
            prop_assert!(!cell.starts_with(formula), "{cell}");
            prop_assert!(cell == text || cell == format!("'{text}"), "{cell}");
        }
    }

    #[test]
    fn no_cell_is_a_formula() {
        for (cell, written) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+33 1", "'+33 1"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("Habitat = 1", "Habitat = 1"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell), written);
        }
    }

    #[test]
    fn delimiters_and_quotes_stay_in_their_cell() {
        let rows = [vec!["Habitat ; \"Val\"\nde Loire".to_owned(), "=1".to_owned()]];
        let table = table(&["a", "b"], rows.iter().map(Vec::as_slice)).unwrap();
        let text = String::from_utf8(table).unwrap();
        let text = text.strip_prefix('\u{feff}').expect("the mark");
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(record.iter().collect::<Vec<_>>(), ["Habitat ; \"Val\"\nde Loire", "'=1"]);
    }
}
