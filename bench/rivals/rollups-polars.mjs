// Polars alone: the eleven rollups as ZSTD Parquet. The needed columns are loaded once; threads come from POLARS_MAX_THREADS, read when the module loads.
import { mkdirSync } from "node:fs";
import { columns, folded, maximal, prices, readArguments } from "./rollups.mjs";

const { glob, folder, threads } = readArguments();
mkdirSync(folder, { recursive: true });
process.env.POLARS_MAX_THREADS = String(threads);
const { default: pl } = await import("nodejs-polars");

const kinds = { BIGINT: pl.Int64, INTEGER: pl.Int32, DOUBLE: pl.Float64, VARCHAR: pl.Utf8 };
const schema = Object.fromEntries(columns.map(([name, type]) => [name, kinds[type]]));
const bucket = (name, span) => pl.col("ts").div(pl.lit(span)).floor().cast(pl.Int64).alias(name);
const events = await pl.scanCSV(glob, { schema, rechunk: false })
  .select(
    bucket("minute", 60_000), bucket("hour", 3_600_000), bucket("day", 86_400_000),
    ...["type", "advertiser_id", "publisher_id", "country", ...prices].map((name) => pl.col(name)),
  )
  .collect({ streaming: true });
const first = [pl.col("day").count().alias("n"), ...prices.flatMap((p) => [
  pl.col(p).sum().alias(`${p}_sum`), pl.col(p).count().alias(`${p}_count`), pl.col(p).min().alias(`${p}_min`), pl.col(p).max().alias(`${p}_max`),
])];
const again = [pl.col("n").sum(), ...prices.flatMap((p) => [
  pl.col(`${p}_sum`).sum(), pl.col(`${p}_count`).sum(), pl.col(`${p}_min`).min(), pl.col(`${p}_max`).max(),
])];
const made = {};
for (const [name, keys] of Object.entries(maximal)) made[name] = await events.lazy().groupBy(keys).agg(...first).collect({ streaming: true });
for (const [name, [from, keys]] of Object.entries(folded)) {
  const source = keys.includes("week")
    ? made[from].withColumn(pl.col("day").sub(pl.lit(4)).div(pl.lit(7)).floor().cast(pl.Int64).alias("week"))
    : made[from];
  made[name] = await source.lazy().groupBy(keys).agg(...again).collect({ streaming: true });
}
for (const [name, frame] of Object.entries(made)) frame.writeParquet(`${folder}/${name}.parquet`, { compression: "zstd" });
