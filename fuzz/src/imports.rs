//! Files of leases, exits, clients and partners: the first byte says which and whether good lines enter beside bad ones. Whatever
//! the file, it enters or is refused with its lines: the store never refuses what was found to be right.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::PathBuf;

use indicatif::ProgressBar;
use palier_domain::portal::{OnboardingRules, Portal, TenancyRules};
use palier_server::import::{ExitRules, Import, ImportError, Record, Source, import};
use palier_server::store::Store;
use palier_server::store::clients::NewClient;
use palier_server::store::leases::{Exit, NewLease};
use palier_server::store::partners::NewPartner;
use tokio::runtime::Runtime;

struct Office {
    folder: tempfile::TempDir,
    runtime: Runtime,
    store: Store,
    leases: TenancyRules,
    clients: OnboardingRules,
    exits: ExitRules,
}

impl Office {
    fn open() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let portals: Vec<Portal> = serde_json::from_str(include_str!("../portals.json")).expect("portals");
        let leases = portals.iter().find_map(|portal| portal.tenancy.clone()).expect("a landlord");
        let clients = portals.iter().find_map(|portal| portal.onboarding.clone()).expect("a bank");
        let exits =
            ExitRules { reference: leases.reference.clone(), known: HashSet::from([482_173, 1_204_598]) };
        let url = format!("sqlite://{}/palier.db?mode=rwc", folder.path().display());
        let store = runtime.block_on(async {
            let store = Store::open(&url).await.expect("a database");
            store.migrate().await.expect("its tables");
            store
        });
        Self { folder, runtime, store, leases, clients, exits }
    }

    fn take<R: Record>(&self, rules: &R::Rules, partial: bool, file: &[u8]) {
        let path: PathBuf = self.folder.path().join("file.csv");
        fs::write(&path, file).expect("written");
        let Ok(source) = Source::open(&path) else { return };
        let renamed = BTreeMap::from([("N° de bail".to_owned(), "reference".to_owned())]);
        let now = jiff::Timestamp::from_second(1_780_000_000).expect("a moment");
        let asked = Import { portal: "essai", rules, renamed: &renamed, partial, now };
        let done = self.runtime.block_on(import::<R>(&self.store, &source, &asked, &ProgressBar::hidden()));
        match done {
            Ok(report) => {
                assert!(!report.written || report.refused == 0 || partial, "bad lines entered");
                // A line may have several faults.
                let lines: BTreeSet<u64> = report.bad_lines.iter().map(|bad| bad.line).collect();
                assert!(lines.len() as u64 <= report.refused && !lines.contains(&0), "{report:?}");
            }
            Err(ImportError::Store(error)) => panic!("the store refused: {error}"),
            Err(_) => {}
        }
    }
}

/// Tries one input.
pub fn check(data: &[u8]) {
    thread_local! {
        static OFFICE: Office = Office::open();
    }
    let Some((which, file)) = data.split_first() else { return };
    let partial = which & 4 != 0;
    OFFICE.with(|office| match which & 3 {
        0 => office.take::<NewLease>(&office.leases, partial, file),
        1 => office.take::<Exit>(&office.exits, partial, file),
        2 => office.take::<NewClient>(&office.clients, partial, file),
        _ => office.take::<NewPartner>(&(), partial, file),
    });
}
