use palier_domain::account::Session;

use super::sessions::sessions_view;
use crate::form::{links_view, plain_head};
use crate::html;
use crate::moment::date_and_time;
use crate::onboarding::in_words;
use crate::routes::{JOURNAL, Place, USERS};
use crate::site::Site;
use crate::ui::{AnswerRow, Html, Tone, answer_list, el, notice_box};

/// The account: who one is here, and the way to what was agreed to (A10).
pub(crate) fn account_view(site: Site, session: &Session) -> Html {
    let i18n = site.i18n;
    let row = |key: &str, value: &str, digits: bool| AnswerRow {
        label: i18n.text(key),
        value: value.to_owned(),
        digits,
        edit: None,
    };
    let mut rows = vec![
        row("account.name", &session.name, false),
        row("account.identifier", &session.identifier, true),
        row("account.email", &session.email, false),
    ];
    if let Some(client) = &session.client {
        let role = if client.administrator { "account.administrator" } else { "account.user" };
        rows.extend([
            row("account.client", &client.name, false),
            row("field.client_number.label", &client.number, true),
            row("account.role", &i18n.text(role), false),
        ]);
        if !client.rights.is_empty() || !client.administrator {
            let rights = client.rights.iter().map(|(service, level)| (service.as_str(), level.as_str()));
            rows.push(row("account.client_rights.label", &in_words(i18n, rights), false));
        }
    }
    let mut links = vec![
        (Place::Email.path(), "menu.email"),
        (Place::Password.path(), "menu.password"),
        (Place::Passkeys.path(), "passkeys.title"),
        (Place::Data.path(), "data.title"),
    ];
    // Who was given an account doesn't leave by their own wish.
    if site.portal.as_ref().is_some_and(|portal| portal.partners.is_none()) {
        links.push((Place::Departure.path(), "departure.title"));
    }
    html![
        plain_head(site, i18n.text("account.title"), None),
        answer_list(rows),
        links_view(site, &links),
        administration_view(site, session),
        sessions_view(site),
        consents_view(site, session),
    ]
}

/// What was agreed to, and when (A10); nothing where nothing was.
fn consents_view(site: Site, session: &Session) -> Option<Html> {
    let i18n = site.i18n;
    if session.consents.is_empty() {
        return None;
    }
    let list = el("ul");
    for consent in &session.consents {
        let moment = date_and_time(&consent.accepted_at, i18n.language());
        let values = [("version", consent.version.as_str()), ("moment", moment.as_str())];
        list.add(el("li").text(&i18n.with("account.consents.one", &values)));
    }
    // The terms themselves, with their proof, are on pages that the server makes: no program carries them.
    let terms = el("a").attr("href", &site.nav.href("/cgu/acceptees")).attr("rel", "external");
    let terms = el("p").put(terms.text(i18n.t("account.read_terms")));
    Some(html![el("h2").text(i18n.t("account.consents.title")), list, terms])
}

/// For the administrators of a client organisation: its users and its journal, and that one of them isn't enough (A8).
fn administration_view(site: Site, session: &Session) -> Option<Html> {
    let i18n = site.i18n;
    let client = session.client.as_ref().filter(|client| client.administrator)?;
    let alone = client.alone.then(|| {
        let title = i18n.t("account.alone.title");
        notice_box(Tone::Warning, false, Some(title), el("p").text(i18n.t("account.alone.text")))
    });
    let pages = [(USERS, "account.client_rights.users"), (JOURNAL, "account.client_rights.journal")];
    Some(html![alone, links_view(site, &pages.map(|(path, key)| (path.to_owned(), key)))])
}
