//! From files to a configuration: what needs several of them is checked here.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use palier_domain::portal::{PartnerRules, Portal, Terms};

use super::common::{self, Common, Environment};
use super::credentials::Credentials;
use super::draft::{self, Draft};
use super::fault::{Fault, Faults};
use super::portal::{PortalConfig, relying_party};
use super::reader::File;
use super::readership::reader;
use super::{Config, Loaded};
use crate::documents::{Library, Sources, TERMS, TO_PARTNERS, TO_REPRESENTATIVES};
use crate::mediation::CONTRACT_VALUES;
use crate::texts::{Catalog, Journeys, LANGUAGES};

/// The file of what portals share.
const COMMON: &str = "palier.toml";

/// Reads and checks everything. `pictures` says whether a file is among the pages.
///
/// # Errors
/// Every fault found, by file and line.
pub fn load(
    path: &Path,
    environment: &Environment,
    pictures: &dyn Fn(&str) -> bool,
) -> Result<Loaded, Vec<Fault>> {
    let faults = Faults::default();
    let loaded = read(path, environment, pictures, &faults);
    let found = faults.into_sorted();
    match loaded {
        Some(loaded) if found.is_empty() => Ok(loaded),
        _ => Err(found),
    }
}

fn read(
    path: &Path,
    environment: &Environment,
    pictures: &dyn Fn(&str) -> bool,
    faults: &Faults,
) -> Option<Loaded> {
    let (folder, files) = files(path, faults)?;
    let common_path = folder.join(COMMON);
    let common_name = common_path.display().to_string();
    let common_text = if common_path.is_file() { text(&common_path, faults)? } else { String::new() };
    let common = common::read(File { name: &common_name, text: &common_text, faults }, &folder, environment);

    let mut drafts = Vec::new();
    for path in &files {
        let name = path.display().to_string();
        if let Some(text) = text(path, faults) {
            drafts.push(draft::read(File { name: &name, text: &text, faults }, pictures));
        }
    }
    drafts.sort_by(|one, other| one.slug.value.cmp(&other.slug.value));
    refuse_duplicates(&drafts, faults);

    let mut texts = Catalog::new();
    let mut documents = Library::new(sources(common.documents.as_deref(), faults));
    let alone = drafts.len() == 1;
    let mut portals = Vec::new();
    for draft in drafts {
        check_texts(&draft, &texts, faults);
        let journeys = Journeys {
            tenancy: draft.tenancy.is_some(),
            mediation: draft.mediation.is_some(),
            onboarding: draft.onboarding.is_some(),
        };
        texts.add_portal(&draft.slug.value, journeys, &wording(&draft));
        let terms = documents.sources().terms();
        if !draft.terms.value.is_empty() && !terms.contains(&draft.terms.value.as_str()) {
            let reason = format!(
                "`version`: there are no terms documents/cgu/{}/fr.md; there are {}",
                draft.terms.value,
                terms.join(", ")
            );
            faults.add(&draft.file, draft.terms.line, reason);
        }
        let (base, home) = addresses(&draft, alone, &common);
        documents.add_portal(&reader(&draft, (&base, &home), &texts), faults);
        check_contract(&draft, &documents, faults);
        if draft.onboarding.is_some() {
            documents.check_letter(&draft.slug.value, TO_REPRESENTATIVES, faults);
            documents.check_tutorial(&draft.slug.value, faults);
        }
        if draft.partners.is_some() {
            documents.check_letter(&draft.slug.value, TO_PARTNERS, faults);
        }
        let sha256 =
            documents.get(&draft.slug.value, TERMS, LANGUAGES[0]).and_then(|terms| terms.sha256.clone());
        portals.push(Arc::new(portal(draft, base, home, sha256.unwrap_or_default(), &common)));
    }
    let config = Config {
        listen: common.listen,
        metrics_listen: common.metrics_listen,
        public_url: common.public_url?,
        database_url: common.database_url,
        smtp_url: common.smtp_url,
        mail_from: common.mail_from,
        drain: Duration::from_secs(common.drain_seconds.into()),
        trusted_proxies: common.trusted_proxies,
        demo: environment.demo,
        folder,
        portals,
    };
    Some(Loaded { config, texts, documents })
}

/// The folder of the configuration, and the files of its portals.
fn files(path: &Path, faults: &Faults) -> Option<(PathBuf, Vec<PathBuf>)> {
    let place = path.display().to_string();
    let is_common = path.file_name().is_some_and(|name| name == COMMON);
    let folder = if path.is_dir() {
        path
    } else {
        path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    if path.is_file() && !is_common {
        return Some((folder.to_path_buf(), vec![path.to_path_buf()]));
    }
    if !path.exists() {
        faults.add(&place, None, "there is no such file or folder");
        return None;
    }
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            faults.add(&place, None, format!("can't be read: {error}"));
            return None;
        }
    };
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.is_file() && path.extension().is_some_and(|kind| kind == "toml"))
        .filter(|path| path.file_name().is_some_and(|name| name != COMMON))
        .collect();
    files.sort();
    if files.is_empty() {
        faults.add(
            &folder.display().to_string(),
            None,
            "there is no portal here: one .toml file each, beside palier.toml",
        );
        return None;
    }
    Some((folder.to_path_buf(), files))
}

fn text(path: &Path, faults: &Faults) -> Option<String> {
    std::fs::read_to_string(path)
        .map_err(|error| faults.add(&path.display().to_string(), None, format!("can't be read: {error}")))
        .ok()
}

fn sources(folder: Option<&Path>, faults: &Faults) -> Sources {
    let mut sources = Sources::embedded();
    if let Some(folder) = folder.filter(|folder| folder.is_dir())
        && let Err(error) = sources.lay_over(folder)
    {
        faults.add(&folder.display().to_string(), None, format!("can't be read: {error}"));
    }
    for (_, template) in sources.templates() {
        for (line, reason) in crate::paper::faults(&template.text) {
            faults.add(&template.place, line, reason);
        }
    }
    sources
}

fn refuse_duplicates(drafts: &[Draft], faults: &Faults) {
    let mut slugs: BTreeMap<&str, &str> = BTreeMap::new();
    let mut hosts: BTreeMap<&str, &str> = BTreeMap::new();
    for draft in drafts {
        if let Some(other) = slugs.insert(&draft.slug.value, &draft.file) {
            let reason = format!("`slug`: {} is the name of the portal in {other} already", draft.slug.value);
            faults.add(&draft.file, draft.slug.line, reason);
        }
        for host in &draft.hosts {
            if let Some(other) = hosts.insert(&host.value, &draft.file) {
                faults.add(
                    &draft.file,
                    host.line,
                    format!("`hosts`: {} is named in {other} already", host.value),
                );
            }
        }
    }
}

/// The version of the contract must be one that there is, and its texts must name nothing that nobody knows.
fn check_contract(draft: &Draft, documents: &Library, faults: &Faults) {
    let Some(mediation) = &draft.mediation else { return };
    let contract = &mediation.contract;
    let versions = documents.sources().contracts();
    if contract.value.is_empty() {
        return;
    }
    if !versions.contains(&contract.value.as_str()) {
        let reason = format!(
            "`contract`: there is no contract documents/contrat/{}/fr.md; there are {}",
            contract.value,
            versions.join(", ")
        );
        faults.add(&draft.file, contract.line, reason);
        return;
    }
    documents.check_contract(&draft.slug.value, &contract.value, &CONTRACT_VALUES, faults);
}

/// A portal's own wording must replace a text that there is, and keep its values.
fn check_texts(draft: &Draft, texts: &Catalog, faults: &Faults) {
    for (language, own) in &draft.texts {
        for (key, text) in own {
            let Some(shared) = texts.shared(language).find(key) else {
                faults.add(&draft.file, text.line, format!("there is no text `{key}` to word otherwise"));
                continue;
            };
            let (wanted, found) =
                (crate::texts::placeholders(shared), crate::texts::placeholders(&text.value));
            if let Some(lost) = wanted.iter().find(|name| !found.contains(name)) {
                faults.add(
                    &draft.file,
                    text.line,
                    format!("`{key}` must keep {{{lost}}}, whose value is put there"),
                );
            }
            if let Some(unknown) = found.iter().find(|name| !wanted.contains(name)) {
                faults.add(
                    &draft.file,
                    text.line,
                    format!("`{key}`: nobody gives a value for {{{unknown}}}"),
                );
            }
            if text.value.trim().is_empty() {
                faults.add(&draft.file, text.line, format!("`{key}` is empty"));
            }
        }
    }
}

fn wording(draft: &Draft) -> BTreeMap<String, BTreeMap<String, String>> {
    let texts = |own: &BTreeMap<String, super::reader::Located<String>>| {
        own.iter().map(|(key, text)| (key.clone(), text.value.clone())).collect()
    };
    draft.texts.iter().map(|(language, own)| ((*language).to_owned(), texts(own))).collect()
}

/// What its addresses start with, without and with the host.
fn addresses(draft: &Draft, alone: bool, common: &Common) -> (String, String) {
    let mut public_url = common.public_url.clone();
    if let Some((url, host)) = public_url.as_mut().zip(draft.hosts.first()) {
        // A name that can't be a host was noted where it is written.
        let _ = url.set_host(Some(&host.value));
    }
    let below = !alone && draft.hosts.is_empty();
    let base = if below { format!("/{}", draft.slug.value) } else { String::new() };
    let home = public_url.map(|url| url.as_str().trim_end_matches('/').to_owned()).unwrap_or_default();
    let home = format!("{home}{base}");
    (base, home)
}

fn portal(draft: Draft, base: String, home: String, sha256: String, common: &Common) -> PortalConfig {
    let texts = wording(&draft);
    let periods = draft.periods;
    let (rules, mediation) = draft.mediation.map(|draft| (draft.rules, draft.own)).unzip();
    let (clients, onboarding) = draft.onboarding.map(|draft| (draft.rules, draft.own)).unzip();
    PortalConfig {
        public: Portal {
            slug: draft.slug.value,
            base,
            name: draft.name,
            contact: draft.contact,
            password: draft.password,
            terms: Terms { version: draft.terms.value, sha256 },
            passkeys: relying_party(&home).is_some(),
            tenancy: draft.tenancy,
            mediation: rules,
            onboarding: clients,
            partners: draft.partners.map(|_| PartnerRules { letter: periods.letter, mail: periods.mail }),
        },
        mediation,
        onboarding,
        partners: draft.partners,
        legal_name: draft.legal_name,
        address: draft.address,
        publisher: draft.publisher,
        host: draft.host,
        dpo_email: draft.dpo_email,
        complaints: draft.complaints,
        hosts: draft.hosts.into_iter().map(|host| host.value).collect(),
        language: draft.language.to_owned(),
        colour: draft.colour,
        account: draft.account,
        links: draft.links,
        credentials: Credentials::new(draft.periods, common.time_zone.clone()),
        retention: draft.retention,
        texts,
        columns: draft.columns,
        home,
        time_zone: common.time_zone.clone(),
    }
}
