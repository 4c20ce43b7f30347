//! The export of one's data (D4): everything of who asks, nothing of anybody else, nothing that opens something.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use palier_domain::credentials::Channel;
use palier_domain::desk::Role;
use serde_json::{Value, json};

use crate::partners::{NUMBER, PASSWORD as PARTNERS_PASSWORD, chooses, house as house_of_partners, sent};
use crate::support::{Answer, House, PASSWORD, Visitor, aurelie, bastien, claire, est, val, zoe};

const DATA: &str = "/api/account/data";
const HERS: &str = "aurelie@exemple.fr";
const OLD: &str = "tram bleu 47";

/// The files of an archive, by name.
struct Given(BTreeMap<String, String>);

impl Given {
    fn of(answer: &Answer) -> Self {
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        assert_eq!(answer.headers["content-type"], "application/zip");
        assert_eq!(answer.headers["cache-control"], "no-store");
        let mut archive = zip::ZipArchive::new(Cursor::new(answer.bytes.clone())).expect("an archive");
        let mut files = BTreeMap::new();
        for index in 0..archive.len() {
            let mut file = archive.by_index(index).expect("a file");
            let name = file.name().expect("a name").into_owned();
            let mut text = String::new();
            file.read_to_string(&mut text).expect("a text");
            files.insert(name, text);
        }
        Self(files)
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.0["donnees.json"]).expect("JSON")
    }

    fn names(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }

    /// Nothing of that stands anywhere.
    fn lacks(&self, secrets: &[&str]) {
        for (name, text) in &self.0 {
            for secret in secrets {
                assert!(!secret.is_empty() && !text.contains(secret), "{name} has {secret}: {text}");
            }
        }
    }
}

async fn asks(visitor: &mut Visitor, password: &str) -> Answer {
    visitor.post(DATA, &json!({ "present": password })).await
}

async fn signed_in(house: &House) -> Visitor {
    let mut visitor = house.visitor();
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    visitor
}

/// Every column that holds a secret, as the database has it.
async fn secrets(house: &House) -> Vec<String> {
    use sea_orm::{ConnectionTrait as _, Statement};
    let conn = house.state.store().read();
    let mut all = Vec::new();
    for column in [
        "password_hash AS it FROM accounts",
        "password_hash AS it FROM sign_ups",
        "lower(hex(token_hash)) AS it FROM sessions",
        "lower(hex(token_hash)) AS it FROM links",
        "lower(hex(handle_hash)) AS it FROM sign_ups",
        "lower(hex(name_key)) AS it FROM accounts",
        "source AS it FROM places",
        "message_id AS it FROM outbox",
        "credential AS it FROM passkeys",
        "key AS it FROM passkeys",
        "lower(hex(secret_hash)) AS it FROM partners",
        "staff AS it FROM desk_journal",
    ] {
        let statement = Statement::from_string(conn.get_database_backend(), format!("SELECT {column}"));
        for row in conn.query_all_raw(statement).await.expect("rows") {
            all.extend(row.try_get::<Option<String>>("", "it").expect("a text").filter(|it| it.len() > 1));
        }
    }
    all
}

#[tokio::test]
async fn d4_everything_of_who_asks_and_nothing_of_anybody_else() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    claire().has_account(&house).await;
    let mut theirs = house.visitor();
    assert_eq!(claire().signs_in(&mut theirs).await.status, 200);
    let mut agent = house.at_the_desk("extranet", "ines@rives.example", Role::Support).await;
    for typed in [HERS, "claire@exemple.fr"] {
        agent.sees(&format!("/api/desk/accounts?search={typed}")).await;
    }
    let claires = theirs.get("/api/account/session").await.body;
    let mut hers = signed_in(&house).await.with("user-agent", "Firefox/143.0 (Windows)");
    let answer = asks(&mut hers, OLD).await;
    let disposition = answer.headers["content-disposition"].to_str().expect("a name");
    assert_eq!(disposition, "attachment; filename=\"palier-donnees-2026-11-22.zip\"");
    let given = Given::of(&answer);
    let data = given.json();
    assert_eq!(data["schema"], 1);
    assert_eq!(data["made_at"], "2026-11-22T09:00:00+01:00");
    assert_eq!(data["account"]["email"], HERS);
    assert_eq!(data["account"]["surname"], "LEFÈVRE");
    assert_eq!(data["leases"][0]["reference"], "482173");
    assert_eq!(data["consents"][0]["version"], "2026-11");
    assert_eq!(data["consents"][0]["sha256"].as_str().map(str::len), Some(64));
    let sessions = data["sessions"].as_array().expect("sessions");
    assert!(!sessions.is_empty() && sessions[0]["created_at"].as_str().is_some());
    let kinds: Vec<_> =
        data["emails"].as_array().expect("e-mails").iter().map(|mail| mail["kind"].clone()).collect();
    assert_eq!(kinds, ["account_active", "confirm_sign_up"]);
    assert_eq!(data["emails"][0]["state"], "sent");
    assert_eq!(data["desk"][0]["kind"], "searched");
    assert_eq!(data["partner"], Value::Null);
    assert_eq!(data["cut"], json!([]));
    assert!(given.names().contains(&"LISEZ-MOI.txt") && given.names().contains(&"compte.csv"));
    assert!(!given.names().contains(&"partenaire.csv"), "no table without a row");
    let table = &given.0["compte.csv"];
    assert!(table.starts_with("\u{feff}Identifiant;Adresse e-mail;Prénom;Nom;"), "{table}");
    assert!(table.contains("22/11/2026 09:00:00"), "{table}");
    let mails = &given.0["e-mails.csv"];
    assert!(!mails.contains('{') && mails.contains("envoyé"), "{mails}");

    let claires: Vec<&str> = ["name", "identifier", "email"]
        .into_iter()
        .map(|name| claires[name].as_str().expect("a text"))
        .chain(["1204598", "MARTIN-DURAND", "ines@rives.example"])
        .collect();
    given.lacks(&claires);
    let secrets = secrets(&house).await;
    assert!(secrets.len() > 10, "{secrets:?}");
    given.lacks(&secrets.iter().map(String::as_str).collect::<Vec<_>>());
    given.lacks(&hers.cookies.values().map(String::as_str).collect::<Vec<_>>());
    given.lacks(&[OLD, "argon2"]);
}

#[tokio::test]
async fn d4_the_owner_is_told_with_the_device_and_what_to_do() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut hers = signed_in(&house).await.with("user-agent", "Firefox/143.0 (Windows)");
    house.letters().await;
    assert_eq!(asks(&mut hers, OLD).await.status, 200);
    let letters = house.letters().await;
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].kind.as_str(), letters[0].to.as_str()), ("data_downloaded", HERS));
    assert!(
        letters[0].text.contains("Firefox sur Windows") && letters[0].text.contains("/mot-de-passe-oublie")
    );
    let next = Given::of(&asks(&mut hers, OLD).await).json();
    assert_eq!(next["emails"][0]["kind"], "data_downloaded", "the next file tells of this one");
}

#[tokio::test]
async fn d4_a_wrong_password_counts_and_gives_nothing() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut hers = signed_in(&house).await;
    house.letters().await;
    assert_eq!(asks(&mut house.visitor(), OLD).await.problem(), (401, "signed_out"));
    assert_eq!(asks(&mut hers, "").await.fields(), [("present", "required")]);
    for left in (1..5).rev() {
        let answer = asks(&mut hers, "tram vert 50").await;
        assert_eq!(answer.problem(), (401, "password_refused"));
        assert_eq!(answer.body["tries_left"], left);
    }
    assert_eq!(asks(&mut hers, "tram vert 50").await.problem(), (429, "locked"));
    assert_eq!(asks(&mut hers, OLD).await.problem(), (429, "locked"));
    assert_eq!(house.visitor().sign_in(HERS, OLD).await.problem(), (429, "locked"), "one count for all");
    assert_eq!(house.post().await, [("account_locked".to_owned(), HERS.to_owned())]);
    house.wait_minutes(10);
    assert_eq!(asks(&mut hers, OLD).await.status, 200);
}

#[tokio::test]
async fn d4_five_files_a_day_are_enough() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut hers = house.visitor();
    let form = json!({ "login": HERS, "password": OLD, "stay": true });
    assert_eq!(hers.post("/api/account/session", &form).await.status, 200);
    for _ in 0..5 {
        assert_eq!(asks(&mut hers, OLD).await.status, 200);
    }
    house.letters().await;
    let refused = asks(&mut hers, OLD).await;
    assert_eq!(refused.problem(), (429, "too_many"));
    assert_eq!(refused.body["minutes"], 24 * 60);
    assert_eq!(asks(&mut hers, "tram vert 50").await.problem(), (429, "too_many"), "no try is spent on it");
    assert_eq!(house.post().await, []);
    house.wait_hours(24);
    assert_eq!(asks(&mut hers, OLD).await.status, 200);
}

#[tokio::test]
async fn d4_each_is_told_of_what_concerns_them_in_their_language() {
    let house = House::open().await;
    aurelie().has_account(&house).await;
    let mut hers = signed_in(&house).await;
    let said = hers.get(DATA).await.body["kept"].to_string();
    for words in ["Baux terminés", "12\u{a0}mois", "30\u{a0}jours", "3\u{a0}ans"] {
        assert!(said.contains(words), "{words}: {said}");
    }
    for words in ["organismes", "partenaires", "dhésions"] {
        assert!(!said.contains(words), "{words}: {said}");
    }
    assert!(hers.get(&format!("{DATA}?lang=en")).await.body.to_string().contains("Ended leases"));
    let english = Given::of(&hers.post(&format!("{DATA}?lang=en"), &json!({ "present": OLD })).await);
    assert!(english.names().contains(&"README.txt") && english.names().contains(&"account.csv"));
    assert!(
        english.0["README.txt"].contains("Your e-mails")
            || english.0["README.txt"].contains("E-mails that were sent")
    );
    assert_eq!(house.visitor().get(DATA).await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn d4_a_user_of_an_organisation_gets_their_own_part() {
    let house = House::open().await;
    let mut eve = house.administrator().await;
    let theirs = bastien().is_there(&house).await;
    zoe().is_there(&house).await;
    eve.decided(theirs, "suspend").await;
    eve.decided(theirs, "resume").await;
    let mut visitor = bastien().signs_in(&house).await;
    let given = Given::of(&asks(&mut visitor, PASSWORD).await);
    let data = given.json();
    assert_eq!(data["rights"][0]["state"], "active");
    assert_eq!(data["rights"][0]["administrator"], false);
    let journal = data["journal"].to_string();
    assert!(journal.contains("user_suspended") && journal.contains("\"about\""), "{journal}");
    given.lacks(&["Nguy", "zoe@", "eve@", "ALMEIDA"]);

    let given = Given::of(&asks(&mut eve, PASSWORD).await);
    let data = given.json();
    assert_eq!(data["requests"][0]["kind"], "designation");
    assert_eq!(data["letters"][0]["kind"], "designation");
    let journal = data["journal"].to_string();
    assert!(journal.contains("user_resumed") && journal.contains("\"by\""), "{journal}");
    given.lacks(&["Nguy", "zoe@", "bastien@", "Étienne"]);
    let secrets = secrets(&house).await;
    given.lacks(&secrets.iter().map(String::as_str).collect::<Vec<_>>());
}

#[tokio::test]
async fn d4_a_correspondent_gets_the_membership_and_not_the_director() {
    let house = House::open().await;
    let mut visitor = val().is_member(&house).await;
    est().is_certified(&house).await;
    let password = val().identity["password"].as_str().expect("a password").to_owned();
    let given = Given::of(&asks(&mut visitor, &password).await);
    let data = given.json();
    assert_eq!(data["organisations"].as_array().map(Vec::len), Some(1));
    assert!(data["organisations"][0]["reference"].as_str().is_some());
    assert!(data["emails"].to_string().contains("membership_made"));
    let birth = &val().identity["director_birth_date"];
    assert!(!data["organisations"].to_string().contains("birth"), "{birth}");
    given.lacks(&[est().email()]);
}

#[tokio::test]
async fn d4_a_partner_gets_number_letters_and_dates() {
    let house = house_of_partners(&[(NUMBER, Channel::Mail)]).await;
    let secret = sent(&house).await;
    let mut visitor = house.visitor().at("partenaires");
    assert_eq!(chooses(&mut visitor, NUMBER, &secret).await.status, 200);
    let given = Given::of(&asks(&mut visitor, PARTNERS_PASSWORD).await);
    let data = given.json();
    assert_eq!(data["partner"]["number"], NUMBER);
    assert_eq!(data["credentials"][0]["kind"], "personal");
    assert!(data["emails"].to_string().contains("partner_identifiers"), "{}", data["emails"]);
    given.lacks(&[&secret, PARTNERS_PASSWORD]);
}

#[tokio::test]
async fn d4_who_must_choose_another_password_does_so_first() {
    let house = house_of_partners(&[(NUMBER, Channel::Mail)]).await;
    let secret = sent(&house).await;
    assert_eq!(chooses(&mut house.visitor().at("partenaires"), NUMBER, &secret).await.status, 200);
    house.set_clock("2027-05-22T22:00:00Z");
    let mut visitor = house.visitor().at("partenaires");
    assert_eq!(visitor.sign_in(NUMBER, PARTNERS_PASSWORD).await.status, 200);
    assert_eq!(asks(&mut visitor, PARTNERS_PASSWORD).await.problem(), (403, "password_due"));
    assert_eq!(visitor.get(DATA).await.problem(), (403, "password_due"));
}
