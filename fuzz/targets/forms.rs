#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| palier_fuzz::forms::check(data));
