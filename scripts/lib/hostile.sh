# shellcheck shell=bash disable=SC2034,SC2154 # names come from and go to those who source this
# Programs that attack (scripts/prove.d/hostile), in a folder of the cache named after their versions.

schemathesis_version=4.32.5
wapiti_version=3.1.8
sqlmap_version=1.10.10
# greenlet: wapiti needs it and does not say so.
hostile_folder=$tools/hostile-$schemathesis_version-$wapiti_version-$sqlmap_version

ensure_hostile_tools() {
  [ ! -e "$hostile_folder/complete" ] || return 0
  has python3 && python3 -c 'import ensurepip, venv' 2>/dev/null || want "Python's venv" python3-venv
  install_wanted
  lock_cache
  [ ! -e "$hostile_folder/complete" ] || return 0
  rm -rf "$hostile_folder"
  python3 -m venv "$hostile_folder"
  quietly "installing schemathesis, wapiti and sqlmap, once for this machine" \
    twice 900 "$hostile_folder/bin/pip" install --quiet "schemathesis==$schemathesis_version" "wapiti3==$wapiti_version" \
    "sqlmap==$sqlmap_version" "greenlet==3.5.6" || die "schemathesis, wapiti and sqlmap could not be installed from PyPI"
  touch "$hostile_folder/complete"
}
