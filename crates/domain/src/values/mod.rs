//! Values that are right by construction: one private-field newtype a file, its errors, its tests.

mod date;
mod email;
mod host;
mod identifier;
mod lease_reference;
mod password;
mod person_name;
mod token;

pub use date::{Date, DateError};
pub use email::{Email, EmailError};
pub use identifier::{IdentifierError, LoginIdentifier};
pub use lease_reference::{LeaseReference, ReferenceError, ReferenceFormat};
pub use password::{About, Password, PasswordError, PasswordPolicy, PasswordProfile, Strength};
pub use person_name::{NameError, NameRule, PersonName};
pub use token::{Token, TokenError};
