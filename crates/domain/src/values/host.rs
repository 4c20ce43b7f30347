//! Internationalised domain names in their ASCII form, without carrying tables to a phone.

/// `bücher.example` gives `xn--bcher-kva.example`, lower case; nothing when it isn't a domain name.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn to_ascii(domain: &str) -> Option<String> {
    idna::domain_to_ascii(domain).ok()
}

/// The same, asked of the browser's own URL parser.
#[cfg(target_arch = "wasm32")]
pub(super) fn to_ascii(domain: &str) -> Option<String> {
    if domain.is_ascii() {
        return Some(domain.to_ascii_lowercase());
    }
    web_sys::Url::new(&format!("https://{domain}/")).ok().map(|url| url.hostname())
}
