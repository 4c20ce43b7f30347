//! Every route: method, address, who may ask, what it takes, what it gives.

mod account;
mod desk;
mod organisation;
mod visitors;

use super::route::Route;

pub(super) fn all() -> impl Iterator<Item = Route> {
    visitors::all().into_iter().chain(account::all()).chain(organisation::all()).chain(desk::all())
}
