//! Text brought to a form in which two spellings of the same thing are equal.

/// NFC, the composed form: what is stored, so that `é` typed as one or two code points is the same text.
#[cfg(not(target_arch = "wasm32"))]
pub fn compose(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfc().collect()
}

/// NFKD, the decomposed compatibility form, where accents are characters of their own.
#[cfg(not(target_arch = "wasm32"))]
fn decompose(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    text.nfkd().collect()
}

/// Lower case, special cases of Turkish and Greek included.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// Lower case through the browser's own tables: those of the library are 10 kB.
#[cfg(target_arch = "wasm32")]
pub(crate) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    String::from(js_sys::JsString::from(text).to_lower_case())
}

/// NFC through the browser's own tables, which weigh nothing.
#[cfg(target_arch = "wasm32")]
pub fn compose(text: &str) -> String {
    normalize(text, "NFC")
}

#[cfg(target_arch = "wasm32")]
fn decompose(text: &str) -> String {
    normalize(text, "NFKD")
}

#[cfg(target_arch = "wasm32")]
fn normalize(text: &str, form: &str) -> String {
    if text.is_ascii() {
        return text.to_owned();
    }
    String::from(js_sys::JsString::from(text).normalize(form))
}

/// Text without accents, case or compatibility differences: `Ébène ﬁ` and `EBENE FI` fold to the same string.
///
/// Spaces and punctuation stay; see [`key`] for a form without them.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in lower(&decompose(text)).chars() {
        match character {
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ß' => folded.push_str("ss"),
            'ø' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'þ' => folded.push_str("th"),
            // At the end of a word, Greek writes the same letter another way.
            'ς' => folded.push('σ'),
            mark if is_mark(mark) => {}
            other => folded.push(other),
        }
    }
    folded
}

/// [`fold`]ed letters and digits only: `D’Almeida-Le Goff` gives `dalmeidalegoff` (T3).
pub fn key(text: &str) -> String {
    fold(text).chars().filter(|character| is_letter(*character) || is_number(*character)).collect()
}

/// A letter of any script.
pub(crate) fn is_letter(character: char) -> bool {
    character.is_ascii_alphabetic() || (!character.is_ascii() && is_other_letter(character))
}

/// A digit or number of any script.
pub(crate) fn is_number(character: char) -> bool {
    character.is_ascii_digit() || (!character.is_ascii() && is_other_number(character))
}

#[cfg(not(target_arch = "wasm32"))]
fn is_other_letter(character: char) -> bool {
    character.is_alphabetic()
}

#[cfg(not(target_arch = "wasm32"))]
fn is_other_number(character: char) -> bool {
    character.is_numeric()
}

// Again the browser's own tables.
#[cfg(target_arch = "wasm32")]
fn is_other_letter(character: char) -> bool {
    js_sys::RegExp::new("\\p{Alphabetic}", "u").test(character.encode_utf8(&mut [0; 4]))
}

#[cfg(target_arch = "wasm32")]
fn is_other_number(character: char) -> bool {
    js_sys::RegExp::new("\\p{N}", "u").test(character.encode_utf8(&mut [0; 4]))
}

/// Accents and other marks that combine with the letter before them.
pub(crate) fn is_mark(character: char) -> bool {
    matches!(character,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Trims, composes, and makes each run of white space (also the non-breaking ones of a paste) one plain space.
pub fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')) {
        if word.is_empty() {
            continue;
        }
        if !tidied.is_empty() {
            tidied.push(' ');
        }
        tidied.push_str(word);
    }
    compose(&tidied)
}

/// Whether a character can't be seen though it changes what is read: controls, and those of writing direction.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn letters_and_numbers_are_those_of_all_scripts() {
        for (character, letter, number) in [
            ('a', true, false),
            ('é', true, false),
            ('ß', true, false),
            ('7', false, true),
            ('٣', false, true),
            ('-', false, false),
            ('’', false, false),
        ] {
            assert_eq!((is_letter(character), is_number(character)), (letter, number), "{character}");
        }
    }

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (one, other) in [
            ("Lefèvre", "LEFEVRE"),
            ("Lefe\u{300}vre", "lefèvre"),
            ("D’Almeida", "d'almeida"),
            ("de La Tour", "Delatour"),
            ("Cœur", "COEUR"),
            ("Nguyễn", "nguyen"),
            ("Yıldız", "YILDIZ"),
            ("İnce", "ince"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
    }

    #[test]
    fn pasted_spaces_become_one() {
        assert_eq!(tidy("\u{a0} Le\u{202f}\t Goff\u{200b} "), "Le Goff");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing_more(text in "\\PC{0,40}") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn tidying_twice_changes_nothing_more(text in "\\PC{0,40}") {
            prop_assert_eq!(tidy(&tidy(&text)), tidy(&text));
        }
    }
}
