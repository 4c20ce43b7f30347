//! What all kinds of files have in common: each line checked, then all of them written, or none.

use std::collections::{BTreeMap, HashSet};
use std::io::Read;

use indicatif::ProgressBar;
use palier_domain::problem::FieldProblem;
use sea_orm::ConnectionTrait;

use super::columns::{Column, Columns};
use super::{ImportError, Report, Source, SourceError};
use crate::store::{Counts, Store, StoreError};

/// Rows written at once.
const BATCH: usize = 500;

/// The column at fault, and what is wrong with it.
pub type Fault = (&'static str, FieldProblem);

/// What is wrong with a line: at least one thing, each at its column.
#[derive(Debug)]
pub struct Faults(pub(super) Vec<Fault>);

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self(vec![fault])
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<I: IntoIterator<Item = Fault>>(faults: I) -> Self {
        Self(faults.into_iter().collect())
    }
}

/// What a kind of file has on each line.
pub trait Record: Sized + Send + Sync {
    /// What decides whether a line is right: the portal's rules.
    type Rules: Sync;
    /// The columns of the format.
    const COLUMNS: &'static [Column];
    /// The column of the number that a line is known by, and the name of that number in texts.
    const KEY: (&'static str, &'static str);

    /// Reads a line.
    ///
    /// # Errors
    /// The first column that is wrong; the columns of one value together.
    fn read(line: &Line<'_>, rules: &Self::Rules) -> Result<Self, Faults>;

    /// The digits by which it is known, at most 18.
    fn number(&self) -> &str;

    /// Writes some.
    fn keep<C: ConnectionTrait>(
        conn: &C,
        portal: &str,
        some: &[Self],
        now: jiff::Timestamp,
    ) -> impl Future<Output = Result<Counts, StoreError>> + Send;
}

/// What to import where.
#[derive(Debug)]
pub struct Import<'a, R: Record> {
    /// The portal's slug.
    pub portal: &'a str,
    /// What decides whether a line is right.
    pub rules: &'a R::Rules,
    /// The portal's own headers, to the names of the format.
    pub renamed: &'a BTreeMap<String, String>,
    /// Good lines enter even when others are bad.
    pub partial: bool,
    /// When.
    pub now: jiff::Timestamp,
}

/// Checks every line, then writes all of them in one transaction, or nothing when one is bad and `partial` isn't asked.
///
/// # Errors
/// The file can't be read or lacks columns, or the store refused.
pub async fn import<R: Record>(
    store: &Store,
    source: &Source,
    import: &Import<'_, R>,
    progress: &ProgressBar,
) -> Result<Report, ImportError> {
    let mut report = Report::default();
    progress.set_length(source.size() * 2);
    let mut lines = Lines::<R, _>::open(source, import, progress)?;
    report.unknown_columns = std::mem::take(&mut lines.columns.unknown);
    let mut good: u64 = 0;
    while let Some((line, row)) = lines.next() {
        match row {
            Ok(_) => good += 1,
            Err(faults) => report.refuse(line, faults),
        }
    }
    if good == 0 || (report.refused > 0 && !import.partial) {
        return Ok(report);
    }

    let transaction = store.begin().await?;
    let mut lines = Lines::<R, _>::open(source, import, progress)?;
    let mut batch = Vec::with_capacity(BATCH);
    loop {
        let next = lines.next();
        let last = next.is_none();
        if let Some((_, Ok(row))) = next {
            batch.push(row);
        }
        if batch.len() == BATCH || (last && !batch.is_empty()) {
            report.counts += R::keep(&transaction, import.portal, &batch, import.now).await?;
            batch.clear();
        }
        if last {
            break;
        }
    }
    transaction.commit().await.map_err(StoreError::from)?;
    report.written = true;
    Ok(report)
}

/// The lines of a file, checked one by one.
struct Lines<'a, R: Record, F: Read> {
    columns: Columns,
    records: csv::Reader<F>,
    record: csv::StringRecord,
    rules: &'a R::Rules,
    /// Numbers seen so far, each of at most 18 digits: 8 bytes a line.
    seen: HashSet<u64>,
}

impl<R: Record> Lines<'_, R, std::io::Empty> {
    fn open<'a>(
        source: &Source,
        import: &Import<'a, R>,
        progress: &ProgressBar,
    ) -> Result<Lines<'a, R, impl Read>, ImportError> {
        let mut records = source.records(|file| progress.wrap_read(file))?;
        let headers = records.headers().map_err(|error| not_a_table(source, error))?;
        let columns = Columns::read(headers, R::COLUMNS, import.renamed)?;
        let (rules, record) = (import.rules, csv::StringRecord::new());
        Ok(Lines { columns, records, record, rules, seen: HashSet::new() })
    }
}

fn not_a_table(source: &Source, error: csv::Error) -> SourceError {
    SourceError::Io { path: source.name().into(), error: error.into() }
}

impl<R: Record, F: Read> Lines<'_, R, F> {
    /// The next line that isn't empty: its number and what is on it, or what is wrong.
    fn next(&mut self) -> Option<(u64, Result<R, Faults>)> {
        loop {
            let line = match self.records.read_record(&mut self.record) {
                Ok(false) => return None,
                Ok(true) => self.record.position().map_or(0, csv::Position::line),
                Err(error) => {
                    let line = error.position().map_or(0, csv::Position::line);
                    let fault = ("", FieldProblem::plain("line", "line_unreadable"));
                    return Some((line, Err(fault.into())));
                }
            };
            if self.record.iter().any(|cell| !cell.is_empty()) {
                return Some((line, self.row()));
            }
        }
    }

    fn row(&mut self) -> Result<R, Faults> {
        let row = R::read(&Line { columns: &self.columns, record: &self.record }, self.rules)?;
        if self.seen.insert(row.number().parse().unwrap_or(u64::MAX)) {
            Ok(row)
        } else {
            let (column, name) = R::KEY;
            Err((column, FieldProblem::plain(name, "twice_in_file")).into())
        }
    }
}

/// A line of a file.
#[derive(Debug)]
pub struct Line<'l> {
    columns: &'l Columns,
    record: &'l csv::StringRecord,
}

impl<'l> Line<'l> {
    /// The text of a column, without spaces around it; empty when the column or the cell isn't there.
    pub(super) fn cell(&self, column: &str) -> &'l str {
        self.columns.text(self.record, column)
    }

    /// The same, as a value that may be left out.
    pub(super) fn text(&self, column: &str) -> Option<String> {
        Some(self.cell(column).to_owned()).filter(|text| !text.is_empty())
    }
}
