//! Client organisations: their first administrator, the letter, the administrators' decisions.

use palier_domain::account::{LinkForm, SignUpReceipt};
use palier_domain::onboarding::{
    ActivationForm, Confirmed, Enrolling, FollowForm, GrantForm, InvitationForm, JoiningForm, JoiningView,
    JournalView, LetterView, ReasonForm, RefusalForm, RegistrationForm, UsersView,
};

use super::super::route::{Route, get, post};

pub(super) fn all() -> Vec<Route> {
    vec![
        post("/onboarding/registration-checks").checks::<RegistrationForm>().gives::<Enrolling>(200),
        post("/onboarding/registrations").once().takes::<RegistrationForm>().gives::<SignUpReceipt>(202),
        post("/onboarding/confirmations").takes::<LinkForm>().gives::<Confirmed>(200),
        post("/onboarding/letter").takes::<LinkForm>().gives::<LetterView>(200),
        post("/onboarding/letter/again").takes::<LinkForm>().gives::<LetterView>(200),
        post("/onboarding/letter/link").takes::<FollowForm>().done(202),
        post("/onboarding/activations").takes::<ActivationForm>().done(200),
        post("/onboarding/refusals").takes::<RefusalForm>().done(200),
        get("/onboarding/tutoriel.pdf").asks(&["lang"]).file("application/pdf"),
        post("/organisation/requests/{id}/accept").account().takes::<GrantForm>().done(200),
        post("/organisation/requests/{id}/refuse").account().takes::<ReasonForm>().done(200),
        post("/organisation/invitations").account().takes::<InvitationForm>().done(201),
        post("/organisation/invitations/{id}/resend").account().click().done(200),
        post("/organisation/invitations/{id}/cancel").account().click().done(200),
        post("/organisation/joinings/show").takes::<LinkForm>().gives::<JoiningView>(200),
        post("/organisation/joinings").takes::<JoiningForm>().done(200),
        post("/organisation/objections").takes::<LinkForm>().done(200),
        get("/organisation/users").account().gives::<UsersView>(200),
        post("/organisation/users/{id}/rights").account().takes::<GrantForm>().done(200),
        post("/organisation/users/{id}/{decision}").account().click().done(200),
        get("/organisation/journal").account().asks(&["before"]).gives::<JournalView>(200),
        get("/organisation/journal.csv").account().asks(&["lang"]).file("text/csv"),
    ]
}
