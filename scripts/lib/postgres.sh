# shellcheck shell=bash disable=SC2034,SC2154 # names come from and go to those who source this
# A PostgreSQL to test against: its programs only; the tests make their own cluster (scripts/with-postgres).

minimum_postgres=15

# Prints the folder with initdb and pg_ctl of the newest PostgreSQL that fits.
find_postgres() {
  local folder
  for folder in "${PALIER_PG_BIN:-}" $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -t/ -k5,5nr) \
    "$(dirname "$(command -v initdb || echo /none/initdb)")" "$(pg_config --bindir 2>/dev/null || true)"; do
    if [ -x "$folder/initdb" ] && [ -x "$folder/pg_ctl" ] &&
      version_at_least "$("$folder/initdb" --version | awk '{ print $3 }')" "$minimum_postgres"; then
      echo "$folder"
      return
    fi
  done
  return 1
}

ensure_postgres() {
  find_postgres >/dev/null && return
  if can_install && [ ! -e /etc/postgresql-common ]; then
    # The package would create and start a cluster of its own, which nobody here uses.
    if [ "$(id -u)" -eq 0 ]; then elevate=; else elevate='sudo -n'; fi
    $elevate mkdir -p /etc/postgresql-common/createcluster.d
    echo 'create_main_cluster = false' | $elevate tee /etc/postgresql-common/createcluster.d/palier.conf >/dev/null
  fi
  want "the programs of PostgreSQL $minimum_postgres" "postgresql-$minimum_postgres"
  install_wanted
  find_postgres >/dev/null || die "PostgreSQL $minimum_postgres or newer (initdb, pg_ctl) was not found" \
    "Install it, or name the folder of its programs in PALIER_PG_BIN."
}
