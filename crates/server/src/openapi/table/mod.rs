//! Every route: method, address, who may ask, what it takes, what it gives.

mod account;
mod desk;
mod organisation;
mod visitors;

use palier_domain::account::{LinkForm, ResendForm};

use super::route::{Route, post};

/// Each journey's sign-ups, and where they are confirmed.
const SIGN_UPS: [(&str, &str); 3] = [
    ("/tenancy/sign-ups", "/tenancy/confirmations"),
    ("/mediation/identities", "/mediation/certifications"),
    ("/onboarding/registrations", "/onboarding/confirmations"),
];

pub(super) fn all() -> impl Iterator<Item = Route> {
    let own = visitors::all().into_iter().chain(account::all()).chain(organisation::all()).chain(desk::all());
    own.chain(SIGN_UPS.into_iter().flat_map(again))
}

/// What all sign-ups have, as in [`crate::account::sign_up_routes`].
fn again((sign_ups, confirmations): (&str, &str)) -> [Route; 3] {
    [
        post(format!("{sign_ups}/resend")).takes::<ResendForm>().done(202),
        post(format!("{sign_ups}/withdraw")).takes::<ResendForm>().done(202),
        post(format!("{confirmations}/resend")).takes::<LinkForm>().done(202),
    ]
}
