use std::collections::BTreeMap;
use std::rc::Rc;

use web_sys::{Event, HtmlInputElement};

use super::El;
use crate::var::Var;

/// One thing typed, among all that was typed in a form: what a field shows and changes.
#[derive(Clone, Debug)]
pub struct Entry {
    all: Var<BTreeMap<String, String>>,
    name: Rc<str>,
}

impl Entry {
    /// The entry called `name`.
    pub fn new(all: Var<BTreeMap<String, String>>, name: &str) -> Self {
        Self { all, name: name.into() }
    }

    /// The entry called `<name>.<part>`.
    pub fn part(&self, part: &str) -> Self {
        Self::new(self.all, &format!("{}.{part}", self.name))
    }

    /// Its name: that of its input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is typed, followed.
    pub fn get(&self) -> String {
        self.all.with(|all| all.get(&*self.name).cloned()).unwrap_or_default()
    }

    /// What is typed, at this moment.
    pub fn now(&self) -> String {
        self.all.peek(|all| all.get(&*self.name).cloned()).unwrap_or_default()
    }

    /// Changes it.
    pub fn set(&self, value: String) {
        self.all.update(|all| drop(all.insert(self.name.to_string(), value)));
    }

    /// Lets an input of one line, or a list, show and change it.
    pub(super) fn bind(&self, input: El) -> El {
        let (shown, typed) = (self.clone(), self.clone());
        input.attr("name", &self.name).live_value(move || shown.get()).on("input", move |event| {
            typed.set(target(&event).map(|input| input.value()).unwrap_or_default());
        })
    }
}

/// The input that something happened to; a list of choices has its value under the same name.
pub(super) fn target(event: &Event) -> Option<HtmlInputElement> {
    event.target().map(wasm_bindgen::JsCast::unchecked_into)
}
