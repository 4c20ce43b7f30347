//! Documents as PDF: what stands in the file, as programs that read it to people find it.

use std::collections::BTreeMap;

use lopdf::Object;
use palier_server::config::Loaded;
use palier_server::documents::{Block, Written};
use palier_server::paper::{Certificate, PaperError, Sheet};

use crate::support::{
    SYNTAX, catalog, loaded, metadata, open, press, sources, squeezed, structure, text, words,
};

const SOURCE: &str = "# Accord de {name}

Le premier paragraphe, signé par **{name}** à *Lyon*.

## Ce que vous demandez

- Une {syntax} demande
- Un second point
  1. Un point dans le point

| Date | Ce qui s’est passé |
| --- | --- |
| 3 mars | {syntax} |
| 4 mars | Rien de plus, selon [les conditions](/cgu) |

### Détail

> Des mots rapportés : « très œuvré »

Le numéro est `A-{name}`.

Le dernier paragraphe.
";

fn sheet_of(source: &str, name: &str, language: &str) -> Sheet {
    let Loaded { config, texts, .. } = loaded();
    let portal = config.portal("extranet").unwrap();
    let values = BTreeMap::from([("name", name), ("syntax", SYNTAX)]);
    let written = Written::new(source, &portal.home, &|name| values.get(name).copied());
    let now = "2026-11-21T23:30:00Z".parse().unwrap();
    let mut sheet = Sheet::new(portal, texts.portal("extranet", language), language, now, written);
    sheet.edition = Some("version 2026-11".to_owned());
    sheet.certificate = Some(Certificate {
        title: "Accord donné".to_owned(),
        rows: vec![
            ("Par".to_owned(), name.to_owned()),
            ("Empreinte".to_owned(), "0123456789abcdef".repeat(4)),
        ],
    });
    sheet
}

fn sheet(name: &str) -> Sheet {
    sheet_of(SOURCE, name, "fr")
}

/// How many letters an operand shows: two bytes each, in all our fonts.
fn letters(operand: &Object) -> usize {
    match operand {
        Object::String(shown, _) => shown.len() / 2,
        Object::Array(parts) => parts.iter().map(letters).sum(),
        _ => 0,
    }
}

#[tokio::test]
async fn everything_is_there_as_written() {
    let pdf = press(sources()).print(sheet("Zoé *Œ* #let x = 1")).await.unwrap();
    let found = text(&open(&pdf));
    for part in [
        "Accord de Zoé *Œ* #let x = 1",
        "Le premier paragraphe, signé par Zoé *Œ* #let x = 1 à Lyon.",
        "Ce que vous demandez",
        &format!("Une {SYNTAX} demande"),
        "Un second point",
        "Un point dans le point",
        "Ce qui s’est passé",
        &format!("3 mars{SYNTAX}"),
        "selon les conditions",
        "Des mots rapportés : « très œuvré »",
        "Le numéro est A-Zoé *Œ* #let x = 1.",
        "Le dernier paragraphe.",
        "Accord donné",
        &"0123456789abcdef".repeat(4),
        "version 2026-11",
        "Page 1 sur 1",
    ] {
        assert!(found.contains(&squeezed(part)), "{part}\n{found}");
    }
}

#[tokio::test]
async fn it_is_marked_up_for_those_who_listen() {
    let pdf = press(sources()).print(sheet("Zoé Martin")).await.unwrap();
    let document = open(&pdf);
    let catalog = catalog(&document);
    assert_eq!(words(catalog.get(b"Lang").unwrap()), "fr");
    let marked = document.get_dict_in_dict(catalog, b"MarkInfo").unwrap();
    assert!(marked.get(b"Marked").unwrap().as_bool().unwrap());
    let shown = document.get_dict_in_dict(catalog, b"ViewerPreferences").unwrap();
    assert!(shown.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());

    let kinds = structure(&document);
    let count = |kind: &str| kinds.iter().filter(|known| *known == kind).count();
    assert_eq!(count("H1"), 1, "{kinds:?}");
    assert_eq!(count("H2"), 2, "{kinds:?}");
    assert_eq!(count("H3"), 1, "{kinds:?}");
    assert_eq!((count("L"), count("LI")), (2, 3), "{kinds:?}");
    assert_eq!((count("Table"), count("TH")), (2, 4), "{kinds:?}");
    assert_eq!(count("Link"), 1, "{kinds:?}");

    let information = document.trailer.get(b"Info").unwrap().as_reference().unwrap();
    let information = document.get_dictionary(information).unwrap();
    assert_eq!(words(information.get(b"Title").unwrap()), "Accord de Zoé Martin");
    assert_eq!(words(information.get(b"CreationDate").unwrap()), "D:20261122003000+01'00");

    let metadata = metadata(&document);
    assert!(metadata.contains("<pdfuaid:part>1</pdfuaid:part>"), "{metadata}");
}

#[tokio::test]
async fn english_is_english() {
    let pdf = press(sources()).print(sheet_of("# Terms\n\nOne.", "Zoé", "en")).await.unwrap();
    let document = open(&pdf);
    assert_eq!(words(catalog(&document).get(b"Lang").unwrap()), "en");
    assert!(text(&document).contains("Page1of1"));
}

#[tokio::test]
async fn the_same_sheet_gives_the_same_bytes() {
    let press = press(sources());
    let first = press.print(sheet("Zoé")).await.unwrap();
    let others =
        tokio::join!(press.print(sheet("Zoé")), press.print(sheet("Léa")), press.print(sheet("Zoé")));
    assert!(first == others.0.unwrap() && first == others.2.unwrap());
    assert!(first != others.1.unwrap());
    let mut later = sheet("Zoé");
    later.now = later.now.saturating_add(jiff::SignedDuration::from_secs(1));
    assert!(first != press.print(later).await.unwrap());
}

#[tokio::test]
async fn long_names_stay_on_the_page() {
    let name = "Wolfeschlegelsteinhausen".repeat(13);
    let pdf = press(sources()).print(sheet(&name)).await.unwrap();
    let document = open(&pdf);
    assert!(text(&document).matches(&name).count() >= 4, "{}", text(&document));
    // Each run of letters begins on the page, and none is longer than a line.
    for page in document.get_pages().into_values() {
        let operations = document.get_and_decode_page_content(page).unwrap().operations;
        let starts = operations.iter().filter(|operation| operation.operator == "cm");
        let starts: Vec<f32> = starts.map(|start| start.operands[4].as_float().unwrap()).collect();
        assert!(starts.len() > 10 && starts.iter().all(|x| (0.0..500.0).contains(x)), "{starts:?}");
        for operation in operations {
            let letters: usize = operation.operands.iter().map(letters).sum();
            assert!(letters <= 110, "{operation:?}");
        }
    }
}

#[tokio::test]
async fn letters_that_no_font_has_are_shown_as_missing() {
    let name = "Ağaoğlu Łukasz Nguyễn Ștefan \u{1f600} \u{202e}مريم\u{0} 山 \u{e000} e\u{301} −€½";
    let pdf = press(sources()).print(sheet(name)).await.unwrap();
    let found = text(&open(&pdf));
    assert!(found.contains("AğaoğluŁukaszNguyễnȘtefan\u{fffd}\u{fffd}\u{fffd}"), "{found}");
    assert!(found.contains("−€½"), "{found}");
}

#[tokio::test]
async fn a_template_that_reads_files_or_fails_is_told_with_its_line() {
    for (template, told) in [
        ("#let x = 1\n#read(\"/etc/hostname\")", "line 2"),
        ("#set document(title: \"T\")\n\n#import \"@preview/cetz:0.3.4\"", "line 3"),
        ("\n#json(\"sheet.json\").nothing", "line 2"),
        ("#panic(\"no\")", "line 1"),
        // No title: not PDF/UA.
        ("Bonjour", "PDF/UA-1"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("paper")).unwrap();
        std::fs::write(folder.path().join("paper/document.typ"), template).unwrap();
        let mut sources = sources();
        sources.lay_over(folder.path()).unwrap();
        let Err(PaperError::Typeset(reason)) = press(sources).print(sheet("Zoé")).await else {
            panic!("{template} was printed")
        };
        assert!(reason.contains(told), "{template}: {reason}");
    }
}

#[tokio::test]
async fn pages_are_numbered() {
    let terms = sources().get("cgu/2026-11/fr.md").unwrap().text.clone();
    let pdf = press(sources()).print(sheet_of(&terms, "Zoé", "fr")).await.unwrap();
    let document = open(&pdf);
    let pages = document.get_pages().len();
    assert!(pages > 1);
    let found = text(&document);
    for page in 1..=pages {
        assert_eq!(found.matches(&format!("Page{page}sur{pages}")).count(), 1, "{found}");
    }
}

#[tokio::test]
async fn an_unknown_template_is_an_error() {
    let mut sheet = sheet("Zoé");
    sheet.template = "nothing".to_owned();
    let failed = press(sources()).print(sheet).await;
    assert_eq!(failed, Err(PaperError::NoTemplate("paper/nothing.typ".to_owned())));
}

#[tokio::test]
async fn an_empty_document_is_one_page() {
    let mut sheet = sheet("Zoé");
    sheet.certificate = None;
    sheet.blocks = vec![Block::paragraph("")];
    let pdf = press(sources()).print(sheet).await.unwrap();
    assert_eq!(open(&pdf).get_pages().len(), 1);
}
