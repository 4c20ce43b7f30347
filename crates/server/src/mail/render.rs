//! An e-mail as plain text and as HTML: no table, no picture, no style sheet, nothing fetched.

use std::fmt::Write as _;

use super::body::{Letter, Part};

/// The signs that would be read as markup.
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// The plain text.
pub(super) fn text(letter: &Letter) -> String {
    let mut paragraphs = vec![letter.portal.clone(), letter.title.clone()];
    for part in &letter.parts {
        match part {
            Part::Says(words) => paragraphs.push(words.clone()),
            Part::Button { label, link, .. } => paragraphs.push(line(label, link)),
            Part::Links(links) => {
                let written: Vec<String> = links.iter().map(|(label, link)| line(label, link)).collect();
                paragraphs.push(written.join("\n"));
            }
            Part::Identifier { label, value } => paragraphs.push(format!("{label} {value}")),
        }
    }
    // Mail programs take what follows `-- ` for the signature.
    paragraphs.push(format!("-- \n{}", letter.foot.join("\n")));
    paragraphs.join("\n\n") + "\n"
}

/// A label and its address below it: on a line of its own, no mail program takes a full stop for a part of it.
fn line(label: &str, link: &str) -> String {
    format!("{label}\n{link}")
}

const SANS: &str = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";
const MONO: &str = "ui-monospace,Menlo,Consolas,'DejaVu Sans Mono','Courier New',monospace";

/// The HTML. Styles stand in the elements, because mail programs drop those of the head; without them it reads well
/// too. Colours of text and ground are left to the reader's theme.
pub(super) fn html(letter: &Letter) -> String {
    let colour = escape(&letter.colour);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n</head>\n\
         <body style=\"margin:0 auto;max-width:36em;padding:24px 20px;font:17px/1.5 {SANS}\">\n\
         <p style=\"margin:0 0 24px;padding-bottom:8px;border-bottom:3px solid {colour};font-weight:600\">{}</p>\n\
         <h1 style=\"margin:0 0 16px;font-size:1.5em;line-height:1.25\">{}</h1>\n",
        escape(&letter.language),
        escape(&letter.subject),
        escape(&letter.portal),
        escape(&letter.title),
    );
    for part in &letter.parts {
        html.push_str(&block(part, &colour));
    }
    html.push_str(
        "<div style=\"margin-top:32px;padding-top:12px;border-top:1px solid #767676;font-size:0.875em\">\n",
    );
    for words in &letter.foot {
        // Writing to a text can't fail.
        let _ = writeln!(html, "<p style=\"margin:0 0 8px\">{}</p>", escape(words));
    }
    html.push_str("</div>\n</body>\n</html>\n");
    html
}

fn block(part: &Part, colour: &str) -> String {
    match part {
        Part::Says(words) => format!("<p style=\"margin:0 0 16px\">{}</p>\n", escape(words)),
        Part::Button { label, link, bare } => {
            let (label, link, bare) = (escape(label), escape(link), escape(bare));
            format!(
                "<p style=\"margin:24px 0 16px\"><a class=\"button\" href=\"{link}\" style=\"display:inline-block;\
                 padding:12px 20px;border-radius:6px;background:{colour};color:#ffffff;font-weight:600;\
                 text-decoration:none\">{label}</a></p>\n\
                 <p style=\"margin:0 0 16px;font-size:0.875em\">{bare}<br>\
                 <a href=\"{link}\" style=\"word-break:break-all\">{link}</a></p>\n"
            )
        }
        Part::Links(links) => {
            let mut list = "<ul style=\"margin:0 0 16px;padding-left:20px\">\n".to_owned();
            for (label, link) in links {
                // Writing to a text can't fail.
                let _ = writeln!(list, "<li><a href=\"{}\">{}</a></li>", escape(link), escape(label));
            }
            list + "</ul>\n"
        }
        Part::Identifier { label, value } => format!(
            "<p style=\"margin:0 0 16px\">{}<br><strong class=\"ident\" style=\"font:600 1.375em {MONO};\
             letter-spacing:0.06em;-webkit-user-select:all;user-select:all\">{}</strong></p>\n",
            escape(label),
            escape(value),
        ),
    }
}
