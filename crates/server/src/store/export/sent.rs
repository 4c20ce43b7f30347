use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, PaginatorTrait as _, QueryFilter as _,
    QueryOrder as _,
};

use super::{Cell, List, MOST, list, made, moment, named, optional, perhaps, text};
use crate::store::StoreError;
use crate::store::accounts::Account;
use crate::store::convert::seconds;
use crate::store::email_changes::State;
use crate::store::entities::{
    accounts, designations, email_changes, letters, outbox, partner_letters, partners, sign_ups,
};

/// An address, and the time during which it was this account's and nobody else's.
pub(super) struct Address {
    pub(super) email: String,
    from: i64,
    until: i64,
}

/// The addresses of an account, each for its time: before and after, it may have been somebody else's.
pub(super) async fn addresses<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
) -> Result<Vec<Address>, StoreError> {
    use email_changes::Column as C;
    let mut changes: Vec<_> = email_changes::Entity::find()
        .filter(C::AccountId.eq(account.id))
        .filter(C::State.is_in([State::Done, State::Undone]))
        .filter(C::DoneAt.is_not_null())
        .order_by_asc(C::DoneAt)
        .all(conn)
        .await?;
    // An undone one says not until when: its address isn't told from then on.
    let undone = changes.iter().any(|change| change.state == State::Undone);
    changes.retain(|change| change.state == State::Done);
    let asked = sign_ups::Entity::find()
        .filter(sign_ups::Column::AccountId.eq(account.id))
        .order_by_asc(sign_ups::Column::Id)
        .one(conn)
        .await?;
    let mut from =
        asked.map_or(seconds(account.created_at), |asked| asked.created_at.min(seconds(account.created_at)));
    let mut known = Vec::new();
    if !undone {
        for change in changes {
            let until = change.done_at.unwrap_or(from);
            known.push(Address { email: change.former, from, until });
            from = until;
        }
    }
    if let Some(partner) = partner(conn, account).await?
        && partner.email.as_deref() == Some(account.address().as_str())
    {
        from = from.min(partner.created_at);
    }
    known.push(Address { email: account.address(), from, until: i64::MAX });
    known.retain(|address| !address.email.is_empty());
    let mut alone = Vec::new();
    for address in known {
        if !shared(conn, account, &address.email).await? {
            alone.push(address);
        }
    }
    Ok(alone)
}

/// Whether others have the address too: what was sent to it is nobody's in particular.
async fn shared<C: ConnectionTrait>(conn: &C, account: &Account, email: &str) -> Result<bool, StoreError> {
    let portal = &account.portal;
    let others = accounts::Entity::find()
        .filter(accounts::Column::Portal.eq(portal))
        .filter(accounts::Column::Id.ne(account.id))
        .filter(accounts::Column::Email.eq(email));
    let not_theirs = Condition::any()
        .add(partners::Column::AccountId.is_null())
        .add(partners::Column::AccountId.ne(account.id));
    let partners = partners::Entity::find()
        .filter(partners::Column::Portal.eq(portal))
        .filter(partners::Column::Email.eq(email))
        .filter(not_theirs);
    Ok(others.count(conn).await? + partners.count(conn).await? > 0)
}

/// The e-mails that were sent to the account's addresses while they were its own. What they said is kept no longer than
/// until they are sent; what waits is not told either: it may hold a link.
pub(super) async fn emails<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
    addresses: &[Address],
) -> Result<List, StoreError> {
    use outbox::Column as C;
    const T: &str = "outbox";
    let columns = &["kind", "recipient", "language", "created_at", "state", "sent_at", "given_up_at"];
    if addresses.is_empty() {
        return Ok(made(("emails", columns), Vec::new()));
    }
    let theirs = addresses.iter().fold(Condition::any(), |any, address| {
        any.add(
            Condition::all()
                .add(C::Recipient.eq(&address.email))
                .add(C::CreatedAt.gte(address.from))
                .add(C::CreatedAt.lte(address.until)),
        )
    });
    let rows =
        outbox::Entity::find().filter(C::Portal.eq(&account.portal)).filter(theirs).order_by_desc(C::Id);
    list(conn, ("emails", columns), rows, |row| {
        let state = match (row.sent_at, row.abandoned_at) {
            (Some(_), _) => "sent",
            (None, Some(_)) => "given_up",
            (None, None) => "waiting",
        };
        Ok(vec![
            named(row.kind),
            text(row.recipient),
            named(row.language),
            moment(row.created_at, T)?,
            named(state),
            perhaps(row.sent_at, T)?,
            perhaps(row.abandoned_at, T)?,
        ])
    })
    .await
}

async fn partner<C: ConnectionTrait>(
    conn: &C,
    account: &Account,
) -> Result<Option<partners::Model>, StoreError> {
    let theirs = partners::Entity::find()
        .filter(partners::Column::Portal.eq(&account.portal))
        .filter(partners::Column::AccountId.eq(account.id));
    Ok(theirs.one(conn).await?)
}

/// The letters: to a partner with identifiers, and those that made an administrator.
pub(super) async fn letters<C: ConnectionTrait>(conn: &C, account: &Account) -> Result<List, StoreError> {
    const T: &str = "letters";
    use sea_orm::QuerySelect as _;
    let most = MOST as u64 + 1;
    let mut rows = Vec::new();
    if let Some(partner) = partner(conn, account).await? {
        use partner_letters::Column as C;
        let sent = partner_letters::Entity::find()
            .filter(C::PartnerId.eq(partner.id))
            .order_by_desc(C::Id)
            .limit(most);
        for it in sent.all(conn).await? {
            let moments =
                [Some(it.asked_at), it.printed_at, it.posted_at, it.returned_at, it.valid_until, it.ended_at];
            rows.push(row("identifiers", it.reference, it.state, moments, it.ending)?);
        }
    }
    let asked = designations::Entity::find().filter(designations::Column::AccountId.eq(account.id));
    let asked: Vec<i64> = asked.limit(most).all(conn).await?.into_iter().map(|row| row.id).collect();
    if !asked.is_empty() {
        use letters::Column as C;
        let sent =
            letters::Entity::find().filter(C::DesignationId.is_in(asked)).order_by_desc(C::Id).limit(most);
        for it in sent.all(conn).await? {
            let moments =
                [Some(it.asked_at), it.printed_at, it.posted_at, it.returned_at, it.valid_until, it.ended_at];
            rows.push(row("designation", it.reference, it.state, moments, it.ending)?);
        }
    }
    let columns = &[
        "kind",
        "reference",
        "state",
        "asked_at",
        "printed_at",
        "posted_at",
        "returned_at",
        "valid_until",
        "ended_at",
        "ending",
    ];
    Ok(made((T, columns), rows))
}

fn row(
    kind: &str,
    reference: String,
    state: String,
    moments: [Option<i64>; 6],
    ending: Option<String>,
) -> Result<Vec<Cell>, StoreError> {
    let mut row = vec![named(kind), text(reference), named(state)];
    for moment in moments {
        row.push(perhaps(moment, "letters")?);
    }
    row.push(optional(ending).into_name());
    Ok(row)
}

impl Cell {
    /// A text of the program's own.
    fn into_name(self) -> Self {
        match self {
            Self::Text(text) => Self::Name(text),
            other => other,
        }
    }
}
