use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde_json::json;

use super::{Answer, Applicant, BANK, House, Visitor, token_in};

/// Days in which administrators can object.
const OBJECTION_DAYS: i64 = 10;

/// Somebody has said that no administrator is left, and has proven their address.
#[derive(Debug)]
pub(crate) struct Takeover {
    /// The token of the page that tells where the letter is.
    pub(crate) follow: String,
    /// Those of the links that object, by the administrators' addresses.
    pub(crate) objections: BTreeMap<String, String>,
}

impl Applicant {
    /// The same, who says that no administrator is left.
    pub(crate) fn alone(mut self) -> Self {
        self.form["takeover"] = true.into();
        self
    }

    /// Signs up, saying so, and confirms. Nothing is in the mailbox.
    pub(crate) async fn takes_over(&self, house: &House) -> Takeover {
        let token = self.clone().alone().is_sent(house, "confirm_takeover").await;
        let answer = house.visitor().at(BANK).registered(&token).await;
        assert_eq!(answer.status, 200, "{:?}", answer.body);
        assert_eq!(answer.body["held"], true, "the administrators can object first");
        let follow = answer.body["token"].as_str().expect("a token").to_owned();
        let mails = house.letters().await;
        let asked = mails.iter().filter(|mail| mail.kind == "takeover_asked");
        let objections = asked.map(|mail| (mail.to.clone(), token_in(&mail.text))).collect();
        Takeover { follow, objections }
    }

    /// The same, and nobody objects: the code of the letter.
    pub(crate) async fn is_designated(&self, house: &House) -> String {
        self.takes_over(house).await;
        house.wait_hours(24 * OBJECTION_DAYS);
        house.prints().await.reveal().to_owned()
    }
}

impl Takeover {
    /// The token of an administrator's link.
    pub(crate) fn objection_of(&self, email: &str) -> &str {
        self.objections.get(email).unwrap_or_else(|| panic!("nobody wrote to {email}"))
    }
}

impl Visitor {
    /// Clicks on the button of the link that objects.
    pub(crate) async fn objects(&mut self, token: &str) -> Answer {
        self.post("/api/organisation/objections", &json!({ "token": token })).await
    }
}

impl House {
    /// A moment before nobody can object any more to who takes over now.
    pub(crate) fn wait_for_objections(&self) {
        self.wait(SignedDuration::from_hours(24 * OBJECTION_DAYS) - SignedDuration::from_secs(1));
    }
}
