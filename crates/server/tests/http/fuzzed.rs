//! What fuzzing of the server begins with and what it once found (`fuzz/seeds`), tried by the same functions
//! (`make prove ONLY=fuzz`).

#![expect(unreachable_pub, reason = "the same files are public modules of the fuzzer's crate")]

use std::fs;
use std::path::Path;

#[path = "../../../../fuzz/src/configuration.rs"]
mod configuration;
#[path = "../../../../fuzz/src/imports.rs"]
mod imports;
#[path = "../../../../fuzz/src/requests.rs"]
mod requests;

fn each(target: &str, check: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let mut tried = 0;
    for file in fs::read_dir(folder).expect("the seeds") {
        check(&fs::read(file.expect("a seed").path()).expect("a seed"));
        tried += 1;
    }
    assert!(tried > 3, "{tried} seeds of {target}");
}

#[test]
fn files_enter_or_are_refused() {
    each("imports", imports::check);
}

#[test]
fn configurations_are_read_or_refused() {
    each("configuration", configuration::check);
}

#[test]
fn requests_are_answered() {
    each("requests", requests::check);
}
