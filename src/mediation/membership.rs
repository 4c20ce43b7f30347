use palier_domain::account::Session;
use palier_domain::journey::{Page, Panel, Step, TICKED, answer};
use palier_domain::mediation::{
    CONTRACT, DraftForm, Kept, MEMBERSHIP, MembershipForm, MembershipView, carried,
};
use palier_domain::portal::Portal;
use palier_domain::reading::Read as _;
use palier_domain::wire::code;
use serde_json::Value;

use super::contract::{contract_view, tick};
use super::done::done_view;
use super::scheme::{SCHEME, not_yours, unless_closed};
use crate::fetched::{Question, fetched};
use crate::pages::failed_head;
use crate::routes::{self, Place};
use crate::site::Site;
use crate::ui::{AnswerRow, Html, answer_list, el};
use crate::wizard::{Draft, Wizard, wizard_view};
use crate::{account, dom, html};

/// Where the server says how far the organisation has come.
pub(super) const PATH: &str = "/mediation/membership";

/// The organisation joins (M4, M5, M7).
static WIZARD: Wizard = Wizard {
    journey: &MEMBERSHIP,
    body: |answers, portal| {
        serde_json::to_string(&MembershipForm::from_answers(answers, portal)).unwrap_or_default()
    },
    check: |page, answers, _| {
        let form = DraftForm { page: page.to_owned(), answers: carried(answers) };
        serde_json::to_string(&form).unwrap_or_default()
    },
    accepted,
    refused,
    panel: beside,
    home: SCHEME,
};

/// A step of joining, or what became of it; for the organisation's correspondent.
pub(crate) fn membership_view(site: Site, session: &Session) -> Html {
    let Some(portal) = &site.portal else { return Html::default() };
    if session.organisation.is_none() {
        return not_yours(site);
    }
    let question = Question {
        path: PATH.to_owned(),
        known: site.kept.clone(),
        waiting: "membership.loading",
        failed: failed_head,
        heard: arrived,
    };
    fetched(site, question, move |said| MembershipView::read(said).map(|view| shown(site, portal, &view)))
}

fn draft(site: Site) -> Option<&'static Draft> {
    site.portal.as_ref().map(|portal| site.draft(&MEMBERSHIP, &portal.slug))
}

/// Goes on where the person stood, on whatever device that was.
fn arrived(site: Site, said: &Value) {
    let (Some(view), Some(portal), Some(draft)) = (MembershipView::read(said), &site.portal, draft(site))
    else {
        return;
    };
    if view.joined.is_some() {
        return;
    }
    draft.adopt(named(site, &view.revision), view.answers);
    let first = Place::parse(&site.nav.path()) == Place::Membership(Step::Page(0));
    if view.begun && first && !routes::is_edit(&site.nav.query()) {
        let next = draft.form.answers.peek(|answers| MEMBERSHIP.next(answers, site.context(portal)));
        site.nav.replace(&routes::step_path(&MEMBERSHIP, next));
    }
}

/// A state of the answers, and whose they are.
fn named(site: Site, revision: &str) -> String {
    let who = site.session.peek(|it| it.as_ref().map(|it| it.identifier.clone())).unwrap_or_default();
    format!("{who} {revision}")
}

fn shown(site: Site, portal: &'static Portal, view: &MembershipView) -> Html {
    match (&view.joined, Place::parse(&site.nav.path())) {
        (Some(joined), Place::Joined) => done_view(site, portal, view, joined),
        (Some(_), _) => {
            if let Some(draft) = draft(site) {
                draft.again.set(true);
            }
            elsewhere(site, Place::Joined)
        }
        (None, Place::Membership(step)) => {
            unless_closed(site, portal, || wizard_view(site, portal, &WIZARD, step))
        }
        (None, _) => elsewhere(site, Place::Membership(Step::Page(0))),
    }
}

fn elsewhere(site: Site, place: Place) -> Html {
    dom::soon(move || site.nav.replace(&place.path()));
    Html::default()
}

/// The answers of a page are kept. A contract that was agreed to, and reads otherwise now, must be agreed to again.
fn accepted(site: Site, draft: &'static Draft, said: &Value) -> Option<Step> {
    let kept = Kept::read(said)?;
    draft.keep_revision(named(site, &kept.revision));
    let outdated = draft.form.answers.peek(|answers| {
        answer(answers, "authorised") == TICKED && answer(answers, CONTRACT) != kept.contract
    });
    if !outdated {
        return None;
    }
    // The page says why, when it shows the other text.
    tick(draft, "");
    MEMBERSHIP.step("contrat")
}

fn refused(site: Site, draft: &'static Draft, code: &str) -> bool {
    match code {
        code::SIGNED_OUT => account::ended(site),
        code::ALREADY_MEMBER => {
            draft.again.set(true);
            site.nav.replace(&Place::Joined.path());
        }
        _ => return false,
    }
    true
}

fn beside(site: Site, _: &'static Portal, page: &'static Page) -> Html {
    match page.panel {
        Panel::Known => known(site),
        Panel::Document => draft(site).map(|draft| contract_view(site, Some(draft))).unwrap_or_default(),
        _ => Html::default(),
    }
}

/// What isn't asked again.
fn known(site: Site) -> Html {
    let Some(view) = site.kept.now().and_then(Result::ok).and_then(|said| MembershipView::read(&said)) else {
        return Html::default();
    };
    let text = |part: &str| site.i18n.text(&format!("membership.known.{part}"));
    let row =
        |part: &str, value: String, digits: bool| AnswerRow { label: text(part), value, digits, edit: None };
    let rows = vec![
        row("organisation", view.name, false),
        row("number", view.number, true),
        row("email", view.email, false),
    ];
    html![el("h2").text(&text("title")), answer_list(rows), el("p").text(&text("text"))]
}
