//! Letters printed in a batch: the file is complete before any letter is marked.

use std::fs::File;
use std::io::Write as _;
use std::path::Path;

use crate::account::Post;
use crate::http::problem::ApiError;
use crate::onboarding::{Hand, printing as representatives};
use crate::paper::PaperError;
use crate::partners::printing as partners;
use crate::store::StoreError;

/// Most letters of a batch: each waits in memory with its code until all are set.
pub(crate) const BATCH: u64 = 200;

/// Why letters aren't printed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PrintError {
    /// The portal sends no letters, or something failed that was logged.
    #[error("this can't be done: see the log")]
    Refused,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The press.
    #[error(transparent)]
    Paper(#[from] PaperError),
    /// The file.
    #[error("{path}: {source}")]
    File {
        /// Which one.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The database didn't say whether it has noted that they are printed: the file is kept.
    #[error(
        "it isn't known whether the letters are printed: compare the file with `palier letters list` ({0})"
    )]
    Unknown(#[source] StoreError),
    /// One of the letters was printed or called off meanwhile: nothing was printed.
    #[error("somebody else is printing letters: try again")]
    Crossed,
}

impl From<ApiError> for PrintError {
    fn from(_: ApiError) -> Self {
        Self::Refused
    }
}

/// A batch that is set and not yet printed.
enum Set {
    Representatives(representatives::Set),
    Partners(partners::Set),
}

impl Set {
    /// Letters to legal representatives first: a batch is of one kind.
    async fn prepare(post: Post<'_>) -> Result<Option<Self>, PrintError> {
        let (organisations, offices) = (post.portal.onboarding.is_some(), post.portal.partners.is_some());
        if organisations && let Some(set) = representatives::prepare(post).await? {
            return Ok(Some(Self::Representatives(set)));
        }
        if offices && let Some(set) = partners::prepare(post).await? {
            return Ok(Some(Self::Partners(set)));
        }
        if organisations || offices { Ok(None) } else { Err(PrintError::Refused) }
    }

    async fn seal(&self, post: Post<'_>, by: Hand<'_>) -> Result<(), PrintError> {
        match self {
            Self::Representatives(set) => representatives::seal(post, by, set).await,
            Self::Partners(set) => partners::seal(post, set).await,
        }
    }

    fn pdf(&self) -> &[u8] {
        match self {
            Self::Representatives(set) => &set.pdf,
            Self::Partners(set) => &set.pdf,
        }
    }

    fn references(&self) -> Vec<String> {
        match self {
            Self::Representatives(set) => set.references(),
            Self::Partners(set) => set.references(),
        }
    }
}

/// Prints what waits, the oldest first and at most [`BATCH`], into a new file; gives the references, none when nothing
/// waits.
///
/// The file is complete before any letter is marked: a crash in between leaves letters that wait still, and codes in a
/// file that count nothing. One that is there already is left alone: its codes are nowhere else.
pub(crate) async fn print(post: Post<'_>, by: Hand<'_>, out: &Path) -> Result<Vec<String>, PrintError> {
    let Some(set) = Set::prepare(post).await? else { return Ok(Vec::new()) };
    let failed = |source| PrintError::File { path: out.display().to_string(), source };
    let mut file = create(out).map_err(failed)?;
    let written = file.write_all(set.pdf()).and_then(|()| file.sync_all()).map_err(failed);
    let printed = match written {
        Ok(()) => set.seal(post, by).await,
        Err(error) => Err(error),
    };
    if let Err(error) = printed {
        // Nothing was printed, whatever can't be taken away; unless nobody knows, and these may be the only codes.
        if !matches!(error, PrintError::Unknown(_)) {
            let _ = std::fs::remove_file(out);
        }
        return Err(error);
    }
    Ok(set.references())
}

/// The same, into memory: for the desk.
pub(crate) async fn print_to_memory(post: Post<'_>, by: Hand<'_>) -> Result<Option<Vec<u8>>, PrintError> {
    let Some(set) = Set::prepare(post).await? else { return Ok(None) };
    set.seal(post, by).await?;
    Ok(Some(set.pdf().to_vec()))
}

/// Nobody but the operator may read it: it has codes in it.
fn create(path: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
