use super::{El, el};
use crate::html;

/// The stairs climbed so far and the words beside them. `number` is from 1.
pub fn progress(words: &str, number: usize, length: usize) -> El {
    let stairs = (1..=length)
        .fold(el("span").class("stairs").attr("aria-hidden", "true"), |stairs, stair| {
            stairs.put(el("i").maybe("class", (stair == number).then_some("on")))
        });
    el("p").class("progress").put(html![stairs, words])
}
