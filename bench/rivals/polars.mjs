// Polars alone: a lazy scan in streaming mode. Threads come from POLARS_MAX_THREADS, which is read when the module loads.
import { columns, keys, measures, readArguments } from "./work.mjs";

const { format, glob, result, threads } = readArguments();
if (threads) process.env.POLARS_MAX_THREADS = String(threads);
const { default: pl } = await import("nodejs-polars");

const schema = Object.fromEntries(columns.map(([name, kind]) => [name, kind === "text" ? pl.Utf8 : pl.Float64]));
const scan = format === "csv"
  ? pl.scanCSV(glob, { schema, rechunk: false })
  : pl.scanParquet(glob);
const day = format === "csv"
  ? pl.col("interval_start").str.slice(0, 10).alias("day")
  : pl.col("interval_start").cast(pl.Date).alias("day");

const frame = await scan
  .select(day, ...keys.map((key) => pl.col(key)), ...measures.map((measure) => pl.col(measure)), pl.col("resource_id"))
  .groupBy(["day", ...keys])
  .agg(...measures.map((measure) => pl.col(measure).sum()), pl.col("resource_id").max())
  .collect({ streaming: true });
frame.writeCSV(result);
