# shellcheck shell=bash disable=SC2034,SC2154 # names come from and go to those who source this
# Node (wasm-opt, end-to-end tests) and the browser that tests drive.

minimum_node=20.19

node_fits() { has npm && version_at_least "$(node --version 2>/dev/null | tr -d v)" "$minimum_node"; }

ensure_node() {
  if ! has node || ! has npm; then
    want "Node.js $minimum_node or newer" nodejs npm
    install_wanted
  fi
  node_fits || die "Node.js $(node --version 2>/dev/null) is older than $minimum_node" "Install a newer one: https://nodejs.org"
}

# The packages of the end-to-end tests, when they aren't exactly those of the lock file.
ensure_node_packages() {
  local lock=$root/end2end/package-lock.json mark=$root/end2end/node_modules/.palier-lock.json
  cmp -s "$lock" "$mark" && return
  ensure_node
  quietly "installing the end-to-end tests' packages" \
    twice 600 npm ci --prefix "$root/end2end" --no-audit --no-fund --ignore-scripts ||
    die "the packages of end2end/package-lock.json could not be installed"
  cp "$lock" "$mark"
}

# Prints the path of a Chromium: the one asked for, the system's, or Playwright's.
find_chromium() {
  local candidate
  for candidate in "${PALIER_CHROMIUM:-}" /usr/bin/chromium; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      echo "$candidate"
      return
    fi
  done
  candidate=$(cd "$root/end2end" &&
    node --input-type=module -e 'import { chromium } from "@playwright/test"; console.log(chromium.executablePath())' 2>/dev/null)
  [ -x "$candidate" ] && echo "$candidate"
}

find_chromedriver() {
  local candidate
  for candidate in "${CHROMEDRIVER:-}" "$(command -v chromedriver || true)" /usr/lib/chromium/chromedriver; do
    if [ -n "$candidate" ] && [ -x "$candidate" ]; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

ensure_browser() {
  ensure_node_packages
  # Both at once, so that they are of one version; Playwright's own Chromium comes without a driver.
  if ! { find_chromium && find_chromedriver; } >/dev/null && can_install; then
    want "Chromium and its driver" chromium chromium-driver
    install_wanted
  fi
  find_chromium >/dev/null || quietly "downloading Playwright's Chromium" \
    twice 600 "$root/end2end/node_modules/.bin/playwright" install chromium ||
    die "no Chromium was found" "Install your system's (on Debian: chromium), or name one in PALIER_CHROMIUM."
  find_chromedriver >/dev/null || die "chromedriver is missing: the browser's unit tests are run through it" \
    "On Debian: sudo apt-get install chromium-driver. Elsewhere: put the one of your Chromium's version on PATH."
}

# webdriver_settings FILE: how the unit tests' runner starts the browser.
webdriver_settings() {
  # shellcheck disable=SC2016 # JavaScript's dollars, not the shell's
  PALIER_CHROMIUM=$(find_chromium) node -e '
    const root = process.getuid?.() === 0;
    const args = ["--headless=new", "--disable-gpu", "--disable-quic", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--lang=fr-FR",
      // The sandbox refuses to start for the superuser.
      ...(root ? ["--no-sandbox"] : [])];
    console.log(JSON.stringify({ "goog:chromeOptions": { binary: process.env.PALIER_CHROMIUM, args } }, null, 2));
  ' >"$1"
}
