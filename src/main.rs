//! What Trunk turns into wasm: everything is in the library, so that tests can use it.

fn main() {
    palier_pages::start();
}
