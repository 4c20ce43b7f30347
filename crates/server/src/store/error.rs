use std::path::PathBuf;

use sea_orm::{DbErr, SqlErr};

/// Why the store didn't do what was asked. Its texts name tables and columns, never what is in them.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Something that must be one of its kind exists already; the transaction is still good.
    #[error("{0} exists already")]
    Conflict(Conflict),
    /// The database can't be reached or refused a statement; the transaction is lost.
    #[error("the database failed: {0}")]
    Database(DbErr),
    /// A row holds what no version of Palier wrote there.
    #[error("{0} has a row that cannot be read")]
    Unreadable(&'static str),
    /// The address of the database isn't one that Palier can use.
    #[error("database_url: {0}")]
    Address(String),
    /// A file of the database can't be made or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Copies of a PostgreSQL database are made by its own tool.
    #[error("this database is PostgreSQL: back it up with pg_dump (docs/OPERATIONS.md)")]
    BackupOfServer,
}

/// What exists already, in the same portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conflict {
    /// An account for that lease.
    Lease,
    /// An account with that e-mail address.
    Email,
    /// An account with that identifier: draw another one.
    Identifier,
    /// An organisation with that SIREN.
    Organisation,
    /// A membership or a letter with that reference: draw another one.
    Reference,
    /// Somebody else is to become the administrator of that organisation.
    Designation,
    /// Somebody with that address joins an organisation already.
    Joining,
    /// Another row, by a rule that no journey expects to break.
    Other,
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::Lease => "an account for this lease",
            Self::Email => "an account with this e-mail address",
            Self::Identifier => "an account with this identifier",
            Self::Organisation => "this organisation",
            Self::Reference => "a row with this reference",
            Self::Designation => "a designation for this organisation",
            Self::Joining => "a joining with this e-mail address",
            Self::Other => "such a row",
        })
    }
}

impl StoreError {
    /// What was in the way, when that is why.
    pub fn conflict(&self) -> Option<Conflict> {
        match self {
            Self::Conflict(conflict) => Some(*conflict),
            _ => None,
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(_)) => Self::Conflict(Conflict::Other),
            _ => Self::Database(error),
        }
    }
}
