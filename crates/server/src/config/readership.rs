//! What the documents of a portal may name.

use std::collections::BTreeMap;

use palier_domain::wording;

use super::draft::Draft;
use crate::documents::Reader;
use crate::texts::{Catalog, LANGUAGES};

/// A portal's visitors, and what is put in the place of `{name}`.
pub(super) fn reader<'a>(draft: &'a Draft, (base, home): (&'a str, &'a str), texts: &Catalog) -> Reader<'a> {
    let values = |language: &'static str| {
        let hours = if language == "en" { &draft.contact.hours_en } else { &draft.contact.hours };
        let texts = texts.portal(&draft.slug.value, language);
        let label = texts.get("field.reference.label").to_owned();
        let mut values = BTreeMap::from([
            ("address", draft.address.clone()),
            ("complaints", draft.complaints.clone()),
            ("dpo_email", draft.dpo_email.clone()),
            ("email", draft.contact.email.clone()),
            ("host", draft.host.clone()),
            ("home", format!("{home}/")),
            ("hours", hours.clone()),
            ("landlord", draft.name.clone()),
            ("legal_name", draft.legal_name.clone()),
            ("phone", draft.contact.phone.clone()),
            ("publisher", draft.publisher.clone()),
            ("reference_label", label),
            ("slug", draft.slug.value.clone()),
        ]);
        if let Some(onboarding) = &draft.onboarding {
            let number = &onboarding.rules.number;
            values.extend([
                ("delivery_days", onboarding.own.letters.delivery_days.to_string()),
                ("digits", wording::digits(texts, number)),
                ("example", number.example.clone()),
            ]);
        }
        values
    };
    let values = LANGUAGES.into_iter().map(|language| (language, values(language))).collect();
    let own_pages = match draft {
        Draft { tenancy: Some(_), .. } => None,
        Draft { mediation: Some(_), .. } => Some("mediation"),
        Draft { onboarding: Some(_), .. } => Some("onboarding"),
        Draft { partners: Some(_), .. } => Some("partners"),
        _ => None,
    };
    Reader { slug: &draft.slug.value, base, home, terms: &draft.terms.value, own_pages, values }
}
