//! The HTTP kernel through `app(state)`: headers, guards, limits, files, portals, pages.

mod files;
mod fuzzed;
mod guards;
mod headers;
mod mediation_pages;
mod pages;
mod portals;
mod shell;
mod support;
mod watching;
