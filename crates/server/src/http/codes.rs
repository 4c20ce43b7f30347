//! Codes of problems that only the kernel answers with, beside those of [`palier_domain::wire::code`].

pub use palier_domain::wire::code::{BUSY, FOREIGN, INTERNAL, INVALID, MALFORMED, NOT_FOUND};

/// 413: the body is larger than any form.
pub const TOO_LARGE: &str = "too_large";
/// 405: the address exists, but not for this method.
pub const METHOD: &str = "method_not_allowed";
