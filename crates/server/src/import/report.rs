//! What an import did, and each line that was wrong and why.

use std::io::Write;

use palier_domain::problem::FieldProblem;
use palier_domain::texts::Texts;

use super::table::Faults;
use crate::store::Counts;

/// A column of a line that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Line of the file, from 1 (the headers).
    pub line: u64,
    /// The column at fault.
    pub column: String,
    /// What is wrong with it.
    pub problem: FieldProblem,
}

/// What an import did.
#[derive(Debug, Default)]
pub struct Report {
    /// Rows made, changed, and found as they were.
    pub counts: Counts,
    /// How many lines were refused.
    pub refused: u64,
    /// What is wrong with the first of them, [`Report::KEPT`] lines at most, so that a wholly wrong file doesn't fill the
    /// memory.
    pub bad_lines: Vec<BadLine>,
    /// Headers that mean nothing here.
    pub unknown_columns: Vec<String>,
    /// Whether anything was written.
    pub written: bool,
}

impl Report {
    /// How many bad lines are told about.
    pub const KEPT: u64 = 1_000;

    pub(super) fn refuse(&mut self, line: u64, faults: Faults) {
        self.refused += 1;
        if self.refused <= Self::KEPT {
            let bad = |(column, problem): (&str, _)| BadLine { line, column: column.to_owned(), problem };
            self.bad_lines.extend(faults.0.into_iter().map(bad));
        }
    }

    /// Writes it for a person, one bad line a line, then the totals.
    pub fn write(&self, out: &mut impl Write, file: &str, texts: &Texts) -> std::io::Result<()> {
        for column in &self.unknown_columns {
            writeln!(out, "{file}:1: {}", texts.with("import.unknown_column", &[("column", column)]))?;
        }
        for bad in &self.bad_lines {
            let reason = texts.error(&bad.problem, &[]);
            writeln!(out, "{file}:{}: {}: {reason}", bad.line, bad.column)?;
        }
        if self.refused > Self::KEPT {
            let more = (self.refused - Self::KEPT).to_string();
            writeln!(out, "{}", texts.with("import.more", &[("count", &more)]))?;
        }
        let outcome = if self.written { "import.done" } else { "import.nothing_written" };
        let [created, updated, unchanged] =
            [self.counts.created, self.counts.updated, self.counts.unchanged].map(|count| count.to_string());
        let refused = self.refused.to_string();
        let values = [
            ("created", created.as_str()),
            ("updated", updated.as_str()),
            ("unchanged", unchanged.as_str()),
            ("refused", refused.as_str()),
        ];
        writeln!(out, "{}", texts.with(outcome, &values))
    }
}
