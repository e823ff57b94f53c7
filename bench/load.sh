#!/usr/bin/env bash
# Measures how rows get into PostgreSQL, beside psql and the server's own COPY, on a server of its own with default settings.
# usage: bench/load.sh [--out FILE] [more options of quern bench load]
#        bench/load.sh --all     writes bench/results/load-postgres.md: all methods with a million rows, and memory at 20 million
#   Needs PostgreSQL with PostGIS; QUERN=FILE measures another build than that of these sources.
#   --keep     leaves the server running, and prints its address and how to stop it
# The server listens on a free port of the loopback, has a data folder of its own, and is stopped and removed at the end.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
quern=${QUERN:-$root/quern}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "load.sh: not installed: postgresql" >&2; exit 2; }
[ -x "$quern" ] || { echo "load.sh: no $quern" >&2; exit 2; }

keep=no
all=no
[ "${1-}" != --keep ] || { keep=yes; shift; }
[ "${1-}" != --all ] || { all=yes; shift; }
home=$(mktemp -d "${TMPDIR:-/tmp}/quern-bench-XXXXXX")
chmod 755 "$home"
as=()
if [ "$(id -u)" -eq 0 ]; then
  # PostgreSQL refuses to run as root.
  id quern-live >/dev/null 2>&1 || useradd --system --no-create-home --shell /usr/sbin/nologin quern-live
  chown quern-live "$home"
  as=(setpriv --reuid=quern-live --regid=quern-live --clear-groups)
fi
stop() {
  "${as[@]}" "$bin/pg_ctl" -D "$home/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$home"
}
[ "$keep" = yes ] || trap stop EXIT

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo 54329)
cd "$home"
"${as[@]}" "$bin/initdb" -D "$home/data" -U quern -E UTF8 --locale=C.UTF-8 --auth=trust >"$home/log" 2>&1
"${as[@]}" "$bin/pg_ctl" -D "$home/data" -l "$home/server.log" -w -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$home" start >/dev/null
url=postgres://quern@127.0.0.1:$port/postgres
"$bin/psql" -q "$url" -c 'create extension if not exists postgis'
if [ "$keep" = yes ]; then
  echo "$url"
  echo "stop: ${as[*]} $bin/pg_ctl -D $home/data -m immediate stop; rm -rf $home"
  exit 0
fi
cd "$OLDPWD"
if [ "$all" = yes ]; then
  page=$root/bench/results/load-postgres.md
  "$quern" bench load --to "$url" --psql --rounds 5 --out "$home/1m.md" "$@"
  "$quern" bench load --to "$url" --rows 20000000 --rounds 1 --methods copy --out "$home/20m.md"
  { cat "$home/1m.md"; printf '\n## 20 million rows\n'; sed 1d "$home/20m.md"; } >"$home/page.md"
  cat "$home/page.md" >"$page"
  exit 0
fi
"$quern" bench load --to "$url" --psql --rounds 5 "$@"
