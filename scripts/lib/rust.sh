# shellcheck shell=bash disable=SC2034,SC2154 # names come from and go to those who source this
# The compilers. Two situations: the toolchain on PATH has the wasm32 target, or it can't get it and
# Debian's newer compiler builds the standard library for wasm itself, from sources. Nothing else differs.

wasm_target=wasm32-unknown-unknown
debian_rust=(rustc-web cargo-web rust-web-src lld-19)

has cargo || PATH=$PATH:$HOME/.cargo/bin

minimum_rust() { awk -F'"' '/^rust-version *=/ { print $2; exit }' "$root/Cargo.toml"; }

# rust_fits RUSTC: is it there, and new enough?
rust_fits() {
  local version
  version=$("$1" --version 2>/dev/null | awk '{ print $2 }')
  [ -n "$version" ] && version_at_least "$version" "$(minimum_rust)"
}

native_fits() { has cargo && rust_fits rustc; }

# The usual situation: the target's library lies beside the compiler's own.
wasm_by_target() {
  [ "${PALIER_WASM:-target}" = target ] && native_fits &&
    [ -d "$(rustc --print sysroot)/lib/rustlib/$wasm_target/lib" ]
}

# The other one: Debian's compiler, its library sources and its linker.
wasm_by_source() {
  [ -x /usr/bin/cargo ] && has wasm-ld-19 && rust_fits /usr/bin/rustc &&
    [ -d "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library" ]
}

common_rust() {
  export CARGO_TERM_COLOR=${CARGO_TERM_COLOR:-auto}
  # A machine that builds once has no use for files that make the second build faster.
  [ -z "${CI:-}" ] || export CARGO_INCREMENTAL=0
  native_fits || PATH=/usr/bin:$PATH
}

# Compilers' output is apart for each compiler: sharing it would rebuild everything at each switch.
use_native() {
  common_rust
  export CARGO_TARGET_DIR=$targets/target-native PATH=$tools_path:$PATH
}

# Panics name their source files: these are for us, and shouldn't tell where this machine keeps them; without them the same
# sources give the same program wherever they lie. For what is handed over: other flags compile everything again.
nameless() {
  local separator=$'\x1f' crates=${CARGO_HOME:-$HOME/.cargo}/registry/src/ name
  # Crates lie in a folder that is named after the registry.
  CARGO_ENCODED_RUSTFLAGS=--remap-path-prefix=$root=
  for name in "$crates" "$crates"*/; do CARGO_ENCODED_RUSTFLAGS+=$separator--remap-path-prefix=$name=; done
  CARGO_ENCODED_RUSTFLAGS+=$separator--remap-path-prefix=$CARGO_TARGET_DIR=
  export CARGO_ENCODED_RUSTFLAGS
}

use_wasm() {
  common_rust
  # As in `nameless`.
  local crates=${CARGO_HOME:-$HOME/.cargo}/registry/src/
  # Flags are parted by spaces: a path with one can't be said. (Our own files' paths are relative already.)
  [[ "$crates" == *" "* ]] || export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=$crates="
  # wasm keeps its functions' names anyway; line tables triple what is linked, sent to the browser and read there.
  export CARGO_PROFILE_DEV_DEBUG=0
  if wasm_by_target; then
    export CARGO_TARGET_DIR=$targets/target-wasm PATH=$tools_path:$PATH
  else
    export CARGO_TARGET_DIR=$targets/target-wasm-std PATH=$tools_path:/usr/bin:$PATH
    export RUSTC_BOOTSTRAP=1 CARGO_UNSTABLE_BUILD_STD=std,panic_abort
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19
  fi
}

# fetch_crates [FLAG…]: everything Cargo.lock names, so that nothing after this needs the network.
fetch_crates() {
  limit 20 cargo fetch --locked --offline "$@" >/dev/null 2>&1 ||
    quietly "fetching the crates of Cargo.lock" twice 900 cargo fetch --locked "$@" ||
    die "the crates of Cargo.lock could not be fetched" "Is the registry reachable? Does Cargo.lock fit Cargo.toml?"
  # The standard library's own dependencies are fetched only where its target is named.
  if [ -n "${CARGO_UNSTABLE_BUILD_STD:-}" ] && [ $# -eq 0 ]; then fetch_crates --target "$wasm_target"; fi
}

ensure_compilers() {
  has cc || want "a C compiler" gcc libc6-dev
  if ! native_fits; then
    if has rustup && rustc --version >/dev/null 2>&1; then
      die "$(rustc --version) is older than the $(minimum_rust) that Cargo.toml asks for" "Run: rustup update stable"
    elif is_debian; then
      want "Rust $(minimum_rust) or newer" "${debian_rust[@]}"
    else
      die "cargo is missing (Rust $(minimum_rust) or newer)" "Install it from https://rustup.rs and run the command again."
    fi
  fi
  install_wanted
  native_fits || rust_fits /usr/bin/rustc || die "no Rust of version $(minimum_rust) or newer was found" \
    "Install it from https://rustup.rs and run the command again."
}

ensure_wasm() {
  wasm_by_target || wasm_by_source || {
    if [ "${PALIER_WASM:-target}" = target ] && has rustup; then
      quietly "adding the target $wasm_target" twice 90 rustup target add "$wasm_target" || true
    fi
    wasm_by_target || {
      say "rustup can't add $wasm_target here: Debian's compiler will build the library for it"
      is_debian || die "the Rust target $wasm_target is missing" "Run: rustup target add $wasm_target"
      want "a compiler for $wasm_target" "${debian_rust[@]}"
      install_wanted
      wasm_by_source || die "Debian's compiler is there but not usable for $wasm_target" \
        "Needed: rustc $(minimum_rust) or newer, /usr/lib/rustlib/src/rust/library, wasm-ld-19"
    }
  }
}

has_clippy() { cargo clippy --version >/dev/null 2>&1; }

# What `make test` and `make fmt` need besides the compiler.
ensure_lints() {
  cargo fmt --version >/dev/null 2>&1 || {
    if has rustup; then
      quietly "adding rustfmt" twice 90 rustup component add rustfmt || die "rustfmt is missing" "Run: rustup component add rustfmt"
    else
      want rustfmt rustfmt-web
      install_wanted
    fi
  }
  # Debian's newer compiler comes without clippy: there its checks are left to others, and the tests say so.
  if ! has_clippy && has rustup; then
    quietly "adding clippy" twice 90 rustup component add clippy || die "clippy is missing" "Run: rustup component add clippy"
  fi
}
