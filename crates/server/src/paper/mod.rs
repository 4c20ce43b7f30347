//! Documents on paper: tagged PDF (PDF/UA-1), set by Typst inside this program. See `docs/decisions/0008-paper.md`.
//!
//! A [`Sheet`] says what stands in the document; a template of `documents/paper/` says how it looks. Nothing is read
//! from disk or network meanwhile, and the same sheet gives the same bytes.

mod legible;
mod sheet;
mod world;

use std::sync::{Arc, LazyLock};

use tokio::sync::Semaphore;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use self::sheet::{Certificate, Letterhead, Sheet};
use self::world::Desk;
pub(crate) use self::world::faults;
use crate::documents::Sources;

/// Prints under way at once: each takes a processor and some tens of megabytes.
const AT_ONCE: usize = 2;

/// Over all presses: what limits them is the machine.
static TURNS: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(AT_ONCE));

/// Prints documents. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Press {
    sources: Arc<Sources>,
}

/// Why a document isn't printed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// No template has this name.
    #[error("there is no template documents/{0}")]
    NoTemplate(String),
    /// What Typst says about the template, or why the result isn't PDF/UA. Has no word of the sheet.
    #[error("{0}")]
    Typeset(String),
    /// The program is about to end, or the typesetting broke off.
    #[error("the print was broken off")]
    BrokenOff,
}

impl Press {
    /// A press for the templates among these documents.
    pub fn new(sources: Arc<Sources>) -> Self {
        Self { sources }
    }

    /// Prints a document. Waits while too many others are being printed.
    pub async fn print(&self, sheet: Sheet) -> Result<Vec<u8>, PaperError> {
        let _turn = TURNS.acquire().await.map_err(|_| PaperError::BrokenOff)?;
        let press = self.clone();
        let printed = tokio::task::spawn_blocking(move || press.print_now(&sheet)).await;
        printed.unwrap_or(Err(PaperError::BrokenOff))
    }

    /// Prints a document on this thread, which is busy with it for up to some tenths of a second.
    pub fn print_now(&self, sheet: &Sheet) -> Result<Vec<u8>, PaperError> {
        let path = sheet.template_path();
        let template = self.sources.get(&path).ok_or(PaperError::NoTemplate(path.clone()))?;
        let printed = set(&path, &template.text, sheet);
        // Typst remembers what it has set, for a next time that is much like it; ours aren't, and they are personal.
        comemo::evict(0);
        printed
    }
}

fn set(path: &str, template: &str, sheet: &Sheet) -> Result<Vec<u8>, PaperError> {
    let desk = Desk::new(path, template, sheet)?;
    let set = typst::compile::<PagedDocument>(&desk);
    if !set.warnings.is_empty() {
        tracing::warn!(template = path, warnings = desk.report(&set.warnings), "paper: template");
    }
    let failed = |errors: &[SourceDiagnostic]| PaperError::Typeset(desk.report(errors));
    let document = set.output.map_err(|errors| failed(&errors))?;
    let standards = PdfStandards::new(&[PdfStandard::Ua_1])
        .map_err(|error| PaperError::Typeset(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(desk.fingerprint()),
        creator: Smart::Custom(Some("Palier".to_owned())),
        timestamp: desk.timestamp(),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| failed(&errors))
}
