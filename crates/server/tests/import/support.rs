use std::collections::BTreeMap;
use std::io::Write as _;

use indicatif::ProgressBar;
use palier_server::import::{Import, ImportError, Record, Report, Source, import};
use palier_server::store::Store;

/// Where files of one kind are taken in.
pub(crate) struct Desk<R: Record> {
    pub(crate) store: Store,
    pub(crate) portal: &'static str,
    pub(crate) rules: R::Rules,
    /// Headers that this portal's files have.
    pub(crate) renamed: BTreeMap<String, String>,
    folder: tempfile::TempDir,
}

impl<R: Record> Desk<R> {
    /// With a store that has nothing in it.
    pub(crate) async fn at(portal: &'static str, rules: R::Rules) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store =
            Store::open(&format!("sqlite://{}/palier.db", folder.path().display())).await.expect("a store");
        store.migrate().await.expect("migrated");
        Self { store, portal, rules, renamed: BTreeMap::new(), folder }
    }

    pub(crate) async fn import_as(&self, bytes: &[u8], partial: bool) -> Result<Report, ImportError> {
        let path = self.folder.path().join("file.csv");
        std::fs::File::create(&path).and_then(|mut file| file.write_all(bytes)).expect("written");
        let request = Import::<R> {
            portal: self.portal,
            rules: &self.rules,
            renamed: &self.renamed,
            partial,
            now: jiff::Timestamp::UNIX_EPOCH,
        };
        import(&self.store, &Source::open(&path)?, &request, &ProgressBar::hidden()).await
    }

    pub(crate) async fn import(&self, text: &str) -> Report {
        self.import_as(text.as_bytes(), false).await.expect("imported")
    }
}
