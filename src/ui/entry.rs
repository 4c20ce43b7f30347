use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, HtmlInputElement};

use super::El;

/// One thing typed, among all that was typed in a form: what a field shows and changes.
#[derive(Clone, Debug)]
pub struct Entry {
    all: RwSignal<BTreeMap<String, String>>,
    name: Rc<str>,
}

impl Entry {
    /// The entry called `name`.
    pub fn new(all: RwSignal<BTreeMap<String, String>>, name: &str) -> Self {
        Self { all, name: name.into() }
    }

    /// The entry called `<name>.<part>`.
    pub fn part(&self, part: &str) -> Self {
        Self { all: self.all, name: format!("{}.{part}", self.name).into() }
    }

    /// Its name: that of its input.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is typed, subscribed to; empty once its page is gone.
    pub fn get(&self) -> String {
        self.all.try_with(|all| all.get(&*self.name).cloned()).flatten().unwrap_or_default()
    }

    /// What is typed, at this moment.
    pub fn get_untracked(&self) -> String {
        untrack(|| self.get())
    }

    /// Changes it.
    pub fn set(&self, value: String) {
        self.all.try_update(|all| all.insert(self.name.to_string(), value));
    }

    /// Lets an input of one line show and change it.
    pub(super) fn bind(&self, input: El) -> El {
        let (shown, typed) = (self.clone(), self.clone());
        input.attr("name", &self.name).live_value(move || shown.get()).on("input", move |event| {
            typed.set(target(&event).map(|input| input.value()).unwrap_or_default())
        })
    }
}

/// The input that something happened to.
pub(super) fn target(event: &Event) -> Option<HtmlInputElement> {
    event.target()?.dyn_into().ok()
}
