//! Client organisations (*organismes clients*): the file that decides who may get an administrator (D1, A1).

use palier_domain::fold::{is_hidden, tidy};
use palier_domain::portal::OnboardingRules;
use palier_domain::problem::{FieldProblem, data};
use palier_domain::values::{ClientNumber, PostalAddress};
use sea_orm::ConnectionTrait;

use super::columns::Column;
use super::table::{Fault, Line, Record};
use crate::store::clients::{self, NewClient};
use crate::store::{Counts, StoreError};

const COLUMNS: &[Column] = &[
    Column { name: "numero_client", required: true },
    Column { name: "raison_sociale", required: true },
    Column { name: "forme_juridique", required: false },
    Column { name: "fonction_representant", required: true },
    Column { name: LINES[0], required: false },
    Column { name: LINES[1], required: false },
    Column { name: LINES[2], required: false },
    Column { name: LINES[3], required: false },
    Column { name: LINES[4], required: false },
    Column { name: LINES[5], required: false },
];

const LINES: [&str; PostalAddress::LINES] =
    ["ligne_1", "ligne_2", "ligne_3", "ligne_4", "ligne_5", "ligne_6"];

/// Characters of a name or a legal form.
const NAME: usize = 200;

impl Record for NewClient {
    type Rules = OnboardingRules;
    const COLUMNS: &'static [Column] = COLUMNS;
    const KEY: (&'static str, &'static str) = ("numero_client", "client_number");

    fn read(line: &Line<'_>, rules: &OnboardingRules) -> Result<Self, Fault> {
        let number = ClientNumber::parse(line.cell("numero_client"), &rules.number)
            .map_err(|error| ("numero_client", FieldProblem::new("client_number", &error)))?;
        let name = needed(line, "raison_sociale", "client_name", NAME)?;
        let legal_form = words(line, "forme_juridique", "legal_form", NAME)?;
        let representative = needed(line, "fonction_representant", "representative", PostalAddress::WIDTH)?;
        let address =
            PostalAddress::parse(&name, LINES.map(|column| line.cell(column))).map_err(|error| {
                let column = LINES.get(error.line().saturating_sub(1)).copied().unwrap_or_default();
                (column, FieldProblem::new("address", &error))
            })?;
        let legal_form = Some(legal_form).filter(|form| !form.is_empty());
        Ok(Self { number, name, legal_form, representative, address })
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
        clients::upsert_many(conn, portal, some, now).await
    }
}

/// Words that must be there.
fn needed(line: &Line<'_>, column: &'static str, name: &str, most: usize) -> Result<String, Fault> {
    let words = words(line, column, name, most)?;
    if words.is_empty() { Err((column, FieldProblem::plain(name, "required"))) } else { Ok(words) }
}

/// Words that can be printed: all of them seen, and not too many.
fn words(line: &Line<'_>, column: &'static str, name: &str, most: usize) -> Result<String, Fault> {
    let words = tidy(line.cell(column));
    if words.chars().any(is_hidden) {
        return Err((column, FieldProblem::plain(name, "invisible")));
    }
    if words.chars().count() > most {
        let problem =
            FieldProblem { data: data([("max", most.into())]), ..FieldProblem::plain(name, "too_long") };
        return Err((column, problem));
    }
    Ok(words)
}
