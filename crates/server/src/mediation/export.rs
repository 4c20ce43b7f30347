//! Memberships for the operator: by state, as rows of a table (M8).

use std::collections::BTreeSet;
use std::fmt;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use sea_orm::ConnectionTrait;

use crate::store::organisations::Details;
use crate::store::{StoreError, organisations, sign_ups};

/// How far an organisation has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Its identity is created: the correspondent's address isn't confirmed yet.
    Created,
    /// Its identity is certified.
    Certified,
    /// It is a member.
    Member,
}

/// As the table writes it: `creee`, `certifiee`, `membre`.
impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Created => "creee",
            Self::Certified => "certifiee",
            Self::Member => "membre",
        })
    }
}

/// The columns.
pub const HEADERS: [&str; 15] = [
    "etat",
    "denomination",
    "siren",
    "siret",
    "prenom_directeur",
    "nom_directeur",
    "email_correspondant",
    "creee_le",
    "certifiee_le",
    "adhesion_le",
    "reference",
    "partenaire",
    "code_promotionnel",
    "version_contrat",
    "rappels",
];

/// All identities and memberships of a portal as rows of [`HEADERS`], with their states, the oldest of each state first.
pub async fn memberships<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    zone: &TimeZone,
) -> Result<Vec<(State, [String; 15])>, StoreError> {
    let day = |moment: Timestamp| moment.to_zoned(zone.clone()).date().to_string();
    let mut rows = Vec::new();
    let certified = organisations::all(conn, portal).await?;
    let known: BTreeSet<&str> =
        certified.iter().map(|whole| whole.organisation.details.siren.as_str()).collect();
    for waiting in sign_ups::pending_organisations(conn, portal).await? {
        let sign_ups::Subject::Organisation(details) = &waiting.subject else { continue };
        // Asked for by somebody else too, who was slower.
        if known.contains(details.siren.as_str()) {
            continue;
        }
        let first = [day(waiting.created_at), String::new()];
        let email = waiting.email.to_string();
        rows.push((
            State::Created,
            row(State::Created, details, email, first, Default::default(), waiting.reminded),
        ));
    }
    for whole in certified {
        let known = &whole.organisation;
        let agreement = whole.membership.and_then(|membership| membership.joined);
        let state = if agreement.is_some() { State::Member } else { State::Certified };
        let rest = agreement.map_or_else(Default::default, |agreement| {
            [
                day(agreement.joined_at),
                agreement.reference,
                agreement.partner.unwrap_or_default(),
                agreement.promo_code.unwrap_or_default(),
                agreement.contract_version,
            ]
        });
        let first = [day(known.created_at), day(known.certified_at)];
        let email = whole.account.address();
        rows.push((state, row(state, &known.details, email, first, rest, known.reminded)));
    }
    rows.sort_by_key(|(state, _)| *state);
    Ok(rows)
}

fn row(
    state: State,
    details: &Details,
    email: String,
    [created, certified]: [String; 2],
    [joined, reference, partner, code, contract]: [String; 5],
    reminded: u32,
) -> [String; 15] {
    [
        state.to_string(),
        details.name.clone(),
        details.siren.clone(),
        details.siret.clone().unwrap_or_default(),
        details.first_name.clone(),
        details.surname.clone(),
        email,
        created,
        certified,
        joined,
        reference,
        partner,
        code,
        contract,
        reminded.to_string(),
    ]
}
