//! The description of the API says what the router has, and `docs/API.md` says the same (X5).

use std::collections::BTreeSet;
use std::path::Path;

use axum::http::Method;
use serde_json::{Value, json};

use crate::documented::requests;
use crate::support::House;

const METHODS: [Method; 5] = [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];

async fn description(house: &House) -> Value {
    let answer = house.visitor().get("/api/openapi.json").await;
    assert_eq!((answer.status.as_u16(), answer.body["openapi"].as_str()), (200, Some("3.1.0")));
    answer.body
}

/// Addresses in the router's own words, from the files that make it.
fn routed(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            routed(&path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let source = std::fs::read_to_string(&path).expect("a file");
            let texts = |start: &str| -> Vec<String> {
                let after = source.split(start).skip(1).filter_map(|rest| rest.split(')').next());
                after.map(str::to_owned).collect()
            };
            found.extend(
                texts(".route(\"").iter().filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())),
            );
            // What all sign-ups have: `sign_up_routes("/a", "/b")`.
            for pair in texts("sign_up_routes(\"") {
                let (sign_ups, confirmations) = pair.trim_end_matches('"').split_once("\", \"").expect("two");
                found.extend(["resend", "withdraw"].map(|end| format!("{sign_ups}/{end}")));
                found.insert(format!("{confirmations}/resend"));
            }
        }
    }
}

/// Whether an address is one of this form: `{…}` stands for one part.
fn is_of(address: &str, form: &str) -> bool {
    let address = address.split('?').next().unwrap_or_default();
    address.split('/').count() == form.split('/').count()
        && address
            .split('/')
            .zip(form.split('/'))
            .all(|(part, wanted)| part == wanted || wanted.starts_with('{'))
}

#[tokio::test]
async fn every_route_is_described_and_nothing_else() {
    let house = House::open().await;
    let described: BTreeSet<String> =
        description(&house).await["paths"].as_object().expect("paths").keys().cloned().collect();
    let mut found = BTreeSet::new();
    routed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    let outside = |path: &String| {
        path.starts_with("/demo/") || ["/", "/healthz", "/readyz", "/metrics"].contains(&path.as_str())
    };
    let routed: BTreeSet<String> =
        found.iter().filter(|path| !outside(path)).map(|path| format!("/api{path}")).collect();
    assert_eq!(described, routed);
}

#[tokio::test]
async fn every_address_answers_the_methods_described_and_no_other() {
    let house = House::open().await;
    let description = description(&house).await;
    for (path, methods) in description["paths"].as_object().expect("paths") {
        let address = path.replace("{id}", "1").replace(['{', '}'], "");
        for method in METHODS {
            let described = methods.get(method.as_str().to_lowercase()).is_some();
            let body = (method != Method::GET).then(|| json!({}));
            let answer = house.visitor().ask(method.clone(), &address, body.as_ref()).await;
            assert_eq!(answer.status.as_u16() != 405, described, "{method} {path}: {:?}", answer.problem());
            assert!(answer.status.as_u16() < 500, "{method} {path}: {:?}", answer.problem());
        }
    }
}

#[tokio::test]
async fn the_document_and_the_description_name_the_same() {
    let house = House::open().await;
    let description = description(&house).await;
    let documented: Vec<_> = requests().into_iter().filter(|(_, path)| path.starts_with("/api/")).collect();
    let mut described = BTreeSet::new();
    for (path, methods) in description["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            described.insert((method.to_uppercase(), path.as_str()));
        }
    }
    for (method, address) in &documented {
        let known = described.iter().any(|(known, form)| known == method.as_str() && is_of(address, form));
        assert!(known, "docs/API.md names {method} {address}, the description doesn't");
    }
    for (method, form) in &described {
        let known =
            documented.iter().any(|(known, address)| known.as_str() == method && is_of(address, form));
        assert!(known, "the description names {method} {form}, docs/API.md doesn't");
    }
}

#[tokio::test]
async fn what_the_description_refers_to_is_in_it() {
    fn references(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(to)) = fields.get("$ref") {
                    found.push(to.clone());
                }
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let house = House::open().await;
    let description = description(&house).await;
    let mut found = Vec::new();
    references(&description, &mut found);
    assert!(found.len() > 100, "{found:?}");
    for reference in found {
        let place = reference.strip_prefix('#').expect("within the description");
        assert!(description.pointer(place).is_some(), "{reference}");
    }
}
