// usage: node duckdb-parquet.mjs <input.csv> <output.parquet> ordered|unordered: one COPY by the engine alone, with two threads.
import { DuckDBInstance } from "@duckdb/node-api";
const [src, out, order] = process.argv.slice(2);
const db = await DuckDBInstance.create(":memory:", { threads: "2", preserve_insertion_order: order === "ordered" ? "true" : "false" });
const c = await db.connect();
await c.run(`copy (from read_csv('${src}')) to '${out}' (format parquet, compression zstd)`);
