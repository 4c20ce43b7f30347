//! What fuzzing of the server begins with and what it once found (`fuzz/seeds`), tried by the same functions
//! (`make prove ONLY=fuzz`).

#![expect(unreachable_pub, reason = "the same files are public modules of the fuzzer's crate")]

#[path = "../../../../fuzz/src/configuration.rs"]
mod configuration;
#[path = "../../../../fuzz/src/imports.rs"]
mod imports;
#[path = "../../../../fuzz/src/requests.rs"]
mod requests;
#[path = "../../../../fuzz/src/seeds.rs"]
mod seeds;

#[test]
fn files_enter_or_are_refused() {
    seeds::each("imports", 4, imports::check);
}

#[test]
fn configurations_are_read_or_refused() {
    seeds::each("configuration", 4, configuration::check);
}

#[test]
fn requests_are_answered() {
    seeds::each("requests", 4, requests::check);
}
