//! The HTTP kernel: state, extractors, errors, security, pages. It knows no journey.
//!
//! What handlers see: [`state::AppState`], the extractors of [`extract`], and [`problem::ApiError`]. The path of a request
//! is always relative to its portal: `/extranet/api/x` and, on the portal's own host, `/api/x` both reach the route
//! `/x` of what journeys return from their `routes()`, which are nested below `/api`.

pub mod codes;
pub mod extract;
pub mod problem;
pub mod request_id;
pub mod state;
