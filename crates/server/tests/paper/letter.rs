//! The letter to a legal representative (A4): its words, its place in the window, its code on paper and in the square.

use palier_domain::values::LetterCode;
use palier_server::config::Loaded;
use palier_server::paper::{About, Letter, LetterFacts, PaperError};

use crate::picture::{Area, Picture};
use crate::support::{
    SYNTAX, catalog, loaded, metadata, open, press, sources, squeezed, structure, text, words,
};

/// What each window shows, however the letter slipped in its envelope (DL or C6/5, window of 35 or 45 × 100 mm).
const ALWAYS_SHOWN: Area = Area::new(109.0, 59.0, 190.0, 79.0);
/// The same for windows of 45 mm in both, and of 35 mm in DL.
const SHOWN_OF_SIX_LINES: Area = Area::new(109.0, 55.0, 190.0, 79.0);
/// What some window may show.
const EVER_SHOWN: Area = Area::new(90.0, 34.0, 210.0, 94.0);
/// Folded inside: nobody reads it through the window, nor on the outside of the folded letter.
const INSIDE: Area = Area::new(0.0, 99.0, 210.0, 198.0);

fn facts(number: u8) -> LetterFacts {
    let address = ["OFFICE PUBLIC DE L’HABITAT DES RIVES", "18 QUAI DES MARINIERS", "60000 BEAUVAIS"];
    LetterFacts {
        reference: format!("C-K7TM-94P{number}"),
        code: LetterCode::from_random([number; 16]),
        valid_until: "2026-12-22T09:05:00Z".parse().unwrap(),
        address: address.map(str::to_owned).into(),
        about: About::Administrator {
            function: "Directrice générale".to_owned(),
            organisation: "Office public de l’habitat des Rives".to_owned(),
            client_number: "041877".to_owned(),
            applicant: "Aïcha Le Goff".to_owned(),
        },
    }
}

fn letter(loaded: &Loaded, language: &str, facts: LetterFacts) -> Letter {
    let portal = loaded.config.portal("mediateur-hlm").unwrap();
    let texts = loaded.texts.portal("mediateur-hlm", language);
    let now = "2026-11-22T23:05:00Z".parse().unwrap();
    Letter::new(portal, texts, &loaded.documents, language, now, facts).unwrap()
}

async fn print_in(language: &str, all: impl IntoIterator<Item = LetterFacts>) -> Vec<u8> {
    let loaded = loaded();
    let letters = all.into_iter().map(|facts| letter(&loaded, language, facts)).collect();
    press(sources()).print_letters(letters).await.unwrap()
}

async fn print(all: impl IntoIterator<Item = LetterFacts>) -> Vec<u8> {
    print_in("fr", all).await
}

#[tokio::test]
async fn everything_is_said() {
    let pdf = print([facts(1)]).await;
    let document = open(&pdf);
    let found = text(&document);
    for part in [
        "Médiateur Hlm",
        "Centre de médiation de l’habitat, association loi 1901",
        "Tél. 01 99 00 20 17",
        "OFFICE PUBLIC DE L’HABITAT DES RIVES",
        "À l’attention de : Directrice générale",
        "18 QUAI DES MARINIERS",
        "60000 BEAUVAIS",
        "Votre numéro client 041877",
        "Référence de ce courrier C-K7TM-94P1",
        "Paris, le 23 novembre 2026",
        "Office public de l’habitat des Rives : désignation de votre administrateur",
        "Aïcha Le Goff demande à devenir l’administrateur",
        "vous désignez cette personne comme administrateur et vous engagez votre organisme",
        &facts(1).code.reveal_in_groups(),
        "Il n’y a jamais I, L, O, 0 ni 1",
        "À saisir sur https://espace.exemple.fr/mediateur-hlm/administrateur/activation",
        "Valable jusqu’au 22 décembre 2026 à 10 h 05",
        "Cette demande ne vient pas de votre organisme ?",
        "saisissez-le sur https://espace.exemple.fr/mediateur-hlm/administrateur/refus",
        "appelez-nous au 01 99 00 20 17",
        "en donnant la référence C-K7TM-94P1",
        "Page 1 sur 1",
    ] {
        assert!(found.contains(&squeezed(part)), "{part}\n{found}");
    }
    assert_eq!(document.get_pages().len(), 1);
}

#[tokio::test]
async fn english_is_english() {
    let pdf = print_in("en", [facts(1)]).await;
    let document = open(&pdf);
    assert_eq!(words(catalog(&document).get(b"Lang").unwrap()), "en");
    let found = text(&document);
    for part in
        ["For the attention of: Directrice générale", "Valid until 22 December 2026 at 10:05", "Page 1 of 1"]
    {
        assert!(found.contains(&squeezed(part)), "{part}\n{found}");
    }
    assert_eq!(document.get_pages().len(), 1);
}

#[tokio::test]
async fn it_is_marked_up_for_those_who_listen() {
    let pdf = print([facts(1)]).await;
    let document = open(&pdf);
    assert_eq!(words(catalog(&document).get(b"Lang").unwrap()), "fr");
    assert!(metadata(&document).contains("<pdfuaid:part>1</pdfuaid:part>"));
    let kinds = structure(&document);
    let count = |kind: &str| kinds.iter().filter(|known| *known == kind).count();
    assert_eq!((count("H1"), count("H2"), count("Figure"), count("Link")), (1, 2, 1, 1), "{kinds:?}");
    let figures = document.objects.values().filter_map(|object| object.as_dict().ok()?.get(b"Alt").ok());
    let said: Vec<String> = figures.map(words).collect();
    assert_eq!(said, ["Code QR : il ouvre la page d’activation avec le code de ce courrier"]);
}

#[tokio::test]
async fn the_window_shows_the_address_and_nothing_else() {
    let pdf = print([facts(1)]).await;
    let shown = Picture::new(&pdf, 0).printed_in(EVER_SHOWN).unwrap();
    assert!(ALWAYS_SHOWN.holds(shown), "{shown:?}");
}

#[tokio::test]
async fn six_lines_of_38_letters_fit_the_window() {
    let long = |letter: &str| letter.repeat(38);
    let mut full = facts(1);
    full.address = ["É", "W", "Œ", "Ñ", "j", "ç"].map(long).into();
    let pdf = print([full.clone()]).await;
    let shown = Picture::new(&pdf, 0).printed_in(EVER_SHOWN).unwrap();
    assert!(SHOWN_OF_SIX_LINES.holds(shown) && shown.right - shown.left > 79.0, "{shown:?}");
    let found = text(&open(&pdf));
    // The function is told below then.
    for line in full.address.iter().map(String::as_str).chain(["À l’attention de : Directrice générale"])
    {
        assert!(found.contains(&squeezed(line)), "{line}\n{found}");
    }
    // Whoever let a longer line pass gets smaller letters, not a line cut by the envelope.
    full.address[2] = "W".repeat(60);
    let shown = Picture::new(&print([full]).await, 0).printed_in(EVER_SHOWN).unwrap();
    assert!(SHOWN_OF_SIX_LINES.holds(shown), "{shown:?}");
}

#[tokio::test]
async fn the_square_opens_the_activation_with_the_code() {
    let pdf = print([facts(3)]).await;
    let codes = Picture::new(&pdf, 0).qr_codes();
    let [(said, place)] = codes.as_slice() else { panic!("{codes:?}") };
    let address = "https://espace.exemple.fr/mediateur-hlm/administrateur/activation";
    assert_eq!(*said, format!("{address}#{}", facts(3).code.reveal()));
    assert!(INSIDE.holds(*place), "{place:?}");
    // Version 5 has 37 modules; half a millimetre each is the least that old phones read.
    assert!(place.right - place.left > 37.0 * 0.5, "{place:?}");
    let quiet = Area::new(place.left - 2.5, place.top - 2.5, place.right + 2.5, place.bottom + 2.5);
    let around = Picture::new(&pdf, 0).printed_in(quiet).unwrap();
    assert!(
        Area::new(place.left - 1.0, place.top - 1.0, place.right + 1.0, place.bottom + 1.0).holds(around),
        "{around:?} {place:?}"
    );
}

#[tokio::test]
async fn what_people_typed_is_printed_as_typed() {
    let odd = format!("Zoé {SYNTAX} {{code}}");
    let mut facts = facts(1);
    facts.about = About::Administrator {
        applicant: odd.clone(),
        organisation: format!("{odd} Ø"),
        function: format!("{odd} Å"),
        client_number: "#let".to_owned(),
    };
    facts.address =
        vec!["#eval(\"1\") *A* $x$ <b>@c</b> `d`".to_owned(), "\u{202e}Ðé \u{1f600} مريم".to_owned()];
    let pdf = print([facts.clone()]).await;
    let document = open(&pdf);
    let found = text(&document);
    for part in [
        &format!("{odd} demande à devenir"),
        &format!("{odd} Ø : désignation de votre administrateur"),
        &format!("À l’attention de : {odd} Å"),
        "numéro client #let",
        &facts.address[0],
        "Ðé \u{fffd} \u{fffd}\u{fffd}\u{fffd}\u{fffd}",
    ] {
        assert!(found.contains(&squeezed(part)), "{part}\n{found}");
    }
    assert!(document.get_pages().len() <= 2);
    assert_eq!(
        Picture::new(&pdf, 0).printed_in(EVER_SHOWN).map(|shown| ALWAYS_SHOWN.holds(shown)),
        Some(true)
    );
}

#[tokio::test]
async fn a_batch_is_one_letter_after_the_other() {
    let mut long = facts(2);
    if let About::Administrator { organisation, .. } = &mut long.about {
        *organisation = "Société coopérative d’intérêt collectif ".repeat(16);
    }
    let pdf = print([facts(1), long, facts(3)]).await;
    let document = open(&pdf);
    let pages: Vec<String> = document
        .get_pages()
        .into_keys()
        .map(|page| squeezed(&document.extract_text(&[page]).unwrap()))
        .collect();
    let expected = [(1, "Page1sur1"), (2, "Page1sur2"), (2, "Page2sur2"), (3, "Page1sur1")];
    assert_eq!(pages.len(), expected.len());
    for (page, (letter, foot)) in pages.iter().zip(expected) {
        assert!(page.ends_with(foot) && page.contains(&format!("C-K7TM-94P{letter}")), "{page}");
        let other = (1..=3).find(|other| *other != letter && page.contains(&format!("94P{other}")));
        assert_eq!(other, None, "{page}");
    }
    for (page, letter) in [(0, 1), (1, 2), (3, 3)] {
        let codes = Picture::new(&pdf, page).qr_codes();
        assert!(codes[0].0.ends_with(facts(letter).code.reveal()), "{codes:?}");
        assert!(pages[page].contains(&facts(letter).code.reveal_in_groups()), "{}", pages[page]);
    }
    let bookmarks = document.get_toc().unwrap().toc;
    let titles = bookmarks.iter().filter(|mark| mark.title.ends_with("désignation de votre administrateur"));
    assert_eq!(titles.map(|mark| mark.page).collect::<Vec<_>>(), [1, 2, 4]);
    let information = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let title = document.get_dictionary(information).unwrap().get(b"Title").unwrap();
    assert_eq!(words(title), "3 courriers");
}

#[tokio::test]
async fn the_same_letters_give_the_same_bytes() {
    let first = print([facts(1), facts(2)]).await;
    assert!(first == print([facts(1), facts(2)]).await);
    assert!(first != print([facts(2), facts(1)]).await);
}

#[tokio::test]
async fn no_letter_is_nothing_to_print() {
    assert_eq!(press(sources()).print_letters(Vec::new()).await, Err(PaperError::Nothing));
}

#[test]
fn a_log_never_has_the_code() {
    let loaded = loaded();
    let code = facts(1).code;
    for told in [format!("{:?}", facts(1)), format!("{:?}", letter(&loaded, "fr", facts(1)))] {
        assert!(told.contains("94P1"), "{told}");
        assert!(!told.contains(&code.reveal()[..5]), "{told}");
    }
}
