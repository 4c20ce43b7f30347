use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::config::Loaded;
use crate::mediation::{HEADERS, State, memberships};
use crate::store::Store;

/// Writes a CSV file.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to write.
    kind: Kind,
    /// Of which portal; may be left out where there is one only.
    #[arg(long, value_name = "SLUG")]
    portal: Option<String>,
    /// Only those of this state.
    #[arg(long, value_enum)]
    state: Option<Stage>,
    /// Where; the standard output when it is left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Organisations and how far they have come (M8).
    Memberships,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Stage {
    /// Identity created, address not confirmed.
    Created,
    /// Identity certified.
    Certified,
    /// Member of the scheme.
    Member,
}

impl From<Stage> for State {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Created => Self::Created,
            Stage::Certified => Self::Certified,
            Stage::Member => Self::Member,
        }
    }
}

/// Writes the rows, and says on the standard error how many there are of each state.
pub(super) async fn run(export: Export, loaded: &Loaded) -> anyhow::Result<ExitCode> {
    let config = &loaded.config;
    let portal = super::portal(config, export.portal.as_deref())?;
    let Kind::Memberships = export.kind;
    anyhow::ensure!(portal.mediation.is_some(), "{} has no mediation scheme", portal.slug());
    let store = Store::open(&config.database_url).await.context("the database can't be opened")?;
    store.migrate().await.context("the database can't be brought up to date")?;
    let rows = memberships(store.read(), portal.slug(), &portal.time_zone).await?;
    let wanted = export.state.map(State::from);
    let chosen = rows.iter().filter(|(state, _)| wanted.is_none_or(|wanted| wanted == *state));
    let table = table(&HEADERS, chosen.map(|(_, row)| row.as_slice()))?;
    match &export.out {
        Some(file) => {
            std::fs::write(file, table).with_context(|| format!("{} can't be written", file.display()))?;
        }
        None => std::io::stdout().lock().write_all(&table)?,
    }
    let count = |state: State| rows.iter().filter(|(known, _)| *known == state).count();
    let [created, certified, member] =
        [State::Created, State::Certified, State::Member].map(|state| count(state).to_string());
    let texts = loaded.texts.portal(portal.slug(), &portal.language);
    let values =
        [("created", created.as_str()), ("certified", certified.as_str()), ("member", member.as_str())];
    eprintln!("{}", texts.with("cli.export.memberships", &values));
    Ok(ExitCode::SUCCESS)
}

/// A table as spreadsheets of this country read it: semicolons, UTF-8 with its mark.
fn table<'r>(headers: &[&str], rows: impl Iterator<Item = &'r [String]>) -> anyhow::Result<Vec<u8>> {
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
    use super::*;

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
