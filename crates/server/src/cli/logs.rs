use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

/// Starts writing logs on the standard error: JSON, one object a line, or text where a person looks at them.
///
/// `PALIER_LOG` chooses how much (`info`; `debug`, `palier_server=debug`…), in the place of `usual`; `PALIER_LOG_FORMAT`
/// how: `json` or `text`.
pub(super) fn start(usual: &str) {
    let filter = std::env::var("PALIER_LOG").unwrap_or_else(|_| usual.to_owned());
    let filter = EnvFilter::try_new(&filter).unwrap_or_else(|_| EnvFilter::new(usual));
    let terminal = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let json = std::env::var("PALIER_LOG_FORMAT").map_or(!terminal, |format| format == "json");
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let registry = tracing_subscriber::registry().with(filter);
    // Something else writes the logs only in a process that runs two servers: then it goes on doing so.
    let _ = if json {
        registry.with(lines.json().flatten_event(true).with_span_list(false)).try_init()
    } else {
        registry.with(lines.with_ansi(terminal)).try_init()
    };
}
