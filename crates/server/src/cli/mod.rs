//! The commands: `palier serve`, `check`, `backup`, `import`, `export`,
//! `letters`, `operator`, `retention`, `erase`.
//!
//! Each reads the configuration first and refuses to start on a faulty one, telling every fault (D5).

mod backup;
mod check;
mod demonstration;
mod erase;
mod export;
mod import;
mod letters;
mod logs;
#[cfg(test)]
mod man;
mod operator;
mod retention;
mod serve;
mod state;
mod stop;
mod table;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use clap::{Parser, Subcommand};

use crate::config::{Config, Environment, Loaded, PortalConfig, load};
use crate::http::assets;

/// Palier, the enrolment portal of French social housing.
#[derive(Debug, Parser)]
#[command(name = "palier", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// The configuration: a folder with palier.toml and a file for each portal, or the file of one portal.
    #[arg(long, global = true, env = "PALIER_CONFIG", default_value = ".", value_name = "FILE_OR_DIR")]
    config: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves the pages and the API until it is told to stop.
    Serve,
    /// Checks the configuration, the documents and the database, and prints each fault.
    Check,
    /// Writes a copy of the database, while it is used (SQLite; for PostgreSQL use `pg_dump`).
    Backup(backup::Backup),
    /// Takes in a CSV file.
    Import(import::Import),
    /// Writes a CSV file.
    Export(export::Export),
    /// Letters to legal representatives: what waits, printing, what became of them.
    Letters(letters::Letters),
    /// Who may come to the desk.
    Operator(operator::Operator),
    /// Deletes what was kept long enough, as the nightly job does, and says how much of what.
    Retention(retention::Retention),
    /// Erases one person, whatever the retention table says.
    Erase(erase::Erase),
}

/// Runs the command that the arguments name.
pub fn run() -> ExitCode {
    let Cli { command, config } = Cli::parse();
    let environment = Environment::read();
    let outcome =
        tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(anyhow::Error::from);
    let outcome = outcome.and_then(|runtime| {
        runtime.block_on(async {
            match command {
                Command::Check => Ok(check::run(&config, &environment).await),
                Command::Serve => match configuration(&config, &environment) {
                    Ok(loaded) => serve::run(loaded).await,
                    Err(refused) => Ok(refused),
                },
                Command::Backup(backup) => match configuration(&config, &environment) {
                    Ok(loaded) => backup::run(backup, &loaded.config).await,
                    Err(refused) => Ok(refused),
                },
                Command::Import(import) => match configuration(&config, &environment) {
                    Ok(loaded) => import::run(import, &loaded).await,
                    Err(refused) => Ok(refused),
                },
                Command::Export(export) => match configuration(&config, &environment) {
                    Ok(loaded) => export::run(export, &loaded).await,
                    Err(refused) => Ok(refused),
                },
                Command::Letters(letters) => match configuration(&config, &environment) {
                    Ok(loaded) => letters::run(letters, loaded).await,
                    Err(refused) => Ok(refused),
                },
                Command::Operator(operator) => match configuration(&config, &environment) {
                    Ok(loaded) => operator::run(operator, loaded).await,
                    Err(refused) => Ok(refused),
                },
                Command::Retention(retention) => match configuration(&config, &environment) {
                    Ok(loaded) => retention::run(retention, loaded).await,
                    Err(refused) => Ok(refused),
                },
                Command::Erase(erase) => match configuration(&config, &environment) {
                    Ok(loaded) => erase::run(erase, loaded).await,
                    Err(refused) => Ok(refused),
                },
            }
        })
    });
    outcome.unwrap_or_else(|error| {
        eprintln!("palier: {error:#}");
        ExitCode::FAILURE
    })
}

/// The configuration, or every fault printed and the code to end with.
fn configuration(path: &Path, environment: &Environment) -> Result<Loaded, ExitCode> {
    load(path, environment, &assets::exists).map_err(|faults| {
        for fault in &faults {
            eprintln!("{fault}");
        }
        eprintln!("palier: the configuration has {} fault(s): see docs/OPERATIONS.md", faults.len());
        ExitCode::FAILURE
    })
}

/// The portal that a command is for: named, or the only one there is.
fn portal<'c>(config: &'c Config, slug: Option<&str>) -> anyhow::Result<&'c Arc<PortalConfig>> {
    match (slug, config.portals.as_slice()) {
        (Some(slug), _) => config.portal(slug).with_context(|| format!("there is no portal {slug}")),
        (None, [alone]) => Ok(alone),
        (None, portals) => {
            let slugs: Vec<&str> = portals.iter().map(|portal| portal.slug()).collect();
            bail!("say for which portal: --portal {}", slugs.join("|"));
        }
    }
}
