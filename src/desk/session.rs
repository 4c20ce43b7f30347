use std::rc::Rc;

use palier_domain::desk::{DeskSession, DeskStage, RecoveryCodes};
use palier_domain::portal::Portal;
use palier_domain::wire::code;
use serde_json::Value;

use super::enrolment::{codes_view, enrolment_view};
use super::entry::{code_view, sign_in_view};
use super::{accounts, clients, departures, hall, letters, memberships, new_account, requests, sheet};
use crate::api::{Call, Failure};
use crate::form::plain_head;
use crate::html;
use crate::json::read;
use crate::message::Message;
use crate::routes::{Place, Room};
use crate::site::Site;
use crate::ui::{El, Html, Tone, el, link_button, live};

/// Where the session of the desk is asked for, begun and ended.
pub(super) const PATH: &str = "/desk/session";

/// An open desk.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) site: Site,
    pub(super) room: Room,
    pub(super) session: Rc<DeskSession>,
}

/// A room of the desk for who is there; else what is still missing to come in.
pub(crate) fn desk_view(site: Site, portal: &'static Portal, room: Room) -> Html {
    if site.desk.now().is_none() {
        ask(site);
    }
    live(move || match site.desk.get() {
        None => el("p").attr("role", "status").text(site.i18n.t("document.loading")).into(),
        Some(Ok(Value::Null)) => sign_in_view(site, portal),
        Some(Err(failure)) if failure.code() == code::SIGNED_OUT => sign_in_view(site, portal),
        Some(Err(failure)) => failed(site, &failure),
        Some(Ok(said)) => {
            if let Some(codes) = read::<RecoveryCodes>(&said) {
                return codes_view(site, &codes.recovery_codes);
            }
            let Some(session) = read::<DeskSession>(&said) else { return failed(site, &Failure::Lost) };
            match session.stage {
                DeskStage::Enrol => enrolment_view(site, portal),
                DeskStage::Code => code_view(site, portal),
                DeskStage::Open => Desk { site, room, session: Rc::new(session) }.view(portal),
            }
        }
    })
}

/// Asks who is at the desk.
pub(super) fn ask(site: Site) {
    site.desk.set(None);
    site.api.send(Call::get(PATH), move |answer| site.desk.set(Some(answer)));
}

/// Leaves the desk, from whatever stage.
pub(super) fn leave(site: Site) {
    site.api.send(Call::delete(PATH), move |answer| match answer {
        Err(failure) if failure.code() != code::SIGNED_OUT => site.tell(Message::failure(&failure)),
        _ => {
            site.api.desk_contacts.left();
            site.nav.arrive();
            // Before another room is shown: it would ask for what is its own.
            site.desk.set(Some(Ok(Value::Null)));
            site.nav.go(&Place::Desk(Room::Hall).path());
            site.tell(Message::success("desk.signed_out"));
        }
    });
}

/// What a refusal means for the whole desk; says whether it was seen to. The address stays: who signs in again is where
/// they were.
pub(super) fn refused(site: Site, failure: &Failure) -> bool {
    match failure.code() {
        code::SIGNED_OUT => ended(site),
        code::SECOND_FACTOR => {
            site.nav.arrive();
            ask(site);
        }
        _ => return false,
    }
    true
}

/// The session is over, though nobody asked for it.
pub(super) fn ended(site: Site) {
    site.nav.arrive();
    site.tell(Message::new(Tone::Information, "desk.ended"));
    site.desk.set(Some(Ok(Value::Null)));
}

/// The button that leaves before the desk is open.
pub(super) fn start_again(site: Site) -> El {
    el("p").put(link_button(site.i18n.t("desk.start_again"), None, move || leave(site)))
}

fn failed(site: Site, failure: &Failure) -> Html {
    let i18n = site.i18n;
    html![
        plain_head(site, i18n.text("desk.title"), None),
        Message::failure(failure).view(i18n, true),
        el("p").put(link_button(i18n.t("document.again"), None, move || {
            site.nav.arrive();
            ask(site);
        })),
    ]
}

impl Desk {
    fn view(self, portal: &'static Portal) -> Html {
        let nav = self.nav();
        let DeskSession { onboarding, mediation, partners, .. } = *self.session;
        let room = match self.room {
            Room::Letters if onboarding || partners => letters::letters_view(&self),
            Room::Clients if onboarding => clients::clients_view(&self),
            Room::Requests if onboarding => requests::requests_view(&self),
            Room::Memberships if mediation => memberships::memberships_view(&self),
            Room::Accounts => accounts::accounts_view(&self),
            Room::Account => sheet::sheet_view(&self),
            Room::Departures if !partners => departures::list_of_departures(&self),
            Room::NewAccount if partners => new_account::new_account_view(self.site, portal),
            Room::Hall => hall::hall_view(&self),
            _ => crate::pages::not_found_view(self.site),
        };
        html![nav, room]
    }

    /// The rooms that this portal has.
    pub(super) fn rooms(&self) -> Vec<(Room, &'static str)> {
        let DeskSession { onboarding, mediation, partners, .. } = *self.session;
        let all = [
            (Room::Hall, "desk.title", true),
            (Room::Accounts, "support.accounts.title", true),
            (Room::Departures, "departures.title", !partners),
            (Room::Letters, "desk.letters.title", onboarding || partners),
            (Room::Requests, "desk.requests.title", onboarding),
            (Room::Clients, "desk.clients.title", onboarding),
            (Room::Memberships, "desk.memberships.title", mediation),
        ];
        all.into_iter().filter(|(_, _, there)| *there).map(|(room, key, _)| (room, key)).collect()
    }

    /// The rooms, and who is here.
    fn nav(&self) -> El {
        let (site, i18n) = (self.site, self.site.i18n);
        let rooms = self.rooms().into_iter().fold(el("ul"), |list, (room, key)| {
            let here = (room == self.room).then_some("page");
            let link = el("a").attr("href", &site.nav.href(&Place::Desk(room).path()));
            list.put(el("li").put(link.maybe("aria-current", here).text(i18n.t(key))))
        });
        let role = i18n.text(&format!("desk.role.{}", self.session.role.name()));
        let who = i18n.with("desk.who", &[("name", &self.session.name), ("role", &role)]);
        let leave = link_button(i18n.t("menu.sign_out"), None, move || leave(site));
        el("div").class("desk").put(html![
            el("nav").attr("aria-label", i18n.t("desk.nav")).put(rooms),
            el("p").text(&who).text(" ").put(leave),
        ])
    }
}
