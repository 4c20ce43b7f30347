use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};

use crate::clock::{Clock as _, SystemClock};
use crate::config::{Config, Loaded, PortalConfig};
use crate::import::{self, ExitRules, ImportError, Record, Report, Source};
use crate::store::Store;
use crate::store::clients::NewClient;
use crate::store::leases::{self, Exit, NewLease};
use crate::store::partners::NewPartner;

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
    /// Exits (*sorties*): the last day of each lease whose tenant leaves.
    Exits,
    /// Client organisations (*organismes clients*): who may get an administrator.
    Clients,
    /// Partners (*partenaires*): landlords who get an account from an office.
    Partners,
}

/// Imports the file and says what became of it; fails when a line was refused.
pub(super) async fn run(import: Import, loaded: &Loaded) -> anyhow::Result<ExitCode> {
    let config = &loaded.config;
    let portal = super::portal(config, import.portal.as_deref())?;
    let (public, columns) = (&portal.public, &portal.columns);
    let report = match import.kind {
        Kind::Leases => {
            let rules = public.tenancy.as_ref().ok_or(ImportError::NoLeases)?;
            take_in::<NewLease>(&import, portal, rules, &columns.leases, config).await?
        }
        Kind::Exits => {
            let tenancy = public.tenancy.as_ref().ok_or(ImportError::NoLeases)?;
            let store = open(config).await?;
            let known = leases::references(store.read(), portal.slug()).await?;
            let rules = ExitRules { reference: tenancy.reference.clone(), known };
            take_in::<Exit>(&import, portal, &rules, &columns.exits, config).await?
        }
        Kind::Clients => {
            let rules = public.onboarding.as_ref().ok_or(ImportError::NoClients)?;
            take_in::<NewClient>(&import, portal, rules, &columns.clients, config).await?
        }
        Kind::Partners => {
            portal.partners.ok_or(ImportError::NoPartners)?;
            take_in::<NewPartner>(&import, portal, &(), &columns.partners, config).await?
        }
    };
    let mut out = std::io::stdout().lock();
    report.write(
        &mut out,
        &import.file.display().to_string(),
        loaded.texts.portal(portal.slug(), &portal.language),
    )?;
    out.flush()?;
    Ok(if report.refused == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn open(config: &Config) -> anyhow::Result<Store> {
    let store = Store::open(&config.database_url).await.context("the database can't be opened")?;
    store.migrate().await.context("the database can't be brought up to date")?;
    Ok(store)
}

async fn take_in<R: Record>(
    asked: &Import,
    portal: &PortalConfig,
    rules: &R::Rules,
    renamed: &BTreeMap<String, String>,
    config: &Config,
) -> anyhow::Result<Report> {
    let source = Source::open(&asked.file)?;
    let store = open(config).await?;
    let (portal, partial, now) = (portal.slug(), asked.partial, SystemClock.now());
    let request = import::Import::<R> { portal, rules, renamed, partial, now };
    let style = ProgressStyle::with_template("{bar:40} {percent} % {eta}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    let progress = ProgressBar::new(0).with_style(style);
    let report = import::import(&store, &source, &request, &progress).await;
    progress.finish_and_clear();
    Ok(report?)
}
