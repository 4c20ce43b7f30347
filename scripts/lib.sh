# shellcheck shell=bash
# What all scripts share: where things are, how they speak, limits in time. Sourced, never run.
# shellcheck disable=SC2034 # used by those who source it
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
cache=${PALIER_CACHE:-${XDG_CACHE_HOME:-${HOME:?HOME is not set}/.cache}/palier}
tools=$cache/tools
# Compilers' output lies outside the clone: a second clone, or a clean one, finds its dependencies compiled.
targets=${PALIER_TARGET:-$cache}
# What a clone keeps of a build.
build=$root/build

say() { printf 'palier: %s\n' "$*" >&2; }

die() {
  printf 'palier: error: %s\n' "$1" >&2
  shift
  if [ $# -gt 0 ]; then printf '        %s\n' "$@" >&2; fi
  exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

# limit SECONDS COMMAND…: no download or test may hang for ever. Where there is no `timeout` (macOS), no limit.
limit() {
  local seconds=$1 options=(--kill-after=20)
  shift
  # At a terminal, Ctrl-C must reach the command too; elsewhere, all that it started ends with it.
  if [ -t 1 ] || [ -t 2 ]; then options+=(--foreground); fi
  if has timeout; then timeout "${options[@]}" "$seconds" "$@"; else "$@"; fi
}

# twice SECONDS COMMAND…: one retry, since networks fail.
twice() {
  limit "$@" && return
  say "that failed; trying once more"
  limit "$@"
}

# Runs COMMAND…, showing its output only when it fails. LABEL says what for.
quietly() {
  local label=$1 log
  shift
  say "$label"
  log=$(mktemp)
  if "$@" >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    return
  fi
  tail -n 30 "$log" >&2
  rm -f "$log"
  return 1
}

# Two clones may be set up at once: what is installed is installed by one of them. Held until the script ends.
lock_cache() {
  mkdir -p "$tools"
  if [ -n "${cache_locked:-}" ] || ! has flock; then return; fi
  exec 9>"$cache/setup.lock"
  if ! flock -n 9; then
    say "waiting for another set-up to finish"
    flock 9
  fi
  cache_locked=yes
}

# The version of crate $1 in Cargo.lock.
locked_version() {
  awk -v name="\"$1\"" '$1 == "name" { found = ($3 == name) } found && $1 == "version" { gsub(/"/, "", $3); print $3; exit }' \
    "$root/Cargo.lock"
}

# version_at_least HAVE WANTED, both like 1.94 or 1.94.1
version_at_least() {
  [ "$(printf '%s\n%s\n' "$2" "$1" | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = "$2" ]
}

# shellcheck source=scripts/lib/debian.sh
. "$root/scripts/lib/debian.sh"
# shellcheck source=scripts/lib/rust.sh
. "$root/scripts/lib/rust.sh"
# shellcheck source=scripts/lib/tools.sh
. "$root/scripts/lib/tools.sh"
# shellcheck source=scripts/lib/node.sh
. "$root/scripts/lib/node.sh"
# shellcheck source=scripts/lib/postgres.sh
. "$root/scripts/lib/postgres.sh"
# shellcheck source=scripts/lib/hostile.sh
. "$root/scripts/lib/hostile.sh"
# shellcheck source=scripts/lib/programs.sh
. "$root/scripts/lib/programs.sh"
