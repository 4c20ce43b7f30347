use palier_domain::profile::Device;
use sea_orm::sea_query::Query;
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, QueryFilter as _, QueryOrder as _,
};

use super::{Cell, List, count, list, made, moment, named, optional, perhaps};
use crate::store::StoreError;
use crate::store::accounts::Account;
use crate::store::entities::{
    accounts, designations, email_changes, guards, links, partners, passkeys, places, sessions,
};
use crate::store::links::Kind;

/// Browser and system, as far as they are known.
fn device(kept: &str) -> [Cell; 2] {
    let device = Device::kept(kept);
    [device.browser(), device.system()].map(|name| optional(Some(name.to_owned())))
}

/// Where the account is open, or was a short time ago.
pub(super) async fn sessions<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "sessions";
    use sessions::Column as C;
    let rows = sessions::Entity::find().filter(C::AccountId.eq(account.id)).order_by_desc(C::Id);
    let columns = &["browser", "system", "stay", "created_at", "seen_at", "expires_at"];
    list(conn, (T, columns), rows, |row| {
        let [browser, system] = device(row.device.as_deref().unwrap_or_default());
        Ok(vec![
            browser,
            system,
            Cell::Flag(row.stay),
            moment(row.created_at, T)?,
            moment(row.seen_at, T)?,
            moment(row.expires_at, T)?,
        ])
    })
    .await
}

/// From how many places the account was signed in to, and when last: which ones nobody can read, here neither.
pub(super) async fn places<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
    subject: &str,
) -> Result<List, StoreError> {
    const T: &str = "places";
    use places::Column as C;
    let rows = places::Entity::find()
        .filter(C::Portal.eq(&account.portal))
        .filter(C::Subject.eq(subject))
        .order_by_desc(C::SeenAt);
    list(conn, (T, &["seen_at"]), rows, |row| Ok(vec![moment(row.seen_at, T)?])).await
}

/// Wrong passwords, and the locks that came of them (P6): a row for all places together and one for each.
pub(super) async fn tries<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
    subject: &str,
) -> Result<List, StoreError> {
    use guards::Column as C;
    let rows = guards::Entity::find()
        .filter(C::Portal.eq(&account.portal))
        .filter(C::Subject.eq(subject))
        .order_by_asc(C::Source);
    let columns = &["failures", "locks", "locked_until", "day", "day_failures"];
    list(conn, ("tries", columns), rows, |row| {
        Ok(vec![
            count(row.failures),
            count(row.locks),
            perhaps(row.locked_until, "guards")?,
            optional(row.day),
            count(row.day_failures),
        ])
    })
    .await
}

/// The passkeys (X3), without what they open with.
pub(super) async fn passkeys<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "passkeys";
    use passkeys::Column as C;
    let rows = passkeys::Entity::find().filter(C::AccountId.eq(account.id)).order_by_desc(C::Id);
    list(conn, (T, &["browser", "system", "created_at", "used_at"]), rows, |row| {
        let [browser, system] = device(&row.device);
        Ok(vec![browser, system, moment(row.created_at, T)?, perhaps(row.used_at, T)?])
    })
    .await
}

/// The passwords there are, by their dates (P2).
pub(super) async fn credentials<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "credentials";
    let mut rows = Vec::new();
    if let Some(row) = accounts::Entity::find_by_id(account.id).one(conn).await? {
        rows.push(vec![
            named("personal"),
            moment(row.password_changed_at, T)?,
            perhaps(row.password_until, T)?,
        ]);
    }
    let partner = partners::Entity::find().filter(partners::Column::AccountId.eq(account.id));
    if let Some(row) = partner.one(conn).await? {
        for (kind, issued, until) in
            [("provisional", row.issued_at, row.valid_until), ("reset", row.reset_issued_at, row.reset_until)]
        {
            if issued.is_some() || until.is_some() {
                rows.push(vec![named(kind), perhaps(issued, T)?, perhaps(until, T)?]);
            }
        }
    }
    Ok(made((T, &["kind", "issued_at", "valid_until"]), rows))
}

/// The links that were sent, by their dates.
pub(super) async fn links<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "links";
    use links::Column as C;
    let changes = Query::select()
        .column(email_changes::Column::Id)
        .from(email_changes::Entity)
        .and_where(email_changes::Column::AccountId.eq(account.id))
        .to_owned();
    let asked = Query::select()
        .column(designations::Column::Id)
        .from(designations::Entity)
        .and_where(designations::Column::AccountId.eq(account.id))
        .to_owned();
    let own = Condition::all()
        .add(C::Kind.is_in([Kind::ResetPassword, Kind::ConfirmEmail]))
        .add(C::SubjectId.eq(account.id));
    let objected = Condition::all().add(C::Kind.eq(Kind::ObjectEmail)).add(C::SubjectId.in_subquery(changes));
    let letter = Condition::all().add(C::Kind.eq(Kind::FollowLetter)).add(C::SubjectId.in_subquery(asked));
    let theirs = Condition::any().add(own).add(objected).add(letter).add(C::HolderId.eq(account.id));
    let rows =
        links::Entity::find().filter(C::Portal.eq(&account.portal)).filter(theirs).order_by_desc(C::Id);
    let columns = &["kind", "created_at", "expires_at", "used_at", "superseded_at"];
    list(conn, (T, columns), rows, |row| {
        Ok(vec![
            named(kind(row.kind)),
            moment(row.created_at, T)?,
            moment(row.expires_at, T)?,
            perhaps(row.used_at, T)?,
            perhaps(row.superseded_at, T)?,
        ])
    })
    .await
}

const fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::ConfirmSignUp => "confirm_sign_up",
        Kind::ResetPassword => "reset_password",
        Kind::StopSignUpReminders => "stop_sign_up_reminders",
        Kind::StopReminders => "stop_reminders",
        Kind::FollowLetter => "follow_letter",
        Kind::Joining => "joining",
        Kind::Objection => "objection",
        Kind::ConfirmEmail => "confirm_email",
        Kind::ObjectEmail => "object_email",
        Kind::WelcomeStaff => "welcome_staff",
    }
}
