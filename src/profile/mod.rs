//! The account of who is signed in (T9, A10).

mod summary;

pub(crate) use summary::account_view;
