use leptos::mount::mount_to;
use leptos::prelude::*;
use palier_domain::journey::Answers;
use palier_domain::reading::Read as _;
use palier_domain::wire::{Boot, Document};
use web_sys::Element;

use crate::app::app;
use crate::routes::Place;
use crate::shell::Shell;
use crate::site::{Shared, Site};
use crate::{broken, dom, json};

/// Where the pages are shown.
const ROOT: &str = "app";
/// Where `index.html` carries what the first page needs.
const BOOT: &str = "boot";

/// Starts the pages.
pub fn start() {
    broken::install();
    let boot = dom::by_id(BOOT).and_then(|element| element.text_content());
    let boot = boot.and_then(|text| json::parse(&text)).and_then(|value| Boot::read(&value));
    let (Some(root), Some(boot)) = (dom::by_id(ROOT), boot) else {
        broken::show();
        return;
    };
    let mut shell = Shell::take_over(&root);
    let (typed, document) = (std::mem::take(&mut shell.typed), shell.document.take());
    let place = root.clone();
    // The pages put themselves there; Leptos gives them their owner and their executor.
    let handle = mount_to(root.clone(), move || match Shared::begin(boot, random_name) {
        Some(site) => begin(site, &place, typed, document),
        None => broken::show(),
    });
    // The pages live as long as the window does.
    handle.forget();
    shell.restore(&root);
}

fn begin(site: Site, root: &Element, typed: Answers, document: Option<Document>) {
    site.keep_typed(typed);
    if let (Place::Document(name), Some(document)) = (Place::parse(&site.nav.path()), document) {
        site.document.replace(Some((format!("{name}.{}", site.i18n.language()), document)));
    }
    app(site, root);
}

/// 128 random bits, from the browser's source for secrets.
fn random_name() -> String {
    let mut bytes = [0_u8; 16];
    if let Ok(crypto) = window().crypto() {
        // It fails for more than 65,536 bytes only.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
