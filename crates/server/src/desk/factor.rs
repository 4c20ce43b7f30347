//! The second factor: an authenticator (TOTP, RFC 6238), and codes for when it is lost (D3).

use axum::http::StatusCode;
use jiff::Timestamp;
use palier_domain::desk::{CodeForm, DeskSession, DeskStage, Enrolment, RecoveryCodes};
use palier_domain::values::{LetterCode, Token};
use palier_domain::wire::code;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use totp_rs::{Builder, Totp};

use super::picture;
use super::session::{self, Current};
use crate::account::{Tries, digest};
use crate::config::PortalConfig;
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::http::state::AppState;
use crate::store::staff::{self, Staff};
use crate::store::{StoreError, staff_sessions};

/// Bytes of an authenticator's secret: as many as SHA-1 has (RFC 4226, 4).
const SECRET: usize = 20;
/// Recovery codes that are given out.
const RECOVERY: usize = 8;

/// Under what wrong codes of somebody are counted.
pub(super) fn subject(staff_id: i64) -> String {
    format!("staff-code:{staff_id}")
}

/// What an authenticator with that secret shows at a moment: for programs that hold a server's state themselves. None
/// when it isn't a secret.
pub fn code_at(secret: &[u8], at: Timestamp) -> Option<String> {
    let totp = Builder::new().with_secret(secret.to_vec()).build().ok()?;
    Some(totp.generate(unix(at)).to_string())
}

/// Proposes a secret; the one proposed before is forgotten.
pub(super) async fn propose(
    state: &AppState,
    portal: &PortalConfig,
    current: &Current,
) -> Result<Enrolment, ApiError> {
    let mut secret = vec![0; SECRET];
    state.entropy().fill(&mut secret);
    if !staff::propose(state.store().write(), current.staff.id, &secret).await? {
        return Err(enrolled());
    }
    let totp = authenticator(portal, &current.staff, secret)?;
    let uri = totp.to_url().map_err(|error| ApiError::internal(&error))?;
    let picture = picture::svg(&uri).map_err(|error| ApiError::internal(&error))?;
    Ok(Enrolment { secret: in_groups(&totp.secret().to_base32()), uri, picture })
}

/// The first code of a proposed authenticator: it counts from now on, and the desk opens.
pub(super) async fn confirm(
    state: &AppState,
    portal: &PortalConfig,
    client: Client,
    current: &Current,
    form: &CodeForm,
) -> Result<(RecoveryCodes, Token), ApiError> {
    if current.stage() != DeskStage::Enrol {
        return Err(enrolled());
    }
    let now = state.now();
    let (tries, admitted) = counted(state, portal, client, current, form).await?;
    let transaction = state.store().begin().await?;
    let Some(staff) = still(&transaction, portal, current).await? else { return Err(signed_out()) };
    if !right_digits(&transaction, portal, &staff, form, now).await? {
        return Err(tries.refused_as(code::CODE_REFUSED, admitted));
    }
    let codes: Vec<LetterCode> = (0..RECOVERY).map(|_| state.entropy().letter_code()).collect();
    let hashes: Vec<[u8; 32]> = codes.iter().map(|code| recovery_hash(staff.id, code)).collect();
    if !staff::enrol(&transaction, staff.id, &hashes, now).await? {
        return Err(enrolled());
    }
    let token = open(state, transaction, &tries, &staff, now).await?;
    let recovery_codes = codes.iter().map(LetterCode::reveal_in_groups).collect();
    Ok((RecoveryCodes { recovery_codes }, token))
}

/// A code of the authenticator, or a recovery code: the desk opens.
pub(super) async fn enter(
    state: &AppState,
    portal: &PortalConfig,
    client: Client,
    current: &Current,
    form: &CodeForm,
) -> Result<(DeskSession, Token), ApiError> {
    if current.stage() == DeskStage::Enrol {
        return Err(ApiError::code(StatusCode::FORBIDDEN, code::SECOND_FACTOR));
    }
    let now = state.now();
    let (tries, admitted) = counted(state, portal, client, current, form).await?;
    let transaction = state.store().begin().await?;
    let Some(staff) = still(&transaction, portal, current).await? else { return Err(signed_out()) };
    let right = right_digits(&transaction, portal, &staff, form, now).await?
        || right_recovery(&transaction, &staff, form).await?;
    if !right {
        return Err(tries.refused_as(code::CODE_REFUSED, admitted));
    }
    let session = session::tell(&transaction, portal, &staff, DeskStage::Open).await?;
    let token = open(state, transaction, &tries, &staff, now).await?;
    Ok((session, token))
}

/// Counts a try before it is made, so that many at once can't outrun the counting.
async fn counted<'a>(
    state: &'a AppState,
    portal: &'a PortalConfig,
    client: Client,
    current: &Current,
    form: &CodeForm,
) -> Result<(Tries<'a>, crate::account::Admitted), ApiError> {
    let problems = form.problems();
    if !problems.is_empty() {
        return Err(ApiError::invalid(problems));
    }
    let tries = Tries::new(state, portal, subject(current.staff.id), client);
    let admitted = tries.admit().await?;
    Ok((tries, admitted))
}

/// Whose session it is, held, when it hasn't ended meanwhile. It ends here: with another factor goes another token.
async fn still(
    transaction: &DatabaseTransaction,
    portal: &PortalConfig,
    current: &Current,
) -> Result<Option<Staff>, StoreError> {
    let staff = staff::held(transaction, portal.slug(), current.staff.id).await?;
    let ended = staff_sessions::end(transaction, current.row.id).await?;
    Ok(staff.filter(|staff| ended && staff.password_hash == current.staff.password_hash))
}

async fn open(
    state: &AppState,
    transaction: DatabaseTransaction,
    tries: &Tries<'_>,
    staff: &Staff,
    now: Timestamp,
) -> Result<Token, ApiError> {
    tries.forgive(&transaction, now).await?;
    let token = state.entropy().token();
    session::begin(&transaction, staff, &token, true, now).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(token)
}

/// Whether it is the code of this step, the one before or the one after, and none of an earlier one was used since.
async fn right_digits<C: ConnectionTrait>(
    conn: &C,
    portal: &PortalConfig,
    staff: &Staff,
    form: &CodeForm,
    now: Timestamp,
) -> Result<bool, ApiError> {
    let (Some(digits), Some(secret)) = (form.digits(), staff.totp_secret.clone()) else { return Ok(false) };
    let Some(step) = authenticator(portal, staff, secret)?.check(&digits, unix(now)) else {
        return Ok(false);
    };
    let step = i64::try_from(step).unwrap_or(i64::MAX);
    Ok(staff::use_step(conn, staff.id, step).await?)
}

async fn right_recovery<C: ConnectionTrait>(
    conn: &C,
    staff: &Staff,
    form: &CodeForm,
) -> Result<bool, StoreError> {
    let Ok(code) = LetterCode::parse(&form.code) else { return Ok(false) };
    staff::use_recovery(conn, staff.id, &recovery_hash(staff.id, &code)).await
}

/// 63 random bits need no slow hash; whose they are goes in, so that two rows with one content can't be told.
fn recovery_hash(staff_id: i64, code: &LetterCode) -> [u8; 32] {
    digest(&[b"recovery", &staff_id.to_be_bytes(), code.reveal().as_bytes()])
}

/// SHA-1, six digits, 30 seconds, one step of tolerance: what every authenticator understands.
fn authenticator(portal: &PortalConfig, staff: &Staff, secret: Vec<u8>) -> Result<Totp, ApiError> {
    // A colon would end the name in the address.
    let issuer = portal.public.name.replace(':', " ");
    let builder = Builder::new().with_secret(secret).with_account_name(staff.email.to_string());
    builder.with_issuer(Some(issuer)).build().map_err(|error| ApiError::internal(&error))
}

fn unix(at: Timestamp) -> u64 {
    u64::try_from(at.as_second()).unwrap_or_default()
}

fn in_groups(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

fn enrolled() -> ApiError {
    ApiError::code(StatusCode::CONFLICT, code::ENROLLED)
}

fn signed_out() -> ApiError {
    ApiError::code(StatusCode::UNAUTHORIZED, code::SIGNED_OUT)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
    #[test]
    fn shows_what_the_standard_says() {
        let secret = b"12345678901234567890";
        for (second, wanted) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let at = Timestamp::from_second(second).expect("a time");
            assert_eq!(code_at(secret, at).as_deref(), Some(wanted), "{second}");
        }
    }

    #[test]
    fn a_secret_is_typed_in_groups() {
        assert_eq!(in_groups("JBSWY3DPEHPK3PXP"), "JBSW Y3DP EHPK 3PXP");
    }
}
