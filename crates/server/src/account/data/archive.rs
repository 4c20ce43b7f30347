use std::io::{Cursor, Write as _};

use jiff::Zoned;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::account::Post;
use crate::http::problem::ApiError;

/// A file within the archive: its name, and what is in it.
pub(super) type Named = (String, Vec<u8>);

/// Puts files into one, in memory: they are bounded by [`crate::store::export::MOST`].
pub(super) async fn zip(post: Post<'_>, files: Vec<Named>) -> Result<Vec<u8>, ApiError> {
    let now = post.now.to_zoned(post.portal.time_zone.clone());
    // Compressing takes its time: others are served meanwhile.
    let made = tokio::task::spawn_blocking(move || pack(&now, files)).await;
    made.map_err(|error| ApiError::internal(&error))?.map_err(|error| ApiError::internal(&error))
}

fn pack(now: &Zoned, files: Vec<Named>) -> anyhow::Result<Vec<u8>> {
    let small = |part: i8| u8::try_from(part).unwrap_or_default();
    let time = DateTime::from_date_and_time(
        u16::try_from(now.year()).unwrap_or_default(),
        small(now.month()),
        small(now.day()),
        small(now.hour()),
        small(now.minute()),
        small(now.second()),
    );
    // Archives know no year before 1980 nor after 2107.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(time.unwrap_or_default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(name, options)?;
        archive.write_all(&content)?;
    }
    Ok(archive.finish()?.into_inner())
}
