//! What every page needs: passed along as one value that can be copied.

use std::collections::BTreeMap;

use leptos::prelude::*;
use palier_domain::account::Session;
use palier_domain::journey::{Answers, Journey};
use palier_domain::portal::{Context, Portal, PortalLink};
use palier_domain::values::Date;
use palier_domain::wire::{Boot, Document};

use crate::api::Api;
use crate::form::FormState;
use crate::i18n::I18n;
use crate::message::Message;
use crate::nav::Nav;
use crate::wizard::{Draft, Random};

/// The site as it was when the page was loaded: never changes.
#[derive(Debug)]
pub struct Fixed {
    /// See [`Boot::portal`].
    pub portal: Option<Portal>,
    /// See [`Boot::portals`].
    pub portals: Vec<PortalLink>,
    /// See [`Boot::today`].
    pub today: Date,
    /// See [`Boot::demo`].
    pub demo: bool,
}

/// What the whole site shares. Its signals belong to the root and live as long as the page: code that waited for the
/// server can still write to them.
#[derive(Clone, Copy)]
pub struct Site {
    /// What never changes.
    pub fixed: &'static Fixed,
    /// The texts.
    pub i18n: I18n,
    /// Where the person is.
    pub nav: Nav,
    /// The server.
    pub api: Api,
    /// Who is signed in.
    pub session: RwSignal<Option<Session>>,
    /// What a page says first, and that page's path: gone when another one is shown.
    pub flash: RwSignal<Option<(String, Message)>>,
    /// The written page that came with `index.html`, by its name.
    pub document: StoredValue<Option<(String, Document)>>,
    /// What was typed before the program arrived, until a form takes it.
    pub typed: StoredValue<Answers>,
    forms: StoredValue<BTreeMap<&'static str, FormState>>,
    drafts: StoredValue<BTreeMap<&'static str, Draft>>,
    random: Random,
    owner: StoredValue<Owner>,
}

/// Used where the server's date can't be read, which only a fault of the server can cause: no birth date is refused.
const LATEST: &str = "2199-12-31";

impl Site {
    /// Makes it from what `index.html` carries. `random` names submissions.
    pub fn new(boot: Boot, random: Random) -> Option<Self> {
        let Boot { portal, portals, session, language, today, demo, texts } = boot;
        let today = Date::parse_text(&today).or_else(|| Date::parse_text(LATEST))?;
        // One of these is made for a page, and lives as long as it does.
        let fixed: &'static Fixed = Box::leak(Box::new(Fixed { portal, portals, today, demo }));
        let base = fixed.portal.as_ref().map_or("", |portal| portal.base.as_str());
        Some(Self {
            fixed,
            i18n: I18n::new(&language, texts),
            nav: Nav::new(base),
            api: Api::new(base),
            session: RwSignal::new(session),
            flash: RwSignal::new(None),
            document: StoredValue::new(None),
            typed: StoredValue::new(Answers::new()),
            forms: StoredValue::new(BTreeMap::new()),
            drafts: StoredValue::new(BTreeMap::new()),
            random,
            owner: StoredValue::new(Owner::current()?),
        })
    }

    /// What checks need.
    pub fn context(self, portal: &'static Portal) -> Context<'static> {
        Context { portal, today: self.fixed.today }
    }

    /// The name shown at the end of titles.
    pub fn name(self) -> &'static str {
        self.fixed.portal.as_ref().map_or("Palier", |portal| portal.name.as_str())
    }

    /// Where a form of this name keeps what was typed in it, as long as the page is open.
    pub fn form(self, name: &'static str) -> FormState {
        if let Some(known) = self.forms.with_value(|forms| forms.get(name).copied()) {
            return known;
        }
        let made = self.at_root(FormState::new);
        self.forms.update_value(|forms| {
            forms.insert(name, made);
        });
        made
    }

    /// The draft of a journey.
    pub fn draft(self, journey: &'static Journey, slug: &str) -> Draft {
        if let Some(known) = self.drafts.with_value(|drafts| drafts.get(journey.name).copied()) {
            return known;
        }
        let made = self.at_root(|| Draft::load(journey, slug, self.random));
        self.drafts.update_value(|drafts| {
            drafts.insert(journey.name, made);
        });
        made
    }

    /// Makes signals that belong to the root.
    pub fn at_root<T>(self, make: impl FnOnce() -> T) -> T {
        self.owner.with_value(|owner| owner.with(make))
    }

    /// Lets the page shown say something first.
    pub fn tell(self, message: Message) {
        self.flash.set(Some((self.nav.path(), message)));
    }

    /// Hands over what was typed before the program arrived; nothing the second time.
    pub fn take_typed(self) -> Answers {
        self.typed.try_update_value(std::mem::take).unwrap_or_default()
    }
}
