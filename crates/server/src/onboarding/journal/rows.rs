use palier_domain::onboarding::EntryView;
use palier_domain::texts::Texts;
use sea_orm::ConnectionTrait;

use super::told::Told;
use crate::config::PortalConfig;
use crate::onboarding::hand::STAFF;
use crate::store::StoreError;
use crate::store::clients::Client;
use crate::store::journal::{Entry, list};

/// The columns of what an organisation's administrators take away.
pub(super) const HEADERS: [&str; 13] = [
    "numero_client",
    "organisme",
    "numero",
    "moment",
    "code",
    "texte",
    "nom",
    "email",
    "role",
    "droits",
    "par",
    "courrier",
    "motif",
];

/// The columns of the operator's file: the same, and the address of who at the desk did it; empty for all others.
pub fn operator_headers() -> Vec<&'static str> {
    HEADERS.into_iter().chain(["guichet"]).collect()
}

/// The whole journal of an organisation as rows of [`HEADERS`], the oldest entry first: times in UTC (RFC 3339), what
/// happened as its code and in the words of a language. No row where the portal has no client organisations.
pub(super) async fn rows<C: ConnectionTrait>(
    conn: &C,
    portal: &PortalConfig,
    client: &Client,
    texts: &Texts,
    language: &str,
) -> Result<Vec<[String; HEADERS.len()]>, StoreError> {
    let Some(told) = Told::by(portal, texts, language) else { return Ok(Vec::new()) };
    let entries = list(conn, portal.slug(), client.id).await?;
    Ok(entries.into_iter().map(|entry| row(told, client, entry)).collect())
}

/// The same as rows of [`operator_headers`].
pub async fn operator_rows<C: ConnectionTrait>(
    conn: &C,
    portal: &PortalConfig,
    client: &Client,
    texts: &Texts,
    language: &str,
) -> Result<Vec<Vec<String>>, StoreError> {
    let Some(told) = Told::by(portal, texts, language) else { return Ok(Vec::new()) };
    let entries = list(conn, portal.slug(), client.id).await?;
    let with_staff = |mut entry: Entry| {
        let staff = entry.details.remove(STAFF).unwrap_or_default();
        row(told, client, entry).into_iter().chain([staff]).collect()
    };
    Ok(entries.into_iter().map(with_staff).collect())
}

fn row(told: Told<'_>, client: &Client, entry: Entry) -> [String; HEADERS.len()] {
    let EntryView { number, at, kind, details } = told.entry(entry);
    let text = told.say(&kind, &details);
    let detail = |name: &str| details.get(name).cloned().unwrap_or_default();
    [
        client.known.number.to_string(),
        client.known.name.clone(),
        number.to_string(),
        at,
        kind,
        text,
        detail("name"),
        detail("email"),
        detail("role"),
        detail("rights"),
        detail("by"),
        detail("letter"),
        detail("reason"),
    ]
}
