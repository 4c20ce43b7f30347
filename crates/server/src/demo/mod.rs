//! Pages of the demonstration, made by the server: the mailbox at `/demo/courriels`, the letters to legal
//! representatives at `/demo/courriers`, who comes to the desk at `/demo/guichet`, the clock at `/demo/horloge`.
//!
//! They are routed in the demonstration only ([`crate::config::Config::demo`]): in a real portal they don't exist. At
//! the root they show the e-mails and letters of all portals, below a portal's address its own.

mod clock;
mod clock_page;
mod desk_page;
mod excerpt;
mod frame;
mod letters_page;
mod mailbox;
mod mailbox_pages;

use axum::Router;
use axum::routing::get;

pub use self::clock::follow_clock;
use crate::http::state::AppState;

/// The mailbox.
const MAILS: &str = "/demo/courriels";
/// The letters.
const LETTERS: &str = "/demo/courriers";
/// Who comes to the desk.
const DESK: &str = "/demo/guichet";
/// The clock.
const CLOCK: &str = "/demo/horloge";

/// The pages of the demonstration, relative to the portal or to the root.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route(MAILS, get(mailbox_pages::list))
        .route("/demo/courriels/{id}", get(mailbox_pages::one))
        .route("/demo/courriels/{id}/{number}", get(mailbox_pages::file))
        .route(LETTERS, get(letters_page::show).post(letters_page::act))
        .route(DESK, get(desk_page::show).post(desk_page::begin))
        .route(CLOCK, get(clock_page::show).post(clock_page::shift))
}
