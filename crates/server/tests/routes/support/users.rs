use palier_domain::onboarding::{Level, Rights};
use palier_domain::values::{Email, Password};
use palier_server::store::accounts::{self, NewAccount};
use palier_server::store::client_users::{self, ClientUser, UserState};
use palier_server::store::journal::{self, Entry};
use serde_json::{Value, json};

use super::{Answer, BANK, House, MAYOR, PASSWORD, Visitor, eve};

/// Somebody who is a user of an organisation, however they became one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) digits: &'static str,
    pub(crate) first_name: &'static str,
    pub(crate) surname: &'static str,
    pub(crate) email: &'static str,
    pub(crate) language: &'static str,
    pub(crate) administrator: bool,
}

/// A colleague of Ève's who sees loans.
pub(crate) const fn bastien() -> Member {
    Member {
        digits: MAYOR,
        first_name: "Bastien",
        surname: "Étienne",
        email: "bastien@vaux.example",
        language: "fr",
        administrator: false,
    }
}

/// A colleague of Ève's who reads English and decides about users too.
pub(crate) const fn zoe() -> Member {
    Member {
        first_name: "Zoé",
        surname: "Nguyễn",
        email: "zoe@vaux.example",
        language: "en",
        administrator: true,
        ..bastien()
    }
}

impl Member {
    /// As a user in the store, with an account; gives its id.
    pub(crate) async fn is_there(&self, house: &House) -> i64 {
        let (store, now) = (house.state.store(), house.now());
        let password_hash = house.state.passwords().hash(&Password::given(PASSWORD)).await.expect("a hash");
        let account = NewAccount {
            portal: BANK.to_owned(),
            lease_id: None,
            email: Some(Email::parse(self.email).expect("an address")),
            email_shared: false,
            identifier: house.state.entropy().identifier(),
            password_until: None,
            password_hash,
            first_name: Some(self.first_name.to_owned()),
            surname: self.surname.to_owned(),
            language: self.language.to_owned(),
            now,
        };
        let account_id = accounts::insert(store.write(), account).await.expect("an account");
        let user = ClientUser {
            client_id: house.client(self.digits).await.id,
            account_id,
            administrator: self.administrator,
            state: UserState::Active,
            rights: Rights::of([("prets", Level::Consult)]),
            since: now,
        };
        client_users::insert(store.write(), BANK, &user).await.expect("a user");
        account_id
    }

    /// Signed in with a browser of their own.
    pub(crate) async fn signs_in(&self, house: &House) -> Visitor {
        house.signed_in(self.email).await
    }
}

impl Visitor {
    /// What an administrator decides about the user with that id.
    pub(crate) async fn decides(&mut self, id: i64, decision: &str) -> Answer {
        self.post(&format!("/api/organisation/users/{id}/{decision}"), &json!({})).await
    }

    /// The same, when it is done.
    pub(crate) async fn decided(&mut self, id: i64, decision: &str) {
        let answer = self.decides(id, decision).await;
        assert_eq!((answer.status.as_u16(), &answer.body), (200, &json!({})), "{decision}");
    }

    pub(crate) async fn gives(&mut self, id: i64, rights: Value) -> Answer {
        let form = json!({ "rights": rights });
        self.post(&format!("/api/organisation/users/{id}/rights"), &form).await
    }

    pub(crate) async fn users(&mut self) -> Answer {
        self.get("/api/organisation/users").await
    }
}

impl House {
    /// Ève, the administrator of the town hall, signed in.
    pub(crate) async fn administrator(&self) -> Visitor {
        eve().is_administrator(self).await;
        self.signed_in(eve().email()).await
    }

    pub(crate) async fn signed_in(&self, email: &str) -> Visitor {
        let mut visitor = self.visitor().at(BANK);
        let answer = visitor.signs_in_as_administrator(email).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        visitor
    }

    /// The user that an account is.
    pub(crate) async fn user(&self, account_id: i64) -> ClientUser {
        let found = client_users::of_account(self.state.store().read(), BANK, account_id).await;
        found.expect("an answer").expect("a user")
    }

    /// The id of an account.
    pub(crate) async fn account(&self, email: &str) -> i64 {
        let key = Email::parse(email).expect("an address").key();
        let found = accounts::by_email_key(self.state.store().read(), BANK, &key).await;
        found.expect("an answer").expect("an account").id
    }

    /// The newest entry of an organisation's journal.
    pub(crate) async fn newest(&self, digits: &str) -> Entry {
        let client = self.client(digits).await.id;
        let entries = journal::page(self.state.store().read(), BANK, client, None, 1).await;
        entries.expect("a journal").pop().expect("an entry")
    }
}
