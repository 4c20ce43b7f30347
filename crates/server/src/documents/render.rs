//! Markdown to the markup of `docs/design/markup.html`, values put in as text, never as markup.

use std::borrow::Cow;

use pulldown_cmark::{
    CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream, html::push_html,
};

/// Puts values in the place of `{name}`; an unknown name stays as it is.
pub(super) fn fill<'v>(text: &str, value: &impl Fn(&str) -> Option<&'v str>) -> String {
    let mut filled = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, from) = rest.split_at(start);
        filled.push_str(before);
        let found = from[1..].split_once('}').and_then(|(name, after)| Some((value(name)?, after)));
        if let Some((value, after)) = found {
            filled.push_str(value);
            rest = after;
        } else {
            filled.push('{');
            rest = &from[1..];
        }
    }
    filled.push_str(rest);
    filled
}

/// The title (the first heading, as text) and what follows it, values put in.
pub(super) fn events<'e, 'v>(
    source: &'e str,
    base: &str,
    value: &impl Fn(&str) -> Option<&'v str>,
) -> (String, Vec<Event<'e>>) {
    let mut title = String::new();
    let mut in_title = false;
    let mut events = Vec::new();
    for event in TextMergeStream::new(Parser::new_ext(source, Options::ENABLE_TABLES)) {
        match event {
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) if title.is_empty() => in_title = true,
            Event::End(TagEnd::Heading(HeadingLevel::H1)) if in_title => in_title = false,
            Event::Text(text) | Event::Code(text) if in_title => title.push_str(&fill(&text, value)),
            Event::Text(text) => events.push(Event::Text(fill(&text, value).into())),
            Event::Code(text) => events.push(Event::Code(fill(&text, value).into())),
            // No markup but Markdown's own: a document can't bring a script, even by mistake.
            Event::Html(text) | Event::InlineHtml(text) => events.push(Event::Text(text)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = address(&dest_url, base);
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            other => events.push(other),
        }
    }
    (title, events)
}

/// The title and the HTML of what follows it.
pub(super) fn html<'v>(
    source: &str,
    base: &str,
    value: &impl Fn(&str) -> Option<&'v str>,
) -> (String, String) {
    let (title, events) = events(source, base, value);
    let mut html = String::with_capacity(source.len() * 3 / 2);
    push_html(&mut html, tables(events).into_iter());
    (title, html)
}

fn address<'e>(written: &str, base: &str) -> CowStr<'e> {
    let own = written.starts_with('/') && !written.starts_with("//");
    if own { format!("{base}{written}").into() } else { written.to_owned().into() }
}

/// Tables that a phone shows as blocks: roles, and the heading of its column on each cell.
fn tables(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    let mut out = Vec::with_capacity(events.len());
    let mut headings: Vec<String> = Vec::new();
    let (mut in_head, mut column) = (false, 0);
    let html = |text: &'static str| Event::Html(CowStr::Borrowed(text));
    for event in events {
        match event {
            Event::Start(Tag::Table(_)) => {
                headings.clear();
                out.push(html("<table class=\"stack\" role=\"table\">\n"));
            }
            Event::End(TagEnd::Table) => out.push(html("</tbody>\n</table>\n")),
            Event::Start(Tag::TableHead) => {
                in_head = true;
                out.push(html("<thead role=\"rowgroup\"><tr role=\"row\">"));
            }
            Event::End(TagEnd::TableHead) => {
                in_head = false;
                out.push(html("</tr></thead>\n<tbody role=\"rowgroup\">\n"));
            }
            Event::Start(Tag::TableRow) => {
                column = 0;
                out.push(html("<tr role=\"row\">"));
            }
            Event::End(TagEnd::TableRow) => out.push(html("</tr>\n")),
            Event::Start(Tag::TableCell) if in_head => {
                headings.push(String::new());
                out.push(html("<th role=\"columnheader\" scope=\"col\">"));
            }
            Event::End(TagEnd::TableCell) if in_head => out.push(html("</th>")),
            Event::Start(Tag::TableCell) => {
                let heading = headings.get(column).map_or(Cow::Borrowed(""), |heading| escape(heading));
                out.push(Event::Html(format!("<td role=\"cell\" data-label=\"{heading}\">").into()));
                column += 1;
            }
            Event::End(TagEnd::TableCell) => out.push(html("</td>")),
            Event::Text(text) => {
                if let Some(heading) = headings.last_mut().filter(|_| in_head) {
                    heading.push_str(&text);
                }
                out.push(Event::Text(text));
            }
            other => out.push(other),
        }
    }
    out
}

/// Text made safe inside HTML, in attributes between double quotes too.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    Cow::Owned(safe)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(source: &str) -> (String, String) {
        html(source, "/rives", &|name| (name == "legal_name").then_some("Rives <b>*&*</b>"))
    }

    #[test]
    fn values_are_text_whatever_they_contain() {
        let (title, html) = render("# Selon {legal_name}\n\nPar {legal_name}, {unknown}.");
        assert_eq!(title, "Selon Rives <b>*&*</b>");
        assert_eq!(html, "<p>Par Rives &lt;b&gt;*&amp;*&lt;/b&gt;, {unknown}.</p>\n");
    }

    #[test]
    fn links_to_own_pages_stay_in_the_portal() {
        let (_, html) = render("[a](/cookies) [b](https://exemple.fr/) [c](//exemple.fr)");
        assert!(html.contains("href=\"/rives/cookies\""), "{html}");
        assert!(html.contains("href=\"https://exemple.fr/\""), "{html}");
        assert!(html.contains("href=\"//exemple.fr\""), "{html}");
    }

    #[test]
    fn no_markup_but_markdowns_own() {
        let (_, html) = render("<script>alert(1)</script>\n\nun <b>mot</b>");
        assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
    }

    #[test]
    fn cells_name_their_column() {
        let (_, html) = render("| Nom | Durée \"utile\" |\n| --- | --- |\n| __Host-{legal_name} | 1 h |");
        assert!(html.contains("<table class=\"stack\" role=\"table\">"), "{html}");
        assert!(html.contains("<td role=\"cell\" data-label=\"Durée &quot;utile&quot;\">1 h</td>"), "{html}");
        assert!(html.contains("data-label=\"Nom\">__Host-Rives &lt;b&gt;"), "{html}");
    }
}
