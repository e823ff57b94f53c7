// chdb alone: the eleven rollups as ZSTD Parquet. The needed columns are loaded into a table in memory, then grouped.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Session } from "chdb";
import { columns, folded, maximal, prices, readArguments } from "./rollups.mjs";

const { glob, folder, threads } = readArguments();
mkdirSync(folder, { recursive: true });
const types = { VARCHAR: "LowCardinality(Nullable(String))", BIGINT: "Nullable(Int64)", INTEGER: "Nullable(Int32)", DOUBLE: "Nullable(Float64)" };
const schema = columns.map(([name, type]) => `${name} ${name === "auction_id" ? "Nullable(String)" : types[type]}`).join(", ");
const home = mkdtempSync(join(tmpdir(), "rollups-"));
const session = new Session(home);
const settings = `settings max_threads = ${threads}, allow_suspicious_low_cardinality_types = 1`;
const run = (sql) => session.query(`${sql} ${settings}`);
const first = ["count() as n", ...prices.flatMap((p) => [`sum(${p}) as ${p}_sum`, `count(${p}) as ${p}_count`, `min(${p}) as ${p}_min`, `max(${p}) as ${p}_max`])];
const again = ["sum(a.n) as n", ...prices.flatMap((p) => [
  `sum(a.${p}_sum) as ${p}_sum`, `sum(a.${p}_count) as ${p}_count`, `min(a.${p}_min) as ${p}_min`, `max(a.${p}_max) as ${p}_max`,
])];
try {
  session.query("create database r");
  run(`create table r.events engine = Memory as select intDiv(ts, 60000) as minute, intDiv(ts, 3600000) as hour, intDiv(ts, 86400000) as day, type,
    advertiser_id, publisher_id, country, bid_price, total_price from file('${glob}', 'CSVWithNames', '${schema}')`);
  for (const [name, keys] of Object.entries(maximal)) {
    run(`create table r.${name} engine = Memory as select ${keys}, ${first} from r.events group by ${keys}`);
  }
  for (const [name, [from, keys]] of Object.entries(folded)) {
    const made = keys.map((key) => (key === "week" ? "intDiv(a.day - 4, 7) as week" : `a.${key} as ${key}`));
    run(`create table r.${name} engine = Memory as select ${made}, ${again} from r.${from} as a group by ${keys}`);
  }
  for (const name of [...Object.keys(maximal), ...Object.keys(folded)]) {
    rmSync(`${folder}/${name}.parquet`, { force: true });
    session.query(`insert into function file('${folder}/${name}.parquet', 'Parquet') select * from r.${name}
      settings output_format_parquet_compression_method = 'zstd', max_threads = ${threads}`);
  }
} finally {
  session.cleanup();
  rmSync(home, { recursive: true, force: true });
}
