//! Partners (*partenaires*): the file of landlords who get an account from an office (D1, P1).

use palier_domain::credentials::Channel;
use palier_domain::fold::key;
use palier_domain::problem::FieldProblem;
use palier_domain::values::{PostalAddress, UserNumber, UserNumberPart};
use sea_orm::ConnectionTrait;

use super::cells::{LINES, NAME, address, email, needed, optional};
use super::columns::Column;
use super::table::{Fault, Faults, Line, Record};
use crate::store::partners::{self, NewPartner};
use crate::store::{Counts, StoreError};

const COLUMNS: &[Column] = &[
    Column { name: UserNumberPart::Office.name(), required: true },
    Column { name: UserNumberPart::ThirdParty.name(), required: true },
    Column { name: UserNumberPart::Rank.name(), required: true },
    Column { name: "nom", required: true },
    Column { name: "email", required: false },
    Column { name: LINES[0], required: false },
    Column { name: LINES[1], required: false },
    Column { name: LINES[2], required: false },
    Column { name: LINES[3], required: false },
    Column { name: LINES[4], required: false },
    Column { name: LINES[5], required: false },
    Column { name: CHANNEL, required: false },
];

const CHANNEL: &str = "canal";

impl Record for NewPartner {
    type Rules = ();
    const COLUMNS: &'static [Column] = COLUMNS;
    const KEY: (&'static str, &'static str) = (UserNumberPart::ThirdParty.name(), "user_number");

    fn read(line: &Line<'_>, (): &()) -> Result<Self, Faults> {
        let number = number(line)?;
        let name = needed(line, "nom", "partner_name", NAME)?;
        let email = email(line)?;
        let written = LINES.iter().any(|column| !line.cell(column).is_empty());
        let address = if written {
            Some(address(line, |lines| PostalAddress::without_function(&name, lines))?)
        } else {
            None
        };
        let asked = optional(line.cell(CHANNEL), channel)?;
        let channel = match asked {
            Some(channel) => channel,
            None if written => Channel::Letter,
            None => Channel::Mail,
        };
        match channel {
            Channel::Letter if address.is_none() => {
                Err((LINES[LINES.len() - 1], FieldProblem::plain("address", "channel_address")).into())
            }
            Channel::Mail if email.is_none() => {
                let code = if asked.is_some() { "channel_email" } else { "address_or_email" };
                Err(("email", FieldProblem::plain("email", code)).into())
            }
            _ => Ok(Self { number, name, email, address, channel }),
        }
    }

    fn number(&self) -> &str {
        self.number.as_str()
    }

    async fn keep<C: ConnectionTrait>(
        conn: &C,
        portal: &str,
        some: &[Self],
        now: jiff::Timestamp,
    ) -> Result<Counts, StoreError> {
        partners::upsert_many(conn, portal, some, now).await
    }
}

/// The user number, made of its parts: each that is wrong is told at its own column.
fn number(line: &Line<'_>) -> Result<UserNumber, Faults> {
    let [office, third_party, rank] = UserNumberPart::ALL.map(|part| line.cell(part.name()));
    UserNumber::of_parts(office, third_party, rank).map_err(|problems| {
        let column =
            |name: &str| UserNumberPart::ALL.map(UserNumberPart::name).into_iter().find(|n| *n == name);
        problems.into_iter().map(|problem| (column(&problem.name).unwrap_or_default(), problem)).collect()
    })
}

fn channel(text: &str) -> Result<Channel, Fault> {
    match key(text).as_str() {
        "courrier" => Ok(Channel::Letter),
        "mail" | "email" => Ok(Channel::Mail),
        _ => Err((CHANNEL, FieldProblem::plain("channel", "channel_unknown"))),
    }
}
