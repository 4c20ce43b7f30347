//! Sign-ups as their table keeps them.

use sea_orm::{NotSet, Set};

use super::{NewSignUp, OF_CLIENT, SignUp, State, Subject, TABLE, row};
use crate::store::StoreError;
use crate::store::convert::{counted, email, optional_time, seconds, time};
use crate::store::organisations::Details;

impl TryFrom<NewSignUp> for row::ActiveModel {
    type Error = StoreError;

    fn try_from(new: NewSignUp) -> Result<Self, StoreError> {
        let subject = new.subject.key();
        let (lease_id, details) = match new.subject {
            Subject::Lease(id) => (Some(id), None),
            Subject::Organisation(details) => (None, Some(details.written()?)),
            Subject::Client(applicant) => {
                (None, Some(serde_json::to_string(&applicant).map_err(|_| StoreError::Unreadable(TABLE))?))
            }
        };
        Ok(Self {
            id: NotSet,
            portal: Set(new.portal),
            subject: Set(subject),
            lease_id: Set(lease_id),
            details: Set(details),
            handle_hash: Set(new.handle_hash.to_vec()),
            email: Set(new.email.to_string()),
            email_key: Set(new.email.key()),
            password_hash: Set(new.password_hash),
            purpose: Set(new.purpose),
            state: Set(State::Open),
            account_id: Set(None),
            language: Set(new.language),
            terms_version: Set(new.terms_version),
            terms_sha256: Set(new.terms_sha256),
            created_at: Set(seconds(new.now)),
            expires_at: Set(seconds(new.expires_at)),
            used_at: Set(None),
            reminded: Set(0),
            reminders_stopped_at: Set(None),
        })
    }
}

impl TryFrom<row::Model> for SignUp {
    type Error = StoreError;

    fn try_from(row: row::Model) -> Result<Self, StoreError> {
        let subject = match (row.lease_id, &row.details) {
            (Some(id), _) => Subject::Lease(id),
            (None, Some(details)) if row.subject.starts_with(OF_CLIENT) => {
                Subject::Client(serde_json::from_str(details).map_err(|_| StoreError::Unreadable(TABLE))?)
            }
            (None, Some(details)) => Subject::Organisation(Box::new(Details::read(details)?)),
            (None, None) => return Err(StoreError::Unreadable(TABLE)),
        };
        Ok(Self {
            id: row.id,
            portal: row.portal,
            subject,
            handle_hash: row.handle_hash,
            email: email(&row.email, TABLE)?,
            password_hash: row.password_hash,
            purpose: row.purpose,
            language: row.language,
            terms_version: row.terms_version,
            terms_sha256: row.terms_sha256,
            state: row.state,
            account_id: row.account_id,
            created_at: time(row.created_at, TABLE)?,
            expires_at: time(row.expires_at, TABLE)?,
            used_at: optional_time(row.used_at, TABLE)?,
            reminded: counted(row.reminded),
            reminders_stopped: row.reminders_stopped_at.is_some(),
        })
    }
}
