//! Values that pages follow.
//!
//! A Leptos signal is code for each type it holds, about two kilobytes of it. Here the value lies beside a trigger,
//! which has no type: what pages subscribe to is the same for all.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

/// A value, and who follows it.
#[derive(Debug)]
struct Followed<T> {
    value: RefCell<T>,
    changed: ArcTrigger,
}

/// A value that lives as long as the page: what was typed, who is signed in. Copied freely.
#[derive(Debug)]
pub struct Var<T: 'static>(&'static Followed<T>);

/// A value that lives as long as somebody holds it: for one page.
#[derive(Debug)]
pub struct Local<T>(Rc<Followed<T>>);

impl<T> Followed<T> {
    fn new(value: T) -> Self {
        Self { value: RefCell::new(value), changed: ArcTrigger::new() }
    }

    fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.value.borrow_mut());
        self.changed.notify();
    }
}

impl<T> Var<T> {
    /// To be made once for the whole life of the page.
    pub fn new(value: T) -> Self {
        Self(Box::leak(Box::new(Followed::new(value))))
    }

    /// Looks at it, and follows it.
    pub fn with<R>(self, look: impl FnOnce(&T) -> R) -> R {
        self.0.changed.track();
        look(&self.0.value.borrow())
    }

    /// Looks at it once.
    pub fn peek<R>(self, look: impl FnOnce(&T) -> R) -> R {
        look(&self.0.value.borrow())
    }

    /// Changes it.
    pub fn update(self, change: impl FnOnce(&mut T)) {
        self.0.update(change);
    }

    /// Puts another in its place.
    pub fn set(self, value: T) {
        self.0.update(|old| *old = value);
    }
}

impl<T: Clone> Var<T> {
    /// A copy of it, followed.
    pub fn get(self) -> T {
        self.with(T::clone)
    }

    /// A copy of it as it is now.
    pub fn now(self) -> T {
        self.peek(T::clone)
    }
}

impl<T> Clone for Var<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Var<T> {}

impl<T: Clone> Local<T> {
    /// Makes one.
    pub fn new(value: T) -> Self {
        Self(Rc::new(Followed::new(value)))
    }

    /// A copy of it, followed.
    pub fn get(&self) -> T {
        self.0.changed.track();
        self.0.value.borrow().clone()
    }

    /// A copy of it as it is now.
    pub fn now(&self) -> T {
        self.0.value.borrow().clone()
    }

    /// Puts another in its place.
    pub fn set(&self, value: T) {
        self.0.update(|old| *old = value);
    }
}

impl<T> Clone for Local<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}
