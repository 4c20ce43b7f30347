//! `index.html` cut at the places where something is put in.

/// A place in `index.html`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slot {
    Language,
    Title,
    Head,
    Shell,
    Broken,
    Boot,
}

/// What goes where. Each text is HTML already, except the title's and the language's, which need no escaping or have it.
pub(super) struct Filling<'a> {
    /// `fr` or `en`.
    pub(super) language: &'a str,
    /// The title, escaped.
    pub(super) title: String,
    /// For the head: the portal's colours.
    pub(super) head: String,
    /// The page as it is seen before the program arrives.
    pub(super) shell: String,
    /// What is said when the program fails.
    pub(super) broken: String,
    /// What the program needs.
    pub(super) boot: String,
}

/// `index.html`, as pieces between the places.
#[derive(Clone, Debug)]
pub(super) struct Template {
    pieces: Vec<(&'static str, Slot)>,
    end: &'static str,
}

/// What marks each place: the text before it stays, the text from one to the other goes.
const MARKS: [(&str, &str, Slot); 6] = [
    ("<html lang=\"", "\"", Slot::Language),
    ("<title>", "</title>", Slot::Title),
    ("<!--palier:head", "-->", Slot::Head),
    ("<!--palier:shell", "-->", Slot::Shell),
    ("<!--palier:broken", "-->", Slot::Broken),
    ("<!--palier:boot", "-->", Slot::Boot),
];

impl Template {
    /// Cuts `index.html`. A place that isn't there is left out.
    pub(super) fn parse(index: &'static str) -> Self {
        let mut places: Vec<(usize, usize, Slot)> = MARKS
            .into_iter()
            .filter_map(|(start, end, slot)| {
                let from = index.find(start)?;
                let to = from + start.len() + index.get(from + start.len()..)?.find(end)?;
                // Comments vanish; in elements, only what they contain does.
                let comment = start.starts_with("<!--");
                Some(if comment { (from, to + end.len(), slot) } else { (from + start.len(), to, slot) })
            })
            .collect();
        places.sort_by_key(|(from, ..)| *from);
        let mut at = 0;
        let mut pieces = Vec::new();
        for (from, to, slot) in places {
            pieces.push((index.get(at..from).unwrap_or_default(), slot));
            at = to;
        }
        Self { pieces, end: index.get(at..).unwrap_or_default() }
    }

    /// The page with everything in its place.
    pub(super) fn fill(&self, filling: &Filling<'_>) -> String {
        let mut page = String::with_capacity(64 * 1024);
        for (before, slot) in &self.pieces {
            page.push_str(before);
            page.push_str(match slot {
                Slot::Language => filling.language,
                Slot::Title => &filling.title,
                Slot::Head => &filling.head,
                Slot::Shell => &filling.shell,
                Slot::Broken => &filling.broken,
                Slot::Boot => &filling.boot,
            });
        }
        page.push_str(self.end);
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_put_in_its_place_and_nowhere_else() {
        let template = Template::parse(
            "<html lang=\"fr\"><title>x</title><!--palier:head--><b><!--palier:shell--></b><!--palier:boot-->.",
        );
        let filling = Filling {
            language: "en",
            title: "T".into(),
            head: "H".into(),
            shell: "<!--palier:boot-->".into(),
            broken: "never".into(),
            boot: "B".into(),
        };
        assert_eq!(template.fill(&filling), "<html lang=\"en\"><title>T</title>H<b><!--palier:boot--></b>B.");
    }
}
