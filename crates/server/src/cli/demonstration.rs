//! What a demonstration begins with: leases and client organisations in its portals, and what to try in them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::Context as _;
use indicatif::ProgressBar;
use palier_domain::texts::Texts;
use palier_domain::values::UserNumber;

use crate::config::PortalConfig;
use crate::http::state::AppState;
use crate::import::{Import, Record, Source, import};
use crate::store::clients::{self, NewClient};
use crate::store::leases::{self, NewLease};
use crate::store::partners::{self, NewPartner};

/// How many lines of a sample are shown to try with.
const SHOWN: usize = 3;
/// What the names of samples begin with, as the command line calls what they hold.
const LEASES: &str = "leases";
const CLIENTS: &str = "clients";
const PARTNERS: &str = "partners";

/// SIRENs that pass the check: organisations of the demonstration are invented, their numbers can't be.
const NUMBERS: [&str; 3] = ["784 671 695", "552 100 554", "732 829 320"];

/// Takes in the samples of the portals that have none: leases, client organisations.
pub(super) async fn furnish(state: &AppState) -> anyhow::Result<()> {
    let store = state.store().read();
    for portal in &state.config().portals {
        let (public, columns) = (&portal.public, &portal.columns);
        if let Some(rules) = &public.tenancy
            && leases::count(store, portal.slug()).await? == 0
        {
            take_in::<NewLease>(state, portal, LEASES, rules, &columns.leases).await?;
        }
        if let Some(rules) = &public.onboarding
            && clients::count(store, portal.slug()).await? == 0
        {
            take_in::<NewClient>(state, portal, CLIENTS, rules, &columns.clients).await?;
        }
        if portal.partners.is_some() && partners::count(store, portal.slug()).await? == 0 {
            take_in::<NewPartner>(state, portal, PARTNERS, &(), &columns.partners).await?;
        }
    }
    Ok(())
}

async fn take_in<R: Record>(
    state: &AppState,
    portal: &PortalConfig,
    kind: &str,
    rules: &R::Rules,
    renamed: &BTreeMap<String, String>,
) -> anyhow::Result<()> {
    let Some(file) = sample(state, portal, kind) else { return Ok(()) };
    let source = Source::open(&file)?;
    let request = Import::<R> { portal: portal.slug(), rules, renamed, partial: false, now: state.now() };
    let report = import(state.store(), &source, &request, &ProgressBar::hidden()).await;
    let report = report.with_context(|| format!("{} can't be taken in", file.display()))?;
    anyhow::ensure!(report.written, "{} has {} wrong lines", file.display(), report.refused);
    tracing::info!(portal = portal.slug(), kind, rows = report.counts.created, "took in a sample");
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
        let mut lines = Vec::new();
        if let Some((_, file)) = portal.public.tenancy.as_ref().zip(sample(state, portal, LEASES)) {
            lines.extend(people(portal, &Source::open(&file)?, texts)?);
        }
        if let Some((_, file)) = portal.public.onboarding.as_ref().zip(sample(state, portal, CLIENTS)) {
            lines.extend(organisations(portal, &Source::open(&file)?, texts)?);
        }
        if let Some((_, file)) = portal.partners.zip(sample(state, portal, PARTNERS)) {
            lines.extend(landlords(&Source::open(&file)?, texts)?);
        }
        lines.extend(scheme(portal, texts));
        for line in lines {
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
    if config.portals.iter().any(|portal| portal.onboarding.is_some() || portal.partners.is_some()) {
        let letters = format!("{home}/demo/courriers");
        writeln!(out, "{}", texts.with("cli.demo.letters", &[("address", &letters)]))?;
    }
    let has_desk = |portal: &PortalConfig| {
        portal.onboarding.is_some() || portal.mediation.is_some() || portal.partners.is_some()
    };
    if config.portals.iter().any(|portal| has_desk(portal)) {
        let desk = format!("{home}/demo/guichet");
        writeln!(out, "{}", texts.with("cli.demo.desk", &[("address", &desk)]))?;
    }
    writeln!(out, "{}", texts.with("cli.demo.clock", &[("address", &format!("{home}/demo/horloge"))]))?;
    writeln!(out, "{}\n", texts.get("cli.demo.stop"))?;
    out.flush()?;
    Ok(())
}

/// The sample that lies beside the portal's file.
fn sample(state: &AppState, portal: &PortalConfig, kind: &str) -> Option<PathBuf> {
    let file = state.config().folder.join("data").join(format!("{kind}-{}.csv", portal.slug()));
    file.is_file().then_some(file)
}

/// The first people of a file: what each would type.
fn people(portal: &PortalConfig, source: &Source, texts: &Texts) -> anyhow::Result<Vec<String>> {
    let asks_birth_date = portal.public.tenancy.as_ref().is_some_and(|rules| rules.asks_birth_date);
    let key = if asks_birth_date { "cli.demo.person_born" } else { "cli.demo.person" };
    let columns = ["reference", "nom_signataire", "date_naissance"];
    let said = |[reference, surname, born]: [&str; 3]| {
        texts.with(key, &[("reference", reference), ("surname", surname), ("born", born)])
    };
    shown(source, &portal.columns.leases, columns, said)
}

/// The first organisations of a file: their numbers.
fn organisations(portal: &PortalConfig, source: &Source, texts: &Texts) -> anyhow::Result<Vec<String>> {
    let said =
        |[number, name]: [&str; 2]| texts.with("cli.demo.client", &[("number", number), ("name", name)]);
    shown(source, &portal.columns.clients, ["numero_client", "raison_sociale"], said)
}

/// The first partners of a file: their user numbers.
fn landlords(source: &Source, texts: &Texts) -> anyhow::Result<Vec<String>> {
    let said = |[office, third_party, rank, name]: [&str; 4]| match UserNumber::of_parts(
        office,
        third_party,
        rank,
    ) {
        Ok(number) => texts.with("cli.demo.partner", &[("number", number.as_str()), ("name", name)]),
        Err(_) => name.to_owned(),
    };
    shown(source, &BTreeMap::new(), ["code_organisme", "ref_tiers", "rang", "nom"], said)
}

/// The first lines of a file, some columns of each in words.
fn shown<const N: usize>(
    source: &Source,
    renamed: &BTreeMap<String, String>,
    columns: [&str; N],
    said: impl Fn([&str; N]) -> String,
) -> anyhow::Result<Vec<String>> {
    let mut records = source.records(|file| file)?;
    let headers = records.headers()?.clone();
    let places = columns.map(|name| {
        let ours = |header: &str| renamed.get(header).is_some_and(|ours| ours == name);
        headers.iter().position(|header| header == name || ours(header))
    });
    let mut lines = Vec::new();
    for record in records.records().take(SHOWN) {
        let record = record?;
        lines.push(said(places.map(|at| at.and_then(|at| record.get(at)).unwrap_or_default())));
    }
    Ok(lines)
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
