//! A challenge made, and its solution read again.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use palier_domain::human::{ALGORITHM, Challenge, MOST, Solution};
use palier_domain::wire::code;
use sha2::{Digest as _, Sha256};

use super::key::Key;
use crate::account::{Limit, Post};
use crate::entropy::Entropy;
use crate::http::extract::Client;
use crate::http::problem::ApiError;
use crate::texts::hexadecimal;

/// How long a challenge may be solved: a phone takes seconds, a tab that waits behind others minutes.
const VALID: SignedDuration = SignedDuration::from_mins(10);
/// Challenges asked for from one place: nothing is kept of them, but they are signed.
const BY_PLACE: Limit = Limit { kind: "challenge_place", times: 60, window: SignedDuration::from_mins(10) };
/// A challenge is exchanged once, until it has ended anyway.
pub(super) const ONCE: Limit = Limit { kind: "challenge", times: 1, window: VALID };

/// A new challenge for who asks.
pub(super) async fn make(post: Post<'_>, client: Client) -> Result<Challenge, ApiError> {
    let (store, place) = (post.state.store(), client.place());
    // Who is over the limit writes nothing.
    BY_PLACE.check(store.read(), post.portal.slug(), &place, post.now).await?;
    BY_PLACE.admit(store.write(), post.portal.slug(), &place, post.now).await?;
    let key = Key::make(post).await?;
    let entropy = post.state.entropy();
    let salt = salt(&entropy.hexadecimal(12), post.now, post.portal.slug());
    let challenge = digest(&salt, number(entropy));
    let signature = hexadecimal(&key.sign(challenge.as_bytes()));
    Ok(Challenge { algorithm: ALGORITHM.to_owned(), challenge, maxnumber: MOST, salt, signature })
}

/// The challenge of a solution, when it is one of this portal's and solved in time; it may have been used already.
pub(super) fn read(post: Post<'_>, key: &Key, payload: &str) -> Result<String, ApiError> {
    let wrong = || ApiError::code(StatusCode::BAD_REQUEST, code::CHALLENGE_WRONG);
    let solution: Solution = STANDARD
        .decode(payload)
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .ok_or_else(wrong)?;
    let Solution { algorithm, challenge, number, salt, signature, .. } = solution;
    let signature = bytes(&signature).ok_or_else(wrong)?;
    let ours = algorithm == ALGORITHM && key.signed(challenge.as_bytes(), &signature);
    if !ours || digest(&salt, number) != challenge {
        return Err(wrong());
    }
    let (expires, portal) = parameters(&salt).ok_or_else(wrong)?;
    if portal != post.portal.slug() {
        return Err(wrong());
    }
    // One that ends too late was made before the demonstration's clock was set back.
    if expires <= post.now || expires.duration_since(post.now) > VALID {
        return Err(ApiError::code(StatusCode::GONE, code::CHALLENGE_EXPIRED));
    }
    Ok(challenge)
}

/// The sign at its end keeps digits of the number from being taken for digits of the salt.
fn salt(random: &str, now: Timestamp, portal: &str) -> String {
    let expires = now.as_second() + VALID.as_secs();
    format!("{random}?expires={expires}&portal={portal}&")
}

/// When the challenge ends, and whose it is.
fn parameters(salt: &str) -> Option<(Timestamp, &str)> {
    let (_, parameters) = salt.strip_suffix('&')?.split_once('?')?;
    let (expires, portal) = parameters.split_once('&')?;
    let expires = expires.strip_prefix("expires=")?.parse().ok()?;
    Some((Timestamp::from_second(expires).ok()?, portal.strip_prefix("portal=")?))
}

fn digest(salt: &str, number: u32) -> String {
    hexadecimal(&Sha256::digest(format!("{salt}{number}")))
}

/// A number that is hidden: of 64 random bits the remainder is as good as even.
fn number(entropy: &dyn Entropy) -> u32 {
    let mut random = [0; 8];
    entropy.fill(&mut random);
    let number = u64::from_le_bytes(random) % (u64::from(MOST) + 1);
    u32::try_from(number).unwrap_or(MOST)
}

/// Bytes in hexadecimal.
fn bytes(text: &str) -> Option<Vec<u8>> {
    let pairs =
        text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().filter(|it| it.len() == 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entropy::SeededEntropy;

    #[test]
    fn a_salt_says_when_it_ends_and_whose_it_is() {
        let now = Timestamp::from_second(1_795_000_000).unwrap();
        let salt = salt("00ff", now, "prets");
        assert_eq!(salt, "00ff?expires=1795000600&portal=prets&");
        assert_eq!(parameters(&salt), Some((now + VALID, "prets")));
        // Without its end it could go on in the number.
        assert_eq!(parameters(salt.trim_end_matches('&')), None);
        for other in ["", "&", "00ff?portal=prets&expires=1&", "00ff?expires=x&portal=prets&"] {
            assert_eq!(parameters(other), None, "{other}");
        }
    }

    #[test]
    fn numbers_are_spread_over_all_there_are() {
        let entropy = SeededEntropy::new(7);
        let numbers: Vec<u32> = (0..1000).map(|_| number(&entropy)).collect();
        assert!(numbers.iter().all(|number| *number <= MOST));
        let low = numbers.iter().filter(|number| **number < MOST / 2).count();
        assert!((400..600).contains(&low), "{low} of 1000 in the lower half");
    }

    #[test]
    fn what_is_not_hexadecimal_is_no_signature() {
        assert_eq!(bytes("00fF"), Some(vec![0, 255]));
        for text in ["0", "0g", "00f", "é0"] {
            assert_eq!(bytes(text), None, "{text}");
        }
    }
}
