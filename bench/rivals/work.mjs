// What the rivals compute: the core group-by of the daily summary and nothing else. One row per day, namespace, node and
// label string with the sums of the six pod measures and the highest resource id. Left out: effective usage, label filtering
// and merging, capacities, storage, unallocated capacity, cost categories.
export const keys = ["namespace", "node", "pod_labels"];
export const measures = ["cpu_core", "memory_byte"].flatMap((unit) =>
  ["usage", "request", "limit"].map((kind) => `pod_${kind}_${unit}_seconds`),
);

// The report's columns in order; types are given to the readers, so that nothing has to be sniffed and nothing is guessed wrong.
const capacities = ["cpu_cores", "cpu_core_seconds", "memory_bytes", "memory_byte_seconds"].map((name) => `node_capacity_${name}`);
export const columns = [
  ...["report_period_start", "report_period_end", "interval_start", "interval_end"].map((name) => [name, "text"]),
  ...["pod", "namespace", "node", "resource_id"].map((name) => [name, "text"]),
  ...[...measures, ...capacities].map((name) => [name, "number"]),
  ["pod_labels", "text"],
];

// usage: node <rival>.mjs csv|parquet <glob of the hourly pod report> <result.csv> [threads] [memory, such as 1GB]
export function readArguments() {
  const [format, glob, result, threads, memory] = process.argv.slice(2);
  if (!["csv", "parquet"].includes(format) || !glob || !result) {
    console.error("usage: node <rival>.mjs csv|parquet <glob> <result.csv> [threads] [memory]");
    process.exit(2);
  }
  return { format, glob, result, threads: Number(threads ?? 0), memory };
}
