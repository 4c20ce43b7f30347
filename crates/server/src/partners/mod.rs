//! Accounts that an office gives out to landlords (*compte partenaire*, rows P1–P5, P8): identifiers sent by letter or by
//! e-mail, the first sign-in, new identifiers.

mod first_sign_in;
mod give;
mod identifiers;
pub(crate) mod letters;
pub(crate) mod printing;
mod routes;

pub(crate) use first_sign_in::opens;
pub use give::give_new;
pub(crate) use give::{Given, give, lose};

pub use routes::routes;

use palier_domain::portal::Context;
use palier_domain::values::LetterCode;
use sha2::{Digest as _, Sha256};

use crate::account::Post;
use crate::config::{Partners, PortalConfig};
use crate::http::problem::ApiError;

/// What the portal's file says of its partners; 404 where it has none.
fn of(portal: &PortalConfig) -> Result<Partners, ApiError> {
    portal.partners.ok_or_else(ApiError::not_found)
}

/// What checks need.
fn context(post: Post<'_>) -> Context<'_> {
    Context { portal: &post.portal.public, today: post.portal.today(post.now) }
}

/// What the store keeps of a provisional password.
fn hash(secret: &LetterCode) -> [u8; 32] {
    Sha256::digest(secret.reveal()).into()
}
