use std::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::task::spawn_local;
use web_sys::AbortController;

use super::send::{lost, receive};
use super::{Api, Call, Contacts, Failure};
use crate::dom;

/// How long a file is waited for: two hundred letters take the server half a minute.
const PATIENCE: Duration = Duration::from_mins(2);

impl Api {
    /// Sends a request that is answered with a file; `then` is called with its content.
    pub fn fetch_file(&'static self, call: Call, then: impl FnOnce(Result<Vec<u8>, Failure>) + 'static) {
        let then: Box<dyn FnOnce(Result<Vec<u8>, Failure>)> = Box::new(then);
        let session = self.prolonged(call.path());
        spawn_local(async move {
            let patience = AbortController::new().ok();
            let clock = patience.clone().and_then(|patience| dom::after(PATIENCE, move || patience.abort()));
            let content = self.content(call, patience).await;
            clock.as_ref().map(TimeoutHandle::clear);
            if content != Err(Failure::Lost) {
                session.map(Contacts::spoke);
            }
            then(content);
        });
    }

    async fn content(&self, call: Call, patience: Option<AbortController>) -> Result<Vec<u8>, Failure> {
        let response = self.request(call, patience.as_ref())?.send().await.map_err(lost)?;
        if response.ok() {
            return response.binary().await.map_err(lost);
        }
        // What is refused isn't a file: why is said as anywhere else.
        let refusal = receive(&response, &response.text().await.map_err(lost)?);
        Err(refusal.err().unwrap_or(Failure::Lost))
    }
}
