//! What nobody has to be signed in for: signing up, the directory, what is read.

use palier_domain::account::{LinkForm, Session, SignUpReceipt};
use palier_domain::human::{Challenge, HumanPass, PassForm};
use palier_domain::mediation::{Found, IdentityForm};
use palier_domain::partners::{FirstPasswordForm, IdentifiersForm, ProvisionalForm};
use palier_domain::tenancy::SignUpForm;
use palier_domain::wire::Document;
use serde_json::Value;

use super::super::route::{Route, get, post};

const PDF: &str = "application/pdf";

pub(super) fn all() -> Vec<Route> {
    vec![
        get("/openapi.json").gives::<Value>(200),
        get("/texts").asks(&["lang", "pages"]).gives::<Value>(200),
        get("/documents/{name}").asks(&["lang"]).gives::<Document>(200),
        get("/documents/cgu.pdf").asks(&["lang"]).file(PDF),
        get("/human/challenge").gives::<Challenge>(200),
        post("/human/passes").takes::<PassForm>().gives::<HumanPass>(200),
        post("/tenancy/sign-up-checks").checks::<SignUpForm>(),
        post("/tenancy/sign-ups").once().takes::<SignUpForm>().gives::<SignUpReceipt>(202),
        post("/tenancy/confirmations").takes::<LinkForm>().done(200),
        post("/mediation/identity-checks").checks::<IdentityForm>(),
        post("/mediation/identities").once().takes::<IdentityForm>().gives::<SignUpReceipt>(202),
        post("/mediation/certifications").takes::<LinkForm>().done(200),
        post("/mediation/reminders/stop").takes::<LinkForm>().done(200),
        get("/directory").asks(&["q", "lang"]).gives::<Found>(200),
        post("/partners/first-sign-in/check").takes::<ProvisionalForm>().done(200),
        post("/partners/first-sign-in").takes::<FirstPasswordForm>().gives::<Session>(200),
        post("/partners/identifiers").takes::<IdentifiersForm>().done(202),
    ]
}
