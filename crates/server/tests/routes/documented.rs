//! `docs/API.md` names what there is.

use axum::http::Method;
use serde_json::json;

use crate::support::{BANK, House, MEDIATOR};

const DOCUMENT: &str = include_str!("../../../../docs/API.md");

/// Method and path of each line of the tables.
pub(crate) fn requests() -> Vec<(Method, &'static str)> {
    let cells = DOCUMENT.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    cells
        .filter_map(|(request, _)| request.split_once(' '))
        .map(|(method, path)| (method.parse().expect("a method"), path))
        .collect()
}

#[tokio::test]
async fn every_address_named_answers() {
    let house = House::open().await;
    let requests = requests();
    assert!(requests.len() >= 16, "{requests:?}");
    for (method, path) in requests {
        let of_scheme = ["/api/mediation/", "/api/directory"].iter().any(|start| path.starts_with(start));
        let of_clients =
            ["/api/onboarding/", "/api/organisation/"].iter().any(|start| path.starts_with(start));
        let portal = match path {
            _ if of_scheme => MEDIATOR,
            _ if of_clients => BANK,
            _ => "extranet",
        };
        let portal = if path.starts_with("/api/") { portal } else { "" };
        let mut visitor = house.visitor().at(portal);
        let body = (method == Method::POST).then(|| json!({}));
        let answer = visitor.ask(method.clone(), &path.replace("{id}", "1"), body.as_ref()).await;
        let (status, code) = answer.problem();
        assert!(
            !["not_found", "method_not_allowed", "internal"].contains(&code),
            "{method} {path}: {status} {code}"
        );
        assert!(status != 404 && status != 405 && status < 500, "{method} {path}: {status} {code}");
    }
}

#[tokio::test]
async fn every_code_named_has_its_words_in_both_languages() {
    let house = House::open().await;
    let rows = DOCUMENT.lines().filter(|line| line.starts_with("| 4") || line.starts_with("| 5"));
    let codes: Vec<_> = rows.flat_map(|row| row.split('|').nth(2).unwrap().split(',')).collect();
    assert!(codes.len() >= 15, "{codes:?}");
    for code in codes {
        let key = format!("problem.{}", code.trim().trim_matches('`'));
        for language in ["fr", "en"] {
            let words = house.state.texts().shared(language).find(&key);
            assert!(words.is_some_and(|words| words.len() > 20), "{language} {key}");
        }
    }
}
