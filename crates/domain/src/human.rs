//! "Je ne suis pas un robot" (A2): a proof of work in the manner of ALTCHA, without a third party and without a puzzle.
//!
//! The server hides a number below [`MOST`]: it gives a salt and the SHA-256 of salt and number, and signs the latter.
//! A browser tries one number after the other. A person notices a second; who tries client numbers by the thousand pays
//! for each of them.

mod sha256;

use serde::{Deserialize, Serialize};
use validator::ValidationError;

use crate::journey::TICKED;
pub use sha256::{Digest, sha256};

/// The one way to hash there is, as ALTCHA names it.
pub const ALGORITHM: &str = "SHA-256";
/// The largest number that is hidden. Each is as likely, so that half as many are tried on average.
pub const MOST: u32 = 50_000;
/// The name of the field, on the wire and in the answers.
pub const FIELD: &str = "human";
/// The answer of the field while the browser still tries numbers.
pub const PENDING: &str = "pending";

/// What a browser is given to solve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Challenge {
    /// [`ALGORITHM`].
    pub algorithm: String,
    /// SHA-256 of the salt and the number, in decimal digits, one after the other; lower-case hexadecimal.
    pub challenge: String,
    /// The largest number that it can be.
    pub maxnumber: u32,
    /// What precedes the number; holds when the challenge ends, and whose it is.
    pub salt: String,
    /// The server's, of `challenge`.
    pub signature: String,
}

/// A solved challenge, as ALTCHA's own widget writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Solution {
    /// See [`Challenge::algorithm`].
    pub algorithm: String,
    /// See [`Challenge::challenge`].
    pub challenge: String,
    /// The number.
    pub number: u32,
    /// See [`Challenge::salt`].
    pub salt: String,
    /// See [`Challenge::signature`].
    pub signature: String,
    /// Milliseconds that the widget says it took: of no use here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub took: Option<u64>,
}

/// A solution, to be exchanged for a pass.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PassForm {
    /// A [`Solution`] as JSON in base 64.
    pub payload: String,
}

/// What proves for a while that a challenge was solved. The answer of a field of the kind
/// [`crate::journey::Kind::Human`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct HumanPass {
    /// Signed by the server, and meaningful to it alone.
    pub pass: String,
}

/// Looks for the number of a challenge, from one number to just before another; none when it isn't among them.
pub fn solve(challenge: &str, salt: &str, from: u32, to: u32) -> Option<u32> {
    let wanted = digest_of(challenge)?;
    let mut text = Vec::with_capacity(salt.len() + DIGITS);
    (from..to).find(|number| {
        text.clear();
        text.extend_from_slice(salt.as_bytes());
        write_decimal(&mut text, *number);
        sha256(&text) == wanted
    })
}

/// Decimal digits of the largest number there is.
const DIGITS: usize = 10;

/// `format!` would do; without it a number is written in a tenth of the time.
fn write_decimal(text: &mut Vec<u8>, number: u32) {
    let start = text.len();
    let mut rest = number;
    loop {
        text.push(b'0' + u8::try_from(rest % 10).unwrap_or_default());
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    if let Some(digits) = text.get_mut(start..) {
        digits.reverse();
    }
}

/// Reads a digest in lower-case hexadecimal.
fn digest_of(text: &str) -> Option<Digest> {
    let text = text.as_bytes();
    let mut digest = Digest::default();
    if text.len() != 2 * digest.len() {
        return None;
    }
    for (byte, pair) in digest.iter_mut().zip(text.chunks(2)) {
        for sign in pair {
            let value = b"0123456789abcdef".iter().position(|known| known == sign)?;
            *byte = (*byte << 4) | u8::try_from(value).ok()?;
        }
    }
    Some(digest)
}

/// Whether the field was answered: what `validator` calls for it.
///
/// # Errors
/// `human_required` when the box isn't ticked, `human_pending` while the browser still tries numbers.
pub fn answered(answer: &str) -> Result<(), ValidationError> {
    match answer {
        "" => Err(ValidationError::new("human_required")),
        // Ticked before the program arrived: it begins as soon as it is there.
        PENDING | TICKED => Err(ValidationError::new("human_pending")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hexadecimal(digest: &Digest) -> String {
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    proptest! {
        #[test]
        fn a_hidden_number_is_found(salt in "[a-z0-9?=&]{0,90}", number in 0..300_u32) {
            let challenge = hexadecimal(&sha256(format!("{salt}{number}").as_bytes()));
            prop_assert_eq!(solve(&challenge, &salt, 0, 300), Some(number));
            prop_assert_eq!(solve(&challenge, &salt, number, number + 1), Some(number));
            prop_assert_eq!(solve(&challenge, &salt, 0, number), None);
            prop_assert_eq!(solve(&challenge, &salt, number + 1, 301), None);
        }

        #[test]
        fn numbers_are_written_as_people_write_them(number: u32) {
            let mut text = b"a".to_vec();
            write_decimal(&mut text, number);
            prop_assert_eq!(String::from_utf8(text), Ok(format!("a{number}")));
        }

        #[test]
        fn what_is_no_digest_has_no_number(text in "\\PC{0,70}") {
            prop_assert_eq!(solve(&text, "salt", 0, 3), None);
        }
    }

    #[test]
    fn an_unticked_box_and_one_still_at_work_are_told_apart() {
        let code = |answer| answered(answer).map_err(|error| error.code.to_string());
        assert_eq!(code(""), Err("human_required".to_owned()));
        assert_eq!(code(PENDING), Err("human_pending".to_owned()));
        assert_eq!(code("on"), Err("human_pending".to_owned()));
        assert_eq!(code("AAEC"), Ok(()));
    }

    #[test]
    fn the_widgets_own_words_are_understood() {
        let said =
            r#"{"algorithm":"SHA-256","challenge":"ab","number":7,"salt":"s","signature":"cd","took":412}"#;
        let read: Solution = serde_json::from_str(said).unwrap();
        assert_eq!((read.number, read.took), (7, Some(412)));
        let more = said.replace("\"took\"", "\"test\"");
        assert!(serde_json::from_str::<Solution>(&more).is_err());
    }
}
