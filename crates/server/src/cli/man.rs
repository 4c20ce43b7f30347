//! The manual: one page for each command, from the same words as `--help`. Kept in `packaging/man`, where packages take it.

use std::fs;
use std::path::Path;

use clap::CommandFactory as _;

use super::Cli;

/// `PALIER_WRITE_MAN=1` writes the pages anew.
#[test]
fn the_manual_says_what_the_commands_do() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/man");
    let made = tempfile::tempdir().expect("a folder");
    clap_mangen::generate_to(Cli::command(), made.path()).expect("the manual");
    let pages = |folder: &Path| {
        let mut names: Vec<_> =
            fs::read_dir(folder).expect("the pages").map(|page| page.expect("a page").file_name()).collect();
        names.sort();
        names
    };
    if std::env::var_os("PALIER_WRITE_MAN").is_some() {
        for name in pages(&kept) {
            fs::remove_file(kept.join(name)).expect("an old page");
        }
        for name in pages(made.path()) {
            fs::copy(made.path().join(&name), kept.join(&name)).expect("a page");
        }
    }
    assert_eq!(pages(&kept), pages(made.path()));
    for name in pages(made.path()) {
        let read = |folder: &Path| fs::read_to_string(folder.join(&name)).expect("a page");
        assert_eq!(read(&kept), read(made.path()), "{name:?}: run this test with PALIER_WRITE_MAN=1");
    }
}
