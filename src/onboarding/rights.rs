use crate::i18n::I18n;

/// What somebody may do, in words: services by their names, with the level's name.
pub(crate) fn in_words<'a>(i18n: I18n, rights: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut words = String::new();
    for (service, level) in rights {
        if !words.is_empty() {
            words.push_str(i18n.t("rights.between"));
        }
        let level = i18n.text(&format!("rights.level.{level}"));
        words.push_str(&i18n.with("rights.one", &[("service", service), ("level", &level)]));
    }
    if words.is_empty() { i18n.text("rights.none") } else { words }
}
