//! What fuzzing begins with and what it once found (`fuzz/seeds`), tried by the same functions (`make prove ONLY=fuzz`).

#![expect(clippy::expect_used, clippy::panic, reason = "a test may panic")]
#![expect(unreachable_pub, reason = "the same files are public modules of the fuzzer's crate")]

#[path = "../../../fuzz/src/forms.rs"]
mod forms;
#[path = "../../../fuzz/src/seeds.rs"]
mod seeds;
#[path = "../../../fuzz/src/values.rs"]
mod values;

#[test]
fn values_are_as_their_documentation_says() {
    seeds::each("values", 11, values::check);
}

#[test]
fn bodies_of_requests_are_read_or_refused() {
    seeds::each("forms", 11, forms::check);
}
