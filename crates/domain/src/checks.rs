//! The checks that several forms name for `validator`: each is the value's own parser, and tells what that tells.

use validator::ValidationError;

use crate::portal::Context;
use crate::problem::{Coded, invalid};
use crate::values::{About, Email, Password, PersonName};

/// A field that must be filled in.
struct Required;

impl Coded for Required {
    fn code(&self) -> &'static str {
        "required"
    }
}

pub(crate) fn required(typed: &str) -> Result<(), ValidationError> {
    if typed.trim().is_empty() { Err(invalid(&Required)) } else { Ok(()) }
}

pub(crate) fn email(typed: &str) -> Result<(), ValidationError> {
    Email::parse(typed).map(drop).map_err(|error| invalid(&error))
}

pub(crate) fn name(typed: &str) -> Result<(), ValidationError> {
    PersonName::parse(typed).map(drop).map_err(|error| invalid(&error))
}

/// By the portal's rules; whose it is, is compared once that is known.
pub(crate) fn password(typed: &str, context: &Context<'_>) -> Result<(), ValidationError> {
    Password::parse(typed, context.portal.password, About::default())
        .map(drop)
        .map_err(|error| invalid(&error))
}
