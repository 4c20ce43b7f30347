use palier_domain::account::Session;

use crate::form::plain_head;
use crate::html;
use crate::site::Site;
use crate::ui::{AnswerRow, Html, answer_list, el};

/// The tenant's home: who is signed in, the lease, whom to call.
pub(crate) fn tenant_view(site: Site, session: &Session) -> Html {
    let i18n = site.i18n;
    let Some(portal) = &site.portal else { return Html::default() };
    let row = |label: String, value: String, digits: bool| AnswerRow { label, value, digits, edit: None };
    let mut rows = vec![
        row(i18n.text("account.identifier"), session.identifier.clone(), true),
        row(i18n.text("account.email"), session.email.clone(), false),
    ];
    if let Some(lease) = &session.lease {
        rows.push(row(i18n.text("field.reference.label"), lease.reference.clone(), true));
        if !lease.address.is_empty() {
            rows.push(row(i18n.text("account.address"), lease.address.join(", "), false));
        }
    }
    let title = i18n.with("tenant.title", &[("name", &session.name)]);
    html![
        plain_head(site, title, Some(i18n.portal("tenant.intro", portal))),
        answer_list(rows),
        el("h2").text(i18n.t("tenant.help")),
        el("p").text(&i18n.portal("tenant.contact", portal)),
    ]
}
