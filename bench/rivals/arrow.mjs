// Polars alone: reads an Arrow file (argument 1), reads three of its columns, writes it again (argument 2, codec argument 3).
// Prints the seconds of each. Threads come from POLARS_MAX_THREADS.
import { readFileSync } from "node:fs";
import pl from "nodejs-polars";

const [path, to, codec] = process.argv.slice(2);
const times = {};
let frame;
const take = (name, work) => {
  const cpu = process.cpuUsage();
  const start = process.hrtime.bigint();
  frame = work();
  const used = process.cpuUsage(cpu);
  times[name] = { wall: Number(process.hrtime.bigint() - start) / 1e9, cpu: (used.user + used.system) / 1e6 };
};
take("read 3 columns", () => pl.readIPC(readFileSync(path), { columns: ["n0", "t0", "k0"] }));
take("read all columns", () => pl.readIPC(readFileSync(path)));
take("write", () => {
  frame.writeIPC(to, { compression: codec === "none" ? "uncompressed" : codec });
  return frame;
});
process.stdout.write(JSON.stringify(times));
