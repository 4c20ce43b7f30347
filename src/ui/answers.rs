use super::{El, el};
use crate::html;

/// One answer to check.
pub struct AnswerRow {
    /// What was asked.
    pub label: String,
    /// What was answered.
    pub value: String,
    /// It is digits, set in a legible face.
    pub digits: bool,
    /// Where it is changed, and the words of the link; none where it can't be.
    pub edit: Option<(String, &'static str)>,
}

/// The list of answers, each with the link that changes it.
pub fn answer_list(rows: Vec<AnswerRow>) -> El {
    rows.into_iter().fold(el("dl").class("answers"), |list, row| {
        let AnswerRow { label, value, digits, edit } = row;
        let link = edit.map(|(href, words)| {
            let about = el("span").class("vh").text(&format!(" ({label})"));
            el("dd").put(el("a").attr("href", &href).text(words).put(about))
        });
        let value = el("span").maybe("class", digits.then_some("ident")).text(&value);
        list.put(el("div").put(html![el("dt").text(&label), el("dd").put(value), link]))
    })
}
