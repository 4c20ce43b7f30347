//! Values that are right by construction: one private-field newtype a file, its errors, its tests.

mod campaign;
mod date;
mod email;
mod host;
mod identifier;
mod lease_reference;
mod organisation_number;
mod password;
mod person_name;
mod promo_code;
mod structure_name;
mod token;

pub use campaign::{Campaign, Phase};
pub use date::{Date, DateError};
pub use email::{Email, EmailError};
pub use identifier::{IdentifierError, LoginIdentifier};
pub use lease_reference::{LeaseReference, ReferenceError, ReferenceFormat};
pub use organisation_number::{NumberError, OrganisationNumber};
pub use password::{About, Password, PasswordError, PasswordPolicy, PasswordProfile, Strength};
pub use person_name::{NameError, NameRule, PersonName};
pub use promo_code::{PromoCode, PromoCodeError};
pub use structure_name::{StructureName, StructureNameError};
pub use token::{Token, TokenError};
