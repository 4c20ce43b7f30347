//! Texts by key, with values put in: the one mechanism of pages, e-mails and letters.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::problem::{Data, FieldProblem};

/// The texts of one language, by key: `field.reference.label`.
///
/// A text may have `{name}` in it, for a value given when it is shown. Where a number decides the words, the key has
/// the two forms `<key>.one` and `<key>.other`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(BTreeMap<String, String>);

impl Texts {
    /// Texts by key.
    pub const fn new(texts: BTreeMap<String, String>) -> Self {
        Self(texts)
    }

    /// A text without values; the key itself when it is missing, so that nothing is silently empty.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.find(key).unwrap_or(key)
    }

    /// A text, if there is one.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }

    /// A text with its values.
    pub fn with(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), &|name| {
            values.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        })
    }

    /// The form of a text that fits a number, with `{count}` and the other values.
    ///
    /// 0 and 1 take `one` in French; the English texts of this project never count zero.
    pub fn count(&self, key: &str, count: u64, values: &[(&str, &str)]) -> String {
        let form = if count < 2 { "one" } else { "other" };
        let count = count.to_string();
        let mut all = vec![("count", count.as_str())];
        all.extend_from_slice(values);
        self.with(&format!("{key}.{form}"), &all)
    }

    /// A text whose values are the data of an error.
    pub fn with_data(&self, key: &str, values: &Data) -> String {
        fill(self.get(key), &|name| values.get(name).map(plain))
    }

    /// What is wrong with a field, in words: `error.<field>.<code>`, else `error.<code>` with `{label}`. `others` are
    /// values that the text may name beside the error's own.
    pub fn error(&self, problem: &FieldProblem, others: &[(&str, String)]) -> String {
        let own = format!("error.{}.{}", problem.name, problem.code);
        let shared = format!("error.{}", problem.code);
        let key = if self.find(&own).is_some() { own } else { shared };
        let label = format!("field.{}.label", problem.name);
        fill(self.get(&key), &|name| match name {
            "label" => Some(self.get(&label).to_owned()),
            _ => {
                problem.data.get(name).map(plain).or_else(|| {
                    others.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
                })
            }
        })
    }
}

/// All texts in one, for the page that carries them: handing a browser's program four hundred pairs, one by one, takes
/// an old phone a tenth of a second.
pub mod joined {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize as _, Serializer};

    /// Between a key and its text, and between texts: in neither (a test reads all texts back).
    const MARKS: [char; 2] = ['\t', '\n'];

    /// Joins texts: `<key>⇥<text>⏎`, for each.
    pub fn join(texts: &BTreeMap<String, String>) -> String {
        let mut joined = String::new();
        for (key, text) in texts {
            joined.push_str(key);
            joined.push(MARKS[0]);
            joined.push_str(text);
            joined.push(MARKS[1]);
        }
        joined
    }

    /// Parts them.
    pub fn part(joined: &str) -> BTreeMap<String, String> {
        let mut texts = BTreeMap::new();
        for (key, text) in joined.split(MARKS[1]).filter_map(|pair| pair.split_once(MARKS[0])) {
            texts.insert(key.to_owned(), text.to_owned());
        }
        texts
    }

    /// Writes them joined.
    ///
    /// # Errors
    /// The format's own.
    pub fn serialize<S: Serializer>(texts: &BTreeMap<String, String>, to: S) -> Result<S::Ok, S::Error> {
        join(texts).serialize(to)
    }

    /// Reads them joined.
    ///
    /// # Errors
    /// When it isn't a text.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, String>, D::Error> {
        String::deserialize(from).map(|joined| part(&joined))
    }
}

fn plain(value: &Value) -> String {
    // Texts and whole numbers are all there is in our data.
    match (value.as_str(), value.as_i64()) {
        (Some(text), _) => text.to_owned(),
        (None, Some(number)) => number.to_string(),
        (None, None) => String::new(),
    }
}

/// Puts values in the place of `{name}`; an unknown name stays as it is.
fn fill(text: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, after_name)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        if let Some(value) = value(name) {
            filled.push_str(&value);
        } else {
            filled.push('{');
            filled.push_str(name);
            filled.push('}');
        }
        rest = after_name;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::data;

    fn texts() -> Texts {
        let pairs = [
            ("hello", "Bonjour {name}, {unknown}"),
            ("tries.one", "{count} essai"),
            ("tries.other", "{count} essais"),
            ("field.surname.label", "Nom"),
            ("error.required", "Remplissez « {label} »."),
            ("error.surname.too_long", "Au plus {max} lettres."),
            ("odd", "une { seule"),
        ];
        Texts::new(pairs.map(|(key, text)| (key.to_owned(), text.to_owned())).into())
    }

    #[test]
    fn values_are_put_in_and_never_read_again() {
        assert_eq!(texts().with("hello", &[("name", "{unknown}")]), "Bonjour {unknown}, {unknown}");
        assert_eq!(texts().get("missing.key"), "missing.key");
        assert_eq!(texts().get("odd"), "une { seule");
        assert_eq!(texts().with("odd", &[]), "une { seule");
    }

    #[test]
    fn a_number_decides_the_words() {
        assert_eq!(texts().count("tries", 1, &[]), "1 essai");
        assert_eq!(texts().count("tries", 3, &[]), "3 essais");
    }

    #[test]
    fn a_fields_own_words_come_first() {
        let mut problem = FieldProblem::plain("surname", "required");
        assert_eq!(texts().error(&problem, &[]), "Remplissez « Nom ».");
        problem.code = "too_long".into();
        problem.data = data([("max", Value::from(100))]);
        assert_eq!(texts().error(&problem, &[]), "Au plus 100 lettres.");
    }
}
