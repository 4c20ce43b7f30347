use palier_domain::mediation::{Joined, MEMBERSHIP, MembershipView};
use palier_domain::portal::Portal;

use super::contract::contract_view;
use crate::form::plain_head;
use crate::html;
use crate::message::Message;
use crate::moment::date_and_time;
use crate::routes::Place;
use crate::site::Site;
use crate::ui::{AnswerRow, Html, Tone, answer_list, done, el};

/// "Vous êtes inscrit": the membership, the contract, and what comes next (M4).
pub(super) fn done_view(site: Site, portal: &'static Portal, view: &MembershipView, joined: &Joined) -> Html {
    let i18n = site.i18n;
    let text = |part: &str| i18n.text(&format!("membership.done.{part}"));
    let again = site.draft(&MEMBERSHIP, &portal.slug).again.take();
    let again = again.then(|| Message::new(Tone::Information, "membership.done.again").view(i18n, true));
    let row =
        |part: &str, value: String, digits: bool| AnswerRow { label: text(part), value, digits, edit: None };
    let mut rows = vec![
        row("reference", joined.reference.clone(), true),
        row("since", date_and_time(&joined.joined_at, i18n.language()), false),
    ];
    if let Some(rules) = &portal.mediation {
        if !rules.partners.is_empty() {
            let partner = joined.partner.clone().unwrap_or_else(|| text("no_partner"));
            rows.push(row("partner", partner, false));
        }
        if rules.asks_code {
            let code = joined.promo_code.clone().unwrap_or_else(|| text("no_code"));
            rows.push(row("code", code, joined.promo_code.is_some()));
        }
    }
    rows.push(row("fingerprint", joined.sha256.clone(), true));
    let steps = [
        i18n.with("membership.done.mail", &[("email", &view.email)]),
        text("keep"),
        text("inform"),
        text("listed"),
    ];
    let steps = steps.iter().fold(el("ol"), |list, step| list.put(el("li").text(step)));
    let directory = el("a").attr("href", &site.nav.href(&Place::Directory.path()));
    let member = i18n.with("membership.done.text", &[("organisation", &view.name)]);
    html![
        again,
        done(plain_head(site, text("title"), None), &member),
        answer_list(rows),
        el("h2").text(&text("next")),
        steps,
        el("p").put(directory.text(i18n.t("mediation.directory"))),
        el("p").text(&i18n.portal("membership.done.contact", portal)),
        el("h2").text(i18n.t("membership.contract.title")),
        contract_view(site, None),
    ]
}
