//! How fields are worded for a portal: the one place where its rules enter its texts, so that the page as the server
//! first shows it and the page as the browser then makes it read the same.

use crate::fold::lower;
use crate::journey::{Answers, DATE_PARTS, Field, Kind, TICKED, YES, answer};
use crate::portal::Portal;
use crate::texts::Texts;
use crate::values::{Date, PasswordPolicy, PasswordProfile, ReferenceFormat};

/// The journeys of mediation schemes are in this program.
const SCHEMES: bool = cfg!(feature = "mediation");

/// What texts may name: `{landlord}`, `{phone}`, `{contact_email}`, `{min}` (characters of a password) and, where
/// tenants sign up, `{reference}` (what the reference is called, small first letter), `{digits}`, `{prefix}`,
/// `{example}`; where client organisations do instead, `{digits}` and `{example}` of their numbers; where organisations
/// join a scheme, `{opens}`, `{preferred_end}` and `{hard_end}` (days, in words).
pub fn values(texts: &Texts, portal: &Portal) -> Vec<(&'static str, String)> {
    let PasswordPolicy { min_length, .. } = portal.password;
    let mut values = vec![
        ("landlord", portal.name.clone()),
        ("phone", portal.contact.phone.clone()),
        ("contact_email", portal.contact.email.clone()),
        ("min", min_length.max(8).to_string()),
    ];
    if let Some(rules) = &portal.tenancy {
        values.extend([
            ("reference", small_first(texts.get("field.reference.label"))),
            ("prefix", rules.reference.prefix.clone()),
        ]);
    }
    let format = portal.tenancy.as_ref().map(|rules| &rules.reference);
    #[cfg(feature = "onboarding")]
    let format = format.or_else(|| portal.onboarding.as_ref().map(|rules| &rules.number));
    if let Some(format) = format {
        values.extend([("digits", digits(texts, format)), ("example", format.example.clone())]);
    }
    if let Some(rules) = portal.mediation.as_ref().filter(|_| SCHEMES) {
        let campaign = rules.campaign;
        let last = |end: Option<Date>| end.map(|end| day(texts, end)).unwrap_or_default();
        values.extend([
            ("opens", day(texts, campaign.opens)),
            ("preferred_end", last(campaign.preferred_end)),
            ("hard_end", last(campaign.hard_end)),
        ]);
    }
    values
}

/// How many digits a number has, in words: `De 6 à 10 chiffres…`.
pub fn digits(texts: &Texts, format: &ReferenceFormat) -> String {
    let (least, most) = (format.min_digits.to_string(), format.max_digits.to_string());
    let key = if least == most { "field.reference.digits_exact" } else { "field.reference.digits" };
    texts.with(key, &[("least", &least), ("most", &most)])
}

/// A day in words: `8 septembre 2017`, `1er mai 2027`; `8 September 2017`.
pub fn day(texts: &Texts, date: Date) -> String {
    let key = if date.day() == 1 { "date.first" } else { "date.day_of" };
    let (day, year) = (date.day().to_string(), date.year().to_string());
    let month = format!("month.m{}", date.month());
    texts.with(key, &[("day", &day), ("month", texts.get(&month)), ("year", &year)])
}

/// How many characters of a field of digits are to be seen: room for the spaces and the prefix that people type too.
pub fn digits_shown(field: &Field, portal: &Portal) -> usize {
    match (field.name, &portal.tenancy) {
        ("reference", Some(rules)) => rules.reference.max_digits + 4,
        _ => SIRET_IN_GROUPS,
    }
}

/// The longest number that is asked otherwise: a SIRET.
const SIRET_IN_GROUPS: usize = 18;

/// An answer as it is shown to be checked; none for those that aren't shown: passwords, passes.
pub fn shown(texts: &Texts, field: &Field, answers: &Answers, portal: &Portal) -> Option<String> {
    let typed = answer(answers, field.name).trim();
    // Portals without a scheme show neither choices nor answers that may be left out.
    let asked = |kind| !matches!(kind, Kind::YesNo | Kind::Select | Kind::Tick | Kind::Consent);
    let said = |yes: bool| texts.get(if yes { "choice.yes" } else { "choice.no" }).to_owned();
    match field.kind {
        Kind::NewPassword | Kind::Password => None,
        #[cfg(feature = "onboarding")]
        Kind::Human => None,
        Kind::Date => {
            let parts = DATE_PARTS.map(|part| {
                let typed = answer(answers, &format!("{}.{part}", field.name)).trim();
                format!("{typed:0>2}")
            });
            Some(parts.join("/"))
        }
        #[cfg(feature = "onboarding")]
        Kind::Tick if !SCHEMES => {
            Some(texts.get(if typed == TICKED { "ticked.yes" } else { "ticked.no" }).to_owned())
        }
        kind if !SCHEMES => asked(kind).then(|| typed.to_owned()),
        Kind::YesNo => Some(said(typed == YES)),
        Kind::Tick | Kind::Consent => Some(said(typed == TICKED)),
        Kind::Select => {
            let choice = portal.choices(field.name).iter().find(|choice| choice.code == typed);
            Some(choice.map(|choice| choice.name.clone()).unwrap_or_default())
        }
        _ if typed.is_empty() => Some(texts.get("choice.none").to_owned()),
        _ => Some(typed.to_owned()),
    }
}

/// A text with the values of [`values`].
pub fn text(texts: &Texts, key: &str, portal: &Portal) -> String {
    let values = values(texts, portal);
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    texts.with(key, &values)
}

/// A field's visible label.
pub fn label<'a>(texts: &'a Texts, field: &Field) -> &'a str {
    texts.find(&format!("{}.label", field.text)).unwrap_or(field.name)
}

/// What stands under a field's label: `<text>.hint_<variant>` when this portal's rules have a variant, else
/// `<text>.hint`, else nothing.
///
/// Variants: `prefix` for references printed with letters before them, `historique` for passwords of that profile.
pub fn hint(texts: &Texts, field: &Field, portal: &Portal) -> Option<String> {
    let prefixed = portal.tenancy.as_ref().is_some_and(|rules| !rules.reference.prefix.is_empty());
    let variant = match field.kind {
        Kind::Digits if prefixed => Some("prefix"),
        Kind::NewPassword if portal.password.profile == PasswordProfile::Historique => Some("historique"),
        _ => None,
    };
    let own = variant.map(|variant| format!("{}.hint_{variant}", field.text));
    let shared = format!("{}.hint", field.text);
    let key = own.filter(|key| texts.find(key).is_some()).unwrap_or(shared);
    texts.find(&key)?;
    Some(text(texts, &key, portal))
}

/// `Référence client` inside a sentence: `référence client`. Abbreviations (`IBAN`) keep their capitals.
fn small_first(label: &str) -> String {
    let mut characters = label.chars();
    match (characters.next(), characters.clone().next()) {
        (Some(first), Some(second)) if lower(second.encode_utf8(&mut [0; 4])) == second.to_string() => {
            lower(first.encode_utf8(&mut [0; 4])) + characters.as_str()
        }
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::portal::{Contact, TenancyRules, Terms};
    use crate::tenancy::SIGN_UP;
    use crate::values::NameRule;

    fn texts() -> Texts {
        let pairs = [
            ("field.reference.label", "Référence client"),
            ("field.reference.hint", "{digits}, comme {example}"),
            ("field.reference.hint_prefix", "{digits}, sans le « {prefix} », comme {example}"),
            ("field.reference.digits", "De {least} à {most} chiffres"),
            ("field.reference.digits_exact", "{least} chiffres"),
            ("at_hand", "Votre {reference}"),
            ("number", "{digits}, comme {example}"),
        ];
        Texts::new(pairs.map(|(key, text)| (key.to_owned(), text.to_owned())).into())
    }

    fn portal(prefix: &str, max_digits: usize) -> Portal {
        Portal {
            slug: "rives".into(),
            base: String::new(),
            name: "Habitat des Rives".into(),
            contact: Contact {
                phone: "05 49 00 00 00".into(),
                email: "contact@rives.example".into(),
                hours: "du lundi au vendredi".into(),
                hours_en: "Monday to Friday".into(),
            },
            password: PasswordPolicy { profile: PasswordProfile::Historique, min_length: 8 },
            terms: Terms { version: "2026-11".into(), sha256: "0".repeat(64) },
            passkeys: false,
            tenancy: Some(TenancyRules {
                reference: ReferenceFormat {
                    prefix: prefix.into(),
                    min_digits: 6,
                    max_digits,
                    example: "482135".into(),
                },
                name_rule: NameRule::Whole,
                asks_birth_date: false,
                picture: "/avis.svg".into(),
            }),
            mediation: None,
            onboarding: None,
            partners: None,
        }
    }

    #[test]
    fn a_hint_follows_the_portals_rules() {
        let reference = &SIGN_UP.pages[0].fields[0];
        let hint = |portal: Portal| hint(&texts(), reference, &portal);
        assert_eq!(hint(portal("L", 10)).as_deref(), Some("De 6 à 10 chiffres, sans le « L », comme 482135"));
        assert_eq!(hint(portal("", 6)).as_deref(), Some("6 chiffres, comme 482135"));
    }

    #[test]
    #[cfg(feature = "onboarding")]
    fn a1_client_numbers_are_worded_where_no_tenant_signs_up() {
        let number =
            ReferenceFormat { prefix: String::new(), min_digits: 5, max_digits: 6, example: "237517".into() };
        let onboarding = Some(crate::portal::OnboardingRules { number, picture: "/courrier.svg".into() });
        let clients = Portal { tenancy: None, onboarding: onboarding.clone(), ..portal("", 6) };
        assert_eq!(text(&texts(), "number", &clients), "De 5 à 6 chiffres, comme 237517");
        let both = Portal { onboarding, ..portal("", 10) };
        assert_eq!(text(&texts(), "number", &both), "De 6 à 10 chiffres, comme 482135");
    }

    #[test]
    fn a_field_without_a_hint_has_none() {
        let surname = &SIGN_UP.pages[1].fields[0];
        assert_eq!(hint(&texts(), surname, &portal("", 6)), None);
        assert_eq!(label(&texts(), surname), "surname");
    }

    #[test]
    fn a_day_is_said_in_words() {
        let pairs = [
            ("date.first", "{day}er {month} {year}"),
            ("date.day_of", "{day} {month} {year}"),
            ("month.m9", "septembre"),
        ];
        let texts = Texts::new(pairs.map(|(key, text)| (key.to_owned(), text.to_owned())).into());
        let said = |text: &str| Date::parse_text(text).map(|date| day(&texts, date));
        assert_eq!(said("2017-09-08").as_deref(), Some("8 septembre 2017"));
        assert_eq!(said("2017-09-01").as_deref(), Some("1er septembre 2017"));
    }

    #[test]
    fn a_label_inside_a_sentence_is_small() {
        assert_eq!(text(&texts(), "at_hand", &portal("", 6)), "Votre référence client");
        assert_eq!(small_first("IBAN"), "IBAN");
        assert_eq!(small_first("État"), "état");
        assert_eq!(small_first(""), "");
    }
}
