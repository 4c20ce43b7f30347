use palier_domain::account::PageCheck;
use palier_domain::journey::{Page, Panel, TICKED, VARIANT, answer};
use palier_domain::onboarding::{
    ADMINISTERED, COLLEAGUE, Enrolling, ORGANISATION, REGISTRATION, RegistrationForm,
};
use palier_domain::portal::Portal;
use palier_domain::reading::Read as _;

use crate::html;
use crate::links::LinkPage;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{Html, Picture, details, el, panel};
use crate::wizard::Wizard;

/// Address of the tutorial: a file, not a page.
const TUTORIAL: &str = "/api/onboarding/tutoriel.pdf";

/// The sign-up of an organisation's first user (A1–A3), and of those who come after (A7).
pub(crate) static WIZARD: Wizard = Wizard {
    journey: &REGISTRATION,
    body: |answers, portal| {
        serde_json::to_string(&RegistrationForm::from_answers(answers, portal)).unwrap_or_default()
    },
    check: |page, answers, portal| {
        let form = RegistrationForm::from_answers(answers, portal);
        serde_json::to_string(&PageCheck { page: page.to_owned(), form }).unwrap_or_default()
    },
    accepted: |_, draft, said| {
        if let Some(Enrolling { organisation, colleague, administered }) = Enrolling::read(said) {
            draft.form.answers.update(|answers| {
                answers.insert(ORGANISATION.to_owned(), organisation);
                let variant = if colleague { COLLEAGUE } else { "" };
                answers.insert(VARIANT.to_owned(), variant.to_owned());
                let administered = if administered { TICKED } else { "" };
                answers.insert(ADMINISTERED.to_owned(), administered.to_owned());
            });
        }
        None
    },
    refused: |_, _, _| false,
    panel: panel_view,
    home: "/",
};

/// The page that the link of the first e-mail opens (A3).
pub(crate) static REGISTERED: LinkPage = LinkPage {
    text: "registered",
    place: Place::Registered,
    endpoint: "/onboarding/confirmations",
    start: (REGISTRATION.path, "home.onboarding.title"),
    follow: Some((Place::Letter, "letter.title")),
};

fn panel_view(site: Site, portal: &'static Portal, page: &'static Page) -> Html {
    match page.panel {
        Panel::AtHand => at_hand(site, portal),
        Panel::Role => role(site, portal),
        _ => Html::default(),
    }
}

/// What to have at hand, where the client number stands, and the tutorial to keep (A1).
fn at_hand(site: Site, portal: &'static Portal) -> Html {
    let i18n = site.i18n;
    let Some(rules) = &portal.onboarding else { return Html::default() };
    let text = |key: &str| i18n.portal(&format!("registration.{key}"), portal);
    let items = ["number", "email", "agreement"].map(|item| text(&format!("at_hand.{item}")));
    let picture =
        Picture { src: rules.picture.clone(), alt: text("picture.alt"), caption: text("picture.caption") };
    let tutorial =
        el("a").attr("href", &site.nav.href(TUTORIAL)).attr("download", "").attr("rel", "external");
    html![
        panel("at-hand", &text("at_hand.title"), &items),
        details(false, &text("picture.summary"), picture.view()),
        el("p").put(tutorial.text(&text("at_hand.tutorial"))),
    ]
}

/// For which organisation, and what one becomes there (A3); or that others decide (A7).
fn role(site: Site, portal: &'static Portal) -> Html {
    let i18n = site.i18n;
    let draft = site.draft(&REGISTRATION, &portal.slug);
    let (organisation, colleague, administered) = draft.form.answers.peek(|answers| {
        let is = |name, value| answer(answers, name) == value;
        (answer(answers, ORGANISATION).to_owned(), is(VARIANT, COLLEAGUE), is(ADMINISTERED, TICKED))
    });
    let (case, items): (_, &[_]) = if administered {
        // They can still say below that none of them is left.
        ("colleague", &["known", "decision", "takeover"])
    } else if colleague {
        ("colleague", &["known", "decision", "news"])
    } else {
        ("role", &["first", "administrator", "letter", "check"])
    };
    let text =
        |item: &str| i18n.with(&format!("registration.{case}.{item}"), &[("organisation", &organisation)]);
    let items: Vec<String> = items.iter().map(|item| text(item)).collect();
    panel("role", &text("title"), &items).into()
}
