//! A CSV file of unknown encoding and delimiter, as records.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use encoding_rs::{UTF_8, WINDOWS_1252};
use encoding_rs_io::DecodeReaderBytesBuilder;

/// Why a file can't be read as a table.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The system refused.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// Not a single line.
    #[error("{}: the file is empty", .0.display())]
    Empty(PathBuf),
    /// Neither text in UTF-8 nor in Windows-1252: a spreadsheet or archive, most likely.
    #[error("{}: this isn't a text file; save it as CSV", .0.display())]
    Binary(PathBuf),
}

/// A file whose encoding and delimiter are known.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    windows_1252: bool,
    delimiter: u8,
    size: u64,
}

/// Read in pieces of this size: memory doesn't depend on the file's size.
const PIECE: usize = 64 * 1024;

impl Source {
    /// Finds out the encoding by reading the whole file once, and the delimiter from its first line.
    pub fn open(path: &Path) -> Result<Self, SourceError> {
        let io = |error| SourceError::Io { path: path.to_owned(), error };
        let mut file = File::open(path).map_err(io)?;
        let size = file.metadata().map_err(io)?.len();
        let windows_1252 = !is_utf_8(&mut file).map_err(io)?;
        file.seek(SeekFrom::Start(0)).map_err(io)?;
        let mut first = Vec::new();
        BufReader::new(file.take(PIECE as u64)).read_until(b'\n', &mut first).map_err(io)?;
        if first.iter().all(u8::is_ascii_whitespace) {
            return Err(SourceError::Empty(path.to_owned()));
        }
        if first.contains(&0) {
            return Err(SourceError::Binary(path.to_owned()));
        }
        Ok(Self { path: path.to_owned(), windows_1252, delimiter: delimiter(&first), size })
    }

    /// Size in bytes, for a progress bar.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The file's name, for the report.
    pub fn name(&self) -> String {
        self.path.display().to_string()
    }

    /// Reads it from the start; `watch` wraps the bytes, to show progress.
    pub fn records<R: Read, W: FnOnce(File) -> R>(
        &self,
        watch: W,
    ) -> Result<csv::Reader<impl Read + use<R, W>>, SourceError> {
        let file =
            File::open(&self.path).map_err(|error| SourceError::Io { path: self.path.clone(), error })?;
        let encoding = if self.windows_1252 { WINDOWS_1252 } else { UTF_8 };
        // The mark that some programs put at the start of UTF-8 files is taken away.
        let text =
            DecodeReaderBytesBuilder::new().encoding(Some(encoding)).bom_override(true).build(watch(file));
        Ok(csv::ReaderBuilder::new()
            .delimiter(self.delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text))
    }
}

/// Whether all of it is UTF-8; a character cut by the end of a piece is carried to the next.
fn is_utf_8(file: &mut File) -> std::io::Result<bool> {
    let mut piece = vec![0; PIECE];
    let mut kept = 0;
    loop {
        let read = file.read(&mut piece[kept..])?;
        let filled = kept + read;
        match std::str::from_utf8(&piece[..filled]) {
            Ok(_) if read == 0 => return Ok(true),
            Ok(_) => kept = 0,
            Err(error) if error.error_len().is_none() && read > 0 => {
                piece.copy_within(error.valid_up_to()..filled, 0);
                kept = filled - error.valid_up_to();
            }
            Err(_) => return Ok(false),
        }
    }
}

/// The one of `;`, `,` and tab that the first line has most of.
fn delimiter(first: &[u8]) -> u8 {
    let count = |delimiter: u8| first.iter().filter(|byte| **byte == delimiter).count();
    [b';', b',', b'\t'].into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b';')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn source(bytes: &[u8]) -> (tempfile::NamedTempFile, Result<Source, SourceError>) {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(bytes).expect("written");
        let source = Source::open(file.path());
        (file, source)
    }

    fn second_line(bytes: &[u8]) -> Vec<String> {
        let (_file, source) = source(bytes);
        let source = source.expect("readable");
        let mut records = source.records(|file| file).expect("opened");
        let record = records.records().next().expect("a line").expect("a record");
        record.iter().map(str::to_owned).collect()
    }

    #[test]
    fn both_encodings_and_delimiters_are_understood() {
        let expected = vec!["1".to_owned(), "Lefèvre".to_owned()];
        for bytes in [
            "a;b\n1;Lefèvre\n".as_bytes(),
            "a,b\r\n1, Lefèvre \r\n".as_bytes(),
            "\u{feff}a;b\n1;Lefèvre".as_bytes(),
            b"a;b\n1;Lef\xe8vre\n",
            b"a,b\n1,\"Lef\xe8vre\"\n",
        ] {
            assert_eq!(second_line(bytes), expected);
        }
    }

    #[test]
    fn a_character_across_two_pieces_is_still_utf_8() {
        let mut text = "a;b\n".to_owned();
        text.push_str(&"x".repeat(PIECE - 5));
        text.push_str("é;é\n");
        let (_file, source) = source(text.as_bytes());
        assert!(!source.expect("readable").windows_1252);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(matches!(source(b" \n").1, Err(SourceError::Empty(_))));
        assert!(matches!(source(b"PK\x03\x04\x00\x00").1, Err(SourceError::Binary(_))));
        assert!(matches!(Source::open(Path::new("there/is/none.csv")), Err(SourceError::Io { .. })));
    }
}
