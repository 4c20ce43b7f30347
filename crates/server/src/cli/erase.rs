use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::{logs, state};
use crate::config::Loaded;
use crate::retention::{self, Erased};

/// Erases one person (D4).
#[derive(Debug, Args)]
pub(super) struct Erase {
    /// Their e-mail address, identifier or user number.
    #[arg(value_name = "WHO")]
    who: String,
    /// Of which portal; may be left out where there is one only.
    #[arg(long, value_name = "SLUG")]
    portal: Option<String>,
}

/// Does it, and says what was erased; fails when nothing was.
pub(super) async fn run(asked: Erase, loaded: Loaded) -> anyhow::Result<ExitCode> {
    let portal = Arc::clone(super::portal(&loaded.config, asked.portal.as_deref())?);
    logs::start("warn");
    let state = state::open(loaded).await?;
    let texts = state.texts().portal(portal.slug(), &portal.language);
    match retention::erase(&state, &portal, asked.who.trim()).await? {
        Erased::Account(who) => println!("{}", texts.with("cli.erase.account", &[("who", &who)])),
        Erased::Partner(who) => println!("{}", texts.with("cli.erase.partner", &[("who", &who)])),
        Erased::ActsForOrganisation => {
            eprintln!("{}", texts.with("cli.erase.acts", &[("who", &asked.who)]));
            return Ok(ExitCode::FAILURE);
        }
        Erased::Unknown => {
            eprintln!("{}", texts.with("cli.erase.unknown", &[("who", &asked.who)]));
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}
