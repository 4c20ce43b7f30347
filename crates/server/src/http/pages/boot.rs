use palier_domain::portal::PortalLink;
use palier_domain::wire::Boot;

use super::View;
use super::place::{Place, Program};
use crate::config::PortalConfig;

/// What the program needs to start, as a data block that no content can get out of.
pub(super) fn script(view: &View<'_>) -> String {
    // Texts and numbers always have a JSON form.
    let json = serde_json::to_string(&boot(view)).unwrap_or_default();
    // In JSON, the sign stands in texts only, where this means the same; nothing then ends the element.
    format!("<script type=\"application/json\" id=\"boot\">{}</script>", json.replace('<', "\\u003c"))
}

fn boot(view: &View<'_>) -> Boot {
    let (state, config) = (view.state, view.state.config());
    let slug = view.portal.map(PortalConfig::slug);
    let mut texts = state.texts().browser(slug, view.language).clone();
    if view.place == Place::Gallery {
        texts.extend(state.texts().gallery(slug, view.language).clone());
    }
    match view.program {
        Program::Own => {}
        Program::Office => texts.extend(state.texts().office(slug, view.language).clone()),
        Program::Account => texts.extend(state.texts().account(slug, view.language).clone()),
    }
    let portals = if view.portal.is_none() { links(view) } else { Vec::new() };
    let calendar = view.portal.or_else(|| config.portals.first().map(AsRef::as_ref));
    Boot {
        portal: view.portal.map(|portal| portal.public.clone()),
        portals,
        session: view.session.cloned(),
        language: view.language.to_owned(),
        today: calendar.map(|portal| portal.today(state.now()).to_string()).unwrap_or_default(),
        demo: config.demo,
        texts,
    }
}

/// The portals of this server: below its own address, or at theirs.
pub(super) fn links(view: &View<'_>) -> Vec<PortalLink> {
    let base = |portal: &PortalConfig| {
        if portal.hosts.is_empty() { portal.public.base.clone() } else { portal.home.clone() }
    };
    let portals = view.state.config().portals.iter();
    portals.map(|portal| PortalLink { base: base(portal), name: portal.public.name.clone() }).collect()
}
