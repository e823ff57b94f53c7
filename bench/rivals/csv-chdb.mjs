// chdb alone: a CSV file (argument 1) becomes Parquet with ZSTD (2); columns and types come as JSON (3), then the threads (4).
import { readFileSync, rmSync } from "node:fs";
import chdb from "chdb";

const [path, to, columns, threads] = process.argv.slice(2);
const types = {
  VARCHAR: "String", UUID: "UUID", DOUBLE: "Float64", BIGINT: "Int64", INTEGER: "Int32", DATE: "Date", TIMESTAMP: "DateTime",
  BOOLEAN: "Bool",
};
const schema = JSON.parse(readFileSync(columns)).map(([name, type]) => `\`${name}\` Nullable(${types[type]})`).join(", ");
rmSync(to, { force: true });
chdb.query(`
  insert into function file('${to}', 'Parquet')
  select * from file('${path}', 'CSVWithNames', '${schema}')
  settings max_threads = ${threads}, output_format_parquet_compression_method = 'zstd'`);
