use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use palier_domain::desk::Role;
use palier_domain::texts::Texts;
use palier_domain::values::Email;

use super::table::aligned;
use super::{logs, state};
use crate::config::{Loaded, PortalConfig};
use crate::desk;
use crate::http::state::AppState;
use crate::store::staff::{self, Staff, StaffState};

/// Who may come to the desk (D3).
#[derive(Debug, Args)]
pub(super) struct Operator {
    #[command(subcommand)]
    action: Action,
    /// Of which portal; may be left out where there is one only.
    #[arg(long, global = true, value_name = "SLUG")]
    portal: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lets somebody come to the desk, and prints the one-time link by which they choose a password. For an address
    /// that is known everything begins anew: password, authenticator, sessions.
    Add {
        /// Their address.
        #[arg(value_name = "EMAIL", value_parser = address)]
        email: Email,
        /// What they are there for.
        #[arg(long, value_enum, default_value = "operator")]
        role: Kind,
    },
    /// Lists who may come to the desk.
    List,
    /// Sends somebody away: their password, their authenticator and their sessions end.
    Remove {
        /// Their address.
        #[arg(value_name = "EMAIL", value_parser = address)]
        email: Email,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Prints letters and notes what became of them.
    Operator,
    /// Answers callers: looks things up, and sends identifiers and links.
    Support,
    /// Of the landlord or the bank: looks things up.
    Landlord,
}

impl From<Kind> for Role {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Operator => Self::Operator,
            Kind::Support => Self::Support,
            Kind::Landlord => Self::Landlord,
        }
    }
}

fn address(typed: &str) -> Result<Email, String> {
    Email::parse(typed).map_err(|error| format!("{error:?}"))
}

/// Does it; fails when nobody has the address.
pub(super) async fn run(asked: Operator, loaded: Loaded) -> anyhow::Result<ExitCode> {
    let portal = Arc::clone(super::portal(&loaded.config, asked.portal.as_deref())?);
    // What people ask for is told below: only what goes wrong is logged.
    logs::start("warn");
    let state = state::open(loaded).await?;
    let texts = state.texts().portal(portal.slug(), &portal.language);
    match asked.action {
        Action::Add { email, role } => add(&state, &portal, texts, &email, role.into()).await,
        Action::List => list(&state, &portal, texts).await,
        Action::Remove { email } => remove(&state, &portal, texts, &email).await,
    }
}

/// The link on the standard output, the rest on the standard error.
async fn add(
    state: &AppState,
    portal: &PortalConfig,
    texts: &Texts,
    email: &Email,
    role: Role,
) -> anyhow::Result<ExitCode> {
    let known = staff::by_email(state.store().read(), portal.slug(), &email.key()).await?;
    let link = desk::invite(state, portal, email, role).await?;
    let named = email.to_string();
    if known.is_some_and(|staff| staff.state == StaffState::Active) {
        eprintln!("{}", texts.with("cli.operator.begins_anew", &[("email", &named)]));
    }
    eprintln!("{}", texts.with("cli.operator.link", &[("email", &named)]));
    println!("{link}");
    Ok(ExitCode::SUCCESS)
}

const COLUMNS: [&str; 6] = ["email", "name", "role", "state", "second_factor", "since"];

async fn list(state: &AppState, portal: &PortalConfig, texts: &Texts) -> anyhow::Result<ExitCode> {
    let all = staff::list(state.store().read(), portal.slug()).await?;
    if all.is_empty() {
        eprintln!("{}", texts.get("cli.operator.nobody"));
        return Ok(ExitCode::SUCCESS);
    }
    let mut rows = vec![COLUMNS.map(|name| texts.get(&format!("cli.operator.column.{name}")).to_owned())];
    rows.extend(all.iter().map(|staff| row(portal, staff)));
    let mut out = std::io::stdout().lock();
    out.write_all(aligned(&rows).as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn row(portal: &PortalConfig, staff: &Staff) -> [String; COLUMNS.len()] {
    let day = |at: Timestamp| at.to_zoned(portal.time_zone.clone()).date().to_string();
    let name = format!("{} {}", staff.first_name, staff.surname);
    [
        staff.email.to_string(),
        // Typed by somebody, and goes to a terminal.
        if name.trim().is_empty() { "-".to_owned() } else { name.replace(char::is_control, " ") },
        staff.role.name().to_owned(),
        staff.state.name().to_owned(),
        staff.enrolled_at.map_or_else(|| "-".to_owned(), day),
        day(staff.created_at),
    ]
}

async fn remove(
    state: &AppState,
    portal: &PortalConfig,
    texts: &Texts,
    email: &Email,
) -> anyhow::Result<ExitCode> {
    let removed = desk::remove(state, portal, email).await?;
    let key = if removed { "cli.operator.removed" } else { "cli.operator.unknown" };
    eprintln!("{}", texts.with(key, &[("email", &email.to_string())]));
    Ok(if removed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
