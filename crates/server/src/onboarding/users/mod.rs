//! The users of an organisation: who they are, and what its administrators decide about them (A8).

mod decide;
mod routes;
mod tell;
mod view;

pub(super) use routes::routes;
