//! A housing organisation (*organisme Hlm*) joins a mediation scheme (rows M1–M8): its correspondent creates its digital
//! identity (*identité numérique*), proves the e-mail address, and then joins (*adhésion*).

mod identity;
mod membership;
mod wire;

pub use identity::{IDENTITY, Identity, IdentityForm};
pub use membership::{CONTRACT, MEMBERSHIP, Membership, MembershipForm, carried};
pub use wire::{DraftForm, Found, Joined, Kept, Listed, MembershipView};
