//! What is said of an answer before the program is there: on a slow network it may be typed and sent by then.
//!
//! Rough on purpose: what is refused here the domain refuses too, and says more exactly once the program has come. So no
//! rule stands twice, and nobody is held up by this one.

use palier_domain::journey::{Field, Kind};
use palier_domain::portal::Portal;
use palier_domain::values::ReferenceFormat;
use palier_domain::wording;

use super::super::View;
use crate::documents::escape;

/// The attributes of an input by which the script of `index.html` finds its answer wrong, and what it says then; none
/// for fields of which nothing is said early.
pub(super) fn attributes(view: &View<'_>, portal: &Portal, field: &Field) -> Option<String> {
    let texts = view.texts();
    let label = wording::label(texts, field);
    let (pattern, words) = if let Some(format) = format_of(portal, field) {
        let (least, most) = (format.min_digits.to_string(), format.max_digits.to_string());
        let key = if least == most { "shell.early.number_exact" } else { "shell.early.number" };
        let values =
            [("label", label), ("least", &least), ("most", &most), ("example", format.example.as_str())];
        (number_pattern(format), texts.with(key, &values))
    } else if field.kind == Kind::Email {
        (EMAIL.to_owned(), texts.with("error.email_at", &[("label", label)]))
    } else {
        return None;
    };
    Some(format!(" pattern=\"{pattern}\" data-wrong=\"{}\"", escape(&words)))
}

fn format_of<'p>(portal: &'p Portal, field: &Field) -> Option<&'p ReferenceFormat> {
    match field.name {
        "reference" => portal.tenancy.as_ref().map(|rules| &rules.reference),
        "client_number" => portal.onboarding.as_ref().map(|rules| &rules.number),
        _ => None,
    }
}

/// Something, one @, something.
const EMAIL: &str = "[^@]+@[^@]+";

/// Digits enough and not too many of them, whatever stands between them; zeros at the start don't count.
fn number_pattern(format: &ReferenceFormat) -> String {
    let (least, most) = (format.min_digits.saturating_sub(1), format.max_digits.saturating_sub(1));
    format!("[^1-9]*([1-9][^0-9]*)([0-9][^0-9]*){{{least},{most}}}")
}

#[cfg(test)]
mod tests {
    use palier_domain::values::{Email, LeaseReference};
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    /// As browsers read the attribute: all of the answer, from start to end.
    fn refuses(pattern: &str, typed: &str) -> bool {
        !Regex::new(&format!("^(?:{pattern})$")).expect("a pattern").is_match(typed)
    }

    fn format(min_digits: usize, max_digits: usize) -> ReferenceFormat {
        ReferenceFormat { prefix: "L".into(), min_digits, max_digits, example: "4821730".into() }
    }

    #[test]
    fn what_is_plainly_wrong_is_refused() {
        let number = number_pattern(&format(6, 10));
        for typed in ["", "12", "L12345", "00012345", "0000000000", "12345678901", "Dupont"] {
            assert!(refuses(&number, typed), "{typed}");
        }
        for typed in ["", "nom.exemple.fr", "@exemple.fr", "nom@", "nom@exemple@fr"] {
            assert!(refuses(EMAIL, typed), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn no_number_is_refused_that_the_domain_takes(
            typed in "[ .-]?[Ll]?[ 0-9./-]{1,14}|\\PC{0,12}", min in 1_usize..8, more in 0_usize..8,
        ) {
            let format = format(min, min + more);
            if LeaseReference::parse(&typed, &format).is_ok() {
                prop_assert!(!refuses(&number_pattern(&format), &typed));
            }
        }

        #[test]
        fn no_address_is_refused_that_the_domain_takes(typed in " ?[a-zé.+]{0,6}[@＠]{0,2}[a-zé.-]{0,8} ?|\\PC{0,12}") {
            if Email::parse(&typed).is_ok() {
                prop_assert!(!refuses(EMAIL, &typed));
            }
        }
    }
}
