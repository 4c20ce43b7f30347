//! A client organisation gets its first administrator (A1).

use crate::support::{BANK, House, MEDIATOR};

#[tokio::test]
async fn a1_the_tutorial_is_a_file_in_both_languages_where_clients_sign_up() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let path = "/api/onboarding/tutoriel.pdf";
    for (language, words) in [("fr", "cinqétapes"), ("en", "fivesteps")] {
        let answer = visitor.get(&format!("{path}?lang={language}")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.headers["content-type"], "application/pdf");
        let said = text(&answer.bytes);
        for part in [words, "237517", "127.0.0.1:8080/prets/", "0199002375"] {
            assert!(said.contains(part), "{part}: {said}");
        }
        assert!(!said.contains(['{', '}']), "{said}");
        let again = visitor.get(&format!("{path}?lang={language}")).await;
        assert!(again.bytes == answer.bytes, "printed once");
    }
    for elsewhere in ["extranet", MEDIATOR] {
        let answer = house.visitor().at(elsewhere).get(path).await;
        assert_eq!(answer.problem(), (404, "not_found"), "{elsewhere}");
    }
}

/// The words of all pages without white space.
pub(crate) fn text(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).expect("a PDF");
    let pages: Vec<u32> = document.get_pages().into_keys().collect();
    assert!((1..=2).contains(&pages.len()), "{} pages", pages.len());
    let text = document.extract_text(&pages).expect("text");
    text.chars().filter(|character| !character.is_whitespace()).collect()
}
