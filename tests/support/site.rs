use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use leptos::mount::mount_to;
use leptos::prelude::*;
use palier_domain::account::{Consent, LeaseSummary, OrganisationSummary, Session};
use palier_domain::portal::{Choice, Contact, MediationRules, OnboardingRules, Portal, TenancyRules, Terms};
use palier_domain::values::{Campaign, Date, NameRule, PasswordPolicy, PasswordProfile, ReferenceFormat};
use palier_domain::wire::Boot;
use palier_pages::app::app;
use palier_pages::site::Shared;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::robot::{js, settle_all};

const FRENCH: [&str; 23] = [
    include_str!("../../locales/fr/site.toml"),
    include_str!("../../locales/fr/sign_up.toml"),
    include_str!("../../locales/fr/account.toml"),
    include_str!("../../locales/fr/fields.toml"),
    include_str!("../../locales/fr/errors.toml"),
    include_str!("../../locales/fr/mediation.toml"),
    include_str!("../../locales/fr/days.toml"),
    include_str!("../../locales/fr/gallery.toml"),
    include_str!("../../locales/fr/human.toml"),
    include_str!("../../locales/fr/onboarding.toml"),
    include_str!("../../locales/fr/names.toml"),
    include_str!("../../locales/fr/desk.toml"),
    include_str!("../../locales/fr/desk_support.toml"),
    include_str!("../../locales/fr/rights.toml"),
    include_str!("../../locales/fr/users.toml"),
    include_str!("../../locales/fr/terms.toml"),
    include_str!("../../locales/fr/journal.toml"),
    include_str!("../../locales/fr/profile.toml"),
    include_str!("../../locales/fr/partners.toml"),
    include_str!("../../locales/fr/passkeys.toml"),
    include_str!("../../locales/fr/departure.toml"),
    include_str!("../../locales/fr/desk_departures.toml"),
    include_str!("../../locales/fr/data.toml"),
];

const ENGLISH: [&str; 23] = [
    include_str!("../../locales/en/site.toml"),
    include_str!("../../locales/en/sign_up.toml"),
    include_str!("../../locales/en/account.toml"),
    include_str!("../../locales/en/fields.toml"),
    include_str!("../../locales/en/errors.toml"),
    include_str!("../../locales/en/mediation.toml"),
    include_str!("../../locales/en/days.toml"),
    include_str!("../../locales/en/gallery.toml"),
    include_str!("../../locales/en/human.toml"),
    include_str!("../../locales/en/onboarding.toml"),
    include_str!("../../locales/en/names.toml"),
    include_str!("../../locales/en/desk.toml"),
    include_str!("../../locales/en/desk_support.toml"),
    include_str!("../../locales/en/rights.toml"),
    include_str!("../../locales/en/users.toml"),
    include_str!("../../locales/en/terms.toml"),
    include_str!("../../locales/en/journal.toml"),
    include_str!("../../locales/en/profile.toml"),
    include_str!("../../locales/en/partners.toml"),
    include_str!("../../locales/en/passkeys.toml"),
    include_str!("../../locales/en/departure.toml"),
    include_str!("../../locales/en/desk_departures.toml"),
    include_str!("../../locales/en/data.toml"),
];

/// The texts of a language, by key, as the server sends them.
pub fn texts(language: &str) -> BTreeMap<String, String> {
    let files = if language == "fr" { FRENCH } else { ENGLISH };
    let mut texts = BTreeMap::new();
    for file in files {
        flatten("", &toml::from_str(file).expect("a file of texts"), &mut texts);
    }
    texts
}

/// A text in French, its spaces plain as the robot reads them.
pub fn french(key: &str) -> String {
    let text = texts("fr").remove(key).unwrap_or_else(|| panic!("no text {key}"));
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

fn flatten(prefix: &str, table: &toml::Table, texts: &mut BTreeMap<String, String>) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::Table(table) => flatten(&key, table, texts),
            toml::Value::String(text) => drop(texts.insert(key, text.clone())),
            other => panic!("{key} isn't a text: {other:?}"),
        }
    }
}

/// A landlord that asks for a reference with a prefix.
pub fn portal() -> Portal {
    Portal {
        slug: "rives".into(),
        base: String::new(),
        name: "Habitat des Rives".into(),
        contact: Contact {
            phone: "05 49 00 00 00".into(),
            email: "contact@rives.example".into(),
            hours: "du lundi au vendredi".into(),
            hours_en: "Monday to Friday".into(),
        },
        password: PasswordPolicy { profile: PasswordProfile::Historique, min_length: 8 },
        terms: Terms { version: "2026-11".into(), sha256: "0".repeat(64) },
        passkeys: true,
        tenancy: Some(TenancyRules {
            reference: ReferenceFormat {
                prefix: "L".into(),
                min_digits: 6,
                max_digits: 10,
                example: "482173".into(),
            },
            name_rule: NameRule::OnePart,
            asks_birth_date: false,
            picture: "/avis-extranet.svg".into(),
        }),
        mediation: None,
        onboarding: None,
        #[cfg(feature = "account")]
        partners: None,
    }
}

/// A mediator with partners and codes, whose campaign is open until the end of 2026.
pub fn scheme() -> Portal {
    let partner = |code: &str, name: &str| Choice { code: code.into(), name: name.into() };
    let day = |text: &str| Date::parse_text(text).expect("a day");
    Portal {
        name: "Médiateur des Rives".into(),
        tenancy: None,
        mediation: Some(MediationRules {
            campaign: Campaign {
                opens: day("2026-11-01"),
                preferred_end: Some(day("2026-12-08")),
                hard_end: Some(day("2026-12-31")),
            },
            partners: vec![partner("USH", "Union sociale pour l'habitat"), partner("FED", "Fédération")],
            asks_code: true,
            contract: "2026-11".into(),
        }),
        ..portal()
    }
}

/// A bank whose clients have numbers of six digits.
pub fn clients() -> Portal {
    let number =
        ReferenceFormat { prefix: String::new(), min_digits: 5, max_digits: 6, example: "237517".into() };
    Portal {
        name: "Banque des Rives".into(),
        tenancy: None,
        onboarding: Some(OnboardingRules { number, picture: "/numero-client.svg".into() }),
        ..portal()
    }
}

/// The correspondent of an organisation, signed in.
pub fn correspondent(member: bool) -> Session {
    Session {
        name: "Awa Ndiaye".into(),
        lease: None,
        organisation: Some(OrganisationSummary {
            name: "Habitat du Val".into(),
            siren: "784671695".into(),
            member,
        }),
        client: None,
        ..session()
    }
}

/// Somebody who is signed in.
pub fn session() -> Session {
    Session {
        name: "Aurélie Lefèvre".into(),
        identifier: "K7TM-94PX".into(),
        email: "aurelie@exemple.fr".into(),
        idle_minutes: Some(20),
        lease: Some(LeaseSummary { reference: "482173".into(), address: vec!["1 rue des Rives".into()] }),
        organisation: None,
        client: None,
        consents: vec![Consent {
            version: "2026-11".into(),
            sha256: "ab".repeat(32),
            accepted_at: "2026-11-20T09:30:00Z".into(),
        }],
        due: None,
    }
}

/// What `index.html` carries, in French.
pub fn boot(portal: Portal) -> Boot {
    Boot {
        portal: Some(portal),
        portals: Vec::new(),
        session: None,
        language: "fr".into(),
        today: "2026-11-22".into(),
        demo: true,
        texts: texts("fr"),
    }
}

thread_local! {
    static NAMES: Cell<u32> = const { Cell::new(0) };
}

/// Names of submissions, each another one.
fn random() -> String {
    NAMES.with(|names| names.set(names.get() + 1));
    format!("submission-{}", NAMES.with(Cell::get))
}

thread_local! {
    static SHOWN: RefCell<Option<Shown>> = const { RefCell::new(None) };
}

struct Shown {
    owner: Owner,
    root: HtmlElement,
}

/// A site shown in the page, until the test is over.
pub struct Site(());

impl Site {
    /// Opens the site at an address.
    pub async fn open(boot: Boot, path: &str) -> Self {
        settle().await;
        js("sessionStorage.clear()");
        Self::show(boot, path)
    }

    /// Opens it as a reload does: what the tab keeps is still there.
    pub async fn reopen(boot: Boot, path: &str) -> Self {
        settle().await;
        Self::show(boot, path)
    }

    fn show(boot: Boot, path: &str) -> Self {
        js(&format!("history.replaceState(null, '', '{path}')"));
        let root = document().create_element("div").expect("an element");
        root.set_id("app");
        document().body().expect("a body").append_child(&root).expect("a place in the page");
        let root: HtmlElement = root.unchecked_into();
        let place = root.clone();
        let handle = mount_to(root.clone(), move || {
            let owner = Owner::current().expect("an owner");
            SHOWN.set(Some(Shown { owner, root: place.clone() }));
            app(Shared::begin(boot, random).expect("a site"), &place);
        });
        // The site holds its owner as long as the window lives: dropping the handle wouldn't end anything.
        handle.forget();
        Self(())
    }

    /// Where the address bar is.
    pub fn path(&self) -> String {
        let address = window().location();
        [address.pathname(), address.search(), address.hash()].map(|part| part.expect("an address")).concat()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        close();
    }
}

/// A test that failed had no time to close its site; and what the last one put off would be done to the next one.
async fn settle() {
    close();
    settle_all().await;
}

/// Ends everything that the site shown listens to, and takes it out of the page.
fn close() {
    if let Some(Shown { owner, root }) = SHOWN.take() {
        owner.cleanup();
        root.remove();
    }
}
