use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use crate::clock::{Clock as _, SystemClock};
use crate::config::Loaded;
use crate::import::{ImportError, LeaseImport, Source, import_leases};
use crate::store::Store;

/// Takes in a CSV file.
#[derive(Debug, Args)]
pub(super) struct Import {
    /// What the file holds.
    kind: Kind,
    /// The file: UTF-8 or Windows-1252, with `;` or `,`; its first line names the columns.
    file: PathBuf,
    /// The portal that it is for; may be left out where there is one only.
    #[arg(long, value_name = "SLUG")]
    portal: Option<String>,
    /// Keeps the lines that are right even when others are wrong.
    #[arg(long)]
    partial: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Leases (*baux*): who lives where.
    Leases,
}

/// Imports the file and says what became of it; fails when a line was refused.
pub(super) async fn run(import: Import, loaded: &Loaded) -> anyhow::Result<ExitCode> {
    let config = &loaded.config;
    let portal = super::portal(config, import.portal.as_deref())?;
    let Kind::Leases = import.kind;
    let rules = portal.public.tenancy.as_ref().ok_or(ImportError::NoLeases)?;
    let source = Source::open(&import.file)?;
    let store = Store::open(&config.database_url).await.context("the database can't be opened")?;
    store.migrate().await.context("the database can't be brought up to date")?;
    let request = LeaseImport {
        portal: portal.slug(),
        rules,
        renamed: &portal.columns.leases,
        partial: import.partial,
        now: SystemClock.now(),
    };
    let style = ProgressStyle::with_template("{bar:40} {percent} % {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let progress = ProgressBar::new(0).with_style(style);
    let report = import_leases(&store, &source, &request, &progress).await;
    progress.finish_and_clear();
    let report = report?;
    let mut out = std::io::stdout().lock();
    report.write(&mut out, &source.name(), loaded.texts.portal(portal.slug(), &portal.language))?;
    out.flush()?;
    Ok(if report.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
