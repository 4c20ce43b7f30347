use palier_domain::journey::Step;
use palier_domain::mediation::{IDENTITY, MembershipView};
use palier_domain::portal::Portal;
use palier_domain::reading::Read as _;
use palier_domain::values::Phase;

use super::membership;
use crate::api::Call;
use crate::form::plain_head;
use crate::html;
use crate::routes::{Place, sign_in_then};
use crate::site::Site;
use crate::ui::{El, Html, Tone, el, live, notice_box};
use crate::var::Local;

/// Address of the scheme's page.
pub(super) const SCHEME: &str = "/mediation";

/// The scheme: its campaign, what it takes to join, and the one thing to do next (M1).
pub(crate) fn scheme_view(site: Site, portal: &'static Portal) -> Html {
    let i18n = site.i18n;
    let phase = phase(site, portal);
    let (title, text) = words(site, portal, phase);
    let tone = if phase == Phase::Late { Tone::Warning } else { Tone::Information };
    let steps = ["mediation.step_one", "mediation.step_two"].into_iter().fold(el("ol"), |steps, key| {
        let title = el("strong").text(&i18n.text(key));
        steps.put(el("li").put(title).put(el("p").text(&i18n.text(&format!("{key}_text")))))
    });
    let directory = link(site, &Place::Directory.path(), "mediation.directory");
    html![
        plain_head(site, i18n.text("mediation.title"), Some(i18n.portal("mediation.intro", portal))),
        notice_box(tone, false, Some(&title), el("p").text(&text)),
        steps,
        live(move || next(site, phase.is_open())),
        el("p").put(directory),
    ]
}

/// What may be done while the campaign is open; what is said when it isn't.
pub(super) fn unless_closed(site: Site, portal: &'static Portal, page: impl FnOnce() -> Html) -> Html {
    let phase = phase(site, portal);
    if phase.is_open() {
        return page();
    }
    let (title, text) = words(site, portal, phase);
    html![plain_head(site, title, Some(text)), el("p").put(link(site, SCHEME, "mediation.title"))]
}

/// Said to who is signed in and belongs to no organisation.
pub(super) fn not_yours(site: Site) -> Html {
    let i18n = site.i18n;
    let begin = button(site, IDENTITY.path, "mediation.begin");
    html![plain_head(site, i18n.text("mediation.title"), Some(i18n.text("mediation.not_yours"))), begin]
}

fn phase(site: Site, portal: &'static Portal) -> Phase {
    portal.mediation.as_ref().map_or(Phase::Closed, |rules| rules.campaign.phase(site.today))
}

/// What is said of the campaign: heading and text.
fn words(site: Site, portal: &'static Portal, phase: Phase) -> (String, String) {
    let endless = portal.mediation.as_ref().is_some_and(|rules| rules.campaign.preferred_end.is_none());
    let name = phase.name();
    let ending = if phase == Phase::Open && endless { "_endless" } else { "" };
    let text = |key: &str| site.i18n.portal(key, portal);
    (text(&format!("campaign.{name}_title")), text(&format!("campaign.{name}{ending}")))
}

/// The one thing to do next.
fn next(site: Site, open: bool) -> Html {
    let first = Place::Membership(Step::Page(0));
    let organisation = site.session.with(|session| session.as_ref().map(|it| it.organisation.clone()));
    match organisation {
        Some(Some(organisation)) if organisation.member => {
            button(site, &Place::Joined.path(), "mediation.joined").into()
        }
        _ if !open => Html::default(),
        None => html![
            button(site, IDENTITY.path, "mediation.begin"),
            el("p").put(link(site, &sign_in_then(first), "mediation.sign_in")),
        ],
        Some(None) => html![
            el("p").text(site.i18n.t("mediation.not_yours")),
            button(site, IDENTITY.path, "mediation.begin"),
        ],
        Some(Some(_)) => go_on(site, &first.path()),
    }
}

/// Joins, or goes on with it: only the server knows.
fn go_on(site: Site, path: &str) -> Html {
    let begun = Local::new("mediation.join");
    let learned = begun.clone();
    site.api.send(Call::get(membership::PATH), move |answer| {
        if answer.ok().and_then(|said| MembershipView::read(&said)).is_some_and(|view| view.begun) {
            learned.set("mediation.resume");
        }
    });
    let words = move || site.i18n.text(begun.get());
    let link = el("a").class("button").attr("href", &site.nav.href(path)).live_text(words);
    el("div").class("actions").put(link).into()
}

fn button(site: Site, path: &str, key: &str) -> El {
    let link = el("a").class("button").attr("href", &site.nav.href(path));
    el("div").class("actions").put(link.text(&site.i18n.text(key)))
}

fn link(site: Site, path: &str, key: &str) -> El {
    el("a").attr("href", &site.nav.href(path)).text(&site.i18n.text(key))
}
