//! What Typst may see: fonts inside this program, the templates, one sheet, the day that it is told.

use std::sync::LazyLock;

use jiff::Zoned;
use jiff::tz::Offset;
use sha2::{Digest as _, Sha256};
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{DiagSpan, DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt as _, World};
use typst_pdf::Timestamp;

use super::{Paper, PaperError};
use crate::documents::Sources;
use crate::texts::hexadecimal;

/// The family that templates write in, and that stands in for letters the other one lacks.
const TEXT: &str = "Libertinus Serif";
/// The family for what is read letter by letter.
const CODE: &str = "DejaVu Sans Mono";
/// Where templates find what they print.
const SHEET: &str = "paper/sheet.json";

/// What is the same for all documents.
struct Case {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
}

static CASE: LazyLock<Case> = LazyLock::new(|| {
    let fonts: Vec<Font> = typst_assets::fonts()
        .flat_map(|data| Font::iter(Bytes::new(data)))
        .filter(|font| [TEXT, CODE].contains(&font.info().family.as_str()))
        .collect();
    // Header cells that aren't in the first row: a box of labels and values has them at the side.
    let features = [Feature::A11yExtras].into_iter().collect();
    Case {
        library: LazyHash::new(Library::builder().with_features(features).build()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// Whether the letter can stand anywhere, upright, slanted or bold.
pub(super) fn can_show(character: char) -> bool {
    let mut text = CASE.fonts.iter().map(Font::info).filter(|font| font.family == TEXT);
    text.all(|font| font.coverage.contains(character.into()))
}

/// One document in the making.
pub(super) struct Desk {
    case: &'static Case,
    /// The one that is set.
    template: FileId,
    /// All of them: they share what is alike.
    templates: Vec<Source>,
    sheet_id: FileId,
    sheet: Bytes,
    now: Zoned,
}

impl Desk {
    pub(super) fn new(sources: &Sources, paper: &impl Paper) -> Result<Self, PaperError> {
        let id = |path: &str| {
            let path = VirtualPath::new(path).map_err(|error| PaperError::Typeset(error.to_string()))?;
            Ok::<_, PaperError>(FileId::new(RootedPath::new(VirtualRoot::Project, path)))
        };
        let templates = sources.templates();
        let templates = templates.map(|(path, source)| Ok(Source::new(id(path)?, source.text.clone())));
        Ok(Self {
            case: &CASE,
            template: id(&paper.template_path())?,
            templates: templates.collect::<Result<_, PaperError>>()?,
            sheet_id: id(SHEET)?,
            sheet: Bytes::from_string(paper.data().to_string()),
            now: paper.now().clone(),
        })
    }

    /// The same for the same sheet only.
    pub(super) fn fingerprint(&self) -> String {
        let mut digest = Sha256::new();
        for template in &self.templates {
            digest.update(template.text());
        }
        digest.update(&self.sheet);
        digest.update(self.now.to_string());
        hexadecimal(&digest.finalize())
    }

    /// When the document is made.
    pub(super) fn timestamp(&self) -> Option<Timestamp> {
        Timestamp::new_local(datetime(&self.now)?, self.now.offset().seconds() / 60)
    }

    /// What Typst says, with lines of the templates and without words of the sheet: it goes to the log.
    pub(super) fn report(&self, diagnostics: &[SourceDiagnostic]) -> String {
        let told = diagnostics.iter().map(|diagnostic| {
            let place = self.place(diagnostic.span);
            let hints = diagnostic.hints.iter().map(|hint| format!(" ({})", without_data(&hint.v)));
            format!("{place}: {}{}", without_data(&diagnostic.message), hints.collect::<String>())
        });
        told.collect::<Vec<_>>().join("; ")
    }

    fn place(&self, span: DiagSpan) -> String {
        let found = self.templates.iter().find_map(|template| Some((template, line_of(template, span)?)));
        let Some((template, line)) = found else { return "line ?".to_owned() };
        if template.id() == self.template {
            return format!("line {line}");
        }
        format!("{}, line {line}", template.id().get().vpath().get_without_slash())
    }
}

/// Where a template isn't Typst at all: lines from 1, and what is wrong there. Needs no sheet.
pub(crate) fn faults(template: &str) -> Vec<(Option<usize>, String)> {
    let source = Source::detached(template);
    let (errors, _) = source.root().errors_and_warnings();
    errors.into_iter().map(|error| (line_of(&source, error.span), error.message.to_string())).collect()
}

fn line_of(template: &Source, span: DiagSpan) -> Option<usize> {
    let range = match span.get() {
        DiagSpanKind::Number { id, num, sub_range } if id == template.id() => template.range(num, sub_range),
        DiagSpanKind::Range { id, range } if id == template.id() => Some(range),
        _ => None,
    };
    template.lines().byte_to_line(range?.start).map(|line| line + 1)
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.case.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.case.book
    }

    fn main(&self) -> FileId {
        self.template
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.templates.iter().find(|template| template.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.sheet_id { Ok(self.sheet.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.case.fonts.get(index).cloned()
    }

    fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
        let Some(offset) = offset else { return datetime(&self.now) };
        let [weeks, days, hours, minutes, seconds] = offset.decompose();
        let seconds = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds;
        let offset = Offset::from_seconds(i32::try_from(seconds).ok()?).ok()?;
        datetime(&self.now.with_time_zone(offset.to_time_zone()))
    }
}

fn datetime(at: &Zoned) -> Option<Datetime> {
    let part = |number: i8| u8::try_from(number).ok();
    Datetime::from_ymd_hms(
        at.year().into(),
        part(at.month())?,
        part(at.day())?,
        part(at.hour())?,
        part(at.minute())?,
        part(at.second())?,
    )
}

/// Typst quotes texts as `"…"`.
fn without_data(message: &str) -> String {
    let parts = message.split('`').enumerate();
    let parts = parts.map(|(index, part)| if index % 2 == 1 && part.starts_with('"') { "…" } else { part });
    parts.collect::<Vec<_>>().join("`")
}
