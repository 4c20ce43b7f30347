//! One line of text.

/// Text fit for a header line: no line break or other control character, no override of the writing direction.
pub(super) fn one_line(text: &str) -> String {
    let visible = text.chars().map(|character| {
        let hidden = character.is_control()
            || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if hidden { ' ' } else { character }
    });
    palier_domain::fold::tidy(&visible.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_header_line_stays_one() {
        assert_eq!(
            one_line("Objet\r\nBcc: all@exemple.fr\u{2028}x \u{202e}y"),
            "Objet Bcc: all@exemple.fr x y"
        );
    }

    proptest! {
        #[test]
        fn no_control_character_survives(text in "\\PC{0,20}[\\x00-\\x1f\u{85}\u{2066}]{0,3}\\PC{0,20}") {
            let line = one_line(&text);
            prop_assert!(!line.chars().any(char::is_control) && !line.contains('\u{2066}'), "{line:?}");
        }
    }
}
