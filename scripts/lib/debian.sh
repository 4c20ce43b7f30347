# shellcheck shell=bash disable=SC2034,SC2154 # names come from and go to those who source this
# Debian's packages: only what is missing, and only with rights that are already there.

missing_things=()
wanted_packages=()

# want THING PACKAGE…: THING is missing; on Debian these packages bring it.
want() {
  missing_things+=("$1")
  shift
  wanted_packages+=("$@")
}

is_debian() { [ -r /etc/debian_version ] && has apt-get; }

# Can packages be installed without asking anybody for a password?
can_install() {
  is_debian || return 1
  [ "$(id -u)" -eq 0 ] || { has sudo && sudo -n true 2>/dev/null; }
}

apt() {
  local elevate=()
  [ "$(id -u)" -eq 0 ] || elevate=(sudo -n)
  # A generous limit: a package manager killed half-way leaves work behind.
  limit 1200 ${elevate[@]+"${elevate[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -qq -y \
    -o Acquire::Retries=1 -o Acquire::http::Timeout=60 -o DPkg::Lock::Timeout=300 "$@"
}

# Installs what was wanted, or says what is missing and how to get it.
install_wanted() {
  local things packages
  [ ${#missing_things[@]} -gt 0 ] || return 0
  things=$(printf ', %s' "${missing_things[@]}")
  things=${things#, }
  packages="${wanted_packages[*]}"
  can_install || die "missing: $things" "On Debian: sudo apt-get install $packages" \
    "Elsewhere: install it your system's way and run the command again."

  lock_cache
  # The package lists may be absent (a fresh container) or older than the archive: only then are they fetched.
  say "installing $things (Debian's $packages)"
  if ! apt install --no-install-recommends "${wanted_packages[@]}" >/dev/null 2>&1 </dev/null; then
    quietly "fetching Debian's package lists" apt update || say "the package lists could not be fetched"
    quietly "installing again" apt install --no-install-recommends "${wanted_packages[@]}" ||
      die "could not install: $things" "Try by hand: sudo apt-get install $packages"
  fi
  missing_things=()
  wanted_packages=()
}
