//! Leases (*baux*): the file that decides who may sign up (D1, T3).

use std::collections::{BTreeMap, HashSet};
use std::io::Read;

use indicatif::ProgressBar;
use palier_domain::portal::TenancyRules;
use palier_domain::problem::FieldProblem;
use palier_domain::values::{Date, Email, LeaseReference, PersonName};

use super::columns::{Column, Columns};
use super::{ImportError, Report, Source, SourceError};
use crate::store::Store;
use crate::store::leases::{self, NewLease};

const COLUMNS: &[Column] = &[
    Column { name: "reference", required: true },
    Column { name: "nom_signataire", required: true },
    Column { name: "prenom_signataire", required: false },
    Column { name: "autres_noms", required: false },
    Column { name: "date_naissance", required: false },
    Column { name: "adresse", required: false },
    Column { name: "code_postal", required: false },
    Column { name: "commune", required: false },
    Column { name: "date_entree", required: false },
    Column { name: "date_sortie", required: false },
    Column { name: "email", required: false },
];

/// Rows written at once.
const BATCH: usize = 500;

/// What to import where.
#[derive(Debug)]
pub struct LeaseImport<'a> {
    /// The portal's slug.
    pub portal: &'a str,
    /// How its references are written.
    pub rules: &'a TenancyRules,
    /// The portal's own headers, to the names of the format.
    pub renamed: &'a BTreeMap<String, String>,
    /// Good lines enter even when others are bad.
    pub partial: bool,
    /// When.
    pub now: jiff::Timestamp,
}

/// Checks every line, then writes all of them in one transaction, or nothing when one is bad and `partial` isn't asked.
pub async fn import_leases(
    store: &Store,
    source: &Source,
    import: &LeaseImport<'_>,
    progress: &ProgressBar,
) -> Result<Report, ImportError> {
    let mut report = Report::default();
    progress.set_length(source.size() * 2);
    let mut lines = Lines::open(source, import, progress)?;
    report.unknown_columns = std::mem::take(&mut lines.columns.unknown);
    let mut good: u64 = 0;
    while let Some((line, row)) = lines.next() {
        match row {
            Ok(_) => good += 1,
            Err((column, problem)) => report.refuse(line, column, problem),
        }
    }
    if good == 0 || (report.refused > 0 && !import.partial) {
        return Ok(report);
    }

    let transaction = store.begin().await?;
    let mut lines = Lines::open(source, import, progress)?;
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let next = lines.next();
        let last = next.is_none();
        if let Some((_, Ok(lease))) = next {
            batch.push(lease);
        }
        if batch.len() == BATCH || (last && !batch.is_empty()) {
            let counts = leases::upsert_many(&transaction, import.portal, &batch, import.now).await?;
            report.counts.created += counts.created;
            report.counts.updated += counts.updated;
            report.counts.unchanged += counts.unchanged;
            batch.clear();
        }
        if last {
            break;
        }
    }
    transaction.commit().await.map_err(crate::store::StoreError::from)?;
    report.written = true;
    Ok(report)
}

/// The lines of a file, checked one by one.
struct Lines<'a, R: Read> {
    columns: Columns,
    records: csv::Reader<R>,
    record: csv::StringRecord,
    rules: &'a TenancyRules,
    /// References seen so far, each a number of at most 18 digits: 8 bytes a lease.
    seen: HashSet<u64>,
}

type Fault = (&'static str, FieldProblem);

impl Lines<'_, std::io::Empty> {
    fn open<'a>(
        source: &Source,
        import: &LeaseImport<'a>,
        progress: &ProgressBar,
    ) -> Result<Lines<'a, impl Read>, ImportError> {
        let mut records = source.records(|file| progress.wrap_read(file))?;
        let headers = records.headers().map_err(|error| not_a_table(source, error))?;
        let columns = Columns::read(headers, COLUMNS, import.renamed)?;
        let (rules, record) = (import.rules, csv::StringRecord::new());
        Ok(Lines { columns, records, record, rules, seen: HashSet::new() })
    }
}

fn not_a_table(source: &Source, error: csv::Error) -> SourceError {
    SourceError::Io { path: source.name().into(), error: error.into() }
}

impl<R: Read> Lines<'_, R> {
    /// The next line that isn't empty: its number and the lease on it, or what is wrong.
    fn next(&mut self) -> Option<(u64, Result<NewLease, Fault>)> {
        loop {
            let line = match self.records.read_record(&mut self.record) {
                Ok(false) => return None,
                Ok(true) => self.record.position().map_or(0, csv::Position::line),
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    return Some((line, Err(("", FieldProblem::plain("line", "line_unreadable")))));
                }
            };
            if self.record.iter().any(|cell| !cell.is_empty()) {
                return Some((line, self.lease()));
            }
        }
    }

    fn lease(&mut self) -> Result<NewLease, Fault> {
        let cell = |name: &'static str| self.columns.text(&self.record, name);
        let reference = LeaseReference::parse(cell("reference"), &self.rules.reference)
            .map_err(|error| ("reference", FieldProblem::new("reference", &error)))?;
        let name = |column: &'static str, text: &str| {
            PersonName::parse(text).map_err(|error| (column, FieldProblem::new("surname", &error)))
        };
        let surname = name("nom_signataire", cell("nom_signataire"))?;
        let first_name = optional(cell("prenom_signataire"), |text| name("prenom_signataire", text))?;
        let other_names = cell("autres_noms")
            .split(',')
            .filter(|text| !text.trim().is_empty())
            .map(|text| name("autres_noms", text).map(|name| name.to_string()))
            .collect::<Result<Vec<_>, _>>()?;
        let date = |column: &'static str| {
            let read = |text: &str| {
                Date::parse_text(text).ok_or_else(|| (column, FieldProblem::plain("date", "date_unreadable")))
            };
            optional(cell(column), read)
        };
        let email = optional(cell("email"), |text| {
            Email::parse(text).map_err(|error| ("email", FieldProblem::new("email", &error)))
        })?;
        let text = |column: &'static str| Some(cell(column).to_owned()).filter(|text| !text.is_empty());
        let lease = NewLease {
            surname: surname.to_string(),
            first_name: first_name.map(|name| name.to_string()),
            other_names,
            birth_date: date("date_naissance")?,
            street: text("adresse"),
            postal_code: text("code_postal"),
            town: text("commune"),
            entered_on: date("date_entree")?,
            left_on: date("date_sortie")?,
            email,
            reference,
        };
        let number = lease.reference.as_str().parse().unwrap_or(u64::MAX);
        if self.seen.insert(number) {
            Ok(lease)
        } else {
            Err(("reference", FieldProblem::plain("reference", "twice_in_file")))
        }
    }
}

/// An empty cell is no value; anything else must be a right one.
fn optional<T>(text: &str, read: impl FnOnce(&str) -> Result<T, Fault>) -> Result<Option<T>, Fault> {
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}
