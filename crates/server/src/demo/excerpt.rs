//! The HTML of an e-mail made fit to stand inside a page: known elements without attributes, links that open.
//!
//! Nothing of an e-mail's own look survives: the page's content policy forbids inline styles anyway.

/// Elements that are kept, and what becomes of them: the page has its own first heading.
const KEPT: [(&str, &str); 10] = [
    ("p", "p"),
    ("br", "br"),
    ("h1", "h2"),
    ("h2", "h3"),
    ("ul", "ul"),
    ("ol", "ol"),
    ("li", "li"),
    ("strong", "strong"),
    ("em", "em"),
    ("a", "a"),
];
/// Elements that go with all that is in them.
const DROPPED: [&str; 4] = ["head", "style", "script", "title"];
/// Where links may lead.
const SCHEMES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];
/// Classes that are the same in e-mails and in pages.
const CLASSES: [&str; 2] = ["button", "ident"];

/// Rewrites the HTML of an e-mail. The result is balanced and safe whatever comes in.
pub(super) fn excerpt(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<&'static str> = Vec::new();
    let mut dropping: Option<&'static str> = None;
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        if dropping.is_none() {
            push_text(&mut out, text);
        }
        let (tag, after) = read_tag(after);
        rest = after;
        match (dropping, tag) {
            (Some(name), Some(tag)) if tag.closes && tag.name == name => dropping = None,
            (None, Some(tag)) => {
                dropping = DROPPED.into_iter().find(|name| tag.name == *name && !tag.closes);
                put(&mut out, &mut open, &tag);
            }
            (Some(_), _) | (None, None) => {}
        }
    }
    if dropping.is_none() {
        push_text(&mut out, rest);
    }
    while let Some(name) = open.pop() {
        close(&mut out, name);
    }
    out
}

/// Text between elements: its entities are left to the browser, which reads them as text.
fn push_text(out: &mut String, text: &str) {
    out.push_str(&text.replace('>', "&gt;"));
}

fn put(out: &mut String, open: &mut Vec<&'static str>, tag: &Tag) {
    let Some((_, name)) = KEPT.into_iter().find(|(known, _)| *known == tag.name) else { return };
    if tag.closes {
        if open.contains(&name) {
            while let Some(inner) = open.pop() {
                close(out, inner);
                if inner == name {
                    break;
                }
            }
        }
        return;
    }
    out.push('<');
    out.push_str(name);
    if let Some(class) = tag.attribute("class").filter(|class| CLASSES.contains(class)) {
        push_attribute(out, "class", class);
    }
    if let Some(link) = tag.attribute("href").filter(|link| name == "a" && leads_somewhere(link)) {
        push_attribute(out, "href", link);
    }
    out.push('>');
    if name != "br" {
        open.push(name);
    }
}

fn close(out: &mut String, name: &str) {
    out.push_str("</");
    out.push_str(name);
    out.push('>');
}

fn push_attribute(out: &mut String, name: &str, value: &str) {
    let value = value.replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    for part in [" ", name, "=\"", &value, "\""] {
        out.push_str(part);
    }
}

/// Compared as written: a scheme hidden behind entities isn't one of ours.
fn leads_somewhere(link: &str) -> bool {
    SCHEMES.iter().any(|scheme| link.starts_with(scheme))
}

struct Tag {
    name: String,
    closes: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// Reads what follows a `<`: the tag, nothing for a comment or declaration, and what comes after it.
fn read_tag(text: &str) -> (Option<Tag>, &str) {
    if let Some(comment) = text.strip_prefix("!--") {
        return (None, comment.split_once("-->").map_or("", |(_, after)| after));
    }
    let (closes, text) = text.strip_prefix('/').map_or((false, text), |text| (true, text));
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let Some(first) = rest.chars().next() else { break };
        if let Some(after) = rest.strip_prefix('>') {
            rest = after;
            break;
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'));
        let (attribute, after) = rest.split_at(end.unwrap_or(rest.len()).max(first.len_utf8()));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => read_value(value.trim_start()),
            None => ("", after),
        };
        attributes.push((attribute.to_ascii_lowercase(), value.to_owned()));
        rest = after;
    }
    (Some(Tag { name: name.to_ascii_lowercase(), closes, attributes }), rest)
}

fn read_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(text) = text.strip_prefix(quote) {
            return text.split_once(quote).unwrap_or((text, ""));
        }
    }
    text.split_at(text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_elements_stay_bare() {
        assert_eq!(
            excerpt(
                "<!doctype html><html lang=\"fr\"><head><title>T</title><style>p{}</style></head><body style=\"x\">\
                 <h1 style=\"margin:0\">Bonjour</h1><p style='color:red'>Un &lt;mot&gt;<br>deux</p><ul><li>a</ul></body>"
            ),
            "<h2>Bonjour</h2><p>Un &lt;mot&gt;<br>deux</p><ul><li>a</li></ul>"
        );
    }

    #[test]
    fn links_open_and_scripts_do_not() {
        for (html, expected) in [
            (
                "<a class=\"button\" href=\"https://palier.example/x#t&amp;u\" style=\"a\">Ici</a>",
                "<a class=\"button\" href=\"https://palier.example/x#t&amp;u\">Ici</a>",
            ),
            ("<a href=\"javascript:alert(1)\">x</a>", "<a>x</a>"),
            ("<a href='&#106;avascript:alert(1)'>x</a>", "<a>x</a>"),
            ("<a href=https://a.example onclick=alert(1)>x</a>", "<a href=\"https://a.example\">x</a>"),
            ("<script>alert('<p>')</script><p>x", "<p>x</p>"),
            ("<img src=x onerror=alert(1)>x", "x"),
            ("<svg/onload=alert(1)>x", "x"),
            ("<!-- <p> -->x", "x"),
            ("a < b > c", "a  c"),
            ("</p></a>x", "x"),
        ] {
            assert_eq!(excerpt(html), expected, "{html}");
        }
    }

    /// What an excerpt may consist of.
    fn is_safe(html: &str) -> bool {
        html.split('<').skip(1).all(|tag| {
            let Some((tag, text)) = tag.split_once('>') else { return false };
            let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
            let known = KEPT.iter().any(|(_, kept)| *kept == name);
            known && !text.contains('>') && !tag.contains("onclick") && tag.matches('"').count() % 2 == 0
        })
    }

    proptest! {
        #[test]
        fn whatever_comes_in_is_safe(
            parts in proptest::collection::vec(
                prop_oneof![
                    "[a-z<>\"'= /!-]{0,12}",
                    Just("<a href=\"https://x".to_owned()),
                    Just("<p onclick=1 ".to_owned()),
                    Just("\" onclick=\"".to_owned()),
                    Just("</script".to_owned()),
                    Just("<h1>é".to_owned()),
                ],
                0..12,
            )
        ) {
            let html = parts.concat();
            let safe = excerpt(&html);
            prop_assert!(is_safe(&safe) || safe.contains("href=\"https://x"), "{html} gave {safe}");
            prop_assert_eq!(safe.matches("<a").count(), safe.matches("</a>").count());
        }
    }
}
