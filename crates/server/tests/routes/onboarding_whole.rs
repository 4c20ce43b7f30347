//! The whole way: from the client number to the administrator who signs in (case 1; A1–A6, A9, A10).

use palier_domain::values::{Email, LetterCode};
use palier_server::onboarding::{Fate, print_letters};
use palier_server::store::{accounts, clients, designations, journal};
use serde_json::json;

use crate::onboarding::text;
use crate::support::{BANK, House, MAYOR, client, eve, token_in};

#[tokio::test]
async fn a_first_user_becomes_administrator_by_a_letter() {
    let house = House::open().await;
    let mut visitor = house.visitor().at(BANK);
    let who = eve().with("client_number", " 000 048 213 ").ticked(&mut visitor).await;
    let answer = visitor.checks_number("", &who).await;
    assert_eq!(
        (answer.status.as_u16(), answer.body),
        (
            200,
            json!({ "organisation": "Mairie de Vaux-les-Paliers", "colleague": false, "administered": false })
        )
    );
    let answer = visitor.checks_number("identite", &who).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    let answer = visitor.registers(&who, "submission-whole-way").await;
    assert_eq!(answer.status, 202, "{:?}", answer.body);
    assert_eq!(answer.body.as_object().expect("an object").keys().collect::<Vec<_>>(), ["handle"]);
    let consented = house.now();
    let mails = house.letters().await;
    let [mail] = mails.as_slice() else { panic!("one e-mail, not {mails:?}") };
    assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("confirm_registration", who.email()));
    assert!(mail.text.contains("Mairie de Vaux-les-Paliers"), "{}", mail.text);
    assert!(mail.text.contains("/prets/administrateur/confirmation#"), "{}", mail.text);
    assert!(house.paper(MAYOR).await.is_empty(), "no letter before the click");

    house.wait_hours(2);
    let answer = house.visitor().at(BANK).from("198.51.100.1").registered(&token_in(&mail.text)).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    let token = answer.body["token"].as_str().expect("a token").to_owned();
    assert_eq!(answer.body, json!({ "token": token }), "nobody can object");
    let mails = house.letters().await;
    assert_eq!((mails.len(), mails[0].kind.as_str()), (1, "letter_asked"));
    assert!(mails[0].text.contains("«\u{a0}Maire\u{a0}»"), "{}", mails[0].text);
    let told = visitor.follows(&token).await.body;
    let reference = house.paper(MAYOR).await[0].reference.clone();
    assert_eq!(
        told,
        json!({
            "organisation": "Mairie de Vaux-les-Paliers", "recipient": "Maire", "reference": reference,
            "stage": "asked", "asked": "2026-11-22", "renewable": false,
        })
    );

    house.wait_hours(24);
    let code = print(&house).await;
    let kept = house.paper(MAYOR).await;
    assert!(!format!("{kept:?}").contains(code.reveal()), "nobody can read it from the store");
    house.wait_hours(24);
    house.notes(MAYOR, Fate::Posted).await;
    assert_eq!(house.post().await, [("letter_posted".to_owned(), who.email().to_owned())]);
    assert_eq!(
        visitor.follows(&token).await.body,
        json!({
            "organisation": "Mairie de Vaux-les-Paliers", "recipient": "Maire", "reference": reference,
            "stage": "posted", "asked": "2026-11-22", "printed": "2026-11-23", "posted": "2026-11-24",
            "expected": "2026-12-01", "valid_until": "2026-12-23", "renewable": false,
            "renewable_from": "2026-12-24",
        })
    );

    house.wait_hours(3 * 24);
    let answer = visitor.activates(who.email(), &code.reveal_in_groups()).await;
    assert_eq!((answer.status.as_u16(), answer.body), (200, json!({})));
    assert!(visitor.cookies.is_empty(), "activating isn't signing in");
    let mails = house.letters().await;
    assert_eq!((mails.len(), mails[0].kind.as_str()), (1, "administrator_active"));
    let account = account(&house, who.email()).await;
    assert!(mails[0].text.contains(&account.identifier.to_string()), "{}", mails[0].text);
    let answer = visitor.signs_in_as_administrator(who.email()).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    let session = visitor.get("/api/account/session").await.body;
    assert_eq!(
        session["client"],
        json!({ "name": "Mairie de Vaux-les-Paliers", "number": MAYOR, "administrator": true, "alone": true })
    );
    let kinds =
        ["designation_asked", "letter_asked", "letter_printed", "letter_posted", "administrator_designated"];
    assert_eq!(house.journal(MAYOR).await, kinds);
    assert_eq!(visitor.follows(&token).await.body["stage"], "used");

    // The consent is the one given with the form.
    let consents = accounts::consents(house.state.store().read(), account.id).await.expect("consents");
    let terms = &house.bank().public.terms;
    assert_eq!(consents.len(), 1);
    assert_eq!((&consents[0].version, &consents[0].sha256), (&terms.version, &terms.sha256));
    assert_eq!(consents[0].accepted_at, consented);
}

async fn account(house: &House, email: &str) -> accounts::Account {
    let key = Email::parse(email).expect("an address").key();
    let found = accounts::by_email_key(house.state.store().read(), BANK, &key).await;
    found.expect("an answer").expect("an account")
}

/// Prints what waits, and reads the code off the paper.
async fn print(house: &House) -> LetterCode {
    let pdf = print_letters(&house.state, house.bank()).await.expect("printed").expect("a letter waits");
    let said = text(&pdf);
    code_in(&said).unwrap_or_else(|| panic!("no code in {said}"))
}

fn code_in(said: &str) -> Option<LetterCode> {
    let characters: Vec<char> = said.chars().collect();
    let found = characters.windows(17).find_map(|window| {
        let grouped = window[5] == '-' && window[11] == '-';
        LetterCode::parse(&window.iter().collect::<String>()).ok().filter(|_| grouped)
    });
    found.or_else(|| {
        characters.windows(15).find_map(|window| LetterCode::parse(&window.iter().collect::<String>()).ok())
    })
}

#[tokio::test]
async fn the_journal_says_who_and_which_letter() {
    let house = House::open().await;
    eve().is_administrator(&house).await;
    let store = house.state.store();
    let id = house.client(MAYOR).await.id;
    let entries = journal::list(store.read(), BANK, id).await.expect("a journal");
    let reference = house.paper(MAYOR).await[0].reference.clone();
    let kinds: Vec<_> = entries.iter().map(|entry| entry.kind.as_str()).collect();
    assert_eq!(kinds, ["designation_asked", "letter_asked", "administrator_designated"]);
    for entry in [&entries[0], &entries[2]] {
        assert_eq!(entry.details["name"], "Ève d’Almeida");
        assert_eq!(entry.details["email"], "eve@vaux.example");
    }
    for entry in &entries[1..] {
        assert_eq!(entry.details["letter"], reference);
    }
}

#[tokio::test]
async fn markup_in_names_is_printed_and_kept_as_it_is() {
    let house = House::open().await;
    let name = "#strong[Mairie] *de* <b>Vaux</b> & $x$ @ref \\ \"C:\"";
    house.keep_client(BANK, &[client(MAYOR, name, "#panic() <Maire>")]).await;
    let who = eve().with("first_name", "Jean--Luc").with("own_surname", "d'Ys...");
    let token = who.asks(&house).await;
    let kept = clients::by_id(house.state.store().read(), BANK, house.client(MAYOR).await.id).await;
    assert_eq!(kept.expect("an answer").expect("the organisation").known.name, name);
    let told = house.visitor().at(BANK).follows(&token).await.body;
    assert_eq!(
        (told["organisation"].as_str(), told["recipient"].as_str()),
        (Some(name), Some("#panic() <Maire>"))
    );
    let pdf = print_letters(&house.state, house.bank()).await.expect("printed").expect("a letter waits");
    let said = text(&pdf);
    for part in ["#strong[Mairie]*de*<b>Vaux</b>&$x$@ref\\", "#panic()<Maire>", "Jean--Luc"] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let open = designations::open_of(house.state.store().read(), BANK, house.client(MAYOR).await.id).await;
    let open = open.expect("an answer").expect("a designation");
    assert_eq!((open.first_name.as_str(), open.surname.as_str()), ("Jean--Luc", "d'Ys..."));
    let code = code_in(&said).expect("a code");
    assert_eq!(who.types(&house, code.reveal()).await.status, 200);
    let mails = house.letters().await;
    assert!(mails[0].text.contains("Jean--Luc d'Ys..."), "{}", mails[0].text);
    assert!(mails[0].html.contains("&lt;b&gt;Vaux&lt;/b&gt; &amp; $x$"), "{}", mails[0].html);
    assert!(!mails[0].html.contains("<b>"), "{}", mails[0].html);
}
