//! `/organisme/utilisateurs`: who may do what in an organisation, for its administrators (A7, A8).

mod grant;
mod invite;
mod page;
mod people;
mod sheet;
mod waiting;

pub(crate) use page::users_view;
