use serde_json::{Value, json};

use super::{Answer, House, Visitor, token_in};

/// The correspondent of a housing organisation: what they answer.
#[derive(Clone, Debug)]
pub(crate) struct Correspondent {
    pub(crate) identity: Value,
    pub(crate) membership: Value,
}

/// Habitat du Val, whose director is Anne-Lise Le Goff.
pub(crate) fn val() -> Correspondent {
    correspondent("Habitat du Val", "784 671 695", "mediation@val.example")
}

/// Another organisation.
pub(crate) fn est() -> Correspondent {
    correspondent("Logis de l'Est", "552100554", "mediation@est.example")
}

pub(crate) fn correspondent(name: &str, number: &str, email: &str) -> Correspondent {
    let identity = json!({
        "structure_name": name, "number": number, "director_first_name": "Anne-Lise",
        "director_surname": "Le Goff", "director_birth_date": { "day": "29", "month": "2", "year": "1972" },
        "correspondent_email": email, "password": "tram Bleu 47 Vigne",
    });
    let membership = json!({
        "representative_first_name": "Anne-Lise", "representative_surname": "Le Goff", "federation": "oui",
        "partner": "USH", "authorised": "", "promo_code": "ush 2017",
    });
    Correspondent { identity, membership }
}

impl Correspondent {
    /// The same with another answer to a question of the identity.
    pub(crate) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.identity[field] = value.into();
        self
    }

    /// The same with another answer to a question of the membership.
    pub(crate) fn answering(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.membership[field] = value.into();
        self
    }

    pub(crate) fn email(&self) -> &str {
        self.identity["correspondent_email"].as_str().expect("an address")
    }

    /// Asks for an identity and gives the token of the link that came by e-mail.
    pub(crate) async fn asks(&self, house: &House, key: &str) -> String {
        let answer = house.visitor().at(MEDIATOR).identify(self, key).await;
        assert_eq!(answer.status, 202, "{:?}", answer.body);
        let letters = house.letters().await;
        let [letter] = letters.as_slice() else { panic!("one e-mail, not {letters:?}") };
        assert_eq!((letter.kind.as_str(), letter.to.as_str()), ("certify_identity", self.email()));
        token_in(&letter.text)
    }

    /// Has an identity that is certified, and is signed in; nothing is in the mailbox.
    pub(crate) async fn is_certified(&self, house: &House) -> Visitor {
        let token = self.asks(house, &format!("identity-of-{}", self.email().replace(['@', '.'], "-"))).await;
        let mut visitor = house.visitor().at(MEDIATOR);
        assert_eq!(visitor.certify(&token).await.status, 200);
        assert_eq!(house.post().await, [("identity_certified".to_owned(), self.email().to_owned())]);
        assert_eq!(self.signs_in(&mut visitor).await.status, 200);
        visitor
    }

    /// The same while other e-mails wait.
    pub(crate) async fn is_certified_beside(&self, house: &House) -> Visitor {
        house.letters().await;
        self.is_certified(house).await
    }

    pub(crate) async fn signs_in(&self, visitor: &mut Visitor) -> Answer {
        visitor.sign_in(self.email(), self.identity["password"].as_str().expect("a password")).await
    }

    /// Reads the contract that the answers kept so far make, and agrees to it.
    pub(crate) async fn agrees(mut self, visitor: &mut Visitor) -> Self {
        for page in ["", "federation"] {
            let answers = self.answers();
            let kept = visitor.keep_draft(page, &answers).await;
            assert_eq!(kept.status, 200, "{page}: {:?}", kept.body);
        }
        let contract = visitor.get("/api/mediation/contract").await;
        assert_eq!(contract.status, 200, "{:?}", contract.body);
        self.membership["authorised"] = contract.body["sha256"].clone();
        self
    }

    /// The answers of the wizard that the form stands for.
    pub(crate) fn answers(&self) -> Value {
        let mut answers = self.membership.clone();
        let agreed = answers["authorised"].as_str().unwrap_or_default().to_owned();
        answers["contract"] = agreed.clone().into();
        answers["authorised"] = if agreed.is_empty() { "".into() } else { "on".into() };
        answers
    }

    /// Is a member; nothing is in the mailbox.
    pub(crate) async fn is_member(&self, house: &House) -> Visitor {
        let mut visitor = self.is_certified(house).await;
        let agreed = self.clone().agrees(&mut visitor).await;
        let answer =
            visitor.join(&agreed, &format!("member-{}", self.email().replace(['@', '.'], "-"))).await;
        assert_eq!(answer.status, 201, "{:?}", answer.body);
        assert_eq!(house.post().await, [("membership_made".to_owned(), self.email().to_owned())]);
        visitor
    }
}

/// The portal of the demonstration where organisations join.
pub(crate) const MEDIATOR: &str = "mediateur-hlm";

impl Visitor {
    /// Sends the identity's form as the submission called `name`.
    pub(crate) async fn identify(&mut self, who: &Correspondent, name: &str) -> Answer {
        let mut once = self.clone().with("idempotency-key", &format!("submission-{name}"));
        once.post("/api/mediation/identities", &who.identity).await
    }

    pub(crate) async fn certify(&mut self, token: &str) -> Answer {
        self.post("/api/mediation/certifications", &json!({ "token": token })).await
    }

    pub(crate) async fn keep_draft(&mut self, page: &str, answers: &Value) -> Answer {
        self.post("/api/mediation/membership/draft", &json!({ "page": page, "answers": answers })).await
    }

    /// Sends the membership's form as the submission called `name`.
    pub(crate) async fn join(&mut self, who: &Correspondent, name: &str) -> Answer {
        let mut once = self.clone().with("idempotency-key", &format!("submission-{name}"));
        once.post("/api/mediation/memberships", &who.membership).await
    }
}
