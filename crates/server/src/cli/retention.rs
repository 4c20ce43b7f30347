use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::table::aligned;
use super::{logs, state};
use crate::config::Loaded;
use crate::retention::{apply, due, period, what};

/// Applies the retention table (T11, D4).
#[derive(Debug, Args)]
pub(super) struct Retention {
    /// Only says what would go; nothing is changed.
    #[arg(long)]
    dry_run: bool,
    /// Of which portal; of all when it is left out.
    #[arg(long, value_name = "SLUG")]
    portal: Option<String>,
}

/// Does it, and writes the table: what, how long it is kept, how much went.
pub(super) async fn run(asked: Retention, loaded: Loaded) -> anyhow::Result<ExitCode> {
    let portals = match asked.portal.as_deref() {
        Some(slug) => vec![Arc::clone(super::portal(&loaded.config, Some(slug))?)],
        None => loaded.config.portals.clone(),
    };
    // What is done is told below: only what goes wrong is logged.
    logs::start("warn");
    let state = state::open(loaded).await?;
    let column = if asked.dry_run { "would_go" } else { "gone" };
    let mut out = std::io::stdout().lock();
    for portal in portals {
        let texts = state.texts().portal(portal.slug(), &portal.language);
        let table = if asked.dry_run { due(&state, &portal).await? } else { apply(&state, &portal).await? };
        let mut rows =
            vec![["what", "kept", column].map(|name| texts.get(&format!("cli.retention.{name}")).to_owned())];
        rows.extend(table.into_iter().map(|(rule, kept, count)| {
            [what(texts, rule).to_owned(), period(texts, rule, kept), count.to_string()]
        }));
        writeln!(out, "{}", portal.slug())?;
        out.write_all(aligned(&rows).as_bytes())?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
