// DuckDB alone: one SQL statement from the report to the grouped rows.
import { DuckDBInstance } from "@duckdb/node-api";
import { columns, keys, measures, readArguments } from "./work.mjs";

const { format, glob, result, threads, memory } = readArguments();
const types = columns.map(([name, kind]) => `'${name}': '${kind === "text" ? "VARCHAR" : "DOUBLE"}'`).join(", ");
const source = format === "csv"
  ? `read_csv('${glob}', header = true, auto_detect = false, delim = ',', columns = {${types}})`
  : `read_parquet('${glob}')`;
const day = format === "csv" ? "interval_start[:10]" : "interval_start::DATE";
const names = keys.map((key) => `coalesce(${key}, '') AS ${key}`).join(", ");
const sums = measures.map((measure) => `sum(${measure}) AS ${measure}`).join(", ");

const instance = await DuckDBInstance.create(":memory:", {
  ...(threads ? { threads: String(threads) } : {}),
  ...(memory ? { memory_limit: memory } : {}),
  preserve_insertion_order: "false",
});
const connection = await instance.connect();
await connection.run(`
  COPY (
    SELECT ${day} AS day, ${names}, ${sums}, max(resource_id) AS resource_id
    FROM ${source} GROUP BY ALL
  ) TO '${result}' (FORMAT csv, HEADER true)`);
connection.closeSync();
