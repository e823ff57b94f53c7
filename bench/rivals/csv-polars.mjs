// Polars alone: a lazy scan of a CSV file (argument 1), written as Parquet with ZSTD (2); columns and types come as JSON (3).
// Threads come from POLARS_MAX_THREADS.
import { readFileSync } from "node:fs";
import pl from "nodejs-polars";

const [path, to, columns] = process.argv.slice(2);
const types = {
  VARCHAR: pl.Utf8, UUID: pl.Utf8, DOUBLE: pl.Float64, BIGINT: pl.Int64, INTEGER: pl.Int32, DATE: pl.Utf8, TIMESTAMP: pl.Utf8,
  BOOLEAN: pl.Bool,
};
const schema = JSON.parse(readFileSync(columns));
let scan = pl.scanCSV(path, { schema: Object.fromEntries(schema.map(([name, type]) => [name, types[type]])) });
// Moments are read as text and cast behind the scan, as the reader takes no format.
for (const [name, type] of schema) {
  if (type === "DATE") scan = scan.withColumn(pl.col(name).str.strptime(pl.DataType.Date, "%Y-%m-%d"));
  if (type === "TIMESTAMP") scan = scan.withColumn(pl.col(name).str.strptime(pl.DataType.Datetime("ms"), "%Y-%m-%d %H:%M:%S"));
}
await scan.sinkParquet(to, { compression: "zstd" }).collect();
