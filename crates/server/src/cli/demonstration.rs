//! What a demonstration begins with: leases in its portals, and what to try in them.

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use indicatif::ProgressBar;
use palier_domain::texts::Texts;

use crate::config::PortalConfig;
use crate::http::state::AppState;
use crate::import::{LeaseImport, Source, import_leases};
use crate::store::leases;

/// How many leases are shown to try with.
const SHOWN: usize = 3;

/// SIRENs that pass the check: organisations of the demonstration are invented, their numbers can't be.
const NUMBERS: [&str; 3] = ["784 671 695", "552 100 554", "732 829 320"];

/// Takes in the sample leases of the portals that have none.
pub(super) async fn furnish(state: &AppState) -> anyhow::Result<()> {
    for portal in &state.config().portals {
        let Some((rules, file)) = portal.public.tenancy.as_ref().zip(sample(state, portal)) else { continue };
        if leases::count(state.store().read(), portal.slug()).await? > 0 {
            continue;
        }
        let source = Source::open(&file)?;
        let import = LeaseImport {
            portal: portal.slug(),
            rules,
            renamed: &portal.columns.leases,
            partial: false,
            now: state.now(),
        };
        let report = import_leases(state.store(), &source, &import, &ProgressBar::hidden()).await;
        let report = report.with_context(|| format!("{} can't be taken in", file.display()))?;
        anyhow::ensure!(report.written, "{} has {} wrong lines", file.display(), report.refused);
        tracing::info!(portal = portal.slug(), leases = report.counts.created, "took in the sample leases");
    }
    Ok(())
}

/// Says on the standard output what to try: addresses, references, where the e-mails are.
pub(super) fn invite(state: &AppState, listening: SocketAddr) -> anyhow::Result<()> {
    let config = state.config();
    let texts = state.texts().shared(config.portals.first().map_or("fr", |portal| &portal.language));
    let home = config.public_url.as_str().trim_end_matches('/');
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "\n{}",
        texts.with("cli.demo.ready", &[("address", home), ("listen", &listening.to_string())])
    )?;
    for portal in &config.portals {
        writeln!(out, "\n  {}: {}", portal.public.name, portal.link("/"))?;
        if let Some(file) = sample(state, portal) {
            for line in people(portal, &Source::open(&file)?, texts)? {
                writeln!(out, "    {line}")?;
            }
        }
        for line in scheme(portal, texts) {
            writeln!(out, "    {line}")?;
        }
    }
    writeln!(
        out,
        "\n{}",
        texts.with(
            "cli.demo.mails",
            &[("address", &format!("{home}/demo/courriels")), ("place", &config.smtp_url)]
        )
    )?;
    writeln!(out, "{}", texts.with("cli.demo.clock", &[("address", &format!("{home}/demo/horloge"))]))?;
    writeln!(out, "{}\n", texts.get("cli.demo.stop"))?;
    out.flush()?;
    Ok(())
}

/// The sample leases that lie beside the portal's file.
fn sample(state: &AppState, portal: &PortalConfig) -> Option<PathBuf> {
    let file = state.config().folder.join("data").join(format!("leases-{}.csv", portal.slug()));
    (portal.public.tenancy.is_some() && file.is_file()).then_some(file)
}

/// The first people of a file: what each would type.
fn people(portal: &PortalConfig, source: &Source, texts: &Texts) -> anyhow::Result<Vec<String>> {
    let mut records = source.records(|file| file)?;
    let headers = records.headers()?.clone();
    let column = |name: &str| {
        let renamed = |header: &str| portal.columns.leases.get(header).is_some_and(|ours| ours == name);
        headers.iter().position(|header| header == name || renamed(header))
    };
    let columns = ["reference", "nom_signataire", "date_naissance"].map(column);
    let asks_birth_date = portal.public.tenancy.as_ref().is_some_and(|rules| rules.asks_birth_date);
    let key = if asks_birth_date { "cli.demo.person_born" } else { "cli.demo.person" };
    let mut people = Vec::new();
    for record in records.records().take(SHOWN) {
        let record = record?;
        let [reference, surname, born] =
            columns.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default());
        people.push(texts.with(key, &[("reference", reference), ("surname", surname), ("born", born)]));
    }
    Ok(people)
}

/// What an organisation would type: numbers that are right, and the promotional codes.
fn scheme(portal: &PortalConfig, texts: &Texts) -> Vec<String> {
    let Some(mediation) = &portal.mediation else { return Vec::new() };
    let mut lines = vec![texts.with("cli.demo.organisation", &[("numbers", &NUMBERS.join(", "))])];
    for rule in &mediation.codes {
        let (code, partner) = (rule.code.to_string(), rule.partner.as_str());
        lines.push(texts.with("cli.demo.code", &[("code", &code), ("partner", partner)]));
    }
    lines
}
