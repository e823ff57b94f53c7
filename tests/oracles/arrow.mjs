// Reads and writes Arrow files with two implementations that are not Quern's, for its tests:
//   node arrow.mjs read polars|apache-arrow FILE           prints the columns as JSON; polars also those of a .parquet
//   node arrow.mjs write polars CODEC file|stream FILE     makes a file, prints the same
//   node arrow.mjs write apache-arrow file|stream FILE
// A column is a list of texts, null for NULL: whole numbers and decimals in digits (decimals without a point), floats as the
// hexadecimal digits of their 64 bits, dates in days, times and timestamps in their unit, binary in hexadecimal.
import { readFileSync, writeFileSync } from "node:fs";

const [action, library, ...rest] = process.argv.slice(2);

const floatBits = (number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(number);
  return bytes.toString("hex");
};
const print = (columns) => process.stdout.write(JSON.stringify(columns));

async function polarsColumns(pl, frame) {
  const columns = {};
  for (const name of frame.columns) {
    const series = frame.getColumn(name);
    const type = String(series.dtype);
    const texts = (values, text) => [...values].map((value) => (value === null || value === undefined ? null : text(value)));
    if (/Float/.test(type)) columns[name] = texts(series, (v) => floatBits(v));
    // Times of Polars are nanoseconds, whatever the file has.
    else if (/\(Time\)/.test(type)) columns[name] = texts(series.cast(pl.Int64).cast(pl.Utf8), (v) => String(BigInt(v) / 1000n));
    else if (/Date|Time/.test(type)) columns[name] = texts(series.cast(pl.Int64).cast(pl.Utf8), String);
    else if (/Binary/.test(type)) columns[name] = texts(series, (v) => Buffer.from(v).toString("hex"));
    else if (/Decimal/.test(type)) columns[name] = texts(series.cast(pl.Utf8), (v) => String(BigInt(v.replace(".", ""))));
    else columns[name] = texts(/Utf8|String/.test(type) ? series : series.cast(pl.Utf8), String);
  }
  return columns;
}

function arrowColumns(arrow, table) {
  const columns = {};
  for (const field of table.schema.fields) {
    const texts = [];
    for (const data of table.getChild(field.name).data) {
      const values = new arrow.Vector([data]);
      for (let row = 0; row < data.length; row++)
        texts.push(data.getValid(row) ? arrowText(arrow, field.type, data, values, row) : null);
    }
    columns[field.name] = texts;
  }
  return columns;
}

function arrowText(arrow, type, data, values, row) {
  const { DataType } = arrow;
  if (DataType.isFloat(type)) return floatBits(values.get(row));
  if (DataType.isDecimal(type)) {
    let number = 0n;
    for (let word = 3; word >= 0; word--) number = (number << 32n) | BigInt(data.values[row * 4 + word]);
    return String(BigInt.asIntN(128, number));
  }
  if (DataType.isDate(type) || DataType.isTime(type) || DataType.isTimestamp(type) || DataType.isInt(type))
    return String(data.values[row]);
  if (DataType.isBinary(type) || DataType.isFixedSizeBinary(type)) return Buffer.from(values.get(row)).toString("hex");
  return String(values.get(row));
}

if (library === "polars") {
  const { default: pl } = await import("nodejs-polars");
  if (action === "read") {
    print(await polarsColumns(pl, rest[0].endsWith(".parquet") ? pl.readParquet(rest[0]) : pl.readIPC(readFileSync(rest[0]))));
  } else {
    const [codec, format, path] = rest;
    const rows = Array.from({ length: 5000 }, (_, i) => i);
    const some = (text) => rows.map((i) => (i % 7 === 3 ? null : text(i)));
    let frame = pl.DataFrame({
      whole: pl.Series("whole", some((i) => i * 31 - 70000), pl.Int32),
      small: pl.Series("small", some((i) => i % 100), pl.UInt8),
      big: pl.Series("big", some((i) => i - 3), pl.Int64),
      real: pl.Series("real", some((i) => i / 3), pl.Float64),
      single: pl.Series("single", some((i) => i / 4), pl.Float32),
      flag: pl.Series("flag", some((i) => i % 2 === 0), pl.Bool),
      text: pl.Series("text", some((i) => "é".repeat(i % 20)), pl.Utf8),
    });
    frame = frame.withColumns(
      pl.col("big").cast(pl.Datetime("us")).alias("moment"),
      pl.col("whole").cast(pl.Date).alias("day"),
      pl.col("text").cast(pl.Categorical).alias("word"),
    );
    const options = { compression: codec === "none" ? "uncompressed" : codec };
    if (format === "file") frame.writeIPC(path, options);
    else frame.writeIPCStream(path, options);
    print(await polarsColumns(pl, frame));
  }
} else {
  const arrow = await import("apache-arrow");
  if (action === "read") {
    print(arrowColumns(arrow, arrow.tableFromIPC(readFileSync(rest[0]))));
  } else {
    const [format, path] = rest;
    const rows = Array.from({ length: 5000 }, (_, i) => i);
    const some = (value) => rows.map((i) => (i % 7 === 3 ? null : value(i)));
    const vector = (type, value) => arrow.vectorFromArray(some(value), type);
    const table = new arrow.Table({
      whole: vector(new arrow.Int32(), (i) => i * 31 - 70000),
      big: vector(new arrow.Uint64(), (i) => BigInt(i) << 40n),
      real: vector(new arrow.Float64(), (i) => i / 3),
      flag: vector(new arrow.Bool(), (i) => i % 2 === 0),
      text: vector(new arrow.Utf8(), (i) => "é".repeat(i % 20)),
      long: vector(new arrow.LargeUtf8(), (i) => "long ".repeat(i % 20)),
      bytes: vector(new arrow.Binary(), (i) => new Uint8Array([i & 255, 0, 255])),
      fixed: vector(new arrow.FixedSizeBinary(4), (i) => new Uint8Array([i & 255, 1, 2, 3])),
      word: vector(new arrow.Dictionary(new arrow.Utf8(), new arrow.Int16()), (i) => `word ${i % 300}`),
      moment: vector(new arrow.TimestampMillisecond(), (i) => i * 1000),
      day: vector(new arrow.DateDay(), (i) => new Date(i * 86400000)),
    });
    writeFileSync(path, arrow.tableToIPC(table, format));
    print(arrowColumns(arrow, table));
  }
}
