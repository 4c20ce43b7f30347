//! Exits (*sorties*): the file that says which tenants leave, and when (D1, T11).

use std::collections::HashSet;

use palier_domain::problem::FieldProblem;
use palier_domain::values::{Date, LeaseReference, ReferenceFormat};
use sea_orm::ConnectionTrait;

use super::cells::optional;
use super::columns::Column;
use super::table::{Faults, Line, Record};
use crate::store::leases::{self, Exit};
use crate::store::{Counts, StoreError};

const COLUMNS: &[Column] =
    &[Column { name: "reference", required: true }, Column { name: "date_sortie", required: true }];

/// What decides whether a line of an exit file is right.
#[derive(Clone, Debug)]
pub struct ExitRules {
    /// How references are written.
    pub reference: ReferenceFormat,
    /// The leases that there are: [`leases::references`].
    pub known: HashSet<u64>,
}

impl Record for Exit {
    type Rules = ExitRules;
    const COLUMNS: &'static [Column] = COLUMNS;
    const KEY: (&'static str, &'static str) = ("reference", "reference");

    /// An empty day takes an exit back: the tenant stays.
    fn read(line: &Line<'_>, rules: &ExitRules) -> Result<Self, Faults> {
        let reference = LeaseReference::parse(line.cell("reference"), &rules.reference)
            .map_err(|error| ("reference", FieldProblem::new("reference", &error)))?;
        let left_on = optional(line.cell("date_sortie"), |text| {
            Date::parse_text(text)
                .ok_or_else(|| ("date_sortie", FieldProblem::plain("date", "date_unreadable")))
        })?;
        let known = reference.as_str().parse().is_ok_and(|number| rules.known.contains(&number));
        if known {
            Ok(Self { reference, left_on })
        } else {
            Err(("reference", FieldProblem::plain("reference", "no_such_lease")).into())
        }
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
        leases::set_exits(conn, portal, some, now).await
    }
}
