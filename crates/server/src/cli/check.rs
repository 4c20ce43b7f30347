use std::path::Path;
use std::process::ExitCode;

use crate::config::{Config, Environment, Fault, load};
use crate::http::assets;
use crate::mail::Transport;
use crate::store::Store;

/// Prints every fault of the configuration, the documents and the database; fails if there is any.
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
    if sqlite_file(&config.database_url).is_none_or(|file| Path::new(file).exists())
        && let Err(error) = reach(&config.database_url).await
    {
        faults.push(fault("database_url", error.to_string()));
    }
    faults
}

async fn reach(url: &str) -> Result<(), crate::store::StoreError> {
    Store::open(url).await?.ping().await
}

fn sqlite_file(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("sqlite:")?;
    let file = rest.strip_prefix("//").unwrap_or(rest);
    file.split('?').next()
}
