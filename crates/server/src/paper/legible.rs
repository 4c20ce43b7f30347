//! Letters that the fonts have: PDF/UA refuses a document with a letter that can't be shown.

use serde_json::Value;

use super::world;

/// Shown in the place of a letter that no font has, such as an emoji.
const UNKNOWN: char = '\u{fffd}';

/// All texts of a value in letters that can be shown.
pub(super) fn legible(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.chars().filter_map(shown).collect()),
        Value::Array(values) => Value::Array(values.into_iter().map(legible).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, legible(value))).collect())
        }
        other => other,
    }
}

/// What is shown for a character; nothing for those that are invisible, or that would turn the others around.
fn shown(character: char) -> Option<char> {
    match character {
        '\n' | ' ' => Some(character),
        '\t' => Some(' '),
        hidden if hidden.is_control() || is_invisible(hidden) => None,
        // A font's own letters, which mean nothing elsewhere.
        '\u{e000}'..='\u{f8ff}' => Some(UNKNOWN),
        known if world::can_show(known) => Some(known),
        '\u{202f}' => Some('\u{a0}'),
        '\u{2011}' => Some('-'),
        _ => Some(UNKNOWN),
    }
}

/// Hyphens to be, joiners, marks of direction, variants, tags.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}
