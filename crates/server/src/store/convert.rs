//! Between values and columns: seconds, days, counts, and texts that are right by construction.

use jiff::Timestamp;
use palier_domain::values::{
    ClientNumber, Date, Email, LeaseReference, LoginIdentifier, PostalAddress, ReferenceFormat, UserNumber,
};

use super::StoreError;

/// Seconds since 1970, which is how every time is kept.
pub(super) fn seconds(time: Timestamp) -> i64 {
    time.as_second()
}

pub(super) fn time(seconds: i64, table: &'static str) -> Result<Timestamp, StoreError> {
    Timestamp::from_second(seconds).map_err(|_| StoreError::Unreadable(table))
}

pub(super) fn optional_time(
    seconds: Option<i64>,
    table: &'static str,
) -> Result<Option<Timestamp>, StoreError> {
    seconds.map(|seconds| time(seconds, table)).transpose()
}

/// Counts are kept in signed columns, the only ones that both engines have; one that doesn't fit stays at the limit.
pub(super) fn count(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

pub(super) fn counted(number: i32) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

pub(super) fn day(text: Option<&str>, table: &'static str) -> Result<Option<Date>, StoreError> {
    text.map(|text| Date::parse_text(text).ok_or(StoreError::Unreadable(table))).transpose()
}

pub(super) fn email(text: &str, table: &'static str) -> Result<Email, StoreError> {
    Email::parse(text).map_err(|_| StoreError::Unreadable(table))
}

pub(super) fn identifier(text: &str, table: &'static str) -> Result<LoginIdentifier, StoreError> {
    LoginIdentifier::parse(text).map_err(|_| StoreError::Unreadable(table))
}

/// A reference was checked against its landlord's format when it came in, which may have changed since.
pub(super) fn reference(text: &str, table: &'static str) -> Result<LeaseReference, StoreError> {
    LeaseReference::parse(text, &ReferenceFormat::any()).map_err(|_| StoreError::Unreadable(table))
}

/// So was a client number.
pub(super) fn client_number(text: &str, table: &'static str) -> Result<ClientNumber, StoreError> {
    ClientNumber::parse(text, &ReferenceFormat::any()).map_err(|_| StoreError::Unreadable(table))
}

pub(super) fn user_number(text: &str, table: &'static str) -> Result<UserNumber, StoreError> {
    UserNumber::parse(text).map_err(|_| StoreError::Unreadable(table))
}

/// The lines of an address, in JSON.
pub(super) fn address_json(address: &PostalAddress, table: &'static str) -> Result<String, StoreError> {
    serde_json::to_string(address.lines()).map_err(|_| StoreError::Unreadable(table))
}

pub(super) fn address(json: &str, table: &'static str) -> Result<PostalAddress, StoreError> {
    let lines = serde_json::from_str(json).ok();
    lines.and_then(PostalAddress::from_lines).ok_or(StoreError::Unreadable(table))
}
