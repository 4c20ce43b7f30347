//! What the server says, read by the pages from plain JSON values.
//!
//! The derived `Deserialize` of these types would be a seventh of the whole program on a phone: it reads any format,
//! in any order, with an error for each way to be wrong. Pages read one format, written by a server of the same
//! version, and have one thing to do when they can't: say so. A test reads back everything that `Serialize` writes.

mod account;
mod boot;
#[cfg(feature = "onboarding")]
mod clients;
mod mediation;
#[cfg(feature = "partners")]
mod partners;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::Value;

use crate::problem::{Data, FieldProblem};
use crate::wire::{Document, Problem};

/// The journeys of mediation schemes are in this program, or the account of those who take part in one.
const SCHEMES: bool = cfg!(any(feature = "mediation", feature = "account"));

/// Can be read from what the server says.
///
/// Only what tells whether the value is what it should be is looked at before: the rest of it is then taken as it is,
/// and empty where it is missing.
pub trait Read: Sized {
    /// None when it isn't what it should be.
    fn read(value: &Value) -> Option<Self>;
}

/// Empty when it isn't there.
fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// A text that something of its kind always has.
fn given(value: &Value, name: &str) -> Option<String> {
    value[name].as_str().map(str::to_owned)
}

fn flag(value: &Value, name: &str) -> bool {
    value[name] == Value::Bool(true)
}

fn number(value: &Value, name: &str) -> Option<usize> {
    value[name].as_u64().and_then(|number| usize::try_from(number).ok())
}

fn items<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value[name].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What is there, other than null.
fn inside<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    Some(&value[name]).filter(|value| !value.is_null())
}

/// What stands beside the names in `known`.
fn data(value: &Value, known: &[&str]) -> Data {
    let mut data = Data::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        if !known.contains(&name.as_str()) {
            data.insert(name.clone(), value.clone());
        }
    }
    data
}

impl Read for BTreeMap<String, String> {
    fn read(value: &Value) -> Option<Self> {
        let mut all = Self::new();
        for (name, value) in value.as_object()? {
            all.insert(name.clone(), value.as_str()?.to_owned());
        }
        Some(all)
    }
}

impl Read for Document {
    fn read(value: &Value) -> Option<Self> {
        let html = given(value, "html")?;
        let (version, sha256) = (given(value, "version"), given(value, "sha256"));
        Some(Self { title: text(value, "title"), html, version, sha256 })
    }
}

fn field_problem(value: &Value) -> FieldProblem {
    FieldProblem {
        name: text(value, "name"),
        code: text(value, "code"),
        data: data(value, &["name", "code"]),
    }
}

impl Read for Problem {
    fn read(value: &Value) -> Option<Self> {
        let status = number(value, "status").and_then(|status| u16::try_from(status).ok())?;
        let code = given(value, "code")?;
        Some(Self {
            kind: text(value, "type"),
            title: text(value, "title"),
            status,
            code,
            request_id: text(value, "request_id"),
            fields: items(value, "fields").iter().map(field_problem).collect(),
            data: data(value, &["type", "title", "status", "code", "request_id", "fields"]),
        })
    }
}
