//! Values that are right by construction: one private-field newtype a file, its errors, its tests.

mod campaign;
mod client_number;
mod date;
mod email;
mod host;
mod identifier;
mod lease_reference;
mod letter_code;
mod organisation_number;
mod password;
mod person_name;
mod postal_address;
mod promo_code;
mod reference;
mod structure_name;
mod token;
mod user_number;

pub use campaign::{Campaign, Phase};
pub use client_number::ClientNumber;
pub use date::{Date, DateError};
pub use email::{Email, EmailError};
pub use identifier::{IdentifierError, LoginIdentifier};
pub use lease_reference::LeaseReference;
pub use letter_code::{LetterCode, LetterCodeError};
pub use organisation_number::{NumberError, OrganisationNumber};
pub use password::{About, Password, PasswordError, PasswordPolicy, PasswordProfile, Strength};
pub use person_name::{NameError, NameRule, PersonName};
pub use postal_address::{AddressError, PostalAddress};
pub use promo_code::{PromoCode, PromoCodeError};
pub use reference::{ReferenceError, ReferenceFormat};
pub use structure_name::{StructureName, StructureNameError};
pub use token::{Token, TokenError};
pub use user_number::{
    Part as UserNumberPart, PartError as UserNumberPartError, UserNumber, UserNumberError,
};
