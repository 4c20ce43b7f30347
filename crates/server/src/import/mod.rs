//! Files that landlords, banks and offices give: CSV in, rows in the store, a report of what was wrong (D1).
//!
//! A file is read twice: once to check every line, once to write, so that by default all of it enters or nothing does,
//! in memory that doesn't grow with the file.

mod cells;
mod clients;
mod columns;
mod exits;
mod leases;
mod partners;
mod report;
mod source;
mod table;

pub use columns::Column;
pub use exits::ExitRules;
pub use report::{BadLine, Report};
pub use source::{Source, SourceError};
pub use table::{Fault, Faults, Import, Line, Record, import};

/// Why an import didn't happen.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file can't be read, or isn't a table.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The first line lacks columns that must be there.
    #[error("columns missing in the first line: {}", .0.join(", "))]
    MissingColumns(Vec<&'static str>),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// This portal has no leases.
    #[error("this portal has no [tenancy] section: it takes no leases")]
    NoLeases,
    /// This portal has no client organisations.
    #[error("this portal has no [onboarding] section: it takes no clients")]
    NoClients,
    /// This portal has no partners.
    #[error("this portal has no [partners] section: it takes no partners")]
    NoPartners,
}
