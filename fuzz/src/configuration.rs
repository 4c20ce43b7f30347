//! A portal's file and `palier.toml`, the two parted by a line `---`: whatever they say, every fault is told, and nothing else happens.

use std::fs;
use std::path::Path;

use palier_server::config::{Environment, load};

/// Tries one input.
pub fn check(data: &[u8]) {
    thread_local! {
        static FOLDER: tempfile::TempDir = tempfile::tempdir().expect("a folder");
    }
    FOLDER.with(|folder| pair(folder.path(), data));
}

fn pair(folder: &Path, data: &[u8]) {
    const PARTING: &[u8] = b"\n---\n";
    let at = data.windows(PARTING.len()).position(|window| window == PARTING);
    let (portal, common) = at.map_or((data, &b""[..]), |at| (&data[..at], &data[at + PARTING.len()..]));
    fs::write(folder.join("portal.toml"), portal).expect("written");
    fs::write(folder.join("palier.toml"), common).expect("written");
    let environment = Environment { smtp_url: Some("file://mails".to_owned()), ..Environment::default() };
    match load(folder, &environment, &|_| true) {
        Ok(loaded) => {
            assert_eq!(loaded.config.portals.len(), 1);
            // What is accepted keeps the rules that pages rely on.
            for portal in &loaded.config.portals {
                let slug = portal.slug();
                assert!(!slug.is_empty() && slug.len() <= 32, "{slug}");
                assert!(
                    slug.bytes().all(|one| one.is_ascii_lowercase() || one.is_ascii_digit() || one == b'-'),
                    "{slug}"
                );
                assert!((8..=64).contains(&portal.public.password.min_length));
            }
        }
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            for fault in faults {
                assert!(!fault.reason.is_empty() && !fault.to_string().is_empty());
            }
        }
    }
}
