use std::rc::Rc;

use palier_domain::journey::{Field, Kind, answer};
use palier_domain::onboarding::{GrantForm, InvitationView, ReasonForm, RequestView, Rights, UsersView};

use super::grant;
use super::page::{Open, Visit, told};
use super::people::{acts, button, person};
use super::sheet::{Sheet, sheet_view};
use crate::html;
use crate::office::day;
use crate::ui::{El, Entry, Frame, Html, el, input_id, live, text_area};

/// Why a request is refused: shown by itself, on several lines.
static REASON: Field = Field::new("reason", "field.reason", Kind::Text, "off");

/// Who asks to become a user, first of all: somebody waits.
pub(super) fn requests_view(visit: &Visit, view: &UsersView) -> Html {
    if view.requests.is_empty() {
        return Html::default();
    }
    let i18n = visit.site.i18n;
    let list = el("ul").class("people");
    for request in &view.requests {
        list.add(request_view(visit, view, request));
    }
    html![el("h2").text(i18n.t("users.requests.title")), el("p").text(i18n.t("users.requests.text")), list]
}

fn request_view(visit: &Visit, view: &UsersView, request: &RequestView) -> El {
    let i18n = visit.site.i18n;
    let days = [("asked", day(i18n, &request.asked)), ("until", day(i18n, &request.until))];
    let days = days.each_ref().map(|(name, day)| (*name, day.as_str()));
    let facts = vec![request.email.clone(), i18n.with("users.requests.days", &days)];
    let (shown, request, services) = (visit.clone(), request.clone(), view.services.clone());
    person(
        &request.name.clone(),
        facts,
        live(move || {
            let id = request.id;
            match shown.open.get() {
                Some(Open::Accept(open)) if open == id => accept_view(&shown, &request, &services).into(),
                Some(Open::Refuse(open)) if open == id => refuse_view(&shown, &request).into(),
                _ => {
                    let (accept, refuse) = (shown.clone(), shown.clone());
                    acts(vec![
                        button(&shown, "accept", &request.name, move || accept.show(Open::Accept(id)))
                            .id(&Open::Accept(id).button()),
                        button(&shown, "refuse", &request.name, move || refuse.show(Open::Refuse(id)))
                            .id(&Open::Refuse(id).button()),
                    ])
                    .into()
                }
            }
        }),
    )
}

fn accept_view(visit: &Visit, request: &RequestView, services: &[palier_domain::portal::Choice]) -> El {
    let site = visit.site;
    let state = site.form("users.accept");
    grant::begin(state, services, &Rights::default());
    let services: Rc<[_]> = services.into();
    let sheet = Sheet {
        text: "accept",
        title: site.i18n.with("users.accept.title", &[("name", &request.name)]),
        state,
        fields: Vec::new(),
        services: services.to_vec(),
        rest: grant::administrator_view(site, state).into(),
        last: None,
    };
    let (sending, request, offered) = (visit.clone(), request.clone(), Rc::clone(&services));
    let form = move || grant::form(state, &services);
    let checked = form.clone();
    let problems = move || {
        let GrantForm { rights, administrator } = checked();
        grant::problem(&rights, &offered, administrator).into_iter().collect()
    };
    sheet_view(visit, sheet, problems, move || {
        let path = format!("requests/{}/accept", request.id);
        sending.send(Some(state), &path, &form(), told("accept", &request.name));
    })
}

fn refuse_view(visit: &Visit, request: &RequestView) -> El {
    let (site, portal) = (visit.site, visit.portal);
    let i18n = site.i18n;
    let state = site.form("users.refuse");
    state.forget_problems();
    let frame = Frame {
        id: input_id(REASON.name),
        label: i18n.text("field.reason.label"),
        hint: i18n.find_text("field.reason.hint"),
        error: Rc::new(move || state.problem(0, REASON.name).map(|problem| i18n.error(&problem, portal))),
    };
    let sheet = Sheet {
        text: "refuse",
        title: i18n.with("users.refuse.title", &[("name", &request.name)]),
        state,
        fields: Vec::new(),
        services: Vec::new(),
        rest: text_area(i18n, &frame, &Entry::new(state.answers, REASON.name), true).into(),
        last: Some(REASON.name),
    };
    let form = move || ReasonForm { reason: state.answers.peek(|all| answer(all, REASON.name).to_owned()) };
    let (sending, request) = (visit.clone(), request.clone());
    sheet_view(
        visit,
        sheet,
        move || form().problems(),
        move || {
            let path = format!("requests/{}/refuse", request.id);
            sending.send(Some(state), &path, &form(), told("refuse", &request.name));
        },
    )
}

/// Who was accepted or invited and hasn't chosen a password yet.
pub(super) fn invitations_view(visit: &Visit, view: &UsersView) -> Html {
    if view.invitations.is_empty() {
        return Html::default();
    }
    let list = el("ul").class("people");
    for invitation in &view.invitations {
        list.add(invitation_view(visit, view, invitation));
    }
    html![el("h2").text(visit.site.i18n.t("users.invitations.title")), list]
}

fn invitation_view(visit: &Visit, view: &UsersView, invitation: &InvitationView) -> El {
    let i18n = visit.site.i18n;
    let days = [("sent", day(i18n, &invitation.sent)), ("until", day(i18n, &invitation.until))];
    let days = days.each_ref().map(|(name, day)| (*name, day.as_str()));
    let state = if invitation.expired { "users.invitations.expired" } else { "users.invitations.days" };
    let role = if invitation.administrator { "users.role.administrator" } else { "users.role.user" };
    let facts = vec![
        invitation.email.clone(),
        i18n.text(role),
        i18n.with("users.rights_are", &[("rights", &grant::words(i18n, &view.services, &invitation.rights))]),
        i18n.with(state, &days),
    ];
    let (again, cancel, name) = (visit.clone(), visit.clone(), invitation.name.clone());
    let (id, person_name) = (invitation.id, name.clone());
    let resend = button(visit, "resend", &name.clone(), move || {
        again.send(None, &format!("invitations/{id}/resend"), &super::page::NOTHING, told("resend", &name));
    });
    let named = person_name.clone();
    let cancel = button(visit, "withdraw", &person_name, move || {
        cancel.confirm("withdraw", &named, format!("invitations/{id}/cancel"));
    });
    person(&person_name, facts, acts(vec![resend, cancel]).into())
}
