//! The program `palier`: see [`palier_server::cli`].

fn main() -> std::process::ExitCode {
    palier_server::cli::run()
}
