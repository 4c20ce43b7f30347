//! Documents on paper: tagged PDF (PDF/UA-1), set by Typst inside this program. See `docs/decisions/0008-paper.md`.
//!
//! A [`Sheet`] or a [`Letter`] says what stands in the document; a template of `documents/paper/` says how it looks. Nothing is read
//! from disk or network meanwhile, and the same sheet gives the same bytes.

mod address;
mod legible;
mod letter;
mod qr;
mod sheet;
mod world;

use std::sync::{Arc, LazyLock};

use jiff::Zoned;
use serde_json::Value;
use tokio::sync::Semaphore;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

pub use self::letter::{About, LETTER_VALUES, Letter, LetterFacts, PARTNER_VALUES};
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
    /// No template or text has this name.
    #[error("there is no documents/{0}")]
    NoTemplate(String),
    /// An address is too long for a QR code: more than 2,000 letters.
    #[error("the address is too long for a QR code")]
    NoQrCode,
    /// There is no letter in the batch.
    #[error("there is nothing to print")]
    Nothing,
    /// What Typst says about the template, or why the result isn't PDF/UA. Has no word of the sheet.
    #[error("{0}")]
    Typeset(String),
    /// The program is about to end, or the typesetting broke off.
    #[error("the print was broken off")]
    BrokenOff,
}

/// What a template prints.
trait Paper: Send + 'static {
    /// Where its template lies below `documents/`.
    fn template_path(&self) -> String;
    /// What the template reads, in letters that its fonts have.
    fn data(&self) -> Value;
    /// When it is printed, and what day it is there.
    fn now(&self) -> &Zoned;
}

impl Press {
    /// A press for the templates among these documents.
    pub fn new(sources: Arc<Sources>) -> Self {
        Self { sources }
    }

    /// Prints a document. Waits while too many others are being printed.
    pub async fn print(&self, sheet: Sheet) -> Result<Vec<u8>, PaperError> {
        self.in_turn(sheet).await
    }

    /// Prints letters as one document, in their order: each begins on a page of its own, which is its page 1, with a
    /// bookmark. Waits while too many other documents are being printed.
    ///
    /// # Errors
    /// [`PaperError::Nothing`] when there is none, and those of [`Press::print`].
    pub async fn print_letters(&self, letters: Vec<Letter>) -> Result<Vec<u8>, PaperError> {
        self.in_turn(letter::Batch::new(letters)?).await
    }

    async fn in_turn(&self, paper: impl Paper) -> Result<Vec<u8>, PaperError> {
        let _turn = TURNS.acquire().await.map_err(|_| PaperError::BrokenOff)?;
        let press = self.clone();
        let printed = tokio::task::spawn_blocking(move || press.set(&paper)).await;
        printed.unwrap_or(Err(PaperError::BrokenOff))
    }

    /// Prints a document on this thread, which is busy with it for up to some tenths of a second.
    pub fn print_now(&self, sheet: &Sheet) -> Result<Vec<u8>, PaperError> {
        self.set(sheet)
    }

    fn set(&self, paper: &impl Paper) -> Result<Vec<u8>, PaperError> {
        let printed = set(&self.sources, paper);
        // Typst remembers what it has set, for a next time that is much like it; ours aren't, and they are personal.
        comemo::evict(0);
        printed
    }
}

fn set(sources: &Sources, paper: &impl Paper) -> Result<Vec<u8>, PaperError> {
    let path = paper.template_path();
    if sources.get(&path).is_none() {
        return Err(PaperError::NoTemplate(path));
    }
    let desk = Desk::new(sources, paper)?;
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
