//! The contract (*contrat d'adhésion*) as one organisation reads it, on the page and on paper (M4).

use std::collections::BTreeMap;

use palier_domain::journey::Answers;
use palier_domain::mediation::MembershipForm;
use palier_domain::portal::{Portal, Terms};
use palier_domain::texts::Texts;
use palier_domain::wire::Document;

use super::scheme;
use crate::account::Post;
use crate::documents::{Contract, Written, escape};
use crate::http::problem::ApiError;
use crate::paper::{Certificate, Sheet};
use crate::store::accounts::Account;
use crate::store::memberships::Agreement;
use crate::store::organisations::Organisation;
use crate::texts::LANGUAGES;

/// What contracts may name beside the portal's own values.
pub const CONTRACT_VALUES: [&str; 8] = [
    "conditions",
    "correspondent_email",
    "federation",
    "organisation",
    "representative",
    "siren",
    "terms_sha256",
    "terms_version",
];

/// Who agrees to what.
#[derive(Clone, Copy)]
pub(super) struct Parties<'a> {
    pub(super) organisation: &'a Organisation,
    pub(super) account: &'a Account,
    pub(super) form: &'a MembershipForm,
}

/// The form that is kept so far, with the director for the legal representative as long as nobody said otherwise.
pub(super) fn form(organisation: &Organisation, answers: &Answers, portal: &Portal) -> MembershipForm {
    MembershipForm::from_answers(&prefilled(organisation, answers), portal)
}

/// The answers so far; the legal representative is the director unless something else was answered (M4).
pub(super) fn prefilled(organisation: &Organisation, answers: &Answers) -> Answers {
    let mut answers = answers.clone();
    let details = &organisation.details;
    for (name, value) in
        [("representative_first_name", &details.first_name), ("representative_surname", &details.surname)]
    {
        answers.entry(name.to_owned()).or_insert_with(|| value.clone());
    }
    answers
}

/// The form that was agreed to.
pub(super) fn agreed(agreement: &Agreement) -> MembershipForm {
    MembershipForm {
        representative_first_name: agreement.first_name.clone(),
        representative_surname: agreement.surname.clone(),
        partner: agreement.partner.clone().unwrap_or_default(),
        ..MembershipForm::default()
    }
}

/// The contract that was agreed to, as long as it can be put together again word for word: prices and names change. The
/// file can always be had.
pub(super) fn agreed_text(post: Post<'_>, parties: Parties<'_>, agreement: &Agreement) -> Contract {
    let terms = Terms { version: agreement.terms_version.clone(), sha256: agreement.terms_sha256.clone() };
    let told = version(post, parties, &agreement.contract_version, &terms);
    let same = |contract: &Contract| contract.page.sha256.as_ref() == Some(&agreement.contract_sha256);
    if let Some(contract) = told.ok().filter(same) {
        return contract;
    }
    let texts = post.state.texts().portal(post.portal.slug(), post.language);
    let page = Document {
        title: texts.get("paper.only_file.title").to_owned(),
        html: format!("<p>{}</p>", escape(texts.get("paper.only_file.text"))),
        version: Some(agreement.contract_version.clone()),
        sha256: Some(agreement.contract_sha256.clone()),
    };
    Contract { page, written: Written::default() }
}

/// The contract in force between them, in the language of the request.
pub(super) fn text(post: Post<'_>, parties: Parties<'_>) -> Result<Contract, ApiError> {
    let (rules, _) = scheme::of(post.portal)?;
    version(post, parties, &rules.contract, &post.portal.public.terms)
}

/// That version of the contract between them.
fn version(post: Post<'_>, parties: Parties<'_>, version: &str, terms: &Terms) -> Result<Contract, ApiError> {
    let (rules, own) = scheme::of(post.portal)?;
    let details = &parties.organisation.details;
    let representative = palier_domain::fold::tidy(&format!(
        "{} {}",
        parties.form.representative_first_name, parties.form.representative_surname
    ));
    let partner = rules.partners.iter().find(|partner| partner.code == parties.form.partner);
    let values = LANGUAGES.map(|language| {
        let texts = post.state.texts().portal(post.portal.slug(), language);
        let conditions =
            partner.and_then(|partner| own.partners.get(&partner.code)).unwrap_or(&own.conditions);
        let conditions = if language == "en" { &conditions.en } else { &conditions.fr };
        let federation =
            partner.map_or_else(|| texts.get("paper.no_federation").to_owned(), |it| it.name.clone());
        let values = BTreeMap::from([
            ("conditions", conditions.clone()),
            ("correspondent_email", parties.account.address()),
            ("federation", federation),
            ("organisation", details.name.clone()),
            ("representative", representative.clone()),
            ("siren", grouped(&details.siren)),
            ("terms_sha256", terms.sha256.clone()),
            ("terms_version", terms.version.clone()),
        ]);
        (language, values)
    });
    let documents = post.state.documents();
    documents
        .contract(post.portal.slug(), version, post.language, &values.into())
        .ok_or_else(|| ApiError::internal("the contract is missing"))
}

/// The contract as a file, with what certifies it once it is agreed to. In French, the text that binds.
pub(super) async fn print(
    post: Post<'_>,
    contract: Contract,
    certificate: Option<Certificate>,
) -> Result<Vec<u8>, ApiError> {
    let language = LANGUAGES[0];
    let texts = post.state.texts().portal(post.portal.slug(), language);
    let mut sheet = Sheet::new(post.portal, texts, language, post.now, contract.written);
    (sheet.edition, sheet.certificate) = (contract.page.version, certificate);
    post.state.press().print(sheet).await.map_err(|error| ApiError::internal(&error))
}

/// What certifies an agreement: who, when, and the digest of the text.
pub(super) fn certificate(
    post: Post<'_>,
    texts: &Texts,
    parties: Parties<'_>,
    reference: &str,
    sha256: &str,
) -> Certificate {
    let local = post.now.to_zoned(post.portal.time_zone.clone());
    let when = texts.with(
        "paper.certificate.moment",
        &[
            ("date", &local.strftime("%d/%m/%Y").to_string()),
            ("hour", &local.strftime("%H").to_string()),
            ("minute", &local.strftime("%M").to_string()),
        ],
    );
    let representative =
        format!("{} {}", parties.form.representative_first_name, parties.form.representative_surname);
    let row = |name: &str, value: String| (texts.get(&format!("paper.certificate.{name}")).to_owned(), value);
    Certificate {
        title: texts.get("paper.certificate.title").to_owned(),
        rows: vec![
            row("reference", reference.to_owned()),
            row("when", when),
            row("organisation", parties.organisation.details.name.clone()),
            row("representative", palier_domain::fold::tidy(&representative)),
            row("correspondent", parties.account.address()),
            row("fingerprint", sha256.to_owned()),
        ],
    }
}

/// Nine digits in groups of three.
pub(super) fn grouped(siren: &str) -> String {
    palier_domain::values::OrganisationNumber::parse(siren)
        .map_or_else(|_| siren.to_owned(), |number| number.to_string())
}
