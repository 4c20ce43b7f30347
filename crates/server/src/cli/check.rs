use std::path::Path;
use std::process::ExitCode;

use crate::config::{Config, Environment, Fault, load};
use crate::http::assets;
use crate::mail::Transport;
use crate::store::journal::{self, Broken};
use crate::store::{Store, StoreError, clients, soundness};

/// Prints every fault of the configuration, the documents, the database and the journals in it; fails if there is any.
pub(super) async fn run(path: &Path, environment: &Environment) -> ExitCode {
    let faults = match load(path, environment, &assets::exists) {
        Ok(loaded) => services(&loaded.config).await,
        Err(faults) => faults,
    };
    for fault in &faults {
        println!("{fault}");
    }
    if faults.is_empty() {
        println!("{}: no fault", path.display());
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What the server will need at its start, as far as asking changes nothing.
async fn services(config: &Config) -> Vec<Fault> {
    let fault = |place: &str, reason: String| Fault { place: place.to_owned(), line: None, reason };
    let mut faults = Vec::new();
    if let Err(error) = Transport::parse(&config.smtp_url) {
        faults.push(fault("smtp_url", error.to_string()));
    }
    // A SQLite file that isn't there is made by the first start, not by a check.
    if sqlite_file(&config.database_url).is_none_or(|file| Path::new(file).exists()) {
        match kept(&config.database_url).await {
            Ok(broken) => faults.extend(broken.into_iter().map(|(place, reason)| fault(place, reason))),
            Err(error) => faults.push(fault("database_url", error.to_string())),
        }
    }
    faults
}

/// Whether the database answers, what in it isn't whole, and what is wrong in its journals.
async fn kept(url: &str) -> Result<Vec<(&'static str, String)>, StoreError> {
    let store = Store::open(url).await?;
    store.ping().await?;
    let mut told = Vec::new();
    // What an older program left is brought up to date by the next start, and is looked at after it.
    if store.is_current().await? {
        told.extend(soundness::faults(&store).await?.into_iter().map(|fault| ("database", fault)));
    }
    if !store.has(journal::TABLE).await? {
        return Ok(told);
    }
    for Broken { portal, client_id, number } in journal::verify(store.read()).await? {
        let client = clients::by_id(store.read(), &portal, client_id).await?;
        let client = match client {
            Some(client) => client.known.number.to_string(),
            // The entry names another portal, or the organisation is gone.
            None => format!("with id {client_id}"),
        };
        told.push((
            "journal",
            format!(
                "portal {portal}, client {client}: entry {number} was changed, or the one before it was taken out"
            ),
        ));
    }
    Ok(told)
}

fn sqlite_file(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("sqlite:")?;
    let file = rest.strip_prefix("//").unwrap_or(rest);
    file.split('?').next()
}
