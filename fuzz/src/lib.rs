//! What is tried of each input. The same functions are run by the fuzzer (`targets/`) and, over the kept inputs in `seeds/`, by
//! ordinary tests of domain and server: what was found once can't come back.

pub mod forms;
pub mod seeds;
pub mod values;

#[cfg(feature = "server")]
pub mod configuration;
#[cfg(feature = "server")]
pub mod imports;
#[cfg(feature = "server")]
pub mod requests;
