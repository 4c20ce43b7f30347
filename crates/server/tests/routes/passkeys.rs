//! Passkeys beside the password (X3): added, used, removed, refused.

use jiff::SignedDuration;
use palier_server::store::{leaving, sessions};
use serde_json::{Value, json};

use crate::support::{
    BANK, Device, House, NAMED, OFFICE, PASSWORD, Visitor, asked, aurelie, awa, claire, token_in, val, zoe,
};

const LIST: &str = "/api/account/passkeys";
const REMOVE: &str = "/api/account/passkeys/remove";
const HERS: &str = "aurelie@exemple.fr";
const OLD: &str = "tram bleu 47";

async fn signed_in(house: &House) -> Visitor {
    let mut visitor = house.visitor();
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    visitor
}

/// A house where Aurélie has a passkey on that device.
async fn furnished() -> (House, Device) {
    let house = House::open_at(NAMED).await;
    aurelie().has_account(&house).await;
    let mut device = Device::new(1);
    assert_eq!(signed_in(&house).await.adds(&mut device, OLD).await.status, 204);
    assert_eq!(house.post().await, [("passkey_added".to_owned(), HERS.to_owned())]);
    (house, device)
}

async fn list(visitor: &mut Visitor) -> Vec<Value> {
    let answer = visitor.get(LIST).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    answer.body["passkeys"].as_array().expect("a list").clone()
}

#[tokio::test]
async fn x3_a_passkey_is_added_used_and_removed() {
    let house = House::open_at(NAMED).await;
    aurelie().has_account(&house).await;
    let firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0";
    let mut visitor = house.visitor().with("user-agent", firefox);
    assert_eq!(aurelie().signs_in(&mut visitor).await.status, 200);
    assert!(list(&mut visitor).await.is_empty());
    let mut device = Device::new(1);
    assert_eq!(visitor.adds(&mut device, OLD).await.status, 204);
    let letters = house.letters().await;
    assert_eq!((letters[0].kind.as_str(), letters[0].to.as_str()), ("passkey_added", HERS));
    assert!(letters[0].text.contains("Firefox sur Windows"), "{}", letters[0].text);

    house.wait_minutes(5);
    let mut other = house.visitor();
    let answer = other.signs_in_by(&mut device).await;
    assert_eq!(answer.status, 200, "{:?}", answer.body);
    assert_eq!(answer.body["email"], HERS);
    assert_eq!(other.get("/api/account/session").await.status, 200);
    let [known] = &list(&mut other).await[..] else { panic!("one") };
    assert_eq!((&known["browser"], &known["system"]), (&json!("Firefox"), &json!("Windows")));
    assert_eq!(known["added"], "2026-11-22T08:00:00Z");
    assert_eq!(known["used"], "2026-11-22T08:05:00Z");
    assert_eq!(house.post().await, []);

    let wrong = other.post(REMOVE, &json!({ "id": known["id"], "present": "tram vert 50" })).await;
    assert_eq!(wrong.problem(), (401, "password_refused"));
    let removed = other.post(REMOVE, &json!({ "id": known["id"], "present": OLD })).await;
    assert_eq!(removed.status, 204);
    let letters = house.letters().await;
    assert_eq!((letters[0].kind.as_str(), letters[0].to.as_str()), ("passkey_removed", HERS));
    assert!(letters[0].text.contains("Firefox sur Windows"), "{}", letters[0].text);
    assert!(list(&mut other).await.is_empty());
    assert_eq!(house.visitor().signs_in_by(&mut device).await.problem(), (401, "passkey_unknown"));
    let again = other.post(REMOVE, &json!({ "id": known["id"], "present": OLD })).await;
    assert_eq!(again.problem(), (404, "not_found"));
    assert_eq!(other.get("/api/account/session").await.status, 200, "the session goes on");
}

#[tokio::test]
async fn the_device_is_asked_to_keep_it_and_to_make_sure_who_it_is() {
    let house = House::open_at(NAMED).await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house).await;
    let options = asked(&visitor.begins_passkey(OLD).await);
    assert_eq!(options["rp"]["id"], "localhost");
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["requireResidentKey"], true);
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["attestation"], "none");
    assert!(!options.to_string().contains(HERS), "no address on the device: {options}");
    let options = asked(&visitor.begins_with_passkey().await);
    assert_eq!((&options["rpId"], &options["userVerification"]), (&json!("localhost"), &json!("required")));
    assert_eq!(options["allowCredentials"], json!([]), "it tells nobody which passkeys there are");
}

#[tokio::test]
async fn every_kind_of_account_has_them() {
    let house = House::open_at(NAMED).await;
    awa().has_account(&house).await;
    let mut tenant = house.visitor().at("ekidom");
    assert_eq!(awa().signs_in(&mut tenant).await.status, 200);
    let mut correspondent = val().is_certified(&house).await;
    assert_eq!(val().signs_in(&mut correspondent).await.status, 200);
    zoe().is_there(&house).await;
    let mut user = zoe().signs_in(&house).await;
    for (number, visitor, password, portal) in [
        (1, &mut tenant, "tram Bleu 47 Vigne", "ekidom"),
        (2, &mut correspondent, val().identity["password"].as_str().expect("a password"), "mediateur-hlm"),
        (3, &mut user, PASSWORD, BANK),
    ] {
        let mut device = Device::new(number);
        assert_eq!(visitor.adds(&mut device, password).await.status, 204, "{portal}");
        assert_eq!(house.visitor().at(portal).signs_in_by(&mut device).await.status, 200, "{portal}");
        // Nobody's at another portal of the same host.
        let elsewhere = house.visitor().signs_in_by(&mut device).await;
        assert_eq!(elsewhere.problem(), (401, "passkey_unknown"), "{portal}");
    }
}

#[tokio::test]
async fn the_password_is_asked_again_and_wrong_ones_count() {
    let house = House::open_at(NAMED).await;
    aurelie().has_account(&house).await;
    let mut visitor = signed_in(&house).await;
    let empty = visitor.begins_passkey("").await;
    assert_eq!((empty.status.as_u16(), empty.fields()), (422, vec![("present", "required")]));
    for left in (1..5).rev() {
        let answer = visitor.begins_passkey("tram vert 50").await;
        assert_eq!((answer.problem(), &answer.body["tries_left"]), ((401, "password_refused"), &json!(left)));
    }
    assert_eq!(visitor.begins_passkey("tram vert 50").await.problem(), (429, "locked"));
    assert_eq!(visitor.begins_passkey(OLD).await.problem(), (429, "locked"));
    assert_eq!(house.visitor().begins_passkey(OLD).await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn a_passkey_opens_a_place_that_wrong_passwords_locked() {
    let (house, mut device) = furnished().await;
    for _ in 0..5 {
        house.visitor().sign_in(HERS, "tram vert 50").await;
    }
    assert_eq!(house.visitor().sign_in(HERS, OLD).await.problem(), (429, "locked"));
    assert_eq!(house.visitor().signs_in_by(&mut device).await.status, 200);
    assert_eq!(house.visitor().sign_in(HERS, OLD).await.status, 200, "the owner was here");
}

#[tokio::test]
async fn a_challenge_is_answered_once_in_time_and_in_its_session() {
    let (house, mut device) = furnished().await;
    let mut visitor = house.visitor();
    let begun = visitor.begins_with_passkey().await;
    device.count += 1;
    let answer = device.uses(&asked(&begun));
    assert_eq!(visitor.answers(&begun, &answer).await.status, 200);
    assert_eq!(house.visitor().answers(&begun, &answer).await.problem(), (409, "passkey_late"));

    for (seconds, expected) in [(299, 200), (300, 409)] {
        let begun = visitor.begins_with_passkey().await;
        house.wait(SignedDuration::from_secs(seconds));
        device.count += 1;
        let answer = visitor.answers(&begun, &device.uses(&asked(&begun))).await;
        assert_eq!(answer.status.as_u16(), expected, "after {seconds} s");
    }

    let (mut here, mut elsewhere) = (signed_in(&house).await, signed_in(&house).await);
    let begun = here.begins_passkey(OLD).await;
    let mut second = Device::new(2);
    let answer = json!({ "handle": begun.body["handle"], "credential": second.makes(&asked(&begun)) });
    assert_eq!(elsewhere.post(LIST, &answer).await.problem(), (409, "passkey_late"));
    // Nor does one for adding let anybody in.
    let entry = json!({ "handle": begun.body["handle"], "credential": device.uses(&asked(&visitor.begins_with_passkey().await)) });
    let refused = visitor.post("/api/account/session/passkey", &entry).await;
    assert_eq!(refused.problem(), (409, "passkey_late"));
    assert_eq!(here.post(LIST, &answer).await.status, 204);
    assert_eq!(here.post(LIST, &answer).await.problem(), (409, "passkey_late"));
}

#[tokio::test]
async fn what_isnt_right_is_refused() {
    let (house, device) = furnished().await;
    let mut visitor = house.visitor();
    for mut wrong in [
        device.clone().unverified(),
        device.clone().at("https://espace.exemple.fr"),
        device.clone().at("http://localhost:9090"),
    ] {
        assert_eq!(visitor.signs_in_by(&mut wrong).await.problem(), (401, "passkey_refused"));
    }
    // Another challenge's answer.
    let (first, second) = (visitor.begins_with_passkey().await, visitor.begins_with_passkey().await);
    let answer = device.uses(&asked(&first));
    assert_eq!(visitor.answers(&second, &answer).await.problem(), (401, "passkey_refused"));
    let begun = visitor.begins_with_passkey().await;
    assert_eq!(visitor.answers(&begun, "{}").await.problem(), (400, "malformed"));
    assert_eq!(visitor.get("/api/account/session").await.status, 401);

    let mut here = signed_in(&house).await;
    assert_eq!(here.adds(&mut Device::new(3).unverified(), OLD).await.problem(), (401, "passkey_refused"));
    let mut astray = Device::new(3).at("http://localhost:9090");
    assert_eq!(here.adds(&mut astray, OLD).await.problem(), (401, "passkey_refused"));
    assert_eq!(list(&mut here).await.len(), 1);
}

#[tokio::test]
async fn a_copy_is_refused() {
    let (house, mut device) = furnished().await;
    let mut copy = device.clone();
    for _ in 0..3 {
        assert_eq!(house.visitor().signs_in_by(&mut device).await.status, 200);
    }
    assert_eq!(house.visitor().signs_in_by(&mut copy).await.problem(), (401, "passkey_copied"));
    copy.count = 2;
    assert_eq!(house.visitor().signs_in_by(&mut copy).await.problem(), (401, "passkey_copied"), "as many");
    assert_eq!(house.visitor().signs_in_by(&mut device).await.status, 200);
}

#[tokio::test]
async fn devices_that_dont_count_are_fine() {
    let (house, device) = furnished().await;
    for _ in 0..2 {
        let mut visitor = house.visitor();
        let begun = visitor.begins_with_passkey().await;
        assert_eq!(visitor.answers(&begun, &device.uses(&asked(&begun))).await.status, 200);
    }
}

#[tokio::test]
async fn there_are_ten_at_most_and_each_once() {
    let (house, mut device) = furnished().await;
    let mut visitor = signed_in(&house).await;
    let options = asked(&visitor.begins_passkey(OLD).await);
    assert_eq!(options["excludeCredentials"][0]["id"], device.name());
    let twice = visitor.adds(&mut device, OLD).await;
    assert_eq!(twice.problem(), (401, "passkey_refused"), "a device that doesn't mind");
    for number in 2..=10 {
        assert_eq!(visitor.adds(&mut Device::new(number), OLD).await.status, 204, "{number}");
    }
    let full = visitor.begins_passkey(OLD).await;
    assert_eq!((full.problem(), &full.body["max"]), ((409, "passkeys_full"), &json!(10)));
    assert_eq!(list(&mut visitor).await.len(), 10);
}

#[tokio::test]
async fn nobody_adds_or_removes_somebody_elses() {
    let (house, device) = furnished().await;
    claire().has_account(&house).await;
    let mut claires = house.visitor();
    assert_eq!(claire().signs_in(&mut claires).await.status, 200);
    let id = list(&mut signed_in(&house).await).await[0]["id"].clone();
    assert!(list(&mut claires).await.is_empty());
    let removed = claires.post(REMOVE, &json!({ "id": id, "present": OLD })).await;
    assert_eq!(removed.problem(), (404, "not_found"));
    let taken = claires.adds(&mut device.clone(), OLD).await;
    assert_eq!(taken.problem(), (409, "passkey_known"));
    // Her device names an owner whose passkey it isn't.
    let mut hers = Device::new(2);
    assert_eq!(claires.adds(&mut hers, OLD).await.status, 204);
    let mut mixed = device.clone();
    mixed.makes(&asked(&claires.begins_passkey(OLD).await));
    assert_eq!(house.visitor().signs_in_by(&mut mixed).await.problem(), (401, "passkey_refused"));
}

#[tokio::test]
async fn a_new_password_by_link_removes_them_a_changed_one_doesnt() {
    let (house, mut device) = furnished().await;
    let mut visitor = signed_in(&house).await;
    let change = json!({ "present": OLD, "password": "tram rouge 48" });
    assert_eq!(visitor.post("/api/account/password", &change).await.status, 204);
    assert_eq!(house.post().await, [("password_changed".to_owned(), HERS.to_owned())]);
    assert_eq!(house.visitor().signs_in_by(&mut device).await.status, 200);

    // One that is being added meanwhile isn't kept either.
    let begun = visitor.begins_passkey("tram rouge 48").await;
    let ask = json!({ "login": HERS });
    assert_eq!(house.visitor().post("/api/account/password-resets", &ask).await.status, 202);
    let token = token_in(&house.letters().await[0].text);
    let form = json!({ "token": token, "password": "tram jaune 49" });
    assert_eq!(house.visitor().post("/api/account/password-resets/complete", &form).await.status, 204);
    let kinds: Vec<_> = house.post().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["passkeys_removed", "password_changed"]);
    assert_eq!(house.visitor().signs_in_by(&mut device).await.problem(), (401, "passkey_unknown"));
    let late = json!({ "handle": begun.body["handle"], "credential": Device::new(2).makes(&asked(&begun)) });
    assert_eq!(visitor.post(LIST, &late).await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn who_objects_to_another_address_removes_them() {
    let (house, mut device) = furnished().await;
    let mut thief = signed_in(&house).await;
    let form = json!({ "email": "autre@exemple.fr", "present": OLD });
    assert_eq!(thief.post("/api/account/email", &form).await.status, 202);
    let letters = house.letters().await;
    let told = letters.iter().find(|letter| letter.kind == "email_change_asked").expect("told");
    let objection = json!({ "token": token_in(&told.text) });
    assert_eq!(house.visitor().post("/api/account/email/object", &objection).await.status, 200);
    let kinds: Vec<_> = house.post().await.into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["passkeys_removed", "password_reset"]);
    assert_eq!(house.visitor().signs_in_by(&mut device).await.problem(), (401, "passkey_unknown"));
}

#[tokio::test]
async fn a_closed_account_is_said_to_be_closed() {
    let (house, mut device) = furnished().await;
    let store = house.state.store();
    let key = palier_domain::values::Email::parse(HERS).expect("an address").key();
    let found = palier_server::store::accounts::by_email_key(store.read(), "extranet", &key).await;
    let account = found.expect("an answer").expect("an account");
    let transaction = store.begin().await.expect("begun");
    leaving::close(&transaction, account.id, house.now()).await.expect("closed");
    sessions::end_all(&transaction, account.id).await.expect("ended");
    transaction.commit().await.expect("done");
    assert_eq!(house.visitor().signs_in_by(&mut device).await.problem(), (403, "account_closed"));
}

#[tokio::test]
async fn suspended_and_removed_users_are_told_as_with_their_password() {
    let house = House::open_at(NAMED).await;
    let mut administrator = house.administrator().await;
    let id = zoe().is_there(&house).await;
    let mut device = Device::new(1);
    assert_eq!(zoe().signs_in(&house).await.adds(&mut device, PASSWORD).await.status, 204);
    administrator.decided(id, "suspend").await;
    let visitor = || house.visitor().at(BANK);
    assert_eq!(visitor().signs_in_by(&mut device).await.problem(), (403, "suspended"));
    administrator.decided(id, "resume").await;
    assert_eq!(visitor().signs_in_by(&mut device).await.status, 200);
    administrator.decided(id, "remove").await;
    assert_eq!(visitor().signs_in_by(&mut device).await.problem(), (401, "passkey_unknown"));
}

#[tokio::test]
async fn there_are_none_where_the_address_has_no_name() {
    let house = House::open().await;
    let mut visitor = house.visitor();
    let begun = visitor.post("/api/account/session/passkey/begin", &json!({})).await;
    assert_eq!(begun.problem(), (409, "passkeys_off"));
    aurelie().has_account(&house).await;
    assert_eq!(signed_in(&house).await.begins_passkey(OLD).await.problem(), (409, "passkeys_off"));
    assert!(list(&mut signed_in(&house).await).await.is_empty());
}

#[tokio::test]
async fn challenges_for_one_place_are_counted() {
    let house = House::open_at(NAMED).await;
    let mut visitor = house.visitor();
    for _ in 0..100 {
        visitor.begins_with_passkey().await;
    }
    let refused = visitor.post("/api/account/session/passkey/begin", &json!({})).await;
    assert_eq!(refused.problem(), (429, "too_many"));
    house.visitor().from("198.51.100.9").begins_with_passkey().await;
    house.wait_minutes(10);
    visitor.begins_with_passkey().await;
}

#[tokio::test]
async fn partners_without_a_password_of_their_own_have_none() {
    let house = House::open_with_partners().await;
    let mut visitor = house.visitor().at(OFFICE);
    assert_eq!(visitor.begins_passkey("rampe bleue 47").await.problem(), (401, "signed_out"));
}

#[tokio::test]
async fn new_terms_are_asked_for_as_with_the_password() {
    let common = include_str!("../../../../demo/palier.toml");
    let text = |title: &str| format!("# {title}\n\n{{landlord}}.\n");
    let before = House::open_over_at(
        NAMED,
        &[
            ("palier.toml", common.replacen("# documents = \"documents\"", "documents = \"documents\"", 1)),
            ("documents/cgu/2027-01/fr.md", text("Conditions de 2027")),
            ("documents/cgu/2027-01/en.md", text("Terms of 2027")),
        ],
    )
    .await;
    aurelie().has_account(&before).await;
    let mut device = Device::new(1);
    assert_eq!(signed_in(&before).await.adds(&mut device, OLD).await.status, 204);
    before.rewrite("extranet.toml", "version = \"2026-11\"", "version = \"2027-01\"");
    let house = before.another().await;
    let mut visitor = house.visitor();
    let answer = visitor.signs_in_by(&mut device).await;
    assert_eq!((answer.status.as_u16(), &answer.body["due"]), (200, &json!("terms")));
    assert_eq!(visitor.get(LIST).await.problem(), (403, "terms_due"));
    assert_eq!(visitor.begins_passkey(OLD).await.problem(), (403, "terms_due"));
}
