//! What every page needs: made once, passed along as one reference.

use std::cell::{Cell, RefCell};

use leptos::prelude::Owner;
use palier_domain::account::Session;
use palier_domain::journey::{Answers, Journey};
use palier_domain::portal::{Context, Portal, PortalLink};
use palier_domain::values::Date;
use palier_domain::wire::{Boot, Document};

use crate::api::{Answer, Api};
use crate::form::FormState;
use crate::i18n::I18n;
use crate::message::Message;
use crate::nav::Nav;
use crate::routes::{ACCOUNT_ALONE, JOURNEYS, Place, SCHEMES};
use crate::var::{Local, Var};
use crate::wizard::{Draft, Random};

/// The site: it lives as long as the page, so that code that waited for the server can still write to it.
pub type Site = &'static Shared;

/// What all pages share.
pub struct Shared {
    /// See [`Boot::portal`].
    pub portal: Option<Portal>,
    /// See [`Boot::portals`].
    pub portals: Vec<PortalLink>,
    /// See [`Boot::today`].
    pub today: Date,
    /// See [`Boot::demo`].
    pub demo: bool,
    /// The texts.
    pub i18n: I18n,
    /// Where the person is.
    pub nav: Nav,
    /// The server.
    pub api: Api,
    /// Who is signed in.
    pub session: Var<Option<Session>>,
    /// What a page says first, and that page's path: gone when another one is shown.
    pub flash: Var<Option<(String, Message)>>,
    /// The written page that came with `index.html`, by its name and language.
    pub document: RefCell<Option<(String, Document)>>,
    /// What the server keeps of a journey: asked again by whoever comes to it from elsewhere.
    pub kept: Local<Option<Answer>>,
    /// Who is at the desk, as the server said; null once nobody is.
    #[cfg(feature = "office")]
    pub desk: Local<Option<Answer>>,
    typed: Cell<Answers>,
    forms: RefCell<Vec<(&'static str, FormState)>>,
    drafts: RefCell<Vec<&'static Draft>>,
    random: Random,
    owner: Owner,
}

/// Used where the server's date can't be read, which only a fault of the server can cause: no birth date is refused.
const LATEST: &str = "2199-12-31";

impl Shared {
    /// Makes it from what `index.html` carries, inside the router. `random` names submissions.
    pub fn begin(boot: Boot, random: Random) -> Option<Site> {
        let Boot { portal, portals, session, language, today, demo, texts } = boot;
        // One of these is made for a page, and lives as long as it does.
        let base: &'static str =
            portal.as_ref().map_or_else(String::new, |portal| portal.base.clone()).leak();
        Some(Box::leak(Box::new(Self {
            portal,
            portals,
            today: Date::parse_text(&today).or_else(|| Date::parse_text(LATEST))?,
            demo,
            i18n: I18n::new(&language, texts),
            nav: Nav::new(base)?,
            api: Api::new(base),
            session: Var::new(session),
            flash: Var::new(None),
            document: RefCell::new(None),
            kept: Local::new(None),
            #[cfg(feature = "office")]
            desk: Local::new(None),
            typed: Cell::default(),
            forms: RefCell::default(),
            drafts: RefCell::default(),
            random,
            owner: Owner::current()?,
        })))
    }

    /// What checks need.
    pub fn context(&self, portal: &'static Portal) -> Context<'static> {
        Context { portal, today: self.today }
    }

    /// The name shown at the end of titles.
    pub fn name(&self) -> &str {
        self.portal.as_ref().map_or("Palier", |portal| portal.name.as_str())
    }

    /// Where a form of this name keeps what was typed in it, as long as the page is open.
    pub fn form(&self, name: &'static str) -> FormState {
        let mut forms = self.forms.borrow_mut();
        if let Some((_, known)) = forms.iter().find(|(known, _)| *known == name) {
            return *known;
        }
        let made = FormState::new();
        forms.push((name, made));
        made
    }

    /// The draft of a journey.
    pub fn draft(&self, journey: &'static Journey, slug: &str) -> &'static Draft {
        let mut drafts = self.drafts.borrow_mut();
        if let Some(known) = drafts.iter().find(|draft| draft.is_of(journey)) {
            return known;
        }
        let made = Draft::load(journey, slug, self.random);
        self.owner.with(|| made.keep_saved());
        drafts.push(made);
        made
    }

    /// Nobody is signed in any more: what they had answered isn't left to the next one at this device.
    pub fn forget_person(&self) {
        for (journey, _) in JOURNEYS.iter().filter(|(journey, _)| SCHEMES && journey.kept) {
            if let Some(portal) = &self.portal {
                self.draft(journey, &portal.slug).restart();
            }
        }
        self.session.set(None);
    }

    /// Whether another program shows a page, perhaps. Portals that have nothing but accounts are shown by theirs.
    pub fn is_elsewhere(&self, place: Place) -> bool {
        let own = ACCOUNT_ALONE && self.portal.as_ref().is_some_and(Portal::has_accounts_alone);
        if own { place == Place::Unknown } else { place.is_elsewhere() }
    }

    /// Lets the page shown say something first.
    pub fn tell(&self, message: Message) {
        self.flash.set(Some((self.nav.path(), message)));
    }

    /// Keeps what was typed before the program arrived, until a form takes it.
    pub fn keep_typed(&self, typed: Answers) {
        self.typed.set(typed);
    }

    /// Hands it over; nothing the second time.
    pub fn take_typed(&self) -> Answers {
        self.typed.take()
    }
}
