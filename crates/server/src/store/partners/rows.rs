//! Partners as their table keeps them.

use palier_domain::credentials::{Access, Channel, Held, Kind, Pass};
use palier_domain::fold::key;
use sea_orm::{NotSet, Set};

use super::{NewPartner, Opening, Partner, TABLE, row};
use crate::store::StoreError;
use crate::store::convert::{address, address_json, email, optional_time, seconds, user_number};

pub(super) const NOTHING: &str = "nothing";
const ORDERED: &str = "ordered";

/// The columns of an opening.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) held: &'static str,
    pub(super) issued_at: Option<i64>,
    pub(super) valid_until: Option<i64>,
    pub(super) reset_issued_at: Option<i64>,
    pub(super) reset_until: Option<i64>,
}

impl Columns {
    pub(super) fn of(opening: &Opening) -> Result<Self, StoreError> {
        let (held, issued_at, valid_until) = match opening.access.held {
            Held::Nothing => (NOTHING, None, None),
            Held::Ordered => (ORDERED, None, None),
            Held::Provisional { kind, pass } => (kind.name(), Some(pass.issued), Some(pass.until)),
            Held::Personal { since, until } => (Kind::Personal.name(), Some(since), until),
        };
        let reset = opening.access.reset;
        whole(*opening)?;
        Ok(Self {
            held,
            issued_at: issued_at.map(seconds),
            valid_until: valid_until.map(seconds),
            reset_issued_at: reset.map(|pass| seconds(pass.issued)),
            reset_until: reset.map(|pass| seconds(pass.until)),
        })
    }
}

/// What is held has what it is proven with, and nothing else has.
fn whole(opening: Opening) -> Result<Opening, StoreError> {
    let (secret, account) = match opening.access.held {
        Held::Nothing | Held::Ordered => (false, false),
        Held::Provisional { kind: Kind::Letter | Kind::Mail, .. } => (true, false),
        Held::Provisional { .. } => return Err(StoreError::Unreadable(TABLE)),
        Held::Personal { .. } => (false, true),
    };
    let right = opening.secret_hash.is_some() == secret && opening.account_id.is_some() == account;
    // A link stands for a password that was sent by e-mail.
    let link = opening.link_until.is_none()
        || matches!(opening.access.held, Held::Provisional { kind: Kind::Mail, .. });
    if right && link { Ok(opening) } else { Err(StoreError::Unreadable(TABLE)) }
}

/// The row of a partner that may be new.
pub(super) fn new(partner: &NewPartner, portal: &str, now: i64) -> Result<row::ActiveModel, StoreError> {
    let (name_key, email) = (key(&partner.name), partner.email.as_ref().map(ToString::to_string));
    let address = partner.address.as_ref().map(|address| address_json(address, TABLE)).transpose()?;
    Ok(row::ActiveModel {
        id: NotSet,
        portal: Set(portal.to_owned()),
        number: Set(partner.number.to_string()),
        name: Set(partner.name.clone()),
        search_key: Set(format!(
            "{} {name_key} {}",
            partner.number,
            key(email.as_deref().unwrap_or_default())
        )),
        name_key: Set(name_key.into_bytes()),
        email: Set(email),
        address: Set(address),
        channel: Set(partner.channel.name().to_owned()),
        held: Set(NOTHING.to_owned()),
        issued_at: NotSet,
        valid_until: NotSet,
        secret_hash: NotSet,
        link_until: NotSet,
        reset_issued_at: NotSet,
        reset_until: NotSet,
        account_id: NotSet,
        version: Set(0),
        created_at: Set(now),
        updated_at: Set(now),
    })
}

fn access(row: &row::Model) -> Result<Access<jiff::Timestamp>, StoreError> {
    let pass = |issued: Option<i64>, until: Option<i64>| {
        let (issued, until) = (optional_time(issued, TABLE)?, optional_time(until, TABLE)?);
        Ok::<_, StoreError>(issued.zip(until).map(|(issued, until)| Pass { issued, until }))
    };
    let unreadable = || StoreError::Unreadable(TABLE);
    let held = match (row.held.as_str(), Kind::parse(&row.held)) {
        (NOTHING, _) => Held::Nothing,
        (ORDERED, _) => Held::Ordered,
        (_, Some(Kind::Personal)) => Held::Personal {
            since: optional_time(row.issued_at, TABLE)?.ok_or_else(unreadable)?,
            until: optional_time(row.valid_until, TABLE)?,
        },
        (_, Some(kind)) => {
            let pass = pass(row.issued_at, row.valid_until)?.ok_or_else(unreadable)?;
            Held::Provisional { kind, pass }
        }
        (_, None) => return Err(unreadable()),
    };
    Ok(Access { held, reset: pass(row.reset_issued_at, row.reset_until)? })
}

impl TryFrom<row::Model> for Partner {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        let unreadable = || StoreError::Unreadable(TABLE);
        let opening = Opening {
            access: access(&row)?,
            secret_hash: row.secret_hash.map(|hash| hash.try_into().map_err(|_| unreadable())).transpose()?,
            link_until: optional_time(row.link_until, TABLE)?,
            account_id: row.account_id,
        };
        let known = NewPartner {
            number: user_number(&row.number, TABLE)?,
            name: row.name,
            email: row.email.map(|text| email(&text, TABLE)).transpose()?,
            address: row.address.map(|json| address(&json, TABLE)).transpose()?,
            channel: Channel::parse(&row.channel).ok_or_else(unreadable)?,
        };
        let opening = whole(opening)?;
        Ok(Self { id: row.id, portal: row.portal, known, opening, version: row.version })
    }
}
