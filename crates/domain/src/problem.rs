//! What is wrong with an answer: a code with data, translated where a person reads it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use validator::{ValidationError, ValidationErrors, ValidationErrorsKind};

/// The data of an error, named as the texts name them: `{min}`, `{max}`, `{until}`…
pub type Data = BTreeMap<String, Value>;

/// An error that a person can be told about.
///
/// Implemented by the error type of each value. Secrets never enter `data`.
pub trait Coded {
    /// A stable name in snake case; the text is found in `locales/` under `error.<field>.<code>` or `error.<code>`.
    fn code(&self) -> &'static str;

    /// What the text needs to be useful, such as limits.
    fn data(&self) -> Data {
        Data::new()
    }
}

/// One field of a form and what is wrong with it. In JSON the data stand beside `name` and `code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The field's name on the wire, such as `reference`.
    pub name: String,
    /// See [`Coded::code`].
    pub code: String,
    /// See [`Coded::data`].
    #[serde(flatten)]
    #[cfg_attr(feature = "schema", schema(value_type = std::collections::BTreeMap<String, Value>))]
    pub data: Data,
}

impl FieldProblem {
    /// What is wrong with the field called `name`.
    pub fn new(name: &str, error: &impl Coded) -> Self {
        Self { name: name.to_owned(), code: error.code().to_owned(), data: error.data() }
    }

    /// A problem that is only a code.
    pub fn plain(name: &str, code: &str) -> Self {
        Self { name: name.to_owned(), code: code.to_owned(), data: Data::new() }
    }
}

/// Data made of pairs.
pub fn data<const N: usize>(pairs: [(&str, Value); N]) -> Data {
    // One by one: collecting sorts first, and a sort is 4 kB of program for two or three pairs.
    let mut data = Data::new();
    for (name, value) in pairs {
        data.insert(name.to_owned(), value);
    }
    data
}

/// Carries one of our errors through `validator`, which knows codes and parameters too.
pub fn invalid(error: &impl Coded) -> ValidationError {
    let mut carried = ValidationError::new(error.code());
    for (name, value) in error.data() {
        carried.params.insert(name.into(), value);
    }
    carried
}

/// The same for a rule between fields: the error is shown at `field`.
pub fn invalid_at(field: &'static str, error: &impl Coded) -> ValidationError {
    let mut carried = invalid(error);
    carried.params.insert(AT.into(), Value::from(field));
    carried
}

/// Parameter naming the field where an error between fields is shown.
const AT: &str = "at";

/// What `validator` found, as our own problems, at most one a field, sorted by name.
pub fn field_problems(found: &ValidationErrors) -> Vec<FieldProblem> {
    let mut problems: Vec<FieldProblem> = Vec::new();
    for (name, kind) in found.errors() {
        let ValidationErrorsKind::Field(errors) = kind else { continue };
        for error in errors {
            let mut data: Data = Data::new();
            let mut field = name.to_string();
            for (key, value) in &error.params {
                match (key.as_ref(), value) {
                    // `validator` adds the refused value itself: a secret, perhaps. It goes no further.
                    ("value", _) => {}
                    (AT, Value::String(at)) => field.clone_from(at),
                    _ => {
                        data.insert(key.to_string(), value.clone());
                    }
                }
            }
            let code = error.code.to_string();
            // In its place among the few there are: a map, or a sort, would be kilobytes of program on a phone.
            let place = problems.iter().position(|known| known.name >= field).unwrap_or(problems.len());
            if problems.get(place).is_none_or(|known| known.name != field) {
                problems.insert(place, FieldProblem { name: field, code, data });
            }
        }
    }
    problems
}
