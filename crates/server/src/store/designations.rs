//! Who is to become the first administrator (*premier administrateur*) of a client organisation, until the legal
//! representative has designated them by handing on the code of the letter (A3–A5).

use std::collections::HashMap;

use jiff::Timestamp;
use palier_domain::values::Email;
use sea_orm::sea_query::{Expr, ExprTrait as _, SelectStatement};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _, QuerySelect as _,
    QueryTrait as _, Set,
};

use super::batch::CHUNK;
use super::convert::{email, optional_time, seconds, time};
use super::entities::designations as row;
use super::{Conflict, StoreError, insert};

const TABLE: &str = "designations";
pub(super) const OPEN: &str = "open";

/// A designation to keep.
#[derive(Clone, Debug)]
pub struct NewDesignation {
    /// The portal.
    pub portal: String,
    /// The organisation.
    pub client_id: i64,
    /// As the applicant wrote it.
    pub first_name: String,
    /// As the applicant wrote it.
    pub surname: String,
    /// The applicant's confirmed address.
    pub email: Email,
    /// Of the applicant's e-mails: `fr` or `en`.
    pub language: String,
    /// Version of the terms accepted (A10).
    pub terms_version: String,
    /// SHA-256 of their exact text, lower-case hexadecimal.
    pub terms_sha256: String,
    /// When they were accepted.
    pub consented_at: Timestamp,
    /// Until when the organisation's administrators can object, where it has some (A8): no letter is printed before.
    pub objection_until: Option<Timestamp>,
    /// When.
    pub now: Timestamp,
}

/// What became of a designation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The applicant is administrator: the account's id.
    Active(i64),
    /// The legal representative refused.
    Refused,
    /// Its letter had ended, and somebody else applied.
    Lapsed,
    /// An administrator objected (A8).
    Objected,
}

/// A designation as it is kept; see [`NewDesignation`].
#[expect(missing_docs, reason = "most fields are those of NewDesignation")]
#[expect(clippy::struct_excessive_bools, reason = "what became of it is asked one by one")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Designation {
    pub id: i64,
    pub client_id: i64,
    /// Nothing has become of it yet.
    pub open: bool,
    /// It was refused.
    pub refused: bool,
    /// It gave way to somebody else.
    pub lapsed: bool,
    /// An administrator objected.
    pub objected: bool,
    pub first_name: String,
    pub surname: String,
    pub email: Email,
    pub language: String,
    pub terms_version: String,
    pub terms_sha256: String,
    pub consented_at: Timestamp,
    pub objection_until: Option<Timestamp>,
    pub created_at: Timestamp,
    pub ended_at: Option<Timestamp>,
}

impl Designation {
    /// Until when its letter isn't printed yet, since administrators can still object.
    pub fn held_until(&self, now: Timestamp) -> Option<Timestamp> {
        self.objection_until.filter(|until| self.open && *until > now)
    }
}

/// Keeps a designation and gives its id; [`Conflict::Designation`] when somebody else is to become the administrator
/// of that organisation, [`Conflict::Email`] when this address is to become that of another one.
pub async fn insert<C: ConnectionTrait>(conn: &C, new: NewDesignation) -> Result<i64, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(new.portal.clone()),
        client_id: Set(new.client_id),
        state: Set(OPEN.to_owned()),
        first_name: Set(new.first_name),
        surname: Set(new.surname),
        email: Set(new.email.to_string()),
        email_key: Set(new.email.key()),
        language: Set(new.language),
        terms_version: Set(new.terms_version),
        terms_sha256: Set(new.terms_sha256),
        consented_at: Set(seconds(new.consented_at)),
        created_at: Set(seconds(new.now)),
        ended_at: Set(None),
        account_id: Set(None),
        objection_until: Set(new.objection_until.map(seconds)),
    };
    if let Some(id) = insert::unless_taken(conn, row).await? {
        return Ok(id);
    }
    let taken = open_of(conn, &new.portal, new.client_id).await?.is_some();
    Err(StoreError::Conflict(if taken { Conflict::Designation } else { Conflict::Email }))
}

/// The open designations of some organisations, by the id of the organisation.
pub async fn open_of_all<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_ids: &[i64],
) -> Result<HashMap<i64, Designation>, StoreError> {
    let mut found = HashMap::new();
    for chunk in client_ids.chunks(CHUNK) {
        let open = row::Entity::find()
            .filter(row::Column::Portal.eq(portal))
            .filter(row::Column::State.eq(OPEN))
            .filter(row::Column::ClientId.is_in(chunk.iter().copied()));
        for row in open.all(conn).await? {
            found.insert(row.client_id, Designation::try_from(row)?);
        }
    }
    Ok(found)
}

/// Those with these ids that are this portal's, whatever became of them, in no order: a page of them at most.
pub async fn by_ids<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    ids: &[i64],
) -> Result<Vec<Designation>, StoreError> {
    let these = row::Entity::find().filter(row::Column::Portal.eq(portal));
    let found = these.filter(row::Column::Id.is_in(ids.iter().copied())).all(conn).await?;
    found.into_iter().map(Designation::try_from).collect()
}

/// Until when the letters of designations aren't printed yet, by the id of the designation (A8).
pub async fn held<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    now: Timestamp,
) -> Result<HashMap<i64, Timestamp>, StoreError> {
    let held = row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::State.eq(OPEN))
        .filter(row::Column::ObjectionUntil.gt(seconds(now)))
        .select_only()
        .columns([row::Column::Id, row::Column::ObjectionUntil])
        .into_tuple::<(i64, i64)>();
    held.all(conn).await?.into_iter().map(|(id, until)| Ok((id, time(until, TABLE)?))).collect()
}

/// The ids of those of [`held`], for a condition of another table's.
pub(super) fn ids_held(portal: &str, now: Timestamp) -> SelectStatement {
    row::Entity::find()
        .filter(row::Column::Portal.eq(portal))
        .filter(row::Column::State.eq(OPEN))
        .filter(row::Column::ObjectionUntil.gt(seconds(now)))
        .select_only()
        .column(row::Column::Id)
        .into_query()
}

/// The open designation of an organisation.
pub async fn open_of<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    client_id: i64,
) -> Result<Option<Designation>, StoreError> {
    one(conn, portal, row::Column::ClientId.eq(client_id).and(row::Column::State.eq(OPEN))).await
}

/// The open designation of an address, by [`Email::key`].
pub async fn open_by_email<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    email_key: &str,
) -> Result<Option<Designation>, StoreError> {
    one(conn, portal, row::Column::EmailKey.eq(email_key).and(row::Column::State.eq(OPEN))).await
}

/// A designation, whatever became of it.
pub async fn by_id<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
) -> Result<Option<Designation>, StoreError> {
    one(conn, portal, row::Column::Id.eq(id)).await
}

async fn one<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    which: Expr,
) -> Result<Option<Designation>, StoreError> {
    let found = row::Entity::find().filter(row::Column::Portal.eq(portal)).filter(which).one(conn).await?;
    found.map(Designation::try_from).transpose()
}

/// Ends an open designation. True for exactly one caller.
pub async fn end<C: ConnectionTrait>(
    conn: &C,
    id: i64,
    end: End,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let (state, account_id) = match end {
        End::Active(account_id) => ("active", Some(account_id)),
        End::Refused => (REFUSED, None),
        End::Lapsed => (LAPSED, None),
        End::Objected => (OBJECTED, None),
    };
    let updated = row::Entity::update_many()
        .col_expr(row::Column::State, Expr::value(state))
        .col_expr(row::Column::AccountId, Expr::value(account_id))
        .col_expr(row::Column::EndedAt, Expr::value(seconds(now)))
        .filter(row::Column::Id.eq(id))
        .filter(row::Column::State.eq(OPEN))
        .exec(conn)
        .await?;
    Ok(updated.rows_affected == 1)
}

const REFUSED: &str = "refused";
const LAPSED: &str = "lapsed";
const OBJECTED: &str = "objected";

impl TryFrom<row::Model> for Designation {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            client_id: row.client_id,
            open: row.state == OPEN,
            refused: row.state == REFUSED,
            lapsed: row.state == LAPSED,
            objected: row.state == OBJECTED,
            first_name: row.first_name,
            surname: row.surname,
            email: email(&row.email, TABLE)?,
            language: row.language,
            terms_version: row.terms_version,
            terms_sha256: row.terms_sha256,
            consented_at: time(row.consented_at, TABLE)?,
            objection_until: optional_time(row.objection_until, TABLE)?,
            created_at: time(row.created_at, TABLE)?,
            ended_at: optional_time(row.ended_at, TABLE)?,
        })
    }
}
