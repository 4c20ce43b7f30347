use palier_domain::account::{Consent, Session};

use crate::form::plain_head;
use crate::html;
use crate::i18n::I18n;
use crate::moment::date_and_time;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{AnswerRow, El, Html, answer_list, el};

const COLUMNS: [&str; 3] = ["account.consent.version", "account.consent.when", "account.consent.print"];

/// The account: who one is here, and what was agreed to, with its proof (A10).
pub(crate) fn account_view(site: Site, session: &Session) -> Html {
    let i18n = site.i18n;
    let row = |key: &str, value: &str, digits: bool| AnswerRow {
        label: i18n.text(key),
        value: value.to_owned(),
        digits,
        edit: None,
    };
    #[cfg_attr(not(feature = "onboarding"), expect(unused_mut, reason = "nothing is added"))]
    let mut rows = vec![
        row("account.name", &session.name, false),
        row("account.identifier", &session.identifier, true),
        row("account.email", &session.email, false),
    ];
    #[cfg(feature = "onboarding")]
    if let Some(client) = &session.client {
        let role = if client.administrator { "account.administrator" } else { "account.user" };
        rows.extend([
            row("account.client", &client.name, false),
            row("field.client_number.label", &client.number, true),
            row("account.role", &i18n.text(role), false),
        ]);
    }
    let terms = el("a").attr("href", &site.nav.href(&Place::Document("cgu").path()));
    html![
        plain_head(site, i18n.text("account.title"), None),
        answer_list(rows),
        consents(i18n, &session.consents),
        el("p").put(terms.text(i18n.t("account.read_terms"))),
    ]
}

fn consents(i18n: I18n, consents: &[Consent]) -> El {
    let row = || el("tr").attr("role", "row");
    let head = COLUMNS.iter().fold(row(), |head, column| {
        head.put(el("th").attr("role", "columnheader").attr("scope", "col").text(i18n.t(column)))
    });
    let rows = consents.iter().fold(el("tbody").attr("role", "rowgroup"), |rows, consent| {
        let when = date_and_time(&consent.accepted_at, i18n.language());
        let values = [consent.version.as_str(), &when, &consent.sha256];
        rows.put(COLUMNS.iter().zip(values).fold(row(), |row, (column, value)| {
            row.put(el("td").attr("role", "cell").attr("data-label", i18n.t(column)).text(value))
        }))
    });
    el("table").class("stack").attr("role", "table").put(html![
        el("caption").text(i18n.t("account.consent.title")),
        el("thead").attr("role", "rowgroup").put(head),
        rows,
    ])
}
