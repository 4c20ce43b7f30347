//! E-mails to send, written in the transaction of their cause, sent by a worker (X1).

use jiff::{SignedDuration, Timestamp};
use palier_domain::values::Email;
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait as _, Condition, ConnectionTrait, EntityTrait as _, NotSet, PaginatorTrait as _,
    QueryFilter as _, QueryOrder as _, QuerySelect as _, QueryTrait as _, Set,
};

use super::convert::{counted, email, seconds, time};
use super::entities::outbox as row;
use super::{StoreError, lock};

const TABLE: &str = "outbox";

/// An e-mail to send.
#[derive(Clone, Debug)]
pub struct NewMail {
    /// The portal.
    pub portal: String,
    /// Which of our e-mails, for counting.
    pub kind: &'static str,
    /// To whom.
    pub to: Email,
    /// Where an answer goes.
    pub reply_to: Option<String>,
    /// Its subject line.
    pub subject: String,
    /// Its text body.
    pub text: String,
    /// Its HTML body.
    pub html: String,
    /// `fr` or `en`.
    pub language: String,
    /// Its `Message-ID`, unique: the same at each try.
    pub message_id: String,
    /// The file of the same portal that goes with it, in [`super::kept_files`].
    pub attachment: Option<i64>,
    /// When; it may be sent from then on.
    pub now: Timestamp,
}

/// An e-mail that a worker has claimed; see [`NewMail`].
#[expect(missing_docs, reason = "most fields are those of NewMail")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutboxMail {
    pub id: i64,
    pub portal: String,
    pub kind: String,
    pub to: Email,
    pub reply_to: Option<String>,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub language: String,
    pub message_id: String,
    pub attachment: Option<i64>,
    pub created_at: Timestamp,
    /// How often it was claimed, this time included: from 1.
    pub attempts: u32,
}

/// How the outbox does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Not sent yet, no try has failed.
    pub waiting: u64,
    /// Accepted by the mail server.
    pub sent: u64,
    /// Not sent, at least one try has failed; given up ones included.
    pub failing: u64,
}

/// Writes an e-mail to send and gives its id.
pub async fn enqueue<C: ConnectionTrait>(conn: &C, mail: NewMail) -> Result<i64, StoreError> {
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(mail.portal),
        kind: Set(mail.kind.to_owned()),
        recipient: Set(mail.to.to_string()),
        reply_to: Set(mail.reply_to),
        subject: Set(mail.subject),
        text: Set(mail.text),
        html: Set(mail.html),
        language: Set(mail.language),
        message_id: Set(mail.message_id),
        created_at: Set(seconds(mail.now)),
        attempts: Set(0),
        next_at: Set(seconds(mail.now)),
        leased_by: Set(None),
        leased_until: Set(None),
        failure: Set(None),
        sent_at: Set(None),
        abandoned_at: Set(None),
        attachment_id: Set(mail.attachment),
    };
    Ok(row::Entity::insert(row).exec(conn).await?.last_insert_id)
}

/// Gives at most `limit` e-mails that are due to this worker alone, the longest due first. Unless it says what became
/// of one before `lease` is over, it is given out again: a lease is longer than a mail server may take to answer.
pub async fn claim_due<C: ConnectionTrait>(
    conn: &C,
    now: Timestamp,
    worker: &str,
    lease: SignedDuration,
    limit: u64,
) -> Result<Vec<OutboxMail>, StoreError> {
    use row::Column as C;
    let now = seconds(now);
    let due = row::Entity::find()
        .select_only()
        .column(C::Id)
        .filter(C::SentAt.is_null())
        .filter(C::AbandonedAt.is_null())
        .filter(C::NextAt.lte(now))
        .filter(Condition::any().add(C::LeasedUntil.is_null()).add(C::LeasedUntil.lte(now)))
        .order_by_asc(C::NextAt)
        .order_by_asc(C::Id)
        .limit(limit);
    let mut claimed = row::Entity::update_many()
        .col_expr(C::LeasedBy, Expr::value(worker))
        .col_expr(C::LeasedUntil, Expr::value(now.saturating_add(lease.as_secs())))
        .col_expr(C::Attempts, Expr::col(C::Attempts).add(1))
        .filter(C::Id.in_subquery(lock::free(due).into_query()))
        .exec_with_returning(conn)
        .await?;
    claimed.sort_by_key(|row| (row.next_at, row.id));
    claimed.into_iter().map(OutboxMail::try_from).collect()
}

/// Gives a worker more time with the e-mail that it has; none when it isn't its any more.
pub async fn renew<C: ConnectionTrait>(
    conn: &C,
    message_id: &str,
    now: Timestamp,
    worker: &str,
    lease: SignedDuration,
) -> Result<(), StoreError> {
    use row::Column as C;
    row::Entity::update_many()
        .col_expr(C::LeasedUntil, Expr::value(seconds(now).saturating_add(lease.as_secs())))
        .filter(C::MessageId.eq(message_id))
        .filter(C::LeasedBy.eq(worker))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes that the mail server has accepted it, and erases what it said: it may carry a secret. A file that went with it
/// is held by it no longer. It is named by its `Message-ID`: a database that lost its last transactions (a standby that took
/// over, a backup restored beneath a running server) gives a number out again, and another e-mail would count as sent.
pub async fn mark_sent<C: ConnectionTrait>(
    conn: &C,
    message_id: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    use row::Column as C;
    row::Entity::update_many()
        .col_expr(C::SentAt, Expr::value(seconds(now)))
        .col_expr(C::Subject, Expr::value(""))
        .col_expr(C::Text, Expr::value(""))
        .col_expr(C::Html, Expr::value(""))
        .col_expr(C::AttachmentId, Expr::value(None::<i64>))
        .col_expr(C::Failure, Expr::value(None::<String>))
        .col_expr(C::LeasedBy, Expr::value(None::<String>))
        .col_expr(C::LeasedUntil, Expr::value(None::<i64>))
        .filter(C::MessageId.eq(message_id))
        .exec(conn)
        .await?;
    Ok(())
}

/// Notes that a try failed and when the next one is; none gives the e-mail up.
pub async fn mark_failed<C: ConnectionTrait>(
    conn: &C,
    message_id: &str,
    now: Timestamp,
    next_at: impl Into<Option<Timestamp>>,
    reason: &str,
) -> Result<(), StoreError> {
    use row::Column as C;
    let next_at = next_at.into();
    let failed = row::Entity::update_many()
        .col_expr(C::Failure, Expr::value(reason))
        .col_expr(C::LeasedBy, Expr::value(None::<String>))
        .col_expr(C::LeasedUntil, Expr::value(None::<i64>))
        .filter(C::MessageId.eq(message_id))
        // Accepted is accepted, whatever a worker that lost its lease says afterwards.
        .filter(C::SentAt.is_null());
    let failed = match next_at {
        Some(next_at) => failed.col_expr(C::NextAt, Expr::value(seconds(next_at))),
        None => failed
            .col_expr(C::AbandonedAt, Expr::value(seconds(now)))
            .col_expr(C::Text, Expr::value(""))
            .col_expr(C::Html, Expr::value(""))
            .col_expr(C::AttachmentId, Expr::value(None::<i64>)),
    };
    failed.exec(conn).await?;
    Ok(())
}

/// How many wait, were sent, fail.
pub async fn counts<C: ConnectionTrait>(conn: &C) -> Result<Counts, StoreError> {
    use row::Column as C;
    let unsent = || row::Entity::find().filter(C::SentAt.is_null());
    Ok(Counts {
        waiting: unsent().filter(C::Failure.is_null()).count(conn).await?,
        sent: row::Entity::find().filter(C::SentAt.is_not_null()).count(conn).await?,
        failing: unsent().filter(C::Failure.is_not_null()).count(conn).await?,
    })
}

impl TryFrom<row::Model> for OutboxMail {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id,
            portal: row.portal,
            kind: row.kind,
            to: email(&row.recipient, TABLE)?,
            reply_to: row.reply_to,
            subject: row.subject,
            text: row.text,
            html: row.html,
            language: row.language,
            message_id: row.message_id,
            attachment: row.attachment_id,
            created_at: time(row.created_at, TABLE)?,
            attempts: counted(row.attempts),
        })
    }
}
