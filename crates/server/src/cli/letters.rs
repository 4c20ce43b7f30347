use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};
use jiff::Timestamp;
use palier_domain::onboarding::LetterState;
use palier_domain::texts::Texts;

use super::table::aligned;
use super::{logs, state};
use crate::account::Post;
use crate::config::Loaded;
use crate::mailroom::{self, Listed};
use crate::onboarding::{Fate, Hand};
use crate::store::letters::state_name;

/// Letters to legal representatives (A4) and to partners (P2).
#[derive(Debug, Args)]
pub(super) struct Letters {
    #[command(subcommand)]
    action: Action,
    /// Of which portal; may be left out where there is one only.
    #[arg(long, global = true, value_name = "SLUG")]
    portal: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists letters; their codes aren't known.
    List {
        /// Only those of this state.
        #[arg(long, value_enum)]
        state: Option<Stage>,
    },
    /// Prints those that wait into one PDF, with their codes.
    Print {
        /// The file; must not exist yet.
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Notes that letters were posted, and tells their applicants.
    Posted {
        /// Their references.
        #[arg(value_name = "REFERENCE", required_unless_present = "all_printed")]
        references: Vec<String>,
        /// All that are printed and not posted yet.
        #[arg(long, conflicts_with = "references")]
        all_printed: bool,
    },
    /// Notes that the post brought letters back: their codes count no more.
    Returned {
        /// Their references.
        #[arg(value_name = "REFERENCE", required = true)]
        references: Vec<String>,
    },
    /// Declares printed letters lost: their codes count no more, and others wait to be printed in their places.
    Lost {
        /// Their references.
        #[arg(value_name = "REFERENCE", required = true)]
        references: Vec<String>,
    },
    /// Stops the requests that letters are about, for whoever called with their references, and tells their applicants.
    Refused {
        /// Their references.
        #[arg(value_name = "REFERENCE", required = true)]
        references: Vec<String>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Stage {
    /// Waits to be printed.
    Asked,
    /// Printed.
    Printed,
    /// Handed to the post.
    Posted,
    /// Brought back by the post.
    Returned,
    /// Its code was used.
    Used,
    /// Its code counts no more.
    Revoked,
}

impl From<Stage> for LetterState {
    fn from(stage: Stage) -> Self {
        match stage {
            Stage::Asked => Self::Asked,
            Stage::Printed => Self::Printed,
            Stage::Posted => Self::Posted,
            Stage::Returned => Self::Returned,
            Stage::Used => Self::Used,
            Stage::Revoked => Self::Revoked,
        }
    }
}

/// Does it; fails when something couldn't be done for one of the letters.
pub(super) async fn run(asked: Letters, loaded: Loaded) -> anyhow::Result<ExitCode> {
    let portal = Arc::clone(super::portal(&loaded.config, asked.portal.as_deref())?);
    let sends = portal.onboarding.is_some() || portal.partners.is_some();
    anyhow::ensure!(
        sends,
        "{} has neither client organisations nor partners: it sends no letters",
        portal.slug()
    );
    // What people ask for is told below: only what goes wrong is logged.
    logs::start("warn");
    let state = state::open(loaded).await?;
    let texts = state.texts().portal(portal.slug(), &portal.language);
    let post = Post::new(&state, &portal, &portal.language);
    match asked.action {
        Action::List { state } => list(post, texts, state.map(LetterState::from)).await,
        Action::Print { out } => print(post, texts, &out).await,
        Action::Posted { all_printed: true, .. } => {
            let printed = mailroom::list(post, Some(LetterState::Printed)).await?;
            note(post, texts, Fate::Posted, printed.into_iter().map(|letter| letter.reference).collect())
                .await
        }
        Action::Posted { references, .. } => note(post, texts, Fate::Posted, references).await,
        Action::Returned { references } => note(post, texts, Fate::Returned, references).await,
        Action::Lost { references } => note(post, texts, Fate::Lost, references).await,
        Action::Refused { references } => note(post, texts, Fate::Refused, references).await,
    }
}

/// Prints the table, and says on the standard error how many there are of each state.
async fn list(post: Post<'_>, texts: &Texts, state: Option<LetterState>) -> anyhow::Result<ExitCode> {
    let all = mailroom::list(post, None).await?;
    let chosen = all.iter().filter(|listed| state.is_none_or(|state| state == listed.state));
    let mut rows = vec![COLUMNS.map(|name| texts.get(&format!("cli.letters.column.{name}")).to_owned())];
    rows.extend(chosen.map(|listed| row(post, listed)));
    let mut out = std::io::stdout().lock();
    out.write_all(aligned(&rows).as_bytes())?;
    out.flush()?;
    let counts = LetterState::ALL.map(|state| {
        let of_it = all.iter().filter(|listed| listed.state == state).count().to_string();
        texts.with("cli.letters.count", &[("state", state_name(state)), ("count", &of_it)])
    });
    eprintln!("{}", counts.join(", "));
    tell_held(post, texts, &all);
    Ok(ExitCode::SUCCESS)
}

/// Says which letters wait until administrators can't object any more, and until when.
fn tell_held(post: Post<'_>, texts: &Texts, all: &[Listed]) {
    for Listed { reference, held_until, .. } in all {
        let Some(until) = held_until else { continue };
        let until = mailroom::last(*until).to_zoned(post.portal.time_zone.clone()).date().to_string();
        let values = [("reference", reference.as_str()), ("until", until.as_str())];
        eprintln!("{}", texts.with("cli.letters.held", &values));
    }
}

const COLUMNS: [&str; 8] =
    ["reference", "state", "asked", "printed", "posted", "valid_until", "number", "organisation"];

fn row(post: Post<'_>, listed: &Listed) -> [String; COLUMNS.len()] {
    let day = |at: Timestamp| at.to_zoned(post.portal.time_zone.clone()).date().to_string();
    let or_dash = |at: Option<Timestamp>| at.map_or_else(|| "-".to_owned(), day);
    [
        listed.reference.clone(),
        state_name(listed.state).to_owned(),
        day(listed.asked_at),
        or_dash(listed.printed_at),
        or_dash(listed.posted_at),
        or_dash(listed.valid_until.map(mailroom::last)),
        listed.number.clone(),
        // It comes from somebody else's file, and goes to a terminal.
        listed.name.replace(char::is_control, " "),
    ]
}

/// Prints what waits; the references on the standard output, the rest on the standard error.
async fn print(post: Post<'_>, texts: &Texts, out: &Path) -> anyhow::Result<ExitCode> {
    let file = out.display().to_string();
    let is_there = out.try_exists().with_context(|| file.clone())?;
    anyhow::ensure!(!is_there, "{}", texts.with("cli.letters.file_exists", &[("file", &file)]));
    let printed = mailroom::print(post, Hand::Commands, out).await?;
    if printed.is_empty() {
        eprintln!("{}", texts.get("cli.letters.nothing_waits"));
        tell_held(post, texts, &mailroom::list(post, Some(LetterState::Asked)).await?);
        return Ok(ExitCode::SUCCESS);
    }
    let mut list = std::io::stdout().lock();
    for reference in &printed {
        writeln!(list, "{reference}")?;
    }
    list.flush()?;
    let count = printed.len().to_string();
    eprintln!("{}", texts.with("cli.letters.printed", &[("count", &count), ("file", &file)]));
    let waiting = mailroom::list(post, Some(LetterState::Asked)).await?;
    let printable = waiting.iter().filter(|listed| listed.held_until.is_none()).count();
    if printable > 0 {
        eprintln!("{}", texts.with("cli.letters.still_waiting", &[("count", &printable.to_string())]));
    }
    tell_held(post, texts, &waiting);
    Ok(ExitCode::SUCCESS)
}

/// Notes it of each letter, one after the other; those of which it can't be are told and stop none of the others.
async fn note(post: Post<'_>, texts: &Texts, fate: Fate, named: Vec<String>) -> anyhow::Result<ExitCode> {
    let (mut done, mut refused) = (0_u32, false);
    for typed in named {
        let Some(known) = mailroom::find(post, &typed).await? else {
            eprintln!("{}", texts.with("cli.letters.unknown", &[("reference", &typed)]));
            refused = true;
            continue;
        };
        let reference = known.reference();
        if mailroom::note(post, Hand::Commands, &known, fate).await.with_context(|| reference.to_owned())? {
            println!("{reference}");
            done += 1;
        } else {
            let values = [("reference", reference), ("state", state_name(known.state()))];
            eprintln!("{}", texts.with("cli.letters.not_possible", &values));
            refused = true;
        }
    }
    eprintln!("{}", texts.with(&format!("cli.letters.{}", fate.name()), &[("count", &done.to_string())]));
    Ok(if refused { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
