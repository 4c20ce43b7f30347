use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
    QuerySelect as _,
};

use super::sent::Address;
use super::{Cell, List, MOST, list, made, moment, named, optional, perhaps, text};
use crate::store::accounts::{Account, is_signed_in_with};
use crate::store::entities::{
    client_users, clients, designations, desk_journal, joinings, journal, memberships, organisations,
    partners,
};
use crate::store::journal::Details;
use crate::store::{StoreError, convert};

/// The organisation whose correspondent it is. Its director's and its representative's names and birth date are theirs: they
/// aren't given.
pub(super) async fn organisations<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
) -> Result<List, StoreError> {
    use organisations::Column as C;
    const T: &str = "organisations";
    let columns = &[
        "name",
        "siren",
        "siret",
        "created_at",
        "certified_at",
        "reminders_stopped_at",
        "draft_changed_at",
        "reference",
        "joined_at",
        "partner",
        "promo_code",
        "contract_version",
        "contract_sha256",
        "terms_version",
        "terms_sha256",
    ];
    let mut rows = Vec::new();
    for it in
        organisations::Entity::find().filter(C::AccountId.eq(account.id)).limit(MOST as u64).all(conn).await?
    {
        let of = memberships::Entity::find().filter(memberships::Column::OrganisationId.eq(it.id));
        let member = of.one(conn).await?;
        let mut row = vec![
            text(it.name),
            text(it.siren),
            optional(it.siret),
            moment(it.created_at, T)?,
            moment(it.certified_at, T)?,
            perhaps(it.reminders_stopped_at, T)?,
        ];
        match member {
            Some(member) => row.extend([
                moment(member.changed_at, T)?,
                optional(member.reference),
                perhaps(member.joined_at, T)?,
                optional(member.partner),
                optional(member.promo_code),
                optional(member.contract_version),
                optional(member.contract_sha256),
                optional(member.terms_version),
                optional(member.terms_sha256),
            ]),
            None => row.resize(columns.len(), Cell::None),
        }
        rows.push(row);
    }
    Ok(made((T, columns), rows))
}

/// What they asked of client organisations: to become administrator by letter, to join.
pub(super) async fn requests<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "requests";
    let most = MOST as u64 + 1;
    let mut rows = Vec::new();
    {
        use designations::Column as C;
        let asked = designations::Entity::find().filter(C::AccountId.eq(account.id)).order_by_desc(C::Id);
        for it in asked.limit(most).all(conn).await? {
            let [number, name] = client(conn, it.client_id).await?;
            rows.push(vec![
                named("designation"),
                number,
                name,
                named(it.state),
                text(it.first_name),
                text(it.surname),
                text(it.email),
                text(it.terms_version),
                moment(it.consented_at, T)?,
                moment(it.created_at, T)?,
                perhaps(it.ended_at, T)?,
                Cell::None,
            ]);
        }
    }
    let email_key = account.email_key();
    if is_signed_in_with(&email_key) {
        use joinings::Column as C;
        // Somebody else may have had the address before.
        let asked = joinings::Entity::find()
            .filter(C::Portal.eq(&account.portal))
            .filter(C::EmailKey.eq(&email_key))
            .filter(C::Surname.eq(&account.surname))
            .filter(C::FirstName.eq(account.first_name.clone().unwrap_or_default()))
            .order_by_desc(C::Id);
        for it in asked.limit(most).all(conn).await? {
            let [number, name] = client(conn, it.client_id).await?;
            rows.push(vec![
                named("joining"),
                number,
                name,
                named(it.state),
                text(it.first_name),
                text(it.surname),
                text(it.email),
                optional(Some(it.terms_version)),
                perhaps(it.consented_at, T)?,
                moment(it.created_at, T)?,
                perhaps(it.ended_at, T)?,
                optional(it.reason),
            ]);
        }
    }
    let columns = &[
        "kind",
        "client_number",
        "client_name",
        "state",
        "first_name",
        "surname",
        "email",
        "terms_version",
        "consented_at",
        "created_at",
        "ended_at",
        "reason",
    ];
    Ok(made((T, columns), rows))
}

async fn client<C: ConnectionTrait>(conn: &C, id: i64) -> Result<[Cell; 2], StoreError> {
    let known = clients::Entity::find_by_id(id).one(conn).await?;
    Ok(known.map_or([Cell::None, Cell::None], |client| [text(client.number), text(client.name)]))
}

/// What they may do for which client organisation (A8).
pub(super) async fn rights<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "rights";
    use client_users::Column as C;
    let mut rows = Vec::new();
    let users = client_users::Entity::find().filter(C::AccountId.eq(account.id)).order_by_desc(C::Id);
    for it in users.limit(MOST as u64 + 1).all(conn).await? {
        let [number, name] = client(conn, it.client_id).await?;
        rows.push(vec![
            number,
            name,
            Cell::Flag(it.administrator),
            named(it.state),
            text(it.rights),
            moment(it.created_at, T)?,
            perhaps(it.ended_at, T)?,
        ]);
    }
    let columns =
        &["client_number", "client_name", "administrator", "state", "rights", "created_at", "ended_at"];
    Ok(made((T, columns), rows))
}

/// The entries of their organisations' journals that are about them, or about what they decided (A9): which one, and when. Who
/// else had a part in it is that person's.
pub(super) async fn journal<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
    addresses: &[Address],
) -> Result<List, StoreError> {
    use journal::Column as C;
    const T: &str = "journal";
    let columns = &["number", "happened_at", "kind", "part"];
    let users = client_users::Entity::find().filter(client_users::Column::AccountId.eq(account.id));
    let clients: Vec<i64> = users.all(conn).await?.into_iter().map(|user| user.client_id).collect();
    if clients.is_empty() {
        return Ok(made((T, columns), Vec::new()));
    }
    let name = match account.first_name.as_deref() {
        Some(first) if !first.is_empty() => format!("{first} {}", account.surname),
        _ => account.surname.clone(),
    };
    let written = |text: &str| serde_json::to_string(text).map_err(|_| StoreError::Unreadable(T));
    let mut told = Condition::any().add(C::Details.contains(format!("\"by\":{}", written(&name)?)));
    for address in addresses {
        told = told.add(C::Details.contains(format!("\"email\":{}", written(&address.email)?)));
    }
    let mut rows = Vec::new();
    let found = journal::Entity::find()
        .filter(C::Portal.eq(&account.portal))
        .filter(C::ClientId.is_in(clients))
        .filter(told)
        .order_by_desc(C::HappenedAt)
        .order_by_desc(C::Number);
    for it in found.limit(MOST as u64 + 1).all(conn).await? {
        let details: Details = serde_json::from_str(&it.details).map_err(|_| StoreError::Unreadable(T))?;
        let about =
            details.get("email").is_some_and(|email| addresses.iter().any(|address| address.email == *email));
        let by = details.get("by").is_some_and(|by| *by == name);
        let part = match (about, by) {
            (true, _) => "about",
            (false, true) => "by",
            // The database finds capitals and small letters alike.
            (false, false) => continue,
        };
        rows.push(vec![
            Cell::Number(it.number.into()),
            moment(it.happened_at, T)?,
            named(it.kind),
            named(part),
        ]);
    }
    Ok(made((T, columns), rows))
}

/// The partner whose account it is (P1).
pub(super) async fn partner<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "partners";
    use partners::Column as C;
    let columns = &["number", "name", "email", "address", "channel", "held", "created_at", "updated_at"];
    let rows = partners::Entity::find().filter(C::AccountId.eq(account.id));
    list(conn, ("partner", columns), rows, |row| {
        let lines = row.address.as_deref().map(|json| convert::address(json, T)).transpose()?;
        let lines = lines.map(|address| {
            let lines = address.lines().iter().map(String::as_str).filter(|line| !line.is_empty());
            lines.collect::<Vec<_>>().join(", ")
        });
        Ok(vec![
            text(row.number),
            text(row.name),
            optional(row.email),
            optional(lines),
            named(row.channel),
            named(row.held),
            moment(row.created_at, T)?,
            moment(row.updated_at, T)?,
        ])
    })
    .await
}

/// When somebody of the desk looked at the account or helped with it (P7): what was done, not by whom, nor who else was found.
pub(super) async fn desk<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "desk_journal";
    use desk_journal::Column as C;
    // Shown with a hyphen, kept without; the desk writes what it shows.
    let mut names = vec![account.identifier.to_string(), account.identifier.as_str().to_owned()];
    names.dedup();
    let partner = partners::Entity::find().filter(partners::Column::AccountId.eq(account.id));
    names.extend(partner.one(conn).await?.map(|partner| partner.number));
    let told = names.iter().fold(Condition::any(), |any, name| any.add(C::Subject.contains(name)));
    let found = desk_journal::Entity::find()
        .filter(C::Portal.eq(&account.portal))
        .filter(told)
        .order_by_desc(C::Number);
    let mut rows = Vec::new();
    for it in found.limit(MOST as u64 + 1).all(conn).await? {
        if it.subject.split(' ').any(|one| names.iter().any(|name| name == one)) {
            rows.push(vec![moment(it.happened_at, T)?, named(it.kind)]);
        }
    }
    Ok(made(("desk", &["happened_at", "kind"]), rows))
}
