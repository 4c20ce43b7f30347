//! Opening the database: the only place that knows which engine it is.

use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sea_orm::sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sea_orm::sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sea_orm::sqlx::{self, ConnectOptions as _, Connection as _};
use sea_orm::{
    AccessMode, ConnectionTrait as _, DatabaseConnection, DatabaseTransaction, DbErr, EntityTrait as _,
    IsolationLevel, QuerySelect as _, RuntimeErr, SqliteTransactionMode, Statement, TransactionOptions,
    TransactionTrait as _,
};
use sea_orm_migration::{MigratorTrait as _, SchemaManager};

use super::migrations::Migrator;
use super::{StoreError, entities};

/// How long a caller waits for its turn to write a SQLite file: an import of a whole landlord is one transaction.
const TURN: Duration = Duration::from_secs(15);
/// How long a caller waits for a connection to PostgreSQL.
const ANSWER: Duration = Duration::from_secs(5);
/// Connections that read a SQLite file at once; each is a thread.
const SQLITE_READERS: u32 = 8;
/// Connections of one server to PostgreSQL, which allows 100 altogether unless told otherwise.
const POSTGRES_CONNECTIONS: u32 = 16;
/// Number of the lock under which one server at a time changes the tables (PostgreSQL): "palier" in ASCII.
const MIGRATION_LOCK: i64 = 0x7061_6c69_6572;

/// Where the library notes which changes of the tables were made.
const MIGRATIONS: &str = "seaql_migrations";

/// The database of a server.
#[derive(Clone, Debug)]
pub struct Store {
    read: DatabaseConnection,
    write: DatabaseConnection,
    engine: Engine,
}

#[derive(Clone, Debug)]
enum Engine {
    Sqlite(PathBuf),
    Postgres,
}

impl Store {
    /// Connects to `sqlite:path/to/file.db`, made when it isn't there, or `postgres://user:password@host/name`.
    ///
    /// The tables may be missing or old: see [`Store::migrate`].
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        if url.starts_with("sqlite:") {
            Self::open_sqlite(url).await
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Self::open_postgres(url).await
        } else {
            Err(StoreError::Address("must start with sqlite: or postgres:".to_owned()))
        }
    }

    async fn open_sqlite(url: &str) -> Result<Self, StoreError> {
        if url.contains(":memory:") || url.contains("mode=memory") {
            return Err(StoreError::Address("a database in memory would be lost at each start".to_owned()));
        }
        let options =
            SqliteConnectOptions::from_str(url).map_err(|error| StoreError::Address(error.to_string()))?;
        let file = options.get_filename().to_owned();
        make_private(&file)?;
        let options = options
            .create_if_missing(true)
            .busy_timeout(TURN)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .disable_statement_logging();
        // SQLite has one writer at a time. With a single connection for it, writers of this process queue fairly here
        // instead of asking the file again and again; it is never closed, so the journal stays in place.
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(TURN)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options.clone())
            .await
            .map_err(unreachable_database)?;
        let read = SqlitePoolOptions::new()
            .max_connections(SQLITE_READERS)
            .acquire_timeout(TURN)
            .test_before_acquire(false)
            .connect_with(options.pragma("query_only", "on"))
            .await
            .map_err(unreachable_database)?;
        Ok(Self { read: read.into(), write: write.into(), engine: Engine::Sqlite(file) })
    }

    async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|error| StoreError::Address(error.to_string()))?
            .application_name("palier")
            // What this store counts on: a statement sees what was committed before it began.
            .options([("default_transaction_isolation", "read committed")])
            // A plan made for an empty table and kept would read all of a big one: an import took minutes.
            .options([("plan_cache_mode", "force_custom_plan")])
            .disable_statement_logging();
        // A pool would try again until its time is up and then say no more than that: this says what is wrong.
        options.connect().await.map_err(unreachable_database)?.close().await.map_err(unreachable_database)?;
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(ANSWER)
            .connect_lazy_with(options);
        let connection = DatabaseConnection::from(pool);
        Ok(Self { read: connection.clone(), write: connection, engine: Engine::Postgres })
    }

    /// Makes or brings up to date the tables: all of it or nothing. Several servers may start at once.
    pub async fn migrate(&self) -> Result<(), StoreError> {
        let transaction = self.begin().await?;
        if matches!(self.engine, Engine::Postgres) {
            let lock = format!("SELECT pg_advisory_xact_lock({MIGRATION_LOCK})");
            transaction.execute_unprepared(&lock).await?;
        }
        Migrator::up(&transaction, None).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// For functions that only look. With SQLite a write through it is refused.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// For one function that writes, when nothing else must happen with it.
    pub fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Starts a transaction, undone unless committed.
    ///
    /// With SQLite no other one runs meanwhile: keep it short, never hash a password or wait for a network inside,
    /// and use neither [`Store::write`] nor a second transaction before its end.
    pub async fn begin(&self) -> Result<DatabaseTransaction, StoreError> {
        let sqlite_transaction_mode = match self.engine {
            // Without it two processes that read, then write, would each wait for the other.
            Engine::Sqlite(_) => Some(SqliteTransactionMode::Immediate),
            Engine::Postgres => None,
        };
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        Ok(self.write.begin_with_options(options).await?)
    }

    /// Starts a transaction that only looks, and sees everything as it is at one moment, however long it takes and whoever
    /// writes meanwhile.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = match self.engine {
            // What it is without being asked for.
            Engine::Sqlite(_) => TransactionOptions::default(),
            Engine::Postgres => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        Ok(self.read.begin_with_options(options).await?)
    }

    /// Whether the database answers and has its tables.
    pub async fn ping(&self) -> Result<(), StoreError> {
        entities::settings::Entity::find().limit(1).all(&self.read).await?;
        Ok(())
    }

    /// Whether a table is there: an older program may not have made it.
    pub async fn has(&self, table: &str) -> Result<bool, StoreError> {
        Ok(SchemaManager::new(&self.read).has_table(table).await?)
    }

    /// Whether the tables are as this program makes them. Changes nothing.
    pub async fn is_current(&self) -> Result<bool, StoreError> {
        if !self.has(MIGRATIONS).await? {
            return Ok(false);
        }
        let made = Statement::from_string(
            self.read.get_database_backend(),
            format!("SELECT COUNT(*) AS made FROM {MIGRATIONS}"),
        );
        let row = self.read.query_one_raw(made).await?.ok_or(StoreError::Unreadable(MIGRATIONS))?;
        let made: i64 = row.try_get("", "made")?;
        Ok(usize::try_from(made).is_ok_and(|made| made == Migrator::migrations().len()))
    }

    /// Copies the whole database as it is at this moment into a new file, while the server goes on (SQLite).
    pub async fn backup(&self, file: &Path) -> Result<(), StoreError> {
        let Engine::Sqlite(source) = &self.engine else { return Err(StoreError::BackupOfServer) };
        let problem = |source| StoreError::File { path: file.to_owned(), source };
        // SQLite fills an empty file; made here so that an existing one is never touched and nobody else can read it.
        private_file(file).map_err(problem)?;
        let copied = copy(source, file).await;
        if copied.is_err() {
            // Half a copy must not be taken for one.
            std::fs::remove_file(file).map_err(problem)?;
        }
        copied
    }
}

/// By a connection of its own: the one that writes stays free.
async fn copy(source: &Path, file: &Path) -> Result<(), StoreError> {
    let options = SqliteConnectOptions::new().filename(source).busy_timeout(TURN).disable_statement_logging();
    let mut connection = options.connect().await.map_err(unreachable_database)?;
    let name = file.to_string_lossy().into_owned();
    let copied = sqlx::query("VACUUM INTO ?").bind(name).execute(&mut connection).await;
    copied.map(drop).map_err(|error| StoreError::Database(DbErr::Exec(RuntimeErr::SqlxError(error.into()))))
}

/// Makes the file of the database, and its folder, readable by its owner only: it holds personal data.
fn make_private(file: &Path) -> Result<(), StoreError> {
    let problem = |source| StoreError::File { path: file.to_owned(), source };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder).map_err(problem)?;
    }
    match private_file(file) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(problem(error)),
        _ => Ok(()),
    }?;
    // SQLite says no more than that it can't: of a disk that is read-only, of a file of somebody else's.
    std::fs::OpenOptions::new().append(true).open(file).map(drop).map_err(problem)
}

/// A new empty file; an error when there is one.
fn private_file(file: &Path) -> Result<(), std::io::Error> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

fn unreachable_database(error: sqlx::Error) -> StoreError {
    StoreError::Database(DbErr::Conn(RuntimeErr::SqlxError(error.into())))
}
