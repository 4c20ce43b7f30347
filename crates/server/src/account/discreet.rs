use std::time::Duration;

/// Longer than what finding an account and writing an e-mail takes, shorter than what a person notices.
const AT_LEAST: Duration = Duration::from_millis(150);

/// Does `work` and answers no sooner than a fixed time after the beginning, so that how long it took tells nobody
/// whether there was something to do (T8).
pub(crate) async fn evenly<T>(work: impl Future<Output = T>) -> T {
    let (done, ()) = tokio::join!(work, tokio::time::sleep(AT_LEAST));
    done
}
