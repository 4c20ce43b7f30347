use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Args;

use crate::config::Config;
use crate::store::Store;

/// Writes a copy of the database.
#[derive(Debug, Args)]
pub(super) struct Backup {
    /// Where; must not exist yet.
    file: PathBuf,
}

/// Makes the copy.
pub(super) async fn run(backup: Backup, config: &Config) -> anyhow::Result<ExitCode> {
    let store = Store::open(&config.database_url).await.context("the database can't be opened")?;
    store
        .backup(&backup.file)
        .await
        .with_context(|| format!("no copy was made as {}", backup.file.display()))?;
    println!("{}", backup.file.display());
    Ok(ExitCode::SUCCESS)
}
