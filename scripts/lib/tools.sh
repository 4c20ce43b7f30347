# shellcheck shell=bash disable=SC2034,SC2154 # names come from and go to those who source this
# Build tools, each in a folder of the cache named after its version: a new version never meets the old one's files.

trunk_version=$(awk -F'"' '/^trunk-version *=/ { print $2 }' "$root/Trunk.toml")
binaryen_version=$(awk -F'"' '/^wasm_opt *=/ { sub("version_", "", $2); print $2 ".0.0" }' "$root/Trunk.toml")
# The glue and the wasm must be written by the same version that the code was compiled against.
bindgen_version=$(locked_version wasm-bindgen)
esbuild_version=0.28.2
deny_version=0.20.2
machete_version=0.9.2
deb_version=3.8.0
cyclonedx_version=0.5.9
fuzz_version=0.13.2
mutants_version=27.1.0
llvm_cov_version=0.9.1

trunk_folder=$tools/trunk-$trunk_version
bindgen_folder=$tools/wasm-bindgen-cli-$bindgen_version
binaryen_folder=$tools/binaryen-$binaryen_version
esbuild_folder=$tools/esbuild-$esbuild_version
deny_folder=$tools/cargo-deny-$deny_version
machete_folder=$tools/cargo-machete-$machete_version
deb_folder=$tools/cargo-deb-$deb_version
cyclonedx_folder=$tools/cargo-cyclonedx-$cyclonedx_version
fuzz_folder=$tools/cargo-fuzz-$fuzz_version
mutants_folder=$tools/cargo-mutants-$mutants_version
llvm_cov_folder=$tools/cargo-llvm-cov-$llvm_cov_version
tools_path=$trunk_folder/bin:$bindgen_folder/bin:$binaryen_folder/node_modules/.bin:$esbuild_folder/node_modules/.bin

# cargo_tool PACKAGE VERSION PROGRAM LEVEL FLAGS…: LEVEL is how far it is optimised. A tool that runs for a moment needn't
# be compiled for half an hour; one that reads megabytes of wasm gains from a little.
cargo_tool() {
  local package=$1 version=$2 program=$3 level=$4 folder=$tools/$1-$2
  shift 4
  [ ! -x "$folder/bin/$program" ] || return 0
  lock_cache
  [ ! -x "$folder/bin/$program" ] || return 0
  common_rust
  CARGO_TARGET_DIR=$tools/target CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    CARGO_PROFILE_RELEASE_OPT_LEVEL=$level CARGO_PROFILE_RELEASE_DEBUG=0 \
    quietly "compiling $package $version, once for this machine (some minutes)" \
    twice 3000 cargo install --root "$folder" "$package" --version "$version" "$@" ||
    die "$package $version could not be installed" \
    "Try by hand: cargo install --root $folder $package --version $version $*"
}

ensure_page_tools() {
  [ -n "$bindgen_version" ] || die "Cargo.lock names no wasm-bindgen"
  cargo_tool trunk "$trunk_version" trunk 0 --locked --no-default-features --features rustls
  cargo_tool wasm-bindgen-cli "$bindgen_version" wasm-bindgen 1
  # wasm-opt: Debian's is too old, and Trunk would download it.
  npm_tool binaryen "$binaryen_version" wasm-opt "$binaryen_folder"
  npm_tool esbuild "$esbuild_version" esbuild "$esbuild_folder"
  forget_tool_objects
}

ensure_audit_tools() {
  cargo_tool cargo-deny "$deny_version" cargo-deny 1 --locked
  cargo_tool cargo-machete "$machete_version" cargo-machete 0 --locked
  forget_tool_objects
}

ensure_dist_tools() {
  cargo_tool cargo-deb "$deb_version" cargo-deb 0 --locked
  cargo_tool cargo-cyclonedx "$cyclonedx_version" cargo-cyclonedx 0 --locked
  forget_tool_objects
}

ensure_fuzzer() {
  cargo_tool cargo-fuzz "$fuzz_version" cargo-fuzz 0 --locked
  forget_tool_objects
}

ensure_mutants() {
  cargo_tool cargo-mutants "$mutants_version" cargo-mutants 1 --locked
  forget_tool_objects
}

ensure_coverage() {
  cargo_tool cargo-llvm-cov "$llvm_cov_version" cargo-llvm-cov 0 --locked
  forget_tool_objects
}

# The tools stay, a gigabyte of what they were made of doesn't. Only where this run holds the cache.
forget_tool_objects() { [ -z "${cache_locked:-}" ] || rm -rf "$tools/target"; }

# npm_tool PACKAGE VERSION PROGRAM FOLDER
npm_tool() {
  [ ! -x "$4/node_modules/.bin/$3" ] || return 0
  ensure_node
  lock_cache
  mkdir -p "$4"
  quietly "installing $3 ($1 $2)" twice 300 npm install --prefix "$4" \
    --no-save --no-audit --no-fund --ignore-scripts "$1@$2" ||
    die "$3 (npm package $1 $2) could not be installed"
}
