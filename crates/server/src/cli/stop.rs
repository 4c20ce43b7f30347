//! How the server is asked to stop.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
#[cfg(windows)]
use tokio::signal::windows::{CtrlC, ctrl_c};

/// SIGTERM and Ctrl-C. From [`StopSignal::listen`] on they no longer end the process by themselves, and one that comes
/// before anybody waits for it isn't lost.
#[cfg(unix)]
pub(super) struct StopSignal {
    terminate: Signal,
    interrupt: Signal,
}

#[cfg(unix)]
impl StopSignal {
    /// # Errors
    /// The system doesn't let the process be told.
    pub(super) fn listen() -> io::Result<Self> {
        let (terminate, interrupt) = (SignalKind::terminate(), SignalKind::interrupt());
        Ok(Self { terminate: signal(terminate)?, interrupt: signal(interrupt)? })
    }

    /// Ends once the server has been asked to stop.
    pub(super) async fn asked(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// Ctrl-C. From [`StopSignal::listen`] on it no longer ends the process by itself.
#[cfg(windows)]
pub(super) struct StopSignal {
    interrupt: CtrlC,
}

#[cfg(windows)]
impl StopSignal {
    /// # Errors
    /// The system doesn't let the process be told.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self { interrupt: ctrl_c()? })
    }

    /// Ends once the server has been asked to stop.
    pub(super) async fn asked(&mut self) {
        self.interrupt.recv().await;
    }
}
