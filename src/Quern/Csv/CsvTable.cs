using Quern.Chunks;
using Quern.Duck;
using Quern.Files;

namespace Quern.Csv;

/// <summary>A <see cref="CsvRead"/> as SQL sees it: a table that is read anew by each query.</summary>
/// <param name="read">What is read.</param>
/// <param name="maxThreads">Threads that may read at once.</param>
/// <param name="inOrder">Rows come in the order of the files. Default: false.</param>
/// <param name="orderBytes">About what chunks may take that wait for those in front of them. Default: 32 MiB.</param>
sealed class CsvTable(CsvRead read, int maxThreads, bool inOrder = false, long orderBytes = CsvOrdered.UsualBytes) : TableSource
{
    const int UsualCellBytes = 20;
    const int UsualRatio = 8;

    /// <inheritdoc/>
    public override Schema Schema { get; } = read.Schema;

    /// <summary>From the sizes of the files, for the planner to know large from small.</summary>
    public override long? EstimatedRows { get; } =
        read.Files.Any(f => f.Once is not null) ? null : read.Files.Sum(Bytes) / (read.Columns.Count * UsualCellBytes);

    /// <inheritdoc/>
    public override TableScan Scan(IReadOnlyList<int> columns) =>
        inOrder ? new Line(new CsvOrdered(read, maxThreads, columns, orderBytes)) : new Pass(new CsvPass(read, columns), maxThreads);

    static long Bytes(CsvFile file) =>
        FileStat.TryRead(file.Path) is { } stat ? stat.SizeBytes * (FileBytes.IsCompressed(file.Path) ? UsualRatio : 1) : 0;

    sealed class Pass(CsvPass pass, int maxThreads) : TableScan
    {
        public override int MaxThreads => maxThreads;

        public override TableReader Open() => new Reader(pass.OpenReader());

        public override void Dispose()
        {
            pass.Dispose();
            base.Dispose();
        }
    }

    sealed class Reader(CsvReader reader) : TableReader
    {
        readonly ChunkSink _sink = new();

        public override void Fill(ChunkWriter output)
        {
            _sink.Output = output;
            output.Rows = reader.Fill(_sink);
        }

        public override void Dispose()
        {
            reader.Dispose();
            base.Dispose();
        }
    }

    sealed class Line(CsvOrdered rows) : TableScan
    {
        public override TableReader Open() => new Lined(rows);

        public override void Dispose()
        {
            rows.Dispose();
            base.Dispose();
        }
    }

    sealed class Lined(CsvOrdered rows) : TableReader
    {
        public override void Fill(ChunkWriter output)
        {
            if (rows.NextBuffer() is { } buffer) output.Share(buffer);
        }
    }
}
