#!/usr/bin/env bash
# Measures rollups beside rivals: all eleven of ad events from CSV to files, and the five queries in a process of their own.
# usage: bench/rollups.sh --folder DIR [--rows N] [--rounds N] [--threads N] [--out FILE]
#   The events are made in DIR unless they are there. Needs bench/rivals/node_modules (npm ci in bench/rivals).
#   QUERN=FILE measures another build than that of these sources.
set -euo pipefail

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." >/dev/null && pwd)
quern=${QUERN:-$root/artifacts/run/current/Quern.Cli}
bench=$root/artifacts/bin/Quern.Bench/release/Quern.Bench
rows=10000000 rounds=5 threads=2 folder= out=
while [ $# -gt 0 ]; do
  case $1 in
    --folder) folder=$2 ;;
    --rows) rows=$2 ;;
    --rounds) rounds=$2 ;;
    --threads) threads=$2 ;;
    --out) out=$2 ;;
    *) echo "rollups.sh: $1 is no option; see the head of the file" >&2; exit 2 ;;
  esac
  shift 2
done
[ -n "$folder" ] || { echo "rollups.sh: --folder DIR is needed" >&2; exit 2; }
[ -d "$root/bench/rivals/node_modules" ] || { echo "rollups.sh: no bench/rivals/node_modules: npm ci in bench/rivals" >&2; exit 2; }
"$root/quern" --version >/dev/null
dotnet build "$root/bench/Quern.Bench" -c Release -v q -nologo >&2

data=$folder/events-$rows
[ -d "$data" ] || { "$bench" events --rows "$rows" --parts 10 --seed 42 --out "$data.part" && mv "$data.part" "$data"; }
bytes=$(cat "$data"/*.csv | wc -c)
work=$(mktemp -d "$folder/work-XXXXXX")
trap 'rm -rf "$work"' EXIT

build="'$quern' rollup build --project-dir '$root/examples/ad-events' --files '$data/*.csv' --threads $threads --rebuild --quiet"
rival="cd '$root/bench/rivals' && POLARS_MAX_THREADS=$threads node"
"$bench" whole --rounds "$rounds" --rows "$rows" --bytes "$bytes" ${out:+--out "$out"} \
  --title "The eleven rollups of ad events, from CSV to files" \
  --data "Quern.Bench events --rows $rows --parts 10 --seed 42 ($bytes bytes)" \
  --caption "Quern writes its store, checks it and counts it; with parquet all rows, too, in the same pass. The rivals write their eleven tables as Parquet with ZSTD." \
  "quern=$build --store '$work/raw' --fallback raw" \
  "quern-parquet=$build --store '$work/parquet' --fallback parquet" \
  "duckdb-sets=$rival rollups-duckdb.mjs '$data/*.csv' '$work/duckdb-sets' $threads sets" \
  "duckdb-table=$rival rollups-duckdb.mjs '$data/*.csv' '$work/duckdb-table' $threads table" \
  "polars=$rival rollups-polars.mjs '$data/*.csv' '$work/polars' $threads" \
  "chdb=$rival rollups-chdb.mjs '$data/*.csv' '$work/chdb' $threads" \
  "cold-queries='$quern' rollup query --store '$work/raw' --queries '$root/bench/rivals/rollup-queries' --out '$work/results' --quiet"
du -sh "$work"/*
