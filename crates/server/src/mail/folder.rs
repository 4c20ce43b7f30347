//! E-mails as `.eml` files in a folder, for the demonstration and for trying things out.

use std::io;
use std::path::Path;

use jiff::Timestamp;
use tokio::io::AsyncWriteExt as _;

use super::message::stable_name;

/// Writes an e-mail. Another try replaces the file of the one before; nobody sees half a file.
pub(super) async fn write(
    folder: &Path,
    created_at: Timestamp,
    message_id: &str,
    message: &[u8],
) -> io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let name = format!("{}-{}", created_at.strftime("%Y%m%d-%H%M%S"), stable_name(message_id));
    let partial = folder.join(format!(".{name}.partial"));
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    // It holds names, addresses and links that open accounts.
    #[cfg(unix)]
    options.mode(0o600);
    let mut file = options.open(&partial).await?;
    file.write_all(message).await?;
    file.sync_all().await?;
    tokio::fs::rename(&partial, folder.join(format!("{name}.eml"))).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn another_try_replaces_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("made for it");
        for (message_id, content) in [("1@a.fr", "first"), ("2@a.fr", "other"), ("1@a.fr", "1")] {
            write(&folder, Timestamp::UNIX_EPOCH, message_id, content.as_bytes()).await.unwrap();
        }
        let mut found: Vec<(String, String)> = std::fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .map(|entry| {
                (entry.file_name().into_string().unwrap(), std::fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        found.sort_by(|one, other| one.1.cmp(&other.1));
        let contents: Vec<&str> = found.iter().map(|(_, content)| content.as_str()).collect();
        assert_eq!(contents, ["1", "other"]);
        let named = |name: &str| name.starts_with("19700101-000000-") && name.strip_suffix(".eml").is_some();
        assert!(found.iter().all(|(name, _)| named(name)));
    }
}
