use palier_domain::journey::{Page, Panel};
use palier_domain::portal::Portal;

use crate::html;
use crate::site::Site;
use crate::ui::{Html, Picture, details, panel};

/// What to have at hand, and the picture that shows where the reference is (T1).
pub(super) fn panel_view(site: Site, portal: &'static Portal, page: &'static Page) -> Html {
    let i18n = site.i18n;
    let (Panel::AtHand, Some(rules)) = (page.panel, &portal.tenancy) else { return Html::default() };
    let text = |key: &str| i18n.portal(key, portal);
    let items = ["reference", "email", "surname", "password"];
    let items = items.map(|item| text(&format!("sign_up.at_hand.{item}")));
    let picture = Picture {
        src: rules.picture.clone(),
        alt: text("sign_up.picture.alt"),
        caption: text("sign_up.picture.caption"),
    };
    html![
        panel("at-hand", i18n.t("sign_up.at_hand.title"), &items),
        details(false, &text("sign_up.picture.summary"), picture.view()),
    ]
}
