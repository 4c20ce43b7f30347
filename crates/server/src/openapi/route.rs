//! One line of the table of routes: what is asked, what is answered.

use std::borrow::Cow;

use palier_domain::account::PageCheck;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

/// Schemas by their names, as the description's components.
pub(super) type Schemas = Map<String, Value>;
type Write = fn(&mut Schemas) -> Value;

/// Who may ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Guard {
    /// Everybody.
    Nobody,
    /// Who is signed in.
    Account,
    /// Who has come in at the desk.
    Desk,
}

/// What a request carries, or an answer.
#[derive(Clone, Copy)]
enum Content {
    Nothing,
    Json(Write),
    File(&'static str),
}

/// One method of one address below the portal's `/api`.
pub(super) struct Route {
    method: &'static str,
    pub(super) path: Cow<'static, str>,
    guard: Guard,
    key: bool,
    asks: &'static [&'static str],
    takes: Content,
    gives: (u16, Content),
}

pub(super) fn get(path: impl Into<Cow<'static, str>>) -> Route {
    Route::new("get", path.into())
}

pub(super) fn post(path: impl Into<Cow<'static, str>>) -> Route {
    Route::new("post", path.into())
}

pub(super) fn delete(path: impl Into<Cow<'static, str>>) -> Route {
    Route::new("delete", path.into())
}

impl Route {
    fn new(method: &'static str, path: Cow<'static, str>) -> Self {
        let (takes, gives) = (Content::Nothing, (204, Content::Nothing));
        Self { method, path, guard: Guard::Nobody, key: false, asks: &[], takes, gives }
    }

    /// For who is signed in.
    pub(super) fn account(mut self) -> Self {
        self.guard = Guard::Account;
        self
    }

    /// For the desk.
    pub(super) fn desk(mut self) -> Self {
        self.guard = Guard::Desk;
        self
    }

    /// With an idempotency key.
    pub(super) fn once(mut self) -> Self {
        self.key = true;
        self
    }

    /// With these names after `?`, each of which may be left out.
    pub(super) fn asks(mut self, names: &'static [&'static str]) -> Self {
        self.asks = names;
        self
    }

    pub(super) fn takes<T: ToSchema>(mut self) -> Self {
        self.takes = Content::Json(written::<T>);
        self
    }

    /// The pages of a form so far.
    pub(super) fn checks<F: ToSchema>(mut self) -> Self {
        self.takes = Content::Json(pages::<F>);
        self
    }

    /// A click: the address says everything.
    pub(super) fn click(mut self) -> Self {
        self.takes = Content::Json(empty);
        self
    }

    pub(super) fn gives<T: ToSchema>(mut self, status: u16) -> Self {
        self.gives = (status, Content::Json(written::<T>));
        self
    }

    /// Answers `{}`.
    pub(super) fn done(mut self, status: u16) -> Self {
        self.gives = (status, Content::Json(empty));
        self
    }

    pub(super) fn file(mut self, kind: &'static str) -> Self {
        self.gives = (200, Content::File(kind));
        self
    }

    /// Its method, and what is said of it.
    pub(super) fn describe(&self, schemas: &mut Schemas) -> (&'static str, Value) {
        let mut said = json!({ "parameters": self.parameters(), "responses": self.responses(schemas) });
        if let Content::Json(write) = self.takes {
            let content = json!({ "application/json": { "schema": write(schemas) } });
            said["requestBody"] = json!({ "required": true, "content": content });
        }
        match self.guard {
            Guard::Nobody => {}
            Guard::Account => said["security"] = json!([{ "account": [] }]),
            Guard::Desk => said["security"] = json!([{ "desk": [] }]),
        }
        (self.method, said)
    }

    fn parameters(&self) -> Vec<Value> {
        let text = json!({ "type": "string" });
        let mut all: Vec<_> = self
            .path
            .split('/')
            .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
            .map(|name| {
                let schema =
                    if name == "id" { json!({ "type": "integer", "minimum": 1 }) } else { text.clone() };
                json!({ "name": name, "in": "path", "required": true, "schema": schema })
            })
            .collect();
        all.extend(self.asks.iter().map(|name| {
            let schema = match *name {
                "lang" => json!({ "enum": ["fr", "en"] }),
                "page" | "before" => json!({ "type": "integer", "minimum": 1 }),
                _ => text.clone(),
            };
            json!({ "name": name, "in": "query", "schema": schema })
        }));
        if self.method != "get" {
            all.push(json!({ "$ref": "#/components/parameters/request" }));
        }
        if self.key {
            all.push(json!({ "$ref": "#/components/parameters/key" }));
        }
        all
    }

    fn responses(&self, schemas: &mut Schemas) -> Value {
        let (status, content) = self.gives;
        let mut right = json!({ "description": "It is done." });
        match content {
            Content::Nothing => {}
            Content::Json(write) => {
                right["content"] = json!({ "application/json": { "schema": write(schemas) } });
            }
            Content::File(kind) => right["content"] = json!({ kind: {} }),
        }
        let problem = json!({ "$ref": "#/components/responses/problem" });
        json!({ status.to_string(): right, "4XX": problem.clone(), "503": problem })
    }
}

/// The schema of a type; those that it refers to are kept.
pub(super) fn written<T: ToSchema>(schemas: &mut Schemas) -> Value {
    let mut inside = Vec::new();
    T::schemas(&mut inside);
    for (name, schema) in inside {
        schemas.insert(name, plain(schema));
    }
    plain(T::schema())
}

/// The schema of the pages of a form, which names that of the form.
fn pages<F: ToSchema>(schemas: &mut Schemas) -> Value {
    let form = written::<F>(schemas);
    schemas.insert(F::name().into_owned(), form);
    written::<PageCheck<F>>(schemas)
}

/// Nothing of ours fails to become JSON: names are texts and numbers are finite.
fn plain(schema: impl serde::Serialize) -> Value {
    serde_json::to_value(schema).unwrap_or_default()
}

fn empty(_: &mut Schemas) -> Value {
    json!({ "type": "object", "additionalProperties": false })
}
