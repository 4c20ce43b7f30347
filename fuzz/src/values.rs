//! Values: the first byte says which, the rest is what somebody typed. What is accepted is as its documentation says, and is
//! accepted again as it is kept.

use std::fmt::Display;

use palier_domain::values::{
    About, ClientNumber, Date, Email, LeaseReference, LetterCode, LoginIdentifier, NameRule,
    OrganisationNumber, Password, PasswordPolicy, PasswordProfile, PersonName, PostalAddress, PromoCode,
    ReferenceFormat, StructureName, Token, UserNumber,
};

/// Kept is what is read again: the same value, and never longer than what was typed could make it.
fn kept<V: Display + PartialEq + std::fmt::Debug, E: std::fmt::Debug>(
    typed: &str,
    most: usize,
    parse: impl Fn(&str) -> Result<V, E>,
) {
    if let Ok(value) = parse(typed) {
        let shown = value.to_string();
        assert!(!shown.is_empty(), "empty: {typed:?}");
        assert!(shown.chars().count() <= most, "{} characters: {shown:?}", shown.chars().count());
        assert!(!shown.chars().any(char::is_control), "control characters: {shown:?}");
        assert_eq!(shown.trim(), shown, "spaces around {shown:?}");
        let again = parse(&shown).unwrap_or_else(|error| panic!("{shown:?} isn't read again: {error:?}"));
        assert_eq!(again, value, "from {typed:?}");
        // People paste spaces.
        let spaced = parse(&format!(" {typed}\u{a0}"));
        assert_eq!(
            spaced.unwrap_or_else(|error| panic!("with spaces, {typed:?} isn't read: {error:?}")),
            value
        );
    }
}

fn format(min_digits: usize, max_digits: usize) -> ReferenceFormat {
    ReferenceFormat { prefix: "L".into(), min_digits, max_digits, example: "482135".into() }
}

fn secret(typed: &str) {
    if let Ok(code) = LetterCode::parse(typed) {
        assert_eq!(code.reveal().len(), 15);
        assert_eq!(LetterCode::parse(&code.reveal_in_groups()).as_ref(), Ok(&code));
        assert!(!format!("{code:?}").contains(code.reveal()), "told in the log");
    }
    if let Ok(token) = Token::parse(typed) {
        assert_eq!(token.reveal(), typed.trim());
        assert!(!format!("{token:?}").contains(token.reveal()), "told in the log");
    }
    for profile in [PasswordProfile::Historique, PasswordProfile::Recommande] {
        let policy = PasswordPolicy { profile, min_length: 8 };
        let about = About { surname: "Lefèvre", first_name: "Aurélie", email: "aurelie@exemple.fr" };
        if let Ok(password) = Password::parse(typed, policy, about) {
            // What is kept may be composed anew, never anything else.
            assert!(password.reveal().chars().count() >= 8);
            assert!(!format!("{password:?}").contains(password.reveal()), "told in the log");
            assert_eq!(Password::parse(password.reveal(), policy, about).as_ref(), Ok(&password));
            assert_eq!(Password::given(typed).reveal(), password.reveal(), "at sign-in it is another one");
        }
    }
}

fn date(typed: &str) {
    let today = Date::new(2026, 11, 22).expect("a day");
    let mut parts = typed.splitn(3, '/');
    let [day, month, year] = [(); 3].map(|()| parts.next().unwrap_or_default());
    if let Ok(date) = Date::parse_past(day, month, year, today) {
        assert!(date <= today && date.year() >= 1900, "{date}");
        assert_eq!(Date::new(date.year(), date.month(), date.day()), Some(date));
    }
    if let Ok(adult) = Date::parse_adult(day, month, year, today) {
        assert_eq!(Date::parse_past(day, month, year, today), Ok(adult));
    }
    if let Some(date) = Date::parse_text(typed) {
        assert_eq!(Date::parse_text(&date.to_string()), Some(date));
        assert!(date.after_days(1) >= date && date.after_months(1) >= date);
    }
}

fn name(typed: &str) {
    if let Ok(name) = PersonName::parse(typed) {
        let shown = name.to_string();
        for rule in [NameRule::Whole, NameRule::OnePart] {
            assert!(name.matches([shown.as_str()], rule), "{shown:?} isn't itself");
            assert!(
                name.matches([shown.to_uppercase().as_str()], rule),
                "{shown:?} isn't itself in capitals"
            );
        }
        assert!(
            !name.matches(["Zzyzx"], NameRule::Whole)
                || shown.to_lowercase() == "zzyzx"
                || shown.chars().count() == 5
        );
    }
}

fn address(typed: &str) {
    let mut lines = typed.split('\n');
    let lines = [(); 6].map(|()| lines.next().unwrap_or_default());
    if let Ok(address) = PostalAddress::parse("Mairie de Vaux", lines) {
        let kept = address.lines().to_vec();
        assert!(
            kept.len() <= 6 && kept.iter().all(|line| line.chars().count() <= 38 && !line.is_empty()),
            "{kept:?}"
        );
        assert_eq!(PostalAddress::from_lines(kept), Some(address));
    }
}

/// Tries one input.
pub fn check(data: &[u8]) {
    let Some((which, rest)) = data.split_first() else { return };
    let Ok(typed) = std::str::from_utf8(rest) else { return };
    match which % 13 {
        0 => {
            kept(typed, 254, Email::parse);
            if let Ok(email) = Email::parse(typed) {
                assert_eq!(
                    email.key(),
                    Email::parse(&email.to_string().to_uppercase())
                        .map_or_else(|_| email.key(), |all| all.key())
                );
                let _ = email.suggestion();
            }
        }
        1 => {
            kept(typed, 100, PersonName::parse);
            name(typed);
        }
        2 => kept(typed, 18, |typed| LeaseReference::parse(typed, &format(6, 10))),
        3 => kept(typed, 18, |typed| ClientNumber::parse(typed, &format(5, 6))),
        4 => {
            kept(typed, 17, OrganisationNumber::parse);
            if let Ok(number) = OrganisationNumber::parse(typed) {
                assert_eq!(number.siren().len(), 9);
                assert!(number.siret().is_none_or(|siret| siret.starts_with(number.siren())));
            }
        }
        5 => kept(typed, 16, UserNumber::parse),
        6 => kept(typed, 9, LoginIdentifier::parse),
        7 => {
            if let Ok(Some(code)) = PromoCode::parse(typed) {
                assert_eq!(PromoCode::parse(code.as_str()), Ok(Some(code.clone())));
                assert!(
                    code.as_str().chars().all(|one| one.is_ascii_uppercase() || one.is_ascii_digit()),
                    "{code}"
                );
            }
        }
        8 => kept(typed, 200, StructureName::parse),
        9 => secret(typed),
        10 => date(typed),
        11 => address(typed),
        _ => {
            let mut parts = typed.splitn(3, '-');
            let [office, third_party, rank] = [(); 3].map(|()| parts.next().unwrap_or_default());
            if let Ok(number) = UserNumber::of_parts(office, third_party, rank) {
                assert_eq!(UserNumber::parse(number.as_str()), Ok(number));
            }
        }
    }
}
