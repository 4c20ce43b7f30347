//! What fuzzing begins with and what it once found (`fuzz/seeds`), tried by the same functions (`make prove ONLY=fuzz`).

#![expect(clippy::expect_used, clippy::panic, reason = "a test may panic")]
#![expect(unreachable_pub, reason = "the same files are public modules of the fuzzer's crate")]

use std::fs;
use std::path::Path;

#[path = "../../../fuzz/src/forms.rs"]
mod forms;
#[path = "../../../fuzz/src/values.rs"]
mod values;

fn each(target: &str, check: impl Fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds").join(target);
    let mut tried = 0;
    for file in fs::read_dir(folder).expect("the seeds") {
        check(&fs::read(file.expect("a seed").path()).expect("a seed"));
        tried += 1;
    }
    assert!(tried > 10, "{tried} seeds of {target}");
}

#[test]
fn values_are_as_their_documentation_says() {
    each("values", values::check);
}

#[test]
fn bodies_of_requests_are_read_or_refused() {
    each("forms", forms::check);
}
