//! Client organisations (*organismes clients*): the file that decides who may get an administrator (D1, A1).

use palier_domain::portal::OnboardingRules;
use palier_domain::problem::FieldProblem;
use palier_domain::values::{ClientNumber, PostalAddress};
use sea_orm::ConnectionTrait;

use super::cells::{LINES, NAME, address, needed, words};
use super::columns::Column;
use super::table::{Faults, Line, Record};
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

impl Record for NewClient {
    type Rules = OnboardingRules;
    const COLUMNS: &'static [Column] = COLUMNS;
    const KEY: (&'static str, &'static str) = ("numero_client", "client_number");

    fn read(line: &Line<'_>, rules: &OnboardingRules) -> Result<Self, Faults> {
        let number = ClientNumber::parse(line.cell("numero_client"), &rules.number)
            .map_err(|error| ("numero_client", FieldProblem::new("client_number", &error)))?;
        let name = needed(line, "raison_sociale", "client_name", NAME)?;
        let legal_form = words(line, "forme_juridique", "legal_form", NAME)?;
        let representative = needed(line, "fonction_representant", "representative", PostalAddress::WIDTH)?;
        let address = address(line, |lines| PostalAddress::parse(&name, lines))?;
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
