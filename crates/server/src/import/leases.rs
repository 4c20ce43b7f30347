//! Leases (*baux*): the file that decides who may sign up (D1, T3).

use palier_domain::portal::TenancyRules;
use palier_domain::problem::FieldProblem;
use palier_domain::values::{Date, LeaseReference, PersonName};
use sea_orm::ConnectionTrait;

use super::cells::{email, optional};
use super::columns::Column;
use super::table::{Faults, Line, Record};
use crate::store::leases::{self, NewLease};
use crate::store::{Counts, StoreError};

const COLUMNS: &[Column] = &[
    Column { name: "reference", required: true },
    Column { name: "nom_signataire", required: true },
    Column { name: "prenom_signataire", required: false },
    Column { name: "autres_noms", required: false },
    Column { name: "date_naissance", required: false },
    Column { name: "adresse", required: false },
    Column { name: "code_postal", required: false },
    Column { name: "commune", required: false },
    Column { name: "date_entree", required: false },
    Column { name: "date_sortie", required: false },
    Column { name: "email", required: false },
];

impl Record for NewLease {
    type Rules = TenancyRules;
    const COLUMNS: &'static [Column] = COLUMNS;
    const KEY: (&'static str, &'static str) = ("reference", "reference");

    fn read(line: &Line<'_>, rules: &TenancyRules) -> Result<Self, Faults> {
        let cell = |name: &'static str| line.cell(name);
        let reference = LeaseReference::parse(cell("reference"), &rules.reference)
            .map_err(|error| ("reference", FieldProblem::new("reference", &error)))?;
        let name = |column: &'static str, text: &str| {
            PersonName::parse(text).map_err(|error| (column, FieldProblem::new("surname", &error)))
        };
        let surname = name("nom_signataire", cell("nom_signataire"))?;
        let first_name = optional(cell("prenom_signataire"), |text| name("prenom_signataire", text))?;
        let other_names = cell("autres_noms")
            .split(',')
            .filter(|text| !text.trim().is_empty())
            .map(|text| name("autres_noms", text).map(|name| name.to_string()))
            .collect::<Result<Vec<_>, _>>()?;
        let date = |column: &'static str| {
            let read = |text: &str| {
                Date::parse_text(text).ok_or_else(|| (column, FieldProblem::plain("date", "date_unreadable")))
            };
            optional(cell(column), read)
        };
        Ok(Self {
            surname: surname.to_string(),
            first_name: first_name.map(|name| name.to_string()),
            other_names,
            birth_date: date("date_naissance")?,
            street: line.text("adresse"),
            postal_code: line.text("code_postal"),
            town: line.text("commune"),
            entered_on: date("date_entree")?,
            left_on: date("date_sortie")?,
            email: email(line)?,
            reference,
        })
    }

    fn number(&self) -> &str {
        self.reference.as_str()
    }

    async fn keep<C: ConnectionTrait>(
        conn: &C,
        portal: &str,
        some: &[Self],
        now: jiff::Timestamp,
    ) -> Result<Counts, StoreError> {
        leases::upsert_many(conn, portal, some, now).await
    }
}
