//! Markdown as paragraphs that any medium can lay out, values put in as text, never as markup.

use std::vec::IntoIter;

use pulldown_cmark::{Event, HeadingLevel, Tag};
use serde::Serialize;

use super::render;

/// A document with its values, for paper: the same words as its page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// The first heading, as text.
    pub title: String,
    /// What follows it.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Block {
    /// A heading below the title.
    Heading {
        /// From 2, the highest below the title; never more than one deeper than the heading before.
        level: u8,
        /// Its words.
        of: Vec<Span>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        of: Vec<Span>,
    },
    /// A list.
    List {
        /// Number of the first item; none for a list of points.
        start: Option<u64>,
        /// What each item holds.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// What its columns hold, by column.
        head: Vec<Vec<Span>>,
        /// The other rows, by column.
        rows: Vec<Vec<Vec<Span>>>,
    },
    /// Somebody else's words.
    Quote {
        /// The words.
        of: Vec<Block>,
    },
    /// A line between two parts.
    Rule,
}

/// A part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Span {
    /// Words, to be shown as they are.
    Text {
        /// The words.
        text: String,
    },
    /// Something to be read or typed letter by letter.
    Code {
        /// The letters.
        text: String,
    },
    /// Important words.
    Strong {
        /// The words.
        of: Vec<Span>,
    },
    /// Stressed words.
    Emphasis {
        /// The words.
        of: Vec<Span>,
    },
    /// Words that lead somewhere.
    Link {
        /// An absolute address.
        to: String,
        /// The words.
        of: Vec<Span>,
    },
    /// A new line.
    Break,
}

impl Written {
    /// Reads a document. `home` is what its links to own pages start with, absolute; `value` gives what is put in the
    /// place of `{name}`, and a name it doesn't know stays as it is.
    pub fn new<'v>(source: &str, home: &str, value: &impl Fn(&str) -> Option<&'v str>) -> Self {
        let (title, events) = render::events(source, home, value);
        let mut reading = Reading { events: events.into_iter(), level: 1 };
        let mut written = Vec::new();
        // An end without a beginning, which the parser never gives, would stop the reading of one group only.
        while reading.events.len() > 0 {
            written.extend(reading.blocks());
        }
        Self { title, blocks: written }
    }
}

impl Block {
    /// A paragraph of words to be shown as they are.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { of: vec![Span::Text { text: text.into() }] }
    }
}

struct Reading<'e> {
    events: IntoIter<Event<'e>>,
    /// Of the last heading.
    level: u8,
}

impl Reading<'_> {
    /// The blocks until the end of what holds them.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        // What stands in a list without a paragraph of its own.
        let mut loose = Vec::new();
        while let Some(event) = self.events.next() {
            let block = match event {
                Event::End(_) => break,
                Event::Start(Tag::Paragraph | Tag::CodeBlock(_) | Tag::HtmlBlock) => {
                    Block::Paragraph { of: self.spans() }
                }
                Event::Start(Tag::Heading { level, .. }) => self.heading(level),
                Event::Start(Tag::List(start)) => Block::List { start, items: self.items() },
                Event::Start(Tag::BlockQuote(_)) => Block::Quote { of: self.blocks() },
                Event::Start(Tag::Table(_)) => self.table(),
                Event::Rule => Block::Rule,
                inline => {
                    self.span(inline, &mut loose);
                    continue;
                }
            };
            flush(&mut loose, &mut blocks);
            blocks.push(block);
        }
        flush(&mut loose, &mut blocks);
        blocks
    }

    /// A reader who jumps from heading to heading must find no step missing.
    fn heading(&mut self, level: HeadingLevel) -> Block {
        let written = match level {
            HeadingLevel::H1 | HeadingLevel::H2 => 2,
            HeadingLevel::H3 => 3,
            HeadingLevel::H4 => 4,
            HeadingLevel::H5 => 5,
            HeadingLevel::H6 => 6,
        };
        self.level = written.min(self.level + 1);
        Block::Heading { level: self.level, of: self.spans() }
    }

    fn items(&mut self) -> Vec<Vec<Block>> {
        let mut items = Vec::new();
        while let Some(Event::Start(_)) = self.events.next() {
            items.push(self.blocks());
        }
        items
    }

    fn table(&mut self) -> Block {
        let mut rows = Vec::new();
        while let Some(Event::Start(_)) = self.events.next() {
            let mut cells = Vec::new();
            while let Some(Event::Start(_)) = self.events.next() {
                cells.push(self.spans());
            }
            rows.push(cells);
        }
        let mut rows = rows.into_iter();
        Block::Table { head: rows.next().unwrap_or_default(), rows: rows.collect() }
    }

    /// The words until the end of what holds them.
    fn spans(&mut self) -> Vec<Span> {
        let mut spans = Vec::new();
        while let Some(event) = self.events.next() {
            if matches!(event, Event::End(_)) {
                break;
            }
            self.span(event, &mut spans);
        }
        spans
    }

    fn span(&mut self, event: Event<'_>, into: &mut Vec<Span>) {
        let span = match event {
            Event::Text(text) => Span::Text { text: text.into_string() },
            Event::Code(text) => Span::Code { text: text.into_string() },
            Event::SoftBreak => Span::Text { text: " ".to_owned() },
            Event::HardBreak => Span::Break,
            Event::Start(Tag::Strong) => Span::Strong { of: self.spans() },
            Event::Start(Tag::Emphasis) => Span::Emphasis { of: self.spans() },
            Event::Start(Tag::Link { dest_url, .. }) if leads_somewhere(&dest_url) => {
                Span::Link { to: dest_url.into_string(), of: self.spans() }
            }
            // Of a picture, what is said in its place.
            Event::Start(_) => {
                into.extend(self.spans());
                return;
            }
            _ => return,
        };
        into.push(span);
    }
}

/// On paper, an address has to be complete.
fn leads_somewhere(address: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|start| address.strip_prefix(start).is_some_and(|rest| !rest.is_empty()))
}

fn flush(loose: &mut Vec<Span>, blocks: &mut Vec<Block>) {
    if !loose.is_empty() {
        blocks.push(Block::Paragraph { of: std::mem::take(loose) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Span {
        Span::Text { text: text.to_owned() }
    }

    fn read(source: &str) -> Written {
        Written::new(source, "https://palier.example/rives", &|name| {
            (name == "name").then_some("*A* <b>#eval</b>\n\n## Z")
        })
    }

    #[test]
    fn values_are_text_whatever_they_contain() {
        let written = read("# Pour {name}\n\nÀ **{name}** et {unknown}.");
        assert_eq!(written.title, "Pour *A* <b>#eval</b>\n\n## Z");
        let strong = Span::Strong { of: vec![text("*A* <b>#eval</b>\n\n## Z")] };
        assert_eq!(
            written.blocks,
            [Block::Paragraph { of: vec![text("À "), strong, text(" et {unknown}.")] }]
        );
    }

    #[test]
    fn lists_hold_paragraphs_and_lists() {
        let written = read("3. un\n   - deux\n4. trois\n\nFin");
        let point = Block::List { start: None, items: vec![vec![Block::paragraph("deux")]] };
        let items = vec![vec![Block::paragraph("un"), point], vec![Block::paragraph("trois")]];
        assert_eq!(written.blocks, [Block::List { start: Some(3), items }, Block::paragraph("Fin")]);
    }

    #[test]
    fn tables_keep_rows_and_columns() {
        let written = read("| a | b |\n| - | - |\n| c | `d` |\n| e |\n");
        let row = |one: Span, two: Vec<Span>| vec![vec![one], two];
        assert_eq!(
            written.blocks,
            [Block::Table {
                head: row(text("a"), vec![text("b")]),
                rows: vec![
                    row(text("c"), vec![Span::Code { text: "d".to_owned() }]),
                    row(text("e"), Vec::new()),
                ],
            }]
        );
    }

    #[test]
    fn no_heading_is_skipped() {
        let levels: Vec<u8> = read("# T\n\n#### a\n\n###### b\n\n## c\n\n# d")
            .blocks
            .into_iter()
            .filter_map(|block| if let Block::Heading { level, .. } = block { Some(level) } else { None })
            .collect();
        assert_eq!(levels, [2, 3, 2, 2]);
    }

    #[test]
    fn links_are_absolute_or_words() {
        let written = read("[a](/cgu) [b](#x) [c](javascript:d)");
        let link = Span::Link { to: "https://palier.example/rives/cgu".to_owned(), of: vec![text("a")] };
        assert_eq!(
            written.blocks,
            [Block::Paragraph { of: vec![link, text(" "), text("b"), text(" "), text("c")] }]
        );
    }
}
