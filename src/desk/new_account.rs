use palier_domain::credentials::Channel;
use palier_domain::desk::{AccountSheet, NewAccountForm};
use palier_domain::journey::{Answers, Field, Kind, answer};
use palier_domain::portal::Portal;
use palier_domain::problem::FieldProblem;

use super::accounts::address;
use crate::api::Call;
use crate::form::{Form, simple_form};
use crate::json::read;
use crate::message::Message;
use crate::routes::{Place, Room};
use crate::site::Site;
use crate::ui::Html;

static FIELDS: [Field; 8] = [
    Field::new("code_organisme", "field.code_organisme", Kind::Digits, "off"),
    Field::new("ref_tiers", "field.ref_tiers", Kind::Digits, "off"),
    Field::new("rang", "field.rang", Kind::Digits, "off"),
    Field::new("partner_name", "field.partner_name", Kind::Text, "off"),
    Field::new("address_more", "field.address_more", Kind::Text, "off").optional(),
    Field::new("address_street", "field.address_street", Kind::Text, "off").optional(),
    Field::new("address_town", "field.address_town", Kind::Text, "off").optional(),
    Field::new("email", "field.partner_email", Kind::Email, "off").optional(),
];

/// One account, made of the three parts of its number (P1).
static FORM: Form = Form {
    name: "support.new",
    fields: &FIELDS,
    problems: |answers, _| problems(&form(answers)),
    call: |_, answers| Call::form("/desk/accounts", &form(answers)),
    done: |site, said| {
        let number = read::<AccountSheet>(said).map(|sheet| sheet.number).unwrap_or_default();
        site.nav.go(&address(&number));
        site.tell(Message::success("support.new.done"));
    },
    cleared: &[],
};

/// Who has a postal address gets letters: it is what an office has checked.
fn form(answers: &Answers) -> NewAccountForm {
    let text = |name| answer(answers, name).to_owned();
    let mut form = NewAccountForm {
        code_organisme: text("code_organisme"),
        ref_tiers: text("ref_tiers"),
        rang: text("rang"),
        partner_name: text("partner_name"),
        email: text("email"),
        address_more: text("address_more"),
        address_street: text("address_street"),
        address_town: text("address_town"),
        channel: String::new(),
    };
    let channel = if form.has_address() { Channel::Letter } else { Channel::Mail };
    channel.name().clone_into(&mut form.channel);
    form
}

fn problems(form: &NewAccountForm) -> Vec<FieldProblem> {
    let mut problems = form.parse().err().unwrap_or_default();
    if form.channel == Channel::Mail.name() && form.email.trim().is_empty() {
        problems.push(FieldProblem::plain("email", "required"));
    }
    problems
}

/// The page where it is made.
pub(super) fn new_account_view(site: Site, portal: &'static Portal) -> Html {
    simple_form(site, portal, &FORM, Some(Place::Desk(Room::Accounts).path()))
}
