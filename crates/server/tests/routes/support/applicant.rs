use palier_domain::onboarding::LetterState;
use palier_domain::values::{ClientNumber, LetterCode, PostalAddress, ReferenceFormat};
use palier_server::config::PortalConfig;
use palier_server::onboarding::{Fate, note_fate};
use palier_server::store::clients::{self, Client, NewClient};
use palier_server::store::journal;
use palier_server::store::letters::{self, Letter};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::{Answer, BANK, House, Visitor, token_in};
use crate::human::pass;

/// Number of the town hall of Vaux, whose legal representative is the mayor.
pub(crate) const MAYOR: &str = "48213";
/// Number of a housing company, whose legal representative is its director.
pub(crate) const DIRECTOR: &str = "237517";

/// Somebody who is to become the first administrator of an organisation: the form they send, but for the pass.
#[derive(Clone, Debug)]
pub(crate) struct Applicant {
    pub(crate) form: Value,
}

/// Of the town hall.
pub(crate) fn eve() -> Applicant {
    applicant(MAYOR, "Ève", "d’Almeida", "eve@vaux.example")
}

/// Of the housing company.
pub(crate) fn chloe() -> Applicant {
    applicant(DIRECTOR, "Chloé", "Le Bihan", "chloe@habitation.example")
}

fn applicant(number: &str, first_name: &str, surname: &str, email: &str) -> Applicant {
    let form = json!({
        "client_number": number, "human": "", "first_name": first_name, "own_surname": surname, "email": email,
        "read_terms": "organismes-2026-11",
    });
    Applicant { form }
}

impl Applicant {
    /// The same with another answer.
    pub(crate) fn with(mut self, field: &str, value: &str) -> Self {
        self.form[field] = value.into();
        self
    }

    pub(crate) fn email(&self) -> &str {
        self.form["email"].as_str().expect("an address")
    }

    /// The same, having ticked "je ne suis pas un robot".
    pub(crate) async fn ticked(self, visitor: &mut Visitor) -> Self {
        let pass = pass(visitor).await;
        self.with("human", &pass)
    }

    /// Signs up and gives the token of the link that came by e-mail.
    pub(crate) async fn applies(&self, house: &House) -> String {
        let mut visitor = house.visitor().at(BANK);
        let ticked = self.clone().ticked(&mut visitor).await;
        let key = submission(&ticked);
        let answer = visitor.registers(&ticked, &key).await;
        assert_eq!(answer.status, 202, "{:?}", answer.body);
        let mails = house.letters().await;
        let [mail] = mails.as_slice() else { panic!("one e-mail, not {mails:?}") };
        assert_eq!((mail.kind.as_str(), mail.to.as_str()), ("confirm_registration", self.email()));
        token_in(&mail.text)
    }

    /// Signs up and confirms; gives the token of the page that tells where the letter is.
    pub(crate) async fn asks(&self, house: &House) -> String {
        let token = self.applies(house).await;
        let answer = house.visitor().at(BANK).registered(&token).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        assert_eq!(house.post().await, [("letter_asked".to_owned(), self.email().to_owned())]);
        answer.body["token"].as_str().expect("a token").to_owned()
    }

    /// The same, and the letter is printed: the token, and the code.
    pub(crate) async fn is_written_to(&self, house: &House) -> (String, LetterCode) {
        let token = self.asks(house).await;
        (token, house.prints().await)
    }

    /// Types a code.
    pub(crate) async fn types(&self, house: &House, code: &str) -> Answer {
        house.visitor().at(BANK).activates(self.email(), code).await
    }

    /// Has an administrator's account; nothing is in the mailbox.
    pub(crate) async fn is_administrator(&self, house: &House) {
        let (_, code) = self.is_written_to(house).await;
        let answer = self.types(house, code.reveal()).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        assert_eq!(house.post().await, [("administrator_active".to_owned(), self.email().to_owned())]);
    }
}

/// The name of a submission: a pass is used for one here, so that it names it.
pub(super) fn submission(ticked: &Applicant) -> String {
    let pass = &ticked.form["human"].as_str().expect("a pass")[..30];
    format!("submission-{}", pass.replace(|character: char| !character.is_ascii_alphanumeric(), "-"))
}

/// What administrators choose in the tests.
pub(crate) const PASSWORD: &str = "tram Bleu 47 Vigne";

impl Visitor {
    pub(crate) async fn checks_number(&mut self, page: &str, who: &Applicant) -> Answer {
        let check = json!({ "page": page, "form": who.form });
        self.post("/api/onboarding/registration-checks", &check).await
    }

    /// Sends the form under this idempotency key.
    pub(crate) async fn registers(&mut self, who: &Applicant, key: &str) -> Answer {
        let mut once = self.clone().with("idempotency-key", key);
        once.post("/api/onboarding/registrations", &who.form).await
    }

    pub(crate) async fn registered(&mut self, token: &str) -> Answer {
        self.post("/api/onboarding/confirmations", &json!({ "token": token })).await
    }

    pub(crate) async fn activates(&mut self, email: &str, code: &str) -> Answer {
        let human = pass(self).await;
        let form = json!({ "email": email, "letter_code": code, "password": PASSWORD, "human": human });
        self.post("/api/onboarding/activations", &form).await
    }

    pub(crate) async fn signs_in_as_administrator(&mut self, email: &str) -> Answer {
        self.sign_in(email, PASSWORD).await
    }

    pub(crate) async fn refuses(&mut self, code: &str) -> Answer {
        self.post("/api/onboarding/refusals", &json!({ "letter_code": code })).await
    }

    pub(crate) async fn follows(&mut self, token: &str) -> Answer {
        self.post("/api/onboarding/letter", &json!({ "token": token })).await
    }

    pub(crate) async fn asks_again(&mut self, token: &str) -> Answer {
        self.post("/api/onboarding/letter/again", &json!({ "token": token })).await
    }
}

impl House {
    pub(super) async fn furnish_clients(&self) {
        let company = "STE COOP HABITATION LOYER MODERE";
        let bank = [
            client(MAYOR, "Mairie de Vaux-les-Paliers", "Maire"),
            client(DIRECTOR, company, "Directeur général"),
        ];
        self.keep_client(BANK, &bank).await;
        // Of another portal: no number of the bank's.
        self.keep_client("ekidom", &[client("48999", "Mairie d’Ailleurs", "Maire")]).await;
    }

    /// Imports organisations.
    pub(crate) async fn keep_client(&self, portal: &str, known: &[NewClient]) {
        let now = self.now();
        clients::upsert_many(self.state.store().write(), portal, known, now).await.expect("organisations");
    }

    pub(crate) async fn client(&self, digits: &str) -> Client {
        let number = ClientNumber::parse(digits, &ReferenceFormat::any()).expect("a number");
        let found = clients::by_number(self.state.store().read(), BANK, &number).await;
        found.expect("an answer").expect("the organisation")
    }

    pub(crate) fn bank(&self) -> &PortalConfig {
        self.state.config().portal(BANK).expect("the bank")
    }

    /// All letters of an organisation, the oldest first.
    pub(crate) async fn paper(&self, digits: &str) -> Vec<Letter> {
        let client = self.client(digits).await.id;
        let all = letters::list(self.state.store().read(), BANK, None).await.expect("letters");
        all.into_iter().filter(|letter| letter.client_id == client).collect()
    }

    /// Prints the one letter that waits as the operator would, without setting it; gives its code.
    pub(crate) async fn prints(&self) -> LetterCode {
        let store = self.state.store();
        let waiting = letters::list(store.read(), BANK, Some(LetterState::Asked)).await.expect("letters");
        let [letter] = waiting.as_slice() else { panic!("one letter, not {waiting:?}") };
        let code = self.state.entropy().letter_code();
        let until = self.bank().credentials.letter_until(self.now());
        let hash: [u8; 32] = Sha256::digest(code.reveal()).into();
        assert!(letters::print(store.write(), letter.id, &hash, self.now(), until).await.expect("printed"));
        code
    }

    /// Notes what became of the newest letter of an organisation.
    pub(crate) async fn notes(&self, digits: &str, fate: Fate) {
        let reference = self.paper(digits).await.pop().expect("a letter").reference;
        let noted = note_fate(&self.state, self.bank(), &reference, fate).await;
        assert_eq!(noted, Ok(true), "{fate:?}");
    }

    /// Kinds of the entries of an organisation's journal.
    pub(crate) async fn journal(&self, digits: &str) -> Vec<String> {
        let (store, client) = (self.state.store(), self.client(digits).await.id);
        assert_eq!(journal::verify(store.read()).await.expect("an answer"), []);
        let entries = journal::list(store.read(), BANK, client).await.expect("a journal");
        entries.into_iter().map(|entry| entry.kind).collect()
    }
}

/// An organisation as it would be imported.
pub(crate) fn client(digits: &str, name: &str, representative: &str) -> NewClient {
    let lines = ["", "", "1 place de la Mairie", "", "", "21360 VAUX-LES-PALIERS"];
    NewClient {
        number: ClientNumber::parse(digits, &ReferenceFormat::any()).expect("a number"),
        name: name.to_owned(),
        legal_form: None,
        representative: representative.to_owned(),
        address: PostalAddress::parse("Une organisation", lines).expect("an address"),
    }
}
