//! The one wizard: frame, guard, draft, check page, submission. Knows no journey; each gives its pages as data.

mod draft;
mod guard;
mod review;
mod sent;
mod step;
mod submission;

use palier_domain::journey::{Answers, Journey, Page, Step};
use palier_domain::portal::Portal;
use serde_json::Value;

pub use draft::{Draft, Random};
pub use sent::sent_view;

use crate::dom;
use crate::site::Site;
use crate::ui::Html;

/// What a journey adds to its pages.
pub struct Wizard {
    /// The pages.
    pub journey: &'static Journey,
    /// The form that the answers make, as JSON.
    pub body: fn(&Answers, &'static Portal) -> String,
    /// The question whether the answers up to a page (by the end of its address) are right, as JSON.
    pub check: fn(&'static str, &Answers, &'static Portal) -> String,
    /// What the server's yes to a page says; gives the step to go to, when it isn't the next one.
    pub accepted: fn(Site, &'static Draft, &Value) -> Option<Step>,
    /// What a refusal means beside what is told of all of them, by its code; says whether it was seen to.
    pub refused: fn(Site, &'static Draft, &str) -> bool,
    /// What stands on a page above its fields.
    pub panel: fn(Site, &'static Portal, &'static Page) -> Html,
    /// Where the way back leads from the first page.
    pub home: &'static str,
}

/// Shows a step, or goes where the answers so far lead to.
pub fn wizard_view(site: Site, portal: &'static Portal, wizard: &'static Wizard, step: Step) -> Html {
    let draft = site.draft(wizard.journey, &portal.slug);
    if let Err(elsewhere) = guard::guard(site, portal, wizard.journey, draft, step) {
        dom::soon(move || site.nav.replace(&elsewhere));
        return Html::default();
    }
    match step {
        Step::Page(index) => step::step_view(site, portal, wizard, draft, index),
        Step::Review => review::review_view(site, portal, wizard, draft),
    }
}
