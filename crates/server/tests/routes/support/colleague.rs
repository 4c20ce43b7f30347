use palier_domain::onboarding::JoiningState;
use palier_domain::values::Email;
use palier_server::store::accounts::NewAccount;
use palier_server::store::client_users::{self, ClientUser};
use palier_server::store::joinings::{self, Joining};
use palier_server::store::{accounts, journal};
use serde_json::{Value, json};

use super::applicant::{Applicant, eve, submission};
use super::{Answer, BANK, DIRECTOR, House, MAYOR, Visitor, token_in};

/// What colleagues choose in the tests.
pub(crate) const COLLEAGUE_PASSWORD: &str = "velo Rouge 58 Chataigne";

/// A colleague of Ève's at the town hall.
pub(crate) fn nadia() -> Applicant {
    eve().with("first_name", "Nadia").with("own_surname", "Bensaïd").with("email", "nadia@vaux.example")
}

/// Rights to act on loans, as granted to a plain user.
pub(crate) fn all_loans() -> Value {
    json!({ "rights": { "prets": "act" }, "administrator": false })
}

impl Applicant {
    /// Signs up where there is an administrator, or will be, and gives the token of the link that came by e-mail, after
    /// whatever was in the mailbox.
    pub(crate) async fn applies_as_colleague(&self, house: &House) -> String {
        self.is_sent(house, "confirm_request").await
    }

    /// Signs up and gives the token of the link that came with an e-mail of this kind, after whatever was in the mailbox.
    pub(crate) async fn is_sent(&self, house: &House, kind: &str) -> String {
        let mut visitor = house.visitor().at(BANK);
        let ticked = self.clone().ticked(&mut visitor).await;
        let key = submission(&ticked);
        let answer = visitor.registers(&ticked, &key).await;
        assert_eq!(answer.status, 202, "{:?}", answer.body);
        let mails = house.letters().await;
        let mail = mails.last().expect("an e-mail");
        assert_eq!((mail.kind.as_str(), mail.to.as_str()), (kind, self.email()));
        token_in(&mail.text)
    }

    /// Signs up as a colleague and confirms; gives the id of the request. What the administrators are told is in the mailbox.
    pub(crate) async fn asks_to_join(&self, house: &House) -> i64 {
        let token = self.applies_as_colleague(house).await;
        let answer = house.visitor().at(BANK).registered(&token).await;
        assert_eq!((answer.status.as_u16(), answer.body), (200, json!({})));
        house.joining_of(self.email()).await.expect("a request").id
    }

    /// What an administrator types to invite them.
    pub(crate) fn invitation(&self, grant: &Value) -> Value {
        json!({
            "first_name": self.form["first_name"], "own_surname": self.form["own_surname"],
            "email": self.form["email"], "rights": grant["rights"], "administrator": grant["administrator"],
        })
    }

    /// Is invited by `by` and has an account; gives their browser, signed in. Nothing is in the mailbox.
    pub(crate) async fn is_user(&self, house: &House, by: &mut Visitor, grant: &Value) -> Visitor {
        assert_eq!(by.invites(self, grant).await.status, 201);
        let token = token_in(&house.letters().await[0].text);
        let mut visitor = house.visitor().at(BANK);
        let answer = visitor.joins(&token, self.form["read_terms"].as_str().expect("a version")).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        // The administrators are told too when there is one more of them.
        let told = house.post().await;
        assert_eq!(told[0], ("colleague_active".to_owned(), self.email().to_owned()));
        assert!(told[1..].iter().all(|(kind, _)| kind == "other_administrator_named"), "{told:?}");
        assert_eq!(visitor.sign_in(self.email(), COLLEAGUE_PASSWORD).await.status, 200);
        visitor
    }

    /// Is the first administrator, signed in.
    pub(crate) async fn decides(&self, house: &House) -> Visitor {
        self.is_administrator(house).await;
        let mut visitor = house.visitor().at(BANK);
        assert_eq!(visitor.signs_in_as_administrator(self.email()).await.status, 200);
        visitor
    }
}

impl Visitor {
    pub(crate) async fn accepts(&mut self, id: i64, grant: &Value) -> Answer {
        self.post(&format!("/api/organisation/requests/{id}/accept"), grant).await
    }

    pub(crate) async fn refuses_access(&mut self, id: i64, reason: &str) -> Answer {
        let path = format!("/api/organisation/requests/{id}/refuse");
        self.post(&path, &json!({ "reason": reason })).await
    }

    pub(crate) async fn invites(&mut self, who: &Applicant, grant: &Value) -> Answer {
        self.post("/api/organisation/invitations", &who.invitation(grant)).await
    }

    /// Sends an invitation again (`resend`) or takes it back (`cancel`).
    pub(crate) async fn does_with_invitation(&mut self, id: i64, what: &str) -> Answer {
        self.post(&format!("/api/organisation/invitations/{id}/{what}"), &json!({})).await
    }

    pub(crate) async fn opens_invitation(&mut self, token: &str) -> Answer {
        self.post("/api/organisation/joinings/show", &json!({ "token": token })).await
    }

    /// Chooses the password of colleagues.
    pub(crate) async fn joins(&mut self, token: &str, read_terms: &str) -> Answer {
        self.joins_with(token, read_terms, COLLEAGUE_PASSWORD).await
    }

    pub(crate) async fn joins_with(&mut self, token: &str, read_terms: &str, password: &str) -> Answer {
        let form = json!({ "token": token, "password": password, "read_terms": read_terms });
        self.post("/api/organisation/joinings", &form).await
    }
}

impl House {
    /// The open request or invitation of an address.
    pub(crate) async fn joining_of(&self, email: &str) -> Option<Joining> {
        for organisation in [MAYOR, DIRECTOR] {
            let client = self.client(organisation).await.id;
            let found = joinings::open_at(self.state.store().read(), BANK, client, email).await;
            let found = found.expect("an answer");
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Where a request or an invitation is.
    pub(crate) async fn joining_state(&self, id: i64) -> JoiningState {
        let found = joinings::by_id(self.state.store().read(), BANK, id).await;
        found.expect("an answer").expect("a joining").state
    }

    /// What an account is in its organisation.
    pub(crate) async fn user_at(&self, email: &str) -> ClientUser {
        let read = self.state.store().read();
        let account =
            accounts::by_email_key(read, BANK, email).await.expect("an answer").expect("an account");
        client_users::of_account(read, BANK, account.id).await.expect("an answer").expect("a user")
    }

    /// Makes a user something else, as another administrator would have.
    pub(crate) async fn makes(&self, email: &str, change: impl FnOnce(&mut ClientUser)) {
        let mut user = self.user_at(email).await;
        change(&mut user);
        assert!(client_users::update(self.state.store().write(), BANK, &user).await.expect("written"));
    }

    /// The newest entry of an organisation's journal: its kind and details.
    pub(crate) async fn last_entry(&self, digits: &str) -> (String, Value) {
        let client = self.client(digits).await.id;
        let entries = journal::list(self.state.store().read(), BANK, client).await.expect("a journal");
        let last = entries.into_iter().last().expect("an entry");
        (last.kind, json!(last.details))
    }
}

impl House {
    /// Gives an address an account that is no user's.
    pub(crate) async fn has_account(&self, email: &str) {
        let new = NewAccount {
            portal: BANK.to_owned(),
            lease_id: None,
            email: Some(Email::parse(email).expect("an address")),
            email_shared: false,
            identifier: self.state.entropy().identifier(),
            password_until: None,
            password_hash: "nobody's".to_owned(),
            first_name: None,
            surname: "Quelqu’un".to_owned(),
            language: "fr".to_owned(),
            now: self.now(),
        };
        accounts::insert(self.state.store().write(), new).await.expect("an account");
    }
}
