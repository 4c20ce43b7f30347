use serde_json::{Value, json};

use super::{House, Visitor, token_in};

/// Somebody who signs up: the form they send.
#[derive(Clone, Debug)]
pub(crate) struct Tenant {
    pub(crate) portal: &'static str,
    pub(crate) form: Value,
}

/// 482173, LEFÈVRE Aurélie, of the landlord that asks no birth date.
pub(crate) fn aurelie() -> Tenant {
    tenant("482173", "Lefèvre", "aurelie@exemple.fr")
}

/// 1204598, MARTIN-DURAND Claire.
pub(crate) fn claire() -> Tenant {
    tenant("L 01 204 598", "durand", "claire@exemple.fr")
}

/// 5550001, MARTIN Paul, also known as DURAND.
pub(crate) fn paul() -> Tenant {
    tenant("5550001", "Martin", "pm55@exemple.fr")
}

/// 48213, Ndiaye Awa, of the landlord that asks the birth date.
pub(crate) fn awa() -> Tenant {
    let form = json!({
        "reference": "0048213", "surname": "NDIAYE", "birth_date": { "day": "8", "month": "03", "year": "1990" },
        "email": "awa@exemple.fr", "password": "tram Bleu 47 Vigne", "terms": "2026-11",
    });
    Tenant { portal: "ekidom", form }
}

fn tenant(reference: &str, surname: &str, email: &str) -> Tenant {
    let form = json!({
        "reference": reference, "surname": surname, "email": email, "password": "tram bleu 47", "terms": "2026-11",
    });
    Tenant { portal: "extranet", form }
}

impl Tenant {
    /// The same with another answer.
    pub(crate) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.form[field] = value.into();
        self
    }

    pub(crate) fn text(&self, field: &str) -> &str {
        self.form[field].as_str().expect("an answer")
    }

    /// Signs up and gives the token of the link that came by e-mail.
    pub(crate) async fn signs_up(&self, house: &House, key: &str) -> String {
        let answer = house.visitor().at(self.portal).sign_up(self, key).await;
        assert_eq!(answer.status, 202, "{:?}", answer.body);
        let letters = house.letters().await;
        let [letter] = letters.as_slice() else { panic!("one e-mail, not {letters:?}") };
        assert_eq!(letter.kind, "confirm_sign_up");
        token_in(&letter.text)
    }

    /// Signs up and confirms: there is an account, and nothing in the mailbox.
    pub(crate) async fn has_account(&self, house: &House) -> Visitor {
        let token =
            self.signs_up(house, &format!("account-of-{}", self.text("reference").replace(' ', "-"))).await;
        let mut visitor = house.visitor().at(self.portal);
        assert_eq!(visitor.confirm(&token).await.status, 200);
        assert_eq!(house.letters().await.len(), 1);
        visitor
    }

    /// Signs in with the password of the form.
    pub(crate) async fn signs_in(&self, visitor: &mut Visitor) -> super::Answer {
        visitor.sign_in(self.text("email"), self.text("password")).await
    }
}

/// An e-mail address of that many characters, 200 to 257, its domain as a domain is.
pub(crate) fn address_of(length: usize) -> String {
    let domain = format!("{0}.{0}.{0}.fr", "d".repeat(62));
    format!("{}@{domain}", "a".repeat(length - domain.len() - 1))
}
