//! The export of one's data (D4): what browser and server say about it. The file itself is made by the server.

use serde::{Deserialize, Serialize};
use validator::Validate;

use crate::checks;
use crate::problem::{FieldProblem, field_problems};

/// What is kept of who is signed in, once it isn't needed any more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DataView {
    /// In words, in the language of who asks.
    pub kept: Vec<KeptView>,
}

/// A kind of what is kept, and how long.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct KeptView {
    /// What.
    pub what: String,
    /// How long.
    pub period: String,
}

/// One's data are asked for: the password is asked again, since the file holds everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Validate)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DataForm {
    /// The present password, as typed.
    #[validate(custom(function = "checks::required"))]
    pub present: String,
}

impl DataForm {
    /// Everything that is wrong, a problem a field at most.
    pub fn problems(&self) -> Vec<FieldProblem> {
        self.validate().err().map(|found| field_problems(&found)).unwrap_or_default()
    }
}
