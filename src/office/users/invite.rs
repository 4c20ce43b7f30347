use palier_domain::journey::{Answers, Field, Kind, answer};
use palier_domain::onboarding::{GrantForm, InvitationForm, Rights, UsersView};
use palier_domain::portal::Choice;

use super::grant;
use super::page::{Open, Visit, told};
use super::sheet::{Sheet, sheet_view};
use crate::form::FormState;
use crate::html;
use crate::ui::{El, Html, el, live};

/// Whom to invite (A8).
static FIELDS: [Field; 3] = [
    Field::new("first_name", "field.first_name", Kind::Text, "off"),
    Field::new("own_surname", "field.own_surname", Kind::Text, "off"),
    Field::new("email", "field.invited_email", Kind::Email, "off"),
];

/// The button that opens the form, or the form.
pub(super) fn invite_view(visit: &Visit, view: &UsersView) -> Html {
    let (visit, services) = (visit.clone(), view.services.clone());
    let i18n = visit.site.i18n;
    let shown = live(move || {
        if visit.open.get() == Some(Open::Invite) {
            return form_view(&visit, &services).into();
        }
        let opening = visit.clone();
        el("button")
            .attr("type", "button")
            .class("button secondary")
            .id(&Open::Invite.button())
            .text(i18n.t("users.invite.open"))
            .on("click", move |_| opening.show(Open::Invite))
            .into()
    });
    html![el("h2").text(i18n.t("users.invite.heading")), shown]
}

fn form_view(visit: &Visit, services: &[Choice]) -> El {
    let site = visit.site;
    let state = site.form("users.invite");
    grant::begin(state, services, &Rights::default());
    let sheet = Sheet {
        text: "invite",
        title: site.i18n.text("users.invite.title"),
        state,
        fields: FIELDS.iter().collect(),
        services: services.to_vec(),
        rest: grant::administrator_view(site, state).into(),
        last: None,
    };
    let (sending, offered, checked) = (visit.clone(), services.to_vec(), services.to_vec());
    let problems = move || {
        let form = form(state, &checked);
        let mut problems = form.problems();
        problems.extend(grant::problem(&form.rights, &checked, form.administrator));
        problems
    };
    sheet_view(visit, sheet, problems, move || {
        let form = form(state, &offered);
        let name = format!("{} {}", form.first_name.trim(), form.own_surname.trim());
        sending.send(Some(state), "invitations", &form, told("invite", &name));
    })
}

fn form(state: FormState, services: &[Choice]) -> InvitationForm {
    let GrantForm { rights, administrator } = grant::form(state, services);
    let text = |answers: &Answers, name: &str| answer(answers, name).to_owned();
    state.answers.peek(|answers| InvitationForm {
        first_name: text(answers, "first_name"),
        own_surname: text(answers, "own_surname"),
        email: text(answers, "email"),
        rights,
        administrator,
    })
}
