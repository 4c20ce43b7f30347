//! What a wizard is: pages as data, and one pure function from the answers to the next step.
//!
//! Nothing here knows a journey, and no cursor is stored: where a person stands follows from what they answered, so a
//! reload, the Back button, a second tab or another device can't disagree with it.

use std::collections::BTreeMap;

use crate::portal::{Context, Portal};
use crate::problem::FieldProblem;

/// What a person typed, by field name, exactly as on the screen. A date has three: `name.day`, `name.month`,
/// `name.year`. A ticked box is `on`.
pub type Answers = BTreeMap<String, String>;

/// The answer that says in which of several wordings the pages of a sent form speak. Nobody types it.
pub const VARIANT: &str = "variant";

/// The value of a ticked box.
pub const TICKED: &str = "on";
/// One of the two answers to a question asked by [`Kind::YesNo`].
pub const YES: &str = "oui";
/// The other one.
pub const NO: &str = "non";

/// One answer, or the empty text.
pub fn answer<'a>(answers: &'a Answers, name: &str) -> &'a str {
    answers.get(name).map_or("", String::as_str)
}

/// A wizard.
#[derive(Debug)]
pub struct Journey {
    /// Where its texts are (`<name>.title`, `<name>.submit`…) and what its draft is called.
    pub name: &'static str,
    /// Its address below the portal's base.
    pub path: &'static str,
    /// Its pages, in order.
    pub pages: &'static [Page],
    /// The fields on the page where answers are checked, such as the consent to the terms.
    pub closing: &'static [Field],
    /// Everything that is wrong with the answers, all pages together.
    pub problems: fn(&Answers, Context<'_>) -> Vec<FieldProblem>,
    /// Where its form is sent: below the portal's `/api`.
    pub endpoint: &'static str,
    /// Where the answers of one page are checked by the server, for what the browser can't know.
    pub check_endpoint: &'static str,
    /// The server keeps the answers, page by page: the person goes on where they stood, on any device (M7). Such a
    /// journey is for who is signed in.
    pub kept: bool,
}

/// One page of a wizard: one thing to answer.
#[derive(Debug)]
pub struct Page {
    /// The end of its address; the first page has none.
    pub slug: &'static str,
    /// Where its texts are: `<text>.title`, `<text>.intro`…
    pub text: &'static str,
    /// Its fields, in order.
    pub fields: &'static [Field],
    /// What stands beside the fields.
    pub panel: Panel,
    /// The server is asked before going on.
    pub checked: bool,
}

/// What may stand on a page beside its fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Nothing.
    None,
    /// What to have at hand, with the annotated picture that shows where the reference is.
    AtHand,
    /// Whose data the pages will ask.
    WhoseData,
    /// What is known already, and isn't asked again.
    Known,
    /// For which organisation, and what one becomes there.
    Role,
    /// The document that is agreed to on this page: to read, print and download.
    Document,
}

/// One question.
#[derive(Debug)]
pub struct Field {
    /// Its name on the wire and in the answers.
    pub name: &'static str,
    /// Where its texts are: `<text>.label`, `<text>.hint`…
    pub text: &'static str,
    /// How it is asked.
    pub kind: Kind,
    /// The token of the HTML standard that lets browsers fill it in; `off` when none fits.
    pub autocomplete: &'static str,
    /// Whether this portal asks it.
    pub asked: fn(&Portal) -> bool,
    /// Whether it is asked after what was answered before it on the same page.
    pub shown: fn(&Answers) -> bool,
    /// It may be left empty.
    pub optional: bool,
}

impl Field {
    /// A question that every portal asks and that must be answered.
    pub const fn new(name: &'static str, text: &'static str, kind: Kind, autocomplete: &'static str) -> Self {
        Self { name, text, kind, autocomplete, asked: |_| true, shown: |_| true, optional: false }
    }

    /// Asked by some portals only.
    #[must_use]
    pub const fn asked_if(self, asked: fn(&Portal) -> bool) -> Self {
        Self { asked, ..self }
    }

    /// Asked after certain answers only.
    #[must_use]
    pub const fn shown_if(self, shown: fn(&Answers) -> bool) -> Self {
        Self { shown, ..self }
    }

    /// It may be left empty.
    #[must_use]
    pub const fn optional(self) -> Self {
        Self { optional: true, ..self }
    }
}

/// How a question is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of text.
    Text,
    /// Digits: the numeric keyboard, though letters can be typed.
    Digits,
    /// A code of letters and digits, which nobody's dictionary should correct.
    Code,
    /// An e-mail address, with a hint for mistyped providers.
    Email,
    /// A new password, with its strength. Never kept in a draft, never shown on the page of answers.
    NewPassword,
    /// The password one has, to sign in. Never kept either.
    Password,
    /// Day, month and year.
    Date,
    /// One of the two answers [`YES`] and [`NO`].
    YesNo,
    /// One of the choices that the portal gives for this field ([`Portal::choices`]).
    Select,
    /// A box that may be ticked.
    Tick,
    /// A box that must be ticked; its label links to the terms where it names them (`<text>.link`).
    Consent,
    /// The box "Je ne suis pas un robot" ([`crate::human`]). Its answer is a pass, which nobody is shown.
    #[cfg(feature = "onboarding")]
    Human,
}

impl Kind {
    /// The names under which the answers of a field called `name` are kept.
    pub fn answer_names(self, name: &str) -> Vec<String> {
        match self {
            Self::Date => DATE_PARTS.iter().map(|part| format!("{name}.{part}")).collect(),
            _ => vec![name.to_owned()],
        }
    }

    /// Whether the answer may be written to the browser's storage.
    pub const fn may_be_kept(self) -> bool {
        !matches!(self, Self::NewPassword | Self::Password)
    }
}

/// Marks as answered, with nothing, the questions of a step that may be left empty: whoever saw one and went on has
/// answered it.
pub fn answer_optional<'a>(fields: impl Iterator<Item = &'a Field>, answers: &mut Answers) {
    for field in fields {
        if field.optional && !answers.contains_key(field.name) {
            answers.insert(field.name.to_owned(), String::new());
        }
    }
}

/// The three parts of a date, in the order they are asked.
pub const DATE_PARTS: [&str; 3] = ["day", "month", "year"];

/// Where a person can be in a wizard.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// On the page with this index.
    Page(usize),
    /// On the page where answers are checked before the form is sent.
    Review,
}

/// The end of the address of the page where answers are checked.
pub const REVIEW: &str = "verification";

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        self.index() == other.index()
    }
}

impl Step {
    /// Its place among all steps; the review comes after all pages.
    pub fn index(self) -> usize {
        match self {
            Self::Page(index) => index,
            Self::Review => usize::MAX,
        }
    }
}

impl Journey {
    /// The steps that this portal has, in order: a page without any question of its own is left out.
    pub fn steps(&self, portal: &Portal) -> Vec<Step> {
        let mut steps = Vec::with_capacity(self.pages.len() + 1);
        for (index, page) in self.pages.iter().enumerate() {
            if page.fields.iter().any(|field| (field.asked)(portal)) {
                steps.push(Step::Page(index));
            }
        }
        steps.push(Step::Review);
        steps
    }

    /// The step's number from 1, and how many there are, the review counted: "Étape n sur m".
    pub fn number(&self, step: Step, portal: &Portal) -> (usize, usize) {
        let steps = self.steps(portal);
        (steps.iter().filter(|it| it.index() <= step.index()).count(), steps.len())
    }

    /// The step before this one; none before the first.
    pub fn before(&self, step: Step, portal: &Portal) -> Option<Step> {
        self.steps(portal).into_iter().rev().find(|it| it.index() < step.index())
    }

    /// The step after this one: the review in the end.
    pub fn after(&self, step: Step, portal: &Portal) -> Step {
        self.steps(portal).into_iter().find(|it| it.index() > step.index()).unwrap_or(Step::Review)
    }

    /// The step at the end of an address, `None` when there is none such.
    pub fn step(&self, slug: &str) -> Option<Step> {
        if slug == REVIEW {
            return Some(Step::Review);
        }
        self.pages.iter().position(|page| page.slug == slug).map(Step::Page)
    }

    /// The end of a step's address.
    pub fn slug(&self, step: Step) -> &'static str {
        match step {
            Step::Page(index) => self.pages.get(index).map_or("", |page| page.slug),
            Step::Review => REVIEW,
        }
    }

    /// The fields asked at a step by this portal.
    pub fn fields(&self, step: Step, portal: &Portal) -> impl Iterator<Item = &'static Field> {
        let fields = match step {
            Step::Page(index) => self.pages.get(index).map_or(&[][..], |page| page.fields),
            Step::Review => self.closing,
        };
        fields.iter().filter(|field| (field.asked)(portal)).collect::<Vec<_>>().into_iter()
    }

    /// The problems of one step's fields, in the order of the fields.
    pub fn problems_at(&self, step: Step, answers: &Answers, context: Context<'_>) -> Vec<FieldProblem> {
        let mut all = (self.problems)(answers, context);
        self.fields(step, context.portal)
            .filter_map(|field| {
                all.iter().position(|problem| problem.name == field.name).map(|at| all.swap_remove(at))
            })
            .collect()
    }

    /// The step function: the first page whose answers aren't all right, or the review.
    pub fn next(&self, answers: &Answers, context: Context<'_>) -> Step {
        let problems = (self.problems)(answers, context);
        (0..self.pages.len())
            .map(Step::Page)
            .find(|step| {
                self.fields(*step, context.portal)
                    .any(|field| problems.iter().any(|it| it.name == field.name))
            })
            .unwrap_or(Step::Review)
    }

    /// The guard, in one place: the step asked for when the answers before it are right, else the first that isn't.
    ///
    /// # Errors
    /// The step to go to instead.
    pub fn guard(&self, asked: Step, answers: &Answers, context: Context<'_>) -> Result<Step, Step> {
        let next = self.next(answers, context);
        let is_one = self.steps(context.portal).contains(&asked);
        if is_one && asked.index() <= next.index() { Ok(asked) } else { Err(next) }
    }

    /// The names of the fields asked up to a step, that step's included: what an answer to it depends on.
    pub fn asked_until(&self, step: Step, portal: &Portal) -> Vec<&'static str> {
        let steps = self.steps(portal).into_iter().filter(|it| it.index() <= step.index());
        steps.flat_map(|it| self.fields(it, portal)).map(|field| field.name).collect()
    }

    /// The step at which a field is asked, to lead there from a problem the server found.
    pub fn step_of(&self, field: &str, portal: &Portal) -> Option<Step> {
        self.steps(portal).into_iter().find(|step| self.fields(*step, portal).any(|it| it.name == field))
    }
}
