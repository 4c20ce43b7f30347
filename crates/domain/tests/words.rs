//! Texts and their values, and how answers are shown to be checked.

#![expect(clippy::expect_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use palier_domain::journey::{Answers, Field, Kind, TICKED, YES};
use palier_domain::portal::Portal;
use palier_domain::problem::{Data, FieldProblem};
use palier_domain::texts::{Texts, joined};
use palier_domain::wording::{digits_shown, hint, shown};
use serde::{Deserialize, Serialize};

fn portal(slug: &str) -> Portal {
    let portals: Vec<Portal> = serde_json::from_str(include_str!("../../../fuzz/portals.json"))
        .expect("the demonstration's portals");
    portals.into_iter().find(|portal| portal.slug == slug).expect("a portal")
}

fn texts(pairs: &[(&str, &str)]) -> Texts {
    Texts::new(pairs.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect())
}

#[test]
fn none_and_one_are_singular() {
    let texts = texts(&[("tries.one", "{count} essai {more}"), ("tries.other", "{count} essais {more}")]);
    let found: Vec<_> = [0, 1, 2, 11].map(|count| texts.count("tries", count, &[("more", "!")])).into();
    assert_eq!(found, ["0 essai !", "1 essai !", "2 essais !", "11 essais !"]);
}

#[test]
fn a_problem_is_worded_for_its_field_or_for_all() {
    let texts = texts(&[
        ("error.required", "Remplissez « {label} »."),
        ("error.login.required", "Donnez votre identifiant. Appelez le {phone}."),
        ("error.short", "{found} sur {min}."),
        ("field.password.label", "Mot de passe"),
    ]);
    let problem =
        |name: &str, code: &str, data: Data| FieldProblem { name: name.into(), code: code.into(), data };
    let others = [("phone", "01 99".to_owned())];
    let none = Data::new;
    assert_eq!(
        texts.error(&problem("password", "required", none()), &others),
        "Remplissez « Mot de passe »."
    );
    assert_eq!(
        texts.error(&problem("login", "required", none()), &others),
        "Donnez votre identifiant. Appelez le 01 99."
    );
    let data = Data::from([("found".to_owned(), 3.into()), ("min".to_owned(), "8".into())]);
    assert_eq!(texts.error(&problem("password", "short", data.clone()), &others), "3 sur 8.");
    assert_eq!(texts.with_data("error.short", &data), "3 sur 8.");
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Page {
    #[serde(with = "joined")]
    texts: BTreeMap<String, String>,
}

#[test]
fn texts_travel_joined() {
    let texts = BTreeMap::from([("a.b".to_owned(), "Bonjour".to_owned()), ("c".to_owned(), String::new())]);
    let page = Page { texts };
    let json = serde_json::to_string(&page).expect("JSON");
    assert_eq!(json, r#"{"texts":"a.b\tBonjour\nc\t\n"}"#);
    assert_eq!(serde_json::from_str::<Page>(&json).expect("a page"), page);
}

#[test]
fn answers_are_shown_as_they_were_meant() {
    let texts = texts(&[("choice.yes", "Oui"), ("choice.no", "Non"), ("choice.none", "Aucun")]);
    let portal = portal("mediateur-hlm");
    let show = |kind: Kind, name: &'static str, typed: &str| {
        let answers = Answers::from([(name.to_owned(), typed.to_owned())]);
        shown(&texts, &Field::new(name, name, kind, ""), &answers, &portal)
    };
    for (kind, typed, wanted) in [
        (Kind::Password, "secret", None),
        (Kind::NewPassword, "secret", None),
        (Kind::Human, "pass", None),
        (Kind::Text, " Habitat ", Some("Habitat")),
        (Kind::Text, "  ", Some("Aucun")),
        (Kind::YesNo, YES, Some("Oui")),
        (Kind::YesNo, "non", Some("Non")),
        (Kind::Tick, TICKED, Some("Oui")),
        (Kind::Tick, "", Some("Non")),
        (Kind::Consent, TICKED, Some("Oui")),
    ] {
        assert_eq!(show(kind, "question", typed).as_deref(), wanted, "{kind:?} {typed:?}");
    }
    assert_eq!(show(Kind::Select, "partner", "USH").as_deref(), Some("USH – Union sociale pour l'habitat"));
    assert_eq!(show(Kind::Select, "partner", "XXX").as_deref(), Some(""));
    let born = [("born.day", "7"), ("born.month", " 3"), ("born.year", "1971")];
    let answers = born.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    let field = Field::new("born", "born", Kind::Date, "");
    assert_eq!(shown(&texts, &field, &answers, &portal).as_deref(), Some("07/03/1971"));
}

#[test]
fn a_number_has_room_for_how_people_write_it() {
    let [reference, other] = ["reference", "number"].map(|name| Field::new(name, name, Kind::Digits, ""));
    assert_eq!(digits_shown(&reference, &portal("extranet")), 14);
    assert_eq!(digits_shown(&reference, &portal("prets")), 18);
    assert_eq!(digits_shown(&other, &portal("extranet")), 18);
}

#[test]
fn a_hint_is_the_portals_own_where_it_has_one() {
    let texts = texts(&[
        ("field.password.hint", "Au moins {min} caractères."),
        ("field.password.hint_historique", "Huit, dont un chiffre."),
        ("field.reference.hint", "Sur votre avis."),
        ("field.reference.hint_prefix", "Après {prefix}, sur votre avis."),
    ]);
    let ask = |slug: &str, name: &'static str, text: &'static str, kind: Kind| {
        hint(&texts, &Field::new(name, text, kind, ""), &portal(slug))
    };
    let password = |slug: &str| ask(slug, "password", "field.password", Kind::NewPassword);
    assert_eq!(password("extranet").as_deref(), Some("Huit, dont un chiffre."));
    assert_eq!(password("ekidom").as_deref(), Some("Au moins 8 caractères."));
    let reference = |slug: &str| ask(slug, "reference", "field.reference", Kind::Digits);
    assert_eq!(reference("extranet").as_deref(), Some("Après L, sur votre avis."));
    assert_eq!(reference("ekidom").as_deref(), Some("Sur votre avis."));
    assert_eq!(ask("extranet", "email", "field.email", Kind::Email), None);
    assert_eq!(
        ask("extranet", "password", "field.password", Kind::Password).as_deref(),
        Some("Au moins 8 caractères.")
    );
}
