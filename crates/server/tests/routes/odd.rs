//! Whatever is sent is answered: never a fault of the server, and refusals always as problems.

use axum::http::{Method, header};
use palier_domain::desk::Role;
use serde_json::{Map, Value, json};

use crate::support::{Answer, BANK, House, MEDIATOR, Visitor, aurelie, val};

/// What stands in addresses: broken escapes, bytes that are no text, numbers that don't fit, words of databases.
const PARTS: [&str; 7] =
    ["%FF", "%00", "-1", "0", "99999999999999999999", "a%2F..%2Fb", "'%20OR%20'1'='1'%3B--"];
const QUERIES: [&str; 5] = [
    "?page=-1&before=-1",
    "?page=99999999999999999999&before=99999999999999999999&q=%FF&search=%FF",
    "?q=%00&search=%00&state=%00&lang=%00&page=18446744073709551615&before=9223372036854775807",
    "?q=a&q=b&search=a&search=b&before=1&before=2&lang=fr&lang=en",
    "?q='%20OR%201=1--&search=%25%5F%27&state=%27",
];
const TEXTS: [&str; 3] = ["", "\0\u{feff}\u{202e}", "' OR 1=1--{{7*7}}<script>"];

async fn everybody(house: &House) -> Vec<Visitor> {
    let mut all: Vec<_> = ["extranet", MEDIATOR, BANK].into_iter().map(|it| house.visitor().at(it)).collect();
    all.push(aurelie().has_account(house).await);
    all.push(val().is_certified(house).await);
    all.push(house.administrator().await);
    all.push(house.at_the_desk(BANK, "odile@exemple.test", Role::Support).await.visitor);
    all
}

async fn described(house: &House) -> Value {
    house.visitor().get("/api/openapi.json").await.body
}

fn check(what: &str, answer: &Answer) {
    let status = answer.status.as_u16();
    assert!(status < 500, "{what}: {:?}", answer.problem());
    if status >= 400 {
        let kind = answer.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        assert_eq!(kind, Some("application/problem+json"), "{what}: {status}");
        assert!(!answer.code().is_empty(), "{what}: {status}");
    }
}

/// A body of this schema in which each text is `text`, and each number as odd.
fn filled(schema: &Value, all: &Value, text: &str) -> Value {
    if let Some(reference) = schema["$ref"].as_str() {
        return filled(all.pointer(reference.trim_start_matches('#')).unwrap_or(&Value::Null), all, text);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"][0].as_str());
    match kind {
        Some("object") => {
            let fields = schema["properties"].as_object().into_iter().flatten();
            Value::Object(fields.map(|(name, inner)| (name.clone(), filled(inner, all, text))).collect())
        }
        Some("array") => json!([filled(&schema["items"], all, text)]),
        Some("boolean") => json!(true),
        Some("integer" | "number") => json!(-1),
        _ => schema["enum"].get(0).cloned().unwrap_or_else(|| json!(text)),
    }
}

/// What is asked in place of an address of the description.
fn odd(path: &str) -> Vec<String> {
    if !path.contains('{') {
        return QUERIES.iter().map(|query| format!("{path}{query}")).collect();
    }
    let names: Vec<_> = path.split('/').filter(|part| part.starts_with('{')).collect();
    let put = |part: &&str| names.iter().fold(path.to_owned(), |so_far, name| so_far.replace(name, part));
    PARTS.iter().map(put).collect()
}

#[tokio::test]
async fn odd_addresses_are_answered_with_problems() {
    let house = House::open().await;
    let description = described(&house).await;
    let mut asked: Vec<(Method, String)> = Vec::new();
    for (path, methods) in description["paths"].as_object().expect("paths") {
        // Sessions are looked after elsewhere: these visitors keep theirs.
        if path == "/api/account/session" || path == "/api/desk/session" {
            continue;
        }
        for method in methods.as_object().expect("methods").keys() {
            let method: Method = method.to_uppercase().parse().expect("a method");
            asked.extend(odd(path).into_iter().map(|address| (method.clone(), address)));
        }
    }
    for mut visitor in everybody(&house).await {
        for (method, address) in &asked {
            let body = (method == Method::POST).then(|| json!({}));
            let answer = visitor.ask(method.clone(), address, body.as_ref()).await;
            check(&format!("{method} {address}"), &answer);
        }
    }
}

#[tokio::test]
async fn odd_bodies_are_answered_with_problems() {
    let house = House::open().await;
    let description = described(&house).await;
    let mut deep = json!({});
    for _ in 0..100 {
        deep = json!({ "form": deep });
    }
    // Who is signed in may ask all that others may.
    for mut visitor in everybody(&house).await.into_iter().skip(3) {
        visitor = visitor.with("idempotency-key", "odd-bodies");
        for (path, methods) in description["paths"].as_object().expect("paths") {
            let post = &methods["post"];
            if post.is_null() || path.ends_with("/consents") {
                continue;
            }
            let schema = &post["requestBody"]["content"]["application/json"]["schema"];
            let address = path.replace("{id}", "1").replace(['{', '}'], "");
            let mut bodies = vec![Value::Null, json!([]), json!("x"), json!(1e300), deep.clone()];
            bodies.push(Value::Object(Map::from_iter([("form".to_owned(), json!([[], {}, null]))])));
            bodies.extend(TEXTS.iter().map(|text| filled(schema, &description, text)));
            for body in bodies {
                let answer = visitor.ask(Method::POST, &address, Some(&body)).await;
                check(&format!("POST {address} {body}"), &answer);
            }
        }
    }
}
