use palier_domain::account::PageCheck;
use palier_domain::journey::{Page, Panel, Step};
use palier_domain::mediation::{IDENTITY, IdentityForm};
use palier_domain::portal::Portal;

use super::scheme::{SCHEME, unless_closed};
use crate::links::LinkPage;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{Html, panel};
use crate::wizard::{Wizard, wizard_view};

/// The organisation's digital identity (M2).
static WIZARD: Wizard = Wizard {
    journey: &IDENTITY,
    body: |answers, _| serde_json::to_string(&IdentityForm::from_answers(answers)).unwrap_or_default(),
    check: |page, answers, _| {
        let form = IdentityForm::from_answers(answers);
        serde_json::to_string(&PageCheck { page: page.to_owned(), form }).unwrap_or_default()
    },
    accepted: |_, _, _| None,
    refused: |_, _, _| false,
    panel: whose_data,
    home: SCHEME,
};

/// The page that the link of the first e-mail opens (M3).
pub(crate) static CERTIFICATION: LinkPage = LinkPage {
    text: "certification",
    place: Place::Certification,
    endpoint: "/mediation/certifications",
    start: (IDENTITY.path, "mediation.begin"),
    #[cfg(feature = "onboarding")]
    follow: None,
};

/// The page that the link of a reminder opens (M7).
pub(crate) static REMINDERS: LinkPage = LinkPage {
    text: "reminders",
    place: Place::Reminders,
    endpoint: "/mediation/reminders/stop",
    start: (SCHEME, "home.mediation.title"),
    #[cfg(feature = "onboarding")]
    follow: None,
};

/// A step of the identity, while the campaign is open.
pub(crate) fn identity_view(site: Site, portal: &'static Portal, step: Step) -> Html {
    unless_closed(site, portal, || wizard_view(site, portal, &WIZARD, step))
}

/// Whose data the pages will ask.
fn whose_data(site: Site, _: &'static Portal, page: &'static Page) -> Html {
    if page.panel != Panel::WhoseData {
        return Html::default();
    }
    let text = |item: &str| site.i18n.text(&format!("identity.panel.{item}"));
    let items = ["organisation", "director", "correspondent"].map(text);
    panel("whose-data", &text("title"), &items).into()
}
