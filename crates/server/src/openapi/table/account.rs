//! The account: coming in, what is kept of it, leaving; the membership of its organisation in a scheme.

use palier_domain::account::{
    ConsentForm, IdentifierReminderForm, LinkForm, NewPasswordForm, PasswordResetForm, Session, SignInForm,
};
use palier_domain::departure::{DepartureForm, DepartureView};
use palier_domain::mediation::{DraftForm, Joined, Kept, MembershipForm, MembershipView};
use palier_domain::profile::{
    DataForm, DataView, EmailChangeForm, PasskeyAnswer, PasskeyChallenge, PasskeyForm, PasskeyRemovalForm,
    PasskeySignIn, PasskeysView, PasswordChangeForm, SessionsView,
};
use palier_domain::wire::Document;

use super::super::route::{Route, delete, get, post};

const PDF: &str = "application/pdf";

pub(super) fn all() -> Vec<Route> {
    vec![
        post("/account/session").takes::<SignInForm>().gives::<Session>(200),
        get("/account/session").account().gives::<Session>(200),
        delete("/account/session"),
        post("/account/session/extend").account(),
        post("/account/session/passkey/begin").click().gives::<PasskeyChallenge>(200),
        post("/account/session/passkey").takes::<PasskeySignIn>().gives::<Session>(200),
        post("/account/consents").account().takes::<ConsentForm>().done(200),
        get("/account/consents/{sha256}").account().file("text/plain"),
        post("/account/password").account().takes::<PasswordChangeForm>(),
        post("/account/email").account().takes::<EmailChangeForm>().done(202),
        post("/account/email/confirm").takes::<LinkForm>().done(200),
        post("/account/email/object").takes::<LinkForm>().done(200),
        get("/account/sessions").account().gives::<SessionsView>(200),
        delete("/account/sessions").account(),
        delete("/account/sessions/{id}").account(),
        get("/account/departure").account().gives::<DepartureView>(200),
        post("/account/departure").account().takes::<DepartureForm>().gives::<DepartureView>(200),
        delete("/account/departure/{kind}").account().gives::<DepartureView>(200),
        get("/account/passkeys").account().gives::<PasskeysView>(200),
        post("/account/passkeys/begin").account().takes::<PasskeyForm>().gives::<PasskeyChallenge>(200),
        post("/account/passkeys").account().takes::<PasskeyAnswer>(),
        post("/account/passkeys/remove").account().takes::<PasskeyRemovalForm>(),
        get("/account/data").account().asks(&["lang"]).gives::<DataView>(200),
        post("/account/data").account().takes::<DataForm>().file("application/zip"),
        post("/account/password-resets").takes::<PasswordResetForm>().done(202),
        post("/account/password-resets/complete").takes::<NewPasswordForm>(),
        post("/account/identifier-reminders").takes::<IdentifierReminderForm>().done(202),
        get("/mediation/membership").account().gives::<MembershipView>(200),
        post("/mediation/membership/draft").account().takes::<DraftForm>().gives::<Kept>(200),
        get("/mediation/contract").account().gives::<Document>(200),
        get("/mediation/contract.pdf").account().file(PDF),
        get("/mediation/terms.pdf").account().file(PDF),
        post("/mediation/memberships").account().once().takes::<MembershipForm>().gives::<Joined>(201),
    ]
}
