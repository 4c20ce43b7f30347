use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, bail, ensure};
use clap::{Args, ValueEnum};
use palier_domain::values::ClientNumber;

use crate::config::{Loaded, PortalConfig};
use crate::departure;
use crate::mediation::{HEADERS, State, memberships};
use crate::onboarding::{journal_headers, journal_rows};
use crate::store::clients::Client;
use crate::store::desk_journal::{self, Entry};
use crate::store::{Store, clients, journal};
use crate::table::table;

/// Writes a CSV file.
#[derive(Debug, Args)]
pub(super) struct Export {
    /// What to write.
    kind: Kind,
    /// Of which portal; may be left out where there is one only.
    #[arg(long, value_name = "SLUG")]
    portal: Option<String>,
    /// Memberships: only those of this state.
    #[arg(long, value_enum)]
    state: Option<Stage>,
    /// Journal: only that of this client organisation.
    #[arg(long, value_name = "NUMBER")]
    client: Option<String>,
    /// Departures: only those that were asked or settled on this day or later, such as 2026-11-22.
    #[arg(long, value_name = "DAY")]
    since: Option<jiff::civil::Date>,
    /// Where; the standard output when it is left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Organisations and how far they have come (M8).
    Memberships,
    /// What happened to client organisations (A9).
    Journal,
    /// What was looked at and done at the desk (P7).
    DeskJournal,
    /// Who wished to leave the service or paperless notices, and what was decided (T10).
    Departures,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Stage {
    /// Identity created, address not confirmed.
    Created,
    /// Identity certified.
    Certified,
    /// Member of the scheme.
    Member,
}

impl From<Stage> for State {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Created => Self::Created,
            Stage::Certified => Self::Certified,
            Stage::Member => Self::Member,
        }
    }
}

/// Writes the rows, and says on the standard error how many there are.
pub(super) async fn run(export: Export, loaded: &Loaded) -> anyhow::Result<ExitCode> {
    let config = &loaded.config;
    let portal = super::portal(config, export.portal.as_deref())?;
    match export.kind {
        Kind::Memberships => {
            ensure!(portal.mediation.is_some(), "{} has no mediation scheme", portal.slug());
            ensure!(export.client.is_none(), "--client is for the journal");
        }
        Kind::Journal => {
            ensure!(portal.onboarding.is_some(), "{} has no client organisations", portal.slug());
            ensure!(export.state.is_none(), "--state is for memberships");
        }
        Kind::DeskJournal => {
            ensure!(portal.partners.is_some(), "{} has no partners", portal.slug());
            ensure!(export.client.is_none(), "--client is for the journal");
            ensure!(export.state.is_none(), "--state is for memberships");
        }
        Kind::Departures => {
            ensure!(portal.partners.is_none(), "the accounts of {} are given out", portal.slug());
            ensure!(export.client.is_none(), "--client is for the journal");
            ensure!(export.state.is_none(), "--state is for memberships");
        }
    }
    ensure!(export.since.is_none() || export.kind == Kind::Departures, "--since is for departures");
    let store = Store::open(&config.database_url).await.context("the database can't be opened")?;
    store.migrate().await.context("the database can't be brought up to date")?;
    let (table, said) = match export.kind {
        Kind::Memberships => members(&store, portal, export.state, loaded).await?,
        Kind::Journal => journals(&store, portal, export.client.as_deref(), loaded).await?,
        Kind::DeskJournal => desk(&store, portal, loaded).await?,
        Kind::Departures => departures(&store, portal, export.since, loaded).await?,
    };
    match &export.out {
        Some(file) => {
            std::fs::write(file, table).with_context(|| format!("{} can't be written", file.display()))?;
        }
        None => std::io::stdout().lock().write_all(&table)?,
    }
    eprintln!("{said}");
    Ok(ExitCode::SUCCESS)
}

/// The table, and how many there are of each state.
async fn members(
    store: &Store,
    portal: &PortalConfig,
    state: Option<Stage>,
    loaded: &Loaded,
) -> anyhow::Result<(Vec<u8>, String)> {
    let rows = memberships(store.read(), portal.slug(), &portal.time_zone).await?;
    let wanted = state.map(State::from);
    let chosen = rows.iter().filter(|(state, _)| wanted.is_none_or(|wanted| wanted == *state));
    let table = table(&HEADERS, chosen.map(|(_, row)| row.as_slice()))?;
    let count = |state: State| rows.iter().filter(|(known, _)| *known == state).count();
    let [created, certified, member] =
        [State::Created, State::Certified, State::Member].map(|state| count(state).to_string());
    let values =
        [("created", created.as_str()), ("certified", certified.as_str()), ("member", member.as_str())];
    let texts = loaded.texts.portal(portal.slug(), &portal.language);
    Ok((table, texts.with("cli.export.memberships", &values)))
}

/// The table, and how many entries it has.
async fn journals(
    store: &Store,
    portal: &PortalConfig,
    number: Option<&str>,
    loaded: &Loaded,
) -> anyhow::Result<(Vec<u8>, String)> {
    let texts = loaded.texts.portal(portal.slug(), &portal.language);
    let mut rows = Vec::new();
    for client in chosen(store, portal, number).await? {
        rows.extend(journal_rows(store.read(), portal, &client, texts, &portal.language).await?);
    }
    let table = table(&journal_headers(), rows.iter().map(Vec::as_slice))?;
    Ok((table, texts.with("cli.export.journal", &[("count", &rows.len().to_string())])))
}

/// The columns of a desk's journal.
const DESK: [&str; 6] = ["numero", "date", "qui", "quoi", "compte", "chaine"];

/// The table, how many entries it has, and which of them aren't what was written.
async fn desk(store: &Store, portal: &PortalConfig, loaded: &Loaded) -> anyhow::Result<(Vec<u8>, String)> {
    let texts = loaded.texts.portal(portal.slug(), &portal.language);
    let entries = desk_journal::list(store.read(), portal.slug()).await?;
    let broken = entries.iter().filter(|entry| !entry.whole).count().to_string();
    let rows: Vec<[String; DESK.len()]> = entries.into_iter().map(|entry| told(portal, entry)).collect();
    let table = table(&DESK, rows.iter().map(<[String; DESK.len()]>::as_slice))?;
    let values = [("count", rows.len().to_string()), ("broken", broken)];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    Ok((table, texts.with("cli.export.desk_journal", &values)))
}

fn told(portal: &PortalConfig, entry: Entry) -> [String; DESK.len()] {
    let at = entry.happened_at.to_zoned(portal.time_zone.clone());
    let chain = if entry.whole { "" } else { "!" };
    let at = at.strftime("%Y-%m-%d %H:%M:%S").to_string();
    [entry.number.to_string(), at, entry.staff, entry.kind, entry.subject, chain.to_owned()]
}

/// The table, and how many requests it has.
async fn departures(
    store: &Store,
    portal: &PortalConfig,
    since: Option<jiff::civil::Date>,
    loaded: &Loaded,
) -> anyhow::Result<(Vec<u8>, String)> {
    let texts = loaded.texts.portal(portal.slug(), &portal.language);
    let since = match since {
        Some(day) => day.to_zoned(portal.time_zone.clone())?.timestamp(),
        None => jiff::Timestamp::MIN,
    };
    let rows = departure::rows(store, portal, since).await?;
    let table = table(&departure::HEADERS, rows.iter().map(<[String; departure::HEADERS.len()]>::as_slice))?;
    Ok((table, texts.with("cli.export.departures", &[("count", &rows.len().to_string())])))
}

/// The organisation with that number, or all that have a journal, in the order of their numbers.
async fn chosen(store: &Store, portal: &PortalConfig, number: Option<&str>) -> anyhow::Result<Vec<Client>> {
    let Some(number) = number else {
        let ids = journal::clients(store.read(), portal.slug()).await?;
        let found = clients::by_ids(store.read(), portal.slug(), &ids).await?;
        let mut found: Vec<Client> = found.into_values().collect();
        found.sort_by(|one, other| one.known.number.as_str().cmp(other.known.number.as_str()));
        return Ok(found);
    };
    let format = portal.public.onboarding.as_ref().map(|rules| &rules.number);
    let parsed = format.and_then(|format| ClientNumber::parse(number, format).ok());
    let known = match &parsed {
        Some(parsed) => clients::by_number(store.read(), portal.slug(), parsed).await?,
        None => None,
    };
    match known {
        Some(client) => Ok(vec![client]),
        None => bail!("{} has no client organisation {number}", portal.slug()),
    }
}
