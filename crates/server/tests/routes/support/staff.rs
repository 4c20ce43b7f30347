use palier_domain::desk::Role;
use palier_domain::values::Email;
use palier_server::desk;
use palier_server::store::staff::{self, Staff};
use serde_json::{Value, json};

use super::{Answer, House, Visitor};

/// What the staff choose in the tests.
const PASSWORD: &str = "wagon Vert 63 Noisette";

/// Somebody of the staff, with their browser and their authenticator.
pub(crate) struct Agent {
    portal: &'static str,
    pub(crate) email: &'static str,
    pub(crate) visitor: Visitor,
    pub(crate) recovery: Vec<String>,
}

impl House {
    /// Lets somebody come to the desk, as the operator would; gives the token of their link.
    pub(crate) async fn invites(&self, portal: &str, email: &str, role: Role) -> String {
        let config = self.state.config().portal(portal).expect("a portal");
        let email = Email::parse(email).expect("an address");
        let link = desk::invite(&self.state, config, &email, role).await.expect("a link");
        let (page, token) = link.split_once('#').expect("a fragment");
        assert!(page.ends_with(&format!("/{portal}/guichet/bienvenue")), "{page}");
        token.to_owned()
    }

    /// Somebody who has chosen a password.
    pub(crate) async fn agent(&self, portal: &'static str, email: &'static str, role: Role) -> Agent {
        let token = self.invites(portal, email, role).await;
        let mut visitor = self.visitor().at(portal);
        let answer = visitor.settles(&token).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        Agent { portal, email, visitor, recovery: Vec::new() }
    }

    /// Somebody at the open desk. Their next code is that of a later step.
    pub(crate) async fn at_the_desk(&self, portal: &'static str, email: &'static str, role: Role) -> Agent {
        let mut agent = self.agent(portal, email, role).await;
        assert_eq!(agent.signs_in().await.body["stage"], "enrol");
        agent.enrols(self).await;
        agent
    }
}

impl Agent {
    pub(crate) async fn signs_in(&mut self) -> Answer {
        let form = json!({ "email": self.email, "password": PASSWORD });
        self.visitor.post("/api/desk/session", &form).await
    }

    /// Sets an authenticator up: the desk is open.
    pub(crate) async fn enrols(&mut self, house: &House) {
        let proposed = self.visitor.post("/api/desk/enrolment", &json!({})).await;
        assert_eq!(proposed.status, 200, "{:?}", proposed.body);
        let code = self.shows(house).await;
        let answer = self.visitor.post("/api/desk/enrolment/confirm", &json!({ "code": code })).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        let codes = answer.body["recovery_codes"].as_array().expect("codes");
        self.recovery = codes.iter().map(|code| code.as_str().expect("a code").to_owned()).collect();
    }

    /// What the store knows of them.
    pub(crate) async fn known(&self, house: &House) -> Staff {
        let key = Email::parse(self.email).expect("an address").key();
        let found = staff::by_email(house.state.store().read(), self.portal, &key).await;
        found.expect("an answer").expect("somebody")
    }

    /// What their authenticator shows now.
    pub(crate) async fn shows(&self, house: &House) -> String {
        let secret = self.known(house).await.totp_secret.expect("a secret");
        desk::code_at(&secret, house.now()).expect("a code")
    }

    pub(crate) async fn types(&mut self, code: &str) -> Answer {
        self.visitor.post("/api/desk/session/code", &json!({ "code": code })).await
    }

    /// Signs in again, with both factors, in a step whose code wasn't used.
    pub(crate) async fn comes_again(&mut self, house: &House) {
        assert_eq!(self.signs_in().await.body["stage"], "code");
        let code = self.shows(house).await;
        let answer = self.types(&code).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
    }

    /// A list, which must be given.
    pub(crate) async fn sees(&mut self, path: &str) -> Value {
        let answer = self.visitor.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {:?}", answer.body);
        answer.body
    }
}

impl Visitor {
    /// Chooses names and password by a one-time link.
    pub(crate) async fn settles(&mut self, token: &str) -> Answer {
        let form = json!({
            "token": token, "first_name": "Inès", "own_surname": "Moreau", "password": PASSWORD,
        });
        self.post("/api/desk/welcome/complete", &form).await
    }
}
