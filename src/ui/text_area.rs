use super::{El, Entry, Frame, el};
use crate::i18n::I18n;

/// A field of several lines.
pub fn text_area(i18n: I18n, frame: &Frame, entry: &Entry, required: bool) -> El {
    let control = el("textarea").attr("rows", "4").attr("autocomplete", "off").flag("required", required);
    frame.around(i18n, entry.bind(frame.tie(control)))
}
