//! How many slips of the fingers are between two words.

/// The slips forgiven in a word of so many letters.
pub(super) fn forgiven(letters: usize) -> u8 {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// The letters of a word as a set, to see at once that two words have little in common: a slip changes two letters of
/// the set at most. Letters of other scripts share places, which makes words look nearer than they are, never farther.
pub(super) fn letters(word: &[char]) -> u64 {
    word.iter().fold(0, |set, letter| set | 1 << (u32::from(*letter) & 63))
}

/// How many letters were left out, added, put for another or swapped with their neighbour, if `most` or fewer.
pub(super) fn slips(typed: &[char], word: &[char], most: u8) -> Option<u8> {
    if typed.len().abs_diff(word.len()) > usize::from(most) {
        return None;
    }
    last_row(typed, word, most)?.last().copied().filter(|slips| *slips <= most)
}

/// The same between what is typed and the best beginning of the word.
pub(super) fn slips_to_start(typed: &[char], word: &[char], most: u8) -> Option<u8> {
    let start = word.get(..typed.len() + usize::from(most)).unwrap_or(word);
    last_row(typed, start, most)?.iter().copied().min().filter(|slips| *slips <= most)
}

/// The slips between all that is typed and each beginning of the word, those above `most` as `most + 1`; nothing when
/// all are. Only the cells that can matter are looked at: `2 * most + 1` for each letter typed.
fn last_row(typed: &[char], word: &[char], most: u8) -> Option<Vec<u8>> {
    let (wide, far) = (usize::from(most), most + 1);
    let counted = |place: usize| u8::try_from(place).map_or(far, |place| place.min(far));
    let mut before = vec![far; word.len() + 1];
    let mut above: Vec<u8> = (0..=word.len()).map(counted).collect();
    let mut row = vec![far; word.len() + 1];
    for (i, letter) in typed.iter().enumerate() {
        row.fill(far);
        row[0] = counted(i + 1);
        let mut least = row[0];
        for j in i.saturating_sub(wide)..word.len().min(i + wide + 1) {
            let same = u8::from(*letter != word[j]);
            let mut slips = (above[j] + same).min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == word[j - 1] && typed[i - 1] == word[j] {
                slips = slips.min(before[j - 1] + 1);
            }
            row[j + 1] = slips.min(far);
            least = least.min(slips);
        }
        if least > most {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The same count without bounds, by its definition.
    fn plain(typed: &[char], word: &[char]) -> usize {
        let (Some((last, typed_before)), Some((letter, word_before))) =
            (typed.split_last(), word.split_last())
        else {
            return typed.len() + word.len();
        };
        let mut fewest = (plain(typed_before, word_before) + usize::from(last != letter))
            .min(plain(typed_before, word) + 1)
            .min(plain(typed, word_before) + 1);
        if let (Some((one, typed_start)), Some((other, word_start))) =
            (typed_before.split_last(), word_before.split_last())
            && (last, one) == (other, letter)
        {
            fewest = fewest.min(plain(typed_start, word_start) + 1);
        }
        fewest
    }

    #[test]
    fn one_slip_is_one() {
        for typed in ["rive", "rivves", "rices", "rvies", "rivse"] {
            assert_eq!(slips(&word(typed), &word("rives"), 1), Some(1), "{typed}");
        }
        assert_eq!(slips(&word("rvise"), &word("rives"), 1), None);
        assert_eq!(slips_to_start(&word("marni"), &word("mariniers"), 1), Some(1));
        assert_eq!(slips_to_start(&word("marrrni"), &word("mariniers"), 1), None);
    }

    proptest! {
        #[test]
        fn bounds_change_nothing(one in "[abc]{0,6}", other in "[abc]{0,6}", most in 0_u8..3) {
            let (one, other) = (word(&one), word(&other));
            let counted = |slips: usize| u8::try_from(slips).ok().filter(|slips| *slips <= most);
            prop_assert_eq!(slips(&one, &other, most), counted(plain(&one, &other)));
            let to_start = (0..=other.len()).map(|end| plain(&one, &other[..end])).min().unwrap_or(0);
            prop_assert_eq!(slips_to_start(&one, &other, most), counted(to_start));
        }

        #[test]
        fn letters_never_hide_a_near_word(one in "[a-e]{0,6}", other in "[a-e]{0,6}") {
            let (one, other) = (word(&one), word(&other));
            let apart = (letters(&one) ^ letters(&other)).count_ones() as usize;
            prop_assert!(apart <= 2 * plain(&one, &other));
        }
    }
}
