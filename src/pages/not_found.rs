use crate::form::plain_head;
use crate::html;
use crate::site::Site;
use crate::ui::{Html, el};

/// No page of ours.
pub(crate) fn not_found_view(site: Site) -> Html {
    let i18n = site.i18n;
    let home = el("a").attr("href", &site.nav.href("/")).text(i18n.t("not_found.home"));
    html![
        plain_head(site, i18n.text("not_found.title"), Some(i18n.text("not_found.text"))),
        el("p").put(home),
    ]
}
