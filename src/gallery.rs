//! Every component, from example data: looked at in the demonstration, and tested.

use std::collections::BTreeMap;

use palier_domain::values::Email;

use crate::form::plain_head;
use crate::html;
use crate::i18n::I18n;
use crate::site::Site;
use crate::ui::{
    AnswerRow, Button, Card, Checkbox, DateInput, El, Entry, Fault, Frame, Html, Label, PasswordInput,
    Picture, TextInput, Tone, WorkingBox, answer_list, busy_button, cards, checkbox, choice_input,
    date_input, details, done, el, error_summary, fixed, input_id, link_button, notice_box, panel,
    password_input, progress, select_input, text_input, working_box,
};
use crate::var::Var;

/// What an example shows: the kind of component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Text,
    /// One line of digits.
    Digits,
    /// An e-mail address.
    Email,
    /// A new password.
    Password,
    /// A date.
    Date,
    /// A few choices, side by side.
    Choice,
    /// Many choices.
    Select,
    /// A box, with a link in its label.
    Checkbox,
    /// A box that is worked for.
    Working,
}

/// A field in one of its states.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The kind of field.
    pub kind: Kind,
    /// Its name, different from all others.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// Its hint; empty for none.
    pub hint: &'static str,
    /// Its error; empty for none.
    pub error: &'static str,
    /// What is typed; for a date, day, month and year with dots between.
    pub typed: &'static str,
}

/// The fields shown: each kind empty and filled, right and wrong.
pub const EXAMPLES: [Example; 13] = [
    Example {
        kind: Kind::Text,
        name: "g_surname",
        label: "Nom de famille",
        hint: "La première personne nommée sur le bail.",
        error: "",
        typed: "D’Almeida",
    },
    Example { kind: Kind::Text, name: "g_plain", label: "Commune", hint: "", error: "", typed: "" },
    Example {
        kind: Kind::Digits,
        name: "g_reference",
        label: "Référence client",
        hint: "De 6 à 10 chiffres.",
        error: "Saisissez les chiffres seulement, par exemple 482135.",
        typed: "48A135",
    },
    Example {
        kind: Kind::Email,
        name: "g_email",
        label: "Adresse e-mail",
        hint: "Nous y envoyons un lien.",
        error: "",
        typed: "camille@gmial.com",
    },
    Example {
        kind: Kind::Password,
        name: "g_weak",
        label: "Mot de passe",
        hint: "Au moins 8 caractères.",
        error: "Ce mot de passe est trop facile à deviner.",
        typed: "azerty12",
    },
    Example {
        kind: Kind::Password,
        name: "g_strong",
        label: "Nouveau mot de passe",
        hint: "",
        error: "",
        typed: "tram Bleu 47 Vigne rouge",
    },
    Example {
        kind: Kind::Date,
        name: "g_birth",
        label: "Date de naissance",
        hint: "Par exemple : 27 3 1984",
        error: "Il manque l'année.",
        typed: "27.3.",
    },
    Example {
        kind: Kind::Choice,
        name: "g_federation",
        label: "Je fais partie d'une fédération",
        hint: "Elle vous l'a indiqué par courrier.",
        error: "Répondez Oui ou Non.",
        typed: "",
    },
    Example {
        kind: Kind::Select,
        name: "g_partner",
        label: "Nom du partenaire",
        hint: "",
        error: "",
        typed: "b",
    },
    Example {
        kind: Kind::Checkbox,
        name: "g_terms",
        label: "J'accepte les conditions générales d'utilisation",
        hint: "",
        error: "Cochez la case.",
        typed: "",
    },
    Example {
        kind: Kind::Checkbox,
        name: "g_stay",
        label: "Rester connecté",
        hint: "30 jours.",
        error: "",
        typed: "on",
    },
    Example {
        kind: Kind::Working,
        name: "g_working",
        label: "Je ne suis pas un robot",
        hint: "Votre appareil fait la vérification tout seul.",
        error: "",
        typed: "Vérification…",
    },
    Example {
        kind: Kind::Working,
        name: "g_worked",
        label: "Je ne suis pas un robot, et je le reste",
        hint: "",
        error: "La vérification ne compte plus.",
        typed: "",
    },
];

/// Shows one example.
pub fn example_view(i18n: I18n, example: Example) -> El {
    let Example { kind, name, label, hint, error, typed } = example;
    let error = Some(error).filter(|error| !error.is_empty()).map(str::to_owned);
    let wrong = error.is_some();
    let all = Var::new(BTreeMap::new());
    let entry = Entry::new(all, name);
    let frame = Frame {
        id: input_id(name),
        label: label.to_owned(),
        hint: Some(hint).filter(|hint| !hint.is_empty()).map(str::to_owned),
        error: fixed(error),
    };
    match kind {
        Kind::Text | Kind::Digits | Kind::Email => {
            entry.set(typed.to_owned());
            let email = kind == Kind::Email;
            let input = TextInput {
                frame,
                entry,
                autocomplete: "off",
                inputmode: if kind == Kind::Digits { Some("numeric") } else { email.then_some("email") },
                size: (kind == Kind::Digits).then_some(14),
                verbatim: email,
                required: true,
                suggest: email.then_some(|typed| Email::parse(typed).ok()?.suggestion()),
            };
            text_input(i18n, input)
        }
        Kind::Password => {
            entry.set(typed.to_owned());
            let measure = Some(crate::form::measure as _);
            password_input(i18n, PasswordInput { frame, entry, autocomplete: "off", measure })
        }
        Kind::Date => {
            for (part, typed) in ["day", "month", "year"].into_iter().zip(typed.split('.')) {
                entry.part(part).set(typed.to_owned());
            }
            let faulty = fixed(if wrong { vec!["year"] } else { Vec::new() });
            date_input(i18n, DateInput { frame, entry, faulty, autocomplete: "off" })
        }
        Kind::Choice => choice_input(i18n, &frame, &entry, &[("oui", "Oui"), ("non", "Non")]),
        Kind::Select => {
            entry.set(typed.to_owned());
            select_input(i18n, &frame, &entry, vec![("a", "Fédération"), ("b", "Union sociale")])
        }
        Kind::Checkbox => {
            entry.set(typed.to_owned());
            let words = "conditions générales d'utilisation".to_owned();
            let link = Some(Label { words, href: "#".to_owned() });
            checkbox(i18n, Checkbox { frame, entry, ticked: "on", required: wrong, link })
        }
        Kind::Working => {
            let news = fixed((typed.to_owned(), false));
            let input = WorkingBox { frame, name: name.to_owned(), ticked: fixed(!typed.is_empty()), news };
            working_box(i18n, input, |_| ())
        }
    }
}

/// The page.
pub fn gallery_view(site: Site) -> Html {
    let i18n = site.i18n;
    let section = |key: &'static str| el("h2").text(&i18n.text(key));
    let fields: Vec<El> = EXAMPLES.into_iter().map(|example| example_view(i18n, example)).collect();
    html![
        plain_head(site, i18n.text("gallery.title"), None),
        section("gallery.form"),
        error_summary(i18n, fixed(faults())),
        progress("Étape 2 sur 4", 2, 4),
        fields,
        buttons(),
        section("gallery.messages"),
        notices(),
        section("gallery.content"),
        content(),
    ]
}

/// What the summary lists: the examples that have an error.
pub fn faults() -> Vec<Fault> {
    let wrong = EXAMPLES.iter().filter(|example| !example.error.is_empty());
    wrong
        .map(|example| Fault {
            target: input_id(&if example.kind == Kind::Date {
                format!("{}.year", example.name)
            } else {
                example.name.to_owned()
            }),
            text: example.error.to_owned(),
        })
        .collect()
}

fn buttons() -> El {
    let button = |busy: bool| {
        busy_button(Button {
            words: "Continuer".to_owned(),
            busy_words: "Vérification…".to_owned(),
            busy: Var::new(busy),
        })
    };
    let link = link_button("Renvoyer l'e-mail", None, || ());
    el("div").class("actions").put(html![button(false), button(true), link])
}

fn notices() -> Html {
    let tones = [
        (Tone::Information, "Information"),
        (Tone::Warning, "À faire"),
        (Tone::Danger, "Échec"),
        (Tone::Success, "C'est fait"),
    ];
    let text = "Une seule inscription suffit par foyer.";
    let boxes =
        tones.into_iter().map(|(tone, title)| notice_box(tone, false, Some(title), el("p").text(text)));
    let boxes: Vec<El> = boxes.collect();
    html![boxes, done(el("h3").text("C'est envoyé"), "Consultez votre messagerie.")]
}

fn content() -> Html {
    let picture = Picture {
        src: "/avis-extranet.svg".to_owned(),
        alt: "Un avis d'échéance.".to_owned(),
        caption: "Sur votre avis d'échéance, à l'endroit entouré.".to_owned(),
    };
    let row = |label: &str, value: &str, digits: bool| AnswerRow {
        label: label.to_owned(),
        value: value.to_owned(),
        digits,
        edit: digits.then(|| ("#".to_owned(), "Modifier")),
    };
    let card = Card {
        href: "#".to_owned(),
        title: "Créer mon compte".to_owned(),
        text: "Vous êtes locataire.".to_owned(),
        external: false,
    };
    let items = ["Votre référence client".to_owned(), "Votre bail".to_owned()];
    html![
        panel("gallery-panel", "À avoir sous la main", &items),
        details(true, "Où la trouver\u{a0}?", picture.view()),
        answer_list(vec![row("Référence client", "482135", true), row("Nom", "Durand", false)]),
        cards(vec![card]),
    ]
}
