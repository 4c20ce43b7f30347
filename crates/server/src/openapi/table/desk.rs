//! The desk: coming in, its lists, what it does for those who call.

use palier_domain::account::LinkForm;
use palier_domain::departure::{DecisionForm, DesiredForm};
use palier_domain::desk::{
    AccountSheet, AccountsPage, ClientsPage, CodeForm, DeparturesPage, DeskSession, DeskSignInForm,
    Enrolment, LettersDone, LettersPage, MembershipsPage, NewAccountForm, Overview, RecoveryCodes,
    ReferencesForm, RequestsView, WelcomeForm, WelcomeView,
};

use super::super::route::{Route, delete, get, post};

const LIST: &[&str] = &["state", "search", "page", "lang"];

pub(super) fn all() -> Vec<Route> {
    vec![
        post("/desk/welcome").takes::<LinkForm>().gives::<WelcomeView>(200),
        post("/desk/welcome/complete").takes::<WelcomeForm>().done(200),
        post("/desk/session").takes::<DeskSignInForm>().gives::<DeskSession>(200),
        get("/desk/session").desk().gives::<DeskSession>(200),
        delete("/desk/session"),
        post("/desk/session/extend").desk(),
        post("/desk/session/code").desk().takes::<CodeForm>().gives::<DeskSession>(200),
        post("/desk/enrolment").desk().click().gives::<Enrolment>(200),
        post("/desk/enrolment/confirm").desk().takes::<CodeForm>().gives::<RecoveryCodes>(200),
        get("/desk/overview").desk().gives::<Overview>(200),
        get("/desk/letters").desk().asks(LIST).gives::<LettersPage>(200),
        post("/desk/letters/print").desk().click().file("application/pdf"),
        post("/desk/letters/{fate}").desk().takes::<ReferencesForm>().gives::<LettersDone>(200),
        get("/desk/clients").desk().asks(LIST).gives::<ClientsPage>(200),
        get("/desk/requests").desk().asks(LIST).gives::<RequestsView>(200),
        get("/desk/memberships").desk().asks(LIST).gives::<MembershipsPage>(200),
        get("/desk/accounts").desk().asks(LIST).gives::<AccountsPage>(200),
        post("/desk/accounts").desk().takes::<NewAccountForm>().gives::<AccountSheet>(200),
        get("/desk/accounts/{number}").desk().gives::<AccountSheet>(200),
        post("/desk/accounts/{number}/departures").desk().takes::<DesiredForm>().gives::<AccountSheet>(200),
        post("/desk/accounts/{number}/{help}").desk().click().gives::<AccountSheet>(200),
        get("/desk/departures").desk().asks(LIST).gives::<DeparturesPage>(200),
        post("/desk/departures/{id}").desk().takes::<DecisionForm>().gives::<AccountSheet>(200),
    ]
}
