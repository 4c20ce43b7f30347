//! Files that are kept as they were made: what was printed, agreed to, sent. Never changed; each once in its portal.
//!
//! Housekeeping leaves them alone: how long one is kept is a matter of the journey that made it.

use jiff::Timestamp;
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ColumnTrait as _, ConnectionTrait, EntityTrait as _, NotSet, QueryFilter as _, QuerySelect as _, Set,
};
use sha2::{Digest as _, Sha256};

use super::convert::{seconds, time};
use super::entities::kept_files as row;
use super::{Conflict, StoreError};
use crate::texts::hexadecimal;

const TABLE: &str = "kept_files";
/// Each try that fails means that the file was there and is gone: its transaction was undone in between.
const TRIES: u32 = 8;

/// A file to keep.
#[derive(Clone, Debug)]
pub struct NewFile {
    /// The portal.
    pub portal: String,
    /// What it is: `application/pdf`.
    pub media_type: String,
    /// What it is called when it is sent or downloaded, with its ending.
    pub name: String,
    /// Its bytes.
    pub content: Vec<u8>,
    /// When.
    pub now: Timestamp,
}

/// A file that is kept; see [`NewFile`].
#[expect(missing_docs, reason = "most fields are those of NewFile")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptFile {
    pub id: i64,
    /// SHA-256 of its bytes, in hexadecimal. They were checked against it when it was read.
    pub sha256: String,
    pub media_type: String,
    pub name: String,
    pub content: Vec<u8>,
    pub created_at: Timestamp,
}

/// Keeps a file and gives its id. A portal that has the same bytes already keeps those, with the name they had.
pub async fn keep<C: ConnectionTrait>(conn: &C, file: NewFile) -> Result<i64, StoreError> {
    let sha256 = digest(&file.content);
    let row = row::ActiveModel {
        id: NotSet,
        portal: Set(file.portal.clone()),
        sha256: Set(sha256.clone()),
        media_type: Set(file.media_type),
        name: Set(file.name),
        content: Set(file.content),
        created_at: Set(seconds(file.now)),
    };
    for _ in 0..TRIES {
        row::Entity::insert(row.clone())
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(conn)
            .await?;
        let kept = row::Entity::find()
            .select_only()
            .column(row::Column::Id)
            .filter(row::Column::Portal.eq(&file.portal))
            .filter(row::Column::Sha256.eq(&sha256));
        if let Some(id) = kept.into_tuple::<i64>().one(conn).await? {
            return Ok(id);
        }
    }
    Err(StoreError::Conflict(Conflict::Other))
}

/// A file of a portal.
pub async fn by_id<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    id: i64,
) -> Result<Option<KeptFile>, StoreError> {
    let row = row::Entity::find_by_id(id).filter(row::Column::Portal.eq(portal)).one(conn).await?;
    row.map(KeptFile::try_from).transpose()
}

/// The file of a portal whose bytes have that SHA-256, in lower-case hexadecimal.
pub async fn by_sha256<C: ConnectionTrait>(
    conn: &C,
    portal: &str,
    sha256: &str,
) -> Result<Option<KeptFile>, StoreError> {
    let mine = row::Entity::find().filter(row::Column::Portal.eq(portal));
    mine.filter(row::Column::Sha256.eq(sha256)).one(conn).await?.map(KeptFile::try_from).transpose()
}

/// SHA-256 of a file's bytes, as it is kept with them.
pub fn digest(content: &[u8]) -> String {
    hexadecimal(&Sha256::digest(content))
}

impl TryFrom<row::Model> for KeptFile {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        // It may be proof of what somebody agreed to: bytes that aren't the ones that were kept are not given out.
        if digest(&row.content) != row.sha256 {
            return Err(StoreError::Unreadable(TABLE));
        }
        Ok(Self {
            id: row.id,
            sha256: row.sha256,
            media_type: row.media_type,
            name: row.name,
            content: row.content,
            created_at: time(row.created_at, TABLE)?,
        })
    }
}
