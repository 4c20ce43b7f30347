use palier_domain::fold::key;
use sea_orm::{ColumnTrait as _, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _};

use super::{Cell, List, list, made, moment, named, optional, perhaps, text};
use crate::store::accounts::Account;
use crate::store::entities::{accounts, consents, departures, email_changes, leases, sign_ups};
use crate::store::{StoreError, email_changes::State};

/// What is known of the account itself.
pub(super) async fn account<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "accounts";
    let columns = &[
        "identifier",
        "email",
        "first_name",
        "surname",
        "language",
        "created_at",
        "password_changed_at",
        "password_until",
        "left_on",
        "closing_on",
        "closing_told_at",
        "closed_at",
    ];
    let rows = accounts::Entity::find_by_id(account.id);
    list(conn, ("account", columns), rows, |row| {
        Ok(vec![
            text(account.identifier.to_string()),
            optional(Some(row.email)),
            optional(row.first_name),
            text(row.surname),
            named(row.language),
            moment(row.created_at, T)?,
            moment(row.password_changed_at, T)?,
            perhaps(row.password_until, T)?,
            optional(row.left_on),
            optional(row.closing_on),
            perhaps(row.closing_told_at, T)?,
            perhaps(row.closed_at, T)?,
        ])
    })
    .await
}

/// The addresses that the account had, and those that were asked for.
pub(super) async fn email_changes<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
) -> Result<List, StoreError> {
    const T: &str = "email_changes";
    use email_changes::Column as C;
    let rows = email_changes::Entity::find().filter(C::AccountId.eq(account.id)).order_by_desc(C::Id);
    list(conn, (T, &["former", "wanted", "state", "asked_at", "done_at"]), rows, |row| {
        let state = match row.state {
            State::Asked => "asked",
            State::Done => "done",
            State::Stopped => "stopped",
            State::Undone => "undone",
        };
        Ok(vec![
            optional(Some(row.former)),
            text(row.wanted),
            named(state),
            moment(row.asked_at, T)?,
            perhaps(row.done_at, T)?,
        ])
    })
    .await
}

/// What was agreed to (A10).
pub(super) async fn consents<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "consents";
    use consents::Column as C;
    let rows = consents::Entity::find().filter(C::AccountId.eq(account.id)).order_by_desc(C::Id);
    list(conn, (T, &["version", "sha256", "accepted_at"]), rows, |row| {
        Ok(vec![text(row.version), text(row.sha256), moment(row.accepted_at, T)?])
    })
    .await
}

/// What they asked for to leave (T10).
pub(super) async fn departures<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "departures";
    use departures::Column as C;
    let rows = departures::Entity::find().filter(C::AccountId.eq(account.id)).order_by_desc(C::Id);
    let columns = &["kind", "state", "asked_at", "settled_at", "note", "reason", "at_desk"];
    list(conn, (T, columns), rows, |row| {
        Ok(vec![
            named(row.kind),
            named(row.state),
            moment(row.asked_at, T)?,
            perhaps(row.settled_at, T)?,
            optional(Some(row.note)),
            optional(Some(row.reason)),
            Cell::Flag(row.at_desk),
        ])
    })
    .await
}

/// The home of the account, and the one that was left. The next household has the same lease in the landlord's file: of
/// a home that was left, only what stays the same is given, and what is said of the signatory only to who has that name.
pub(super) async fn leases<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "leases";
    let columns = &[
        "reference",
        "street",
        "postal_code",
        "town",
        "entered_on",
        "left_on",
        "signatory_birth_date",
        "signatory_email",
        "created_at",
        "updated_at",
    ];
    let Some(row) = accounts::Entity::find_by_id(account.id).one(conn).await? else {
        return Ok(made((T, columns), Vec::new()));
    };
    let mut rows = Vec::new();
    for (id, lives) in [(row.lease_id, true), (row.left_lease_id, false)] {
        let Some(id) = id.filter(|_| lives || row.lease_id != row.left_lease_id) else { continue };
        let known = leases::Entity::find_by_id(id).filter(leases::Column::Portal.eq(&account.portal));
        let Some(lease) = known.one(conn).await? else { continue };
        let theirs = lives && key(&lease.surname) == key(&account.surname);
        let (entered_on, left_on) =
            if lives { (lease.entered_on, lease.left_on) } else { (None, row.left_on.clone()) };
        rows.push(vec![
            text(lease.reference),
            optional(lease.street),
            optional(lease.postal_code),
            optional(lease.town),
            optional(entered_on),
            optional(left_on),
            optional(lease.birth_date.filter(|_| theirs)),
            optional(lease.email.filter(|_| theirs)),
            if theirs { moment(lease.created_at, T)? } else { Cell::None },
            if theirs { moment(lease.updated_at, T)? } else { Cell::None },
        ]);
    }
    Ok(made((T, columns), rows))
}

/// How the account was asked for.
pub(super) async fn sign_ups<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "sign_ups";
    use sign_ups::Column as C;
    let rows = sign_ups::Entity::find()
        .filter(C::Portal.eq(&account.portal))
        .filter(C::AccountId.eq(account.id))
        .order_by_desc(C::Id);
    let columns = &["email", "language", "terms_version", "created_at", "expires_at", "used_at"];
    list(conn, (T, columns), rows, |row| {
        Ok(vec![
            text(row.email),
            named(row.language),
            text(row.terms_version),
            moment(row.created_at, T)?,
            moment(row.expires_at, T)?,
            perhaps(row.used_at, T)?,
        ])
    })
    .await
}
