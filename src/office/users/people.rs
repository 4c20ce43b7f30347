use palier_domain::onboarding::{GrantForm, UserView, UsersView};
use palier_domain::portal::Choice;

use super::grant;
use super::page::{Open, Visit, told};
use super::sheet::{Sheet, sheet_view};
use crate::html;
use crate::office::day;
use crate::ui::{El, Html, el, link_button, live};

/// The users, with what can be done with each of them.
pub(super) fn users_view(visit: &Visit, view: &UsersView) -> Html {
    let list = el("ul").class("people");
    for user in &view.users {
        list.add(user_view(visit, view, user));
    }
    html![el("h2").text(visit.site.i18n.t("users.list.title")), list]
}

/// Somebody: name, what is known, and what can be done.
pub(super) fn person(name: &str, facts: Vec<String>, does: Html) -> El {
    let item = el("li").put(el("h3").text(name));
    for fact in facts {
        item.add(el("p").text(&fact));
    }
    item.put(does)
}

/// The buttons of somebody, side by side.
pub(super) fn acts(buttons: Vec<El>) -> El {
    buttons.into_iter().fold(el("ul").class("acts"), |list, button| list.put(el("li").put(button)))
}

/// One of them: it names whom it is about to those who don't see where it stands.
pub(super) fn button(visit: &Visit, key: &str, name: &str, act: impl Fn() + 'static) -> El {
    let i18n = visit.site.i18n;
    let words = i18n.text(&format!("users.{key}.open"));
    let about = el("span").class("vh").text(&i18n.with("users.about", &[("name", name)]));
    link_button(&words, Some(visit.running()), act).put(about)
}

fn user_view(visit: &Visit, view: &UsersView, user: &UserView) -> El {
    let i18n = visit.site.i18n;
    let role = if user.administrator { "users.role.administrator" } else { "users.role.user" };
    let mut facts = vec![user.email.clone(), i18n.text(role)];
    if user.suspended {
        facts.push(i18n.text("users.suspended"));
    }
    facts.push(
        i18n.with("users.rights_are", &[("rights", &grant::words(i18n, &view.services, &user.rights))]),
    );
    facts.push(i18n.with("users.since", &[("day", &day(i18n, &user.since))]));
    let name = if user.you { i18n.with("users.you", &[("name", &user.name)]) } else { user.name.clone() };
    let does = does(view.alone, user);
    let (visit, user, services) = (visit.clone(), user.clone(), view.services.clone());
    person(
        &name,
        facts,
        live(move || {
            if visit.open.get() == Some(Open::Rights(user.id)) {
                return rights_view(&visit, &user, &services).into();
            }
            let opening = visit.clone();
            let open = Open::Rights(user.id);
            let mut buttons = Vec::new();
            if !services.is_empty() {
                buttons.push(
                    button(&visit, "rights", &user.name, move || opening.show(open)).id(&open.button()),
                );
            }
            for (key, step) in does.iter().copied() {
                let (asking, name, path) =
                    (visit.clone(), user.name.clone(), format!("users/{}/{step}", user.id));
                buttons
                    .push(button(&visit, key, &user.name, move || asking.confirm(key, &name, path.clone())));
            }
            acts(buttons).into()
        }),
    )
}

/// What can be done with a user: where its texts are, and the end of its address. The only active administrator stays.
fn does(alone: bool, user: &UserView) -> Vec<(&'static str, &'static str)> {
    let mut does = Vec::new();
    if user.suspended {
        does.push(("resume", "resume"));
    } else if !(alone && user.administrator) {
        if user.administrator {
            does.push((if user.you { "leave" } else { "demote" }, "demote"));
        } else {
            does.push(("promote", "promote"));
        }
        if !user.you {
            does.push(("suspend", "suspend"));
        }
    } else {
        return does;
    }
    does.push((if user.you { "go" } else { "remove" }, "remove"));
    does
}

fn rights_view(visit: &Visit, user: &UserView, services: &[Choice]) -> El {
    let site = visit.site;
    let state = site.form("users.rights");
    grant::begin(state, services, &user.rights);
    let sheet = Sheet {
        text: "rights",
        title: site.i18n.with("users.rights.title", &[("name", &user.name)]),
        state,
        fields: Vec::new(),
        services: services.to_vec(),
        rest: Html::default(),
        last: None,
    };
    let (sending, user, offered) = (visit.clone(), user.clone(), services.to_vec());
    let chosen = move || state.answers.peek(|answers| grant::chosen(answers, &offered));
    let (checked, offered, administrator) = (chosen.clone(), services.to_vec(), user.administrator);
    let problems = move || grant::problem(&checked(), &offered, administrator).into_iter().collect();
    sheet_view(visit, sheet, problems, move || {
        // The role has steps of its own.
        let form = GrantForm { rights: chosen(), administrator: user.administrator };
        sending.send(Some(state), &format!("users/{}/rights", user.id), &form, told("rights", &user.name));
    })
}
