// DuckDB alone: the eleven rollups as ZSTD Parquet. Plans: "sets", one scan with the grouping sets of the four maximal ones (least wall time);
// "table", the needed columns into a table, then a GROUP BY for each (least CPU). Time keys are whole numbers, the cheapest.
import { mkdirSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";
import { columns, folded, maximal, prices, readArguments } from "./rollups.mjs";

const { glob, folder, threads, plan } = readArguments();
mkdirSync(folder, { recursive: true });
const types = columns.map(([name, type]) => `'${name}': '${type}'`).join(", ");
const source = `(select ts // 60000 as minute, ts // 3600000 as hour, ts // 86400000 as day, type, advertiser_id, publisher_id, country, bid_price,
  total_price from read_csv('${glob}', header = true, auto_detect = false, delim = ',', columns = {${types}}))`;
const first = ["count(*) as n", ...prices.flatMap((p) => [`sum(${p}) as ${p}_sum`, `count(${p}) as ${p}_count`, `min(${p}) as ${p}_min`, `max(${p}) as ${p}_max`])];
const again = ["sum(n)::bigint as n", ...prices.flatMap((p) => [
  `sum(${p}_sum) as ${p}_sum`, `sum(${p}_count)::bigint as ${p}_count`, `min(${p}_min) as ${p}_min`, `max(${p}_max) as ${p}_max`,
])];

const instance = await DuckDBInstance.create(":memory:", { threads: String(threads), preserve_insertion_order: "false" });
const connection = await instance.connect();
const run = (sql) => connection.run(sql);
const names = Object.keys(maximal);
if (plan === "table") {
  await run(`create table events as select * from ${source}`);
  for (const name of names) await run(`create table ${name} as select ${maximal[name]}, ${first} from events group by ${maximal[name]}`);
} else {
  const keys = [...new Set(Object.values(maximal).flat())];
  const sets = Object.values(maximal).map((set) => `(${set})`);
  await run(`create table base as select ${keys}, ${first}, grouping(${keys}) as which from ${source} group by grouping sets (${sets})`);
  for (const name of names) {
    const which = keys.reduce((bits, key) => bits * 2 + (maximal[name].includes(key) ? 0 : 1), 0);
    const measures = ["n", ...prices.flatMap((p) => ["sum", "count", "min", "max"].map((state) => `${p}_${state}`))];
    await run(`create table ${name} as select ${maximal[name]}, ${measures} from base where which = ${which}`);
  }
}
for (const [name, [from, keys]] of Object.entries(folded)) {
  // Day 4 of 1970 was a Monday.
  const made = keys.map((key) => (key === "week" ? "(day - 4) // 7 as week" : key));
  await run(`create table ${name} as select ${made}, ${again} from ${from} group by all`);
}
for (const name of [...names, ...Object.keys(folded)]) await run(`copy ${name} to '${folder}/${name}.parquet' (format parquet, compression zstd)`);
connection.closeSync();
