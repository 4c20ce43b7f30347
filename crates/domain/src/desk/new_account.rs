//! One account made at the desk (P1).

use serde::{Deserialize, Serialize};

use crate::fold::{is_hidden, tidy};
use crate::problem::{FieldProblem, data};
use crate::values::{Email, UserNumber};

/// Characters of a landlord's name.
const NAME: usize = 200;

/// A landlord who gets an account; each field as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewAccountForm {
    /// The office's code, three digits.
    pub code_organisme: String,
    /// The third-party reference, up to seven digits.
    pub ref_tiers: String,
    /// The landlord's rank, up to four digits.
    pub rang: String,
    /// Its name.
    pub partner_name: String,
    /// Its e-mail address; may be empty.
    pub email: String,
    /// Building, floor; may be empty.
    pub address_more: String,
    /// Number and street; empty with `address_town` where there is no postal address.
    pub address_street: String,
    /// Postal code and town, or a country.
    pub address_town: String,
    /// How identifiers reach it: `letter` or `mail`.
    pub channel: String,
}

/// What can be read of a form without the rules of envelopes, which the server has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// Made of its three parts.
    pub number: UserNumber,
    /// The name, tidied.
    pub name: String,
    /// Where e-mails go.
    pub email: Option<Email>,
}

impl NewAccountForm {
    /// A postal address was typed.
    pub fn has_address(&self) -> bool {
        [&self.address_more, &self.address_street, &self.address_town]
            .into_iter()
            .any(|it| !it.trim().is_empty())
    }

    /// Reads number, name and e-mail address.
    ///
    /// # Errors
    /// Everything that is wrong with them, a problem a field at most.
    pub fn parse(&self) -> Result<NewAccount, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let number = UserNumber::of_parts(&self.code_organisme, &self.ref_tiers, &self.rang);
        let number = number.map_err(|found| problems.extend(found)).ok();
        let name = self.name().map_err(|problem| problems.push(problem)).ok();
        let email = match self.email.trim() {
            "" => None,
            typed => {
                Email::parse(typed).map_err(|error| problems.push(FieldProblem::new("email", &error))).ok()
            }
        };
        let values = number.zip(name).map(|(number, name)| NewAccount { number, name, email });
        values.filter(|_| problems.is_empty()).ok_or(problems)
    }

    fn name(&self) -> Result<String, FieldProblem> {
        let name = tidy(&self.partner_name);
        let plain = |code| FieldProblem::plain("partner_name", code);
        if name.is_empty() {
            return Err(plain("required"));
        }
        if name.chars().any(is_hidden) {
            return Err(plain("invisible"));
        }
        if name.chars().count() > NAME {
            return Err(FieldProblem { data: data([("max", NAME.into())]), ..plain("too_long") });
        }
        Ok(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> NewAccountForm {
        NewAccountForm {
            code_organisme: "078".into(),
            ref_tiers: "270075".into(),
            rang: "1".into(),
            partner_name: " SCI  Les Lilas ".into(),
            email: "lilas@exemple.fr".into(),
            channel: "mail".into(),
            ..NewAccountForm::default()
        }
    }

    #[test]
    fn a_number_is_made_of_its_parts() {
        let read = form().parse().expect("an account");
        assert_eq!((read.number.as_str(), read.name.as_str()), ("07802700750001", "SCI Les Lilas"));
        assert_eq!(read.email.map(|email| email.to_string()).as_deref(), Some("lilas@exemple.fr"));
    }

    #[test]
    fn each_part_that_is_wrong_is_told() {
        let wrong = NewAccountForm {
            code_organisme: "78".into(),
            ref_tiers: "O270075".into(),
            rang: String::new(),
            partner_name: String::new(),
            email: "lilas".into(),
            ..form()
        };
        let problems = wrong.parse().expect_err("nothing is right");
        let told: Vec<_> = problems.iter().map(|it| (it.name.as_str(), it.code.as_str())).collect();
        assert_eq!(
            told[..4],
            [
                ("code_organisme", "part_length"),
                ("ref_tiers", "user_number_digits"),
                ("rang", "required"),
                ("partner_name", "required"),
            ]
        );
        assert_eq!(told[4].0, "email");
        let long = NewAccountForm { partner_name: "x".repeat(201), ..form() }.parse().expect_err("too long");
        assert_eq!((long[0].code.as_str(), long[0].data.get("max")), ("too_long", Some(&NAME.into())));
    }

    #[test]
    fn an_address_is_one_of_its_lines_at_least() {
        assert!(!form().has_address());
        assert!(NewAccountForm { address_town: "69003 LYON".into(), ..form() }.has_address());
    }
}
