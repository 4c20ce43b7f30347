//! Letters at the desk: listed without codes, printed in a batch, posted, brought back, lost (A4, D2, D3).

use palier_domain::desk::Role;
use palier_domain::onboarding::LetterState;
use palier_server::onboarding::Fate;
use palier_server::store::journal;
use palier_server::store::letters::Ending;
use serde_json::{Value, json};

use crate::support::{BANK, DIRECTOR, House, MAYOR, TO_MIDNIGHT, chloe, eve};

const INES: &str = "ines@banque.example";
const PRINT: &str = "/api/desk/letters/print";

fn count(page: &Value, state: &str) -> u64 {
    let counts = page["counts"].as_array().expect("counts");
    let of = counts.iter().find(|count| count["state"] == state).expect("a state");
    of["count"].as_u64().expect("a number")
}

#[tokio::test]
async fn what_waits_is_printed_in_one_file_and_marked() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    assert_eq!(agent.visitor.post(PRINT, &json!({})).await.problem(), (409, "nothing_waits"));
    eve().asks(&house).await;
    chloe().asks(&house).await;
    let overview = agent.sees("/api/desk/overview").await;
    assert_eq!(overview["letters"]["waiting"], 2);

    let printed = agent.visitor.post(PRINT, &json!({})).await;
    assert_eq!(printed.status, 200, "{:?}", printed.body);
    assert!(printed.bytes.starts_with(b"%PDF-"));
    assert_eq!(printed.headers["content-type"], "application/pdf");
    assert_eq!(printed.headers["cache-control"], "no-store");
    assert_eq!(printed.headers["content-disposition"], "attachment; filename=\"courriers.pdf\"");
    for digits in [MAYOR, DIRECTOR] {
        let letters = house.paper(digits).await;
        assert_eq!(letters.iter().map(|it| it.state).collect::<Vec<_>>(), [LetterState::Printed]);
        assert_eq!(house.journal(digits).await.last().map(String::as_str), Some("letter_printed"));
    }
    assert_eq!(agent.visitor.post(PRINT, &json!({})).await.problem(), (409, "nothing_waits"));
}

#[tokio::test]
async fn only_operators_print_and_note() {
    let house = House::open().await;
    eve().asks(&house).await;
    let reference = house.paper(MAYOR).await[0].reference.clone();
    for (email, role) in [("sami@banque.example", Role::Support), ("lea@banque.example", Role::Landlord)] {
        let mut agent = house.at_the_desk(BANK, email, role).await;
        assert_eq!(agent.visitor.post(PRINT, &json!({})).await.problem(), (403, "role"));
        for deed in ["posted", "returned", "lost", "refused"] {
            let form = json!({ "references": [reference] });
            let answer = agent.visitor.post(&format!("/api/desk/letters/{deed}"), &form).await;
            assert_eq!(answer.problem(), (403, "role"), "{deed}");
        }
        let listed = agent.sees("/api/desk/letters").await;
        assert_eq!(listed["letters"][0]["reference"], reference);
    }
    assert_eq!(house.paper(MAYOR).await[0].state, LetterState::Asked);
}

#[tokio::test]
async fn no_answer_has_a_code_in_it() {
    let house = House::open().await;
    let (_, code) = eve().is_written_to(&house).await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    let hash = house.paper(MAYOR).await[0].code_hash.clone().expect("a hash");
    let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    let reference = house.paper(MAYOR).await[0].reference.clone();
    let posted = json!({ "references": [reference] });
    let done = agent.visitor.post("/api/desk/letters/posted", &posted).await.body.to_string();
    let mut answers = vec![done];
    for list in ["overview", "letters", "letters?state=posted", "clients", "requests", "session"] {
        answers.push(agent.sees(&format!("/api/desk/{list}")).await.to_string());
    }
    assert!(answers[2].contains(&reference));
    for answer in answers {
        for secret in [code.reveal(), &code.reveal_in_groups(), &hash] {
            assert!(!answer.contains(secret), "{answer}");
        }
    }
}

#[tokio::test]
async fn what_became_of_letters_is_noted_one_by_one() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    eve().asks(&house).await;
    chloe().asks(&house).await;
    agent.visitor.post(PRINT, &json!({})).await;
    let eves = house.paper(MAYOR).await[0].reference.clone();
    let chloes = house.paper(DIRECTOR).await[0].reference.clone();

    let typed = eves.to_lowercase().replace('-', " ");
    let form = json!({ "references": [typed, "C-2222-2222", "nothing"] });
    let posted = agent.visitor.post("/api/desk/letters/posted", &form).await;
    let wanted = json!({ "done": 1, "refused": ["C-2222-2222", "nothing"] });
    assert_eq!((posted.status.as_u16(), posted.body), (200, wanted));
    assert_eq!(house.post().await, [("letter_posted".to_owned(), eve().email().to_owned())]);

    let form = json!({ "references": [eves, chloes] });
    let returned = agent.visitor.post("/api/desk/letters/returned", &form).await.body;
    assert_eq!(returned["done"], 2, "{returned}");
    let told = |email: &str| ("letter_returned".to_owned(), email.to_owned());
    assert_eq!(house.post().await, [told(eve().email()), told(chloe().email())]);
    let again = agent.visitor.post("/api/desk/letters/posted", &form).await.body;
    assert_eq!(again, json!({ "done": 0, "refused": [eves, chloes] }));
    let page = agent.sees("/api/desk/letters").await;
    assert_eq!((count(&page, "returned"), count(&page, "posted")), (2, 0));

    for references in [json!([]), json!(vec!["x"; 201])] {
        let answer = agent.visitor.post("/api/desk/letters/lost", &json!({ "references": references })).await;
        assert_eq!(answer.problem(), (422, "invalid"));
    }
}

#[tokio::test]
async fn a_lost_letter_waits_again() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    eve().asks(&house).await;
    agent.visitor.post(PRINT, &json!({})).await;
    let lost = house.paper(MAYOR).await[0].reference.clone();
    let form = json!({ "references": [lost] });
    assert_eq!(agent.visitor.post("/api/desk/letters/lost", &form).await.body["done"], 1);
    let page = agent.sees("/api/desk/letters").await;
    let states: Vec<&str> = page["letters"]
        .as_array()
        .expect("letters")
        .iter()
        .map(|letter| letter["state"].as_str().expect("a state"))
        .collect();
    assert_eq!(states, ["asked", "revoked"]);
    assert_eq!(
        (&page["letters"][1]["reference"], &page["letters"][1]["ending"]),
        (&json!(lost), &json!("lost"))
    );
}

/// Administrators read which service it was; the operator's file says who.
#[tokio::test]
async fn who_handled_a_letter_is_kept_for_the_operator() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    eve().asks(&house).await;
    agent.visitor.post(PRINT, &json!({})).await;
    house.notes(MAYOR, Fate::Posted).await;
    let form = json!({ "references": [house.paper(MAYOR).await[0].reference] });
    for deed in ["returned", "lost"] {
        let done = agent.visitor.post(&format!("/api/desk/letters/{deed}"), &form).await.body;
        assert_eq!(done["done"], 1, "{deed}");
    }
    let code = house.prints().await;
    assert_eq!(eve().types(&house, code.reveal()).await.status, 200);
    let entries = journal::list(house.state.store().read(), BANK, house.client(MAYOR).await.id).await;
    let entries = entries.expect("a journal");
    let staff = |kind: &str| {
        let entry = entries.iter().find(|entry| entry.kind == kind).expect("an entry");
        entry.details.get("staff").map(String::as_str)
    };
    let kinds = ["letter_printed", "letter_posted", "letter_returned", "letter_lost", "letter_asked"];
    assert_eq!(kinds.map(staff), [Some(INES), None, Some(INES), Some(INES), None]);

    let mut eves = house.signed_in(eve().email()).await;
    let told = eves.get("/api/organisation/journal").await.body;
    let by = |kind: &str| {
        let entries = told["entries"].as_array().expect("entries");
        entries.iter().find(|entry| entry["kind"] == kind).expect("an entry")["details"]["by"].clone()
    };
    let service = json!("le service d'exploitation");
    let wanted = [service.clone(), service.clone(), service.clone(), service, Value::Null];
    assert_eq!(kinds.map(by), wanted);
    let file = eves.get("/api/organisation/journal.csv").await;
    let file = String::from_utf8_lossy(&file.bytes);
    assert!(file.contains("est déclaré perdu par le service d'exploitation."), "{file}");
    for text in [told.to_string(), file.into_owned()] {
        assert!(!text.contains(INES), "{text}");
    }
}

/// By telephone, as by the code: whatever became of the letter, once, and the operator's file says by whom.
#[tokio::test]
async fn a_request_is_stopped_for_who_calls() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    let (follow, code) = chloe().is_written_to(&house).await;
    house.notes(DIRECTOR, Fate::Returned).await;
    assert_eq!(house.post().await, [("letter_returned".to_owned(), chloe().email().to_owned())]);
    eve().asks(&house).await;
    house.post().await;
    let waiting = house.paper(MAYOR).await[0].reference.clone();
    let returned = house.paper(DIRECTOR).await[0].reference.clone();
    let listed = agent.sees("/api/desk/letters").await;
    assert_eq!((&listed["letters"][0]["open"], &listed["letters"][1]["open"]), (&json!(true), &json!(true)));

    let form = json!({ "references": [waiting, returned, "C-2222-2222"] });
    let stopped = agent.visitor.post("/api/desk/letters/refused", &form).await;
    let wanted = json!({ "done": 2, "refused": ["C-2222-2222"] });
    assert_eq!((stopped.status.as_u16(), stopped.body), (200, wanted));
    let told = |email: &str| ("designation_refused".to_owned(), email.to_owned());
    assert_eq!(house.post().await, [told(eve().email()), told(chloe().email())]);
    for digits in [MAYOR, DIRECTOR] {
        let letter = &house.paper(digits).await[0];
        assert_eq!((letter.state, letter.ending), (LetterState::Revoked, Some(Ending::Refused)), "{digits}");
        assert_eq!(house.journal(digits).await.last().map(String::as_str), Some("designation_stopped"));
        let client = house.client(digits).await.id;
        let entry = journal::list(house.state.store().read(), BANK, client).await.expect("a journal").pop();
        let details = entry.expect("an entry").details;
        assert_eq!(details.get("staff").map(String::as_str), Some(INES), "{digits}");
    }
    assert_eq!(agent.sees("/api/desk/letters").await["letters"][0]["open"], false);
    assert_eq!(house.visitor().at(BANK).follows(&follow).await.body["stage"], "refused");
    assert_eq!(chloe().types(&house, code.reveal()).await.fields(), [("letter_code", "letter_code_over")]);

    let again = agent.visitor.post("/api/desk/letters/refused", &form).await.body;
    assert_eq!(again, json!({ "done": 0, "refused": [waiting, returned, "C-2222-2222"] }));
    assert!(house.post().await.is_empty(), "nobody is told twice");
    // The organisation is free again, and its administrators read which service it was.
    eve().is_administrator(&house).await;
    let told = house.signed_in(eve().email()).await.get("/api/organisation/journal").await.body;
    let entries = told["entries"].as_array().expect("entries");
    let entry = entries.iter().find(|entry| entry["kind"] == "designation_stopped").expect("an entry");
    let wanted = ["le service d'exploitation", "eve@vaux.example", waiting.as_str()];
    assert_eq!(
        ["by", "email", "letter"].map(|name| entry["details"][name].clone()),
        wanted.map(|it| json!(it))
    );
    assert!(!told.to_string().contains(INES), "{told}");
}

/// A used code's account stays; a letter that was replaced stops the request like the one after it.
#[tokio::test]
async fn only_what_is_undecided_is_stopped() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Operator).await;
    eve().is_administrator(&house).await;
    chloe().is_written_to(&house).await;
    let older = house.paper(DIRECTOR).await[0].reference.clone();
    house.notes(DIRECTOR, Fate::Lost).await;
    house.post().await;
    let used = house.paper(MAYOR).await[0].reference.clone();
    let form = json!({ "references": [used, older] });
    let stopped = agent.visitor.post("/api/desk/letters/refused", &form).await.body;
    assert_eq!(stopped, json!({ "done": 1, "refused": [used] }), "by a letter before the newest one, too");
    assert_eq!(house.post().await, [("designation_refused".to_owned(), chloe().email().to_owned())]);
    let endings: Vec<_> = house.paper(DIRECTOR).await.into_iter().map(|letter| letter.ending).collect();
    assert_eq!(endings, [Some(Ending::Lost), Some(Ending::Refused)]);
    assert_eq!(house.visitor().at(BANK).signs_in_as_administrator(eve().email()).await.status, 200);
}

#[tokio::test]
async fn letters_are_found_and_counted() {
    let house = House::open().await;
    let mut agent = house.at_the_desk(BANK, INES, Role::Support).await;
    eve().is_written_to(&house).await;
    chloe().asks(&house).await;
    let page = agent.sees("/api/desk/letters").await;
    assert_eq!((count(&page, "asked"), count(&page, "printed"), count(&page, "used")), (1, 1, 0));
    assert_eq!(page["paging"], json!({ "page": 1, "pages": 1, "total": 2 }));
    assert_eq!(page["letters"][0]["number"], DIRECTOR, "what waits comes first");
    let printed = agent.sees("/api/desk/letters?state=printed").await;
    let reference = house.paper(MAYOR).await[0].reference.clone();
    let row = json!({
        "reference": reference, "organisation": "Mairie de Vaux-les-Paliers", "number": MAYOR, "recipient": "Maire",
        "state": "printed", "expired": false, "open": true, "asked": "2026-11-22", "printed": "2026-11-22",
        "valid_until": "2026-12-22",
    });
    assert_eq!(printed["letters"], json!([row]));
    assert_eq!(count(&printed, "asked"), 1, "counts are of all states");
    for (search, found) in [("vaux%20LES", 1), (MAYOR, 1), (reference.as_str(), 1), ("nowhere", 0)] {
        let page = agent.sees(&format!("/api/desk/letters?search={search}")).await;
        assert_eq!(page["paging"]["total"], found, "{search}");
    }
    for wrong in ["state=lost", "page=-1", "unknown=1"] {
        let answer = agent.visitor.get(&format!("/api/desk/letters?{wrong}")).await;
        assert_eq!(answer.problem(), (400, "malformed"), "{wrong}");
    }
    house.wait_hours(30 * 24 + TO_MIDNIGHT);
    agent.comes_again(&house).await;
    let page = agent.sees("/api/desk/letters?state=printed").await;
    assert_eq!(page["letters"][0]["expired"], true);
}
