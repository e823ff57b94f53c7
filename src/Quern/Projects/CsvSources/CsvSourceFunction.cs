using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;

namespace Quern.Projects.CsvSources;

/// <summary>The rows of a CSV source by its path; what the views of <see cref="CsvSourceSet"/> read.</summary>
/// <param name="sources">The sources.</param>
/// <param name="maxThreads">Threads that may read at once.</param>
/// <param name="orderBytes">About what chunks may take that wait for those in front of them.</param>
/// <param name="cancel">Ends looks at files.</param>
sealed class CsvSourceFunction(CsvSourceSet sources, int maxThreads, long orderBytes, CancellationToken cancel) : TableFunction
{
    /// <summary>What SQL calls it.</summary>
    public const string FunctionName = "quern_csv_source";

    /// <inheritdoc/>
    public override string Name => FunctionName;

    /// <inheritdoc/>
    public override IReadOnlyList<LogicalType> Parameters { get; } = [LogicalType.Of(TypeKind.Varchar)];

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments)
    {
        if (CsvSourceSet.Defines) return new Unseen();
        var source = sources.Find(arguments[0] as string);
        var read = source.Read(Environment.CurrentDirectory, maxThreads, cancel);
        return new Table(new CsvTable(read, maxThreads, sources.InOrder, orderBytes), source);
    }

    /// <summary>What a view is made of before its file is looked at; nobody reads it.</summary>
    sealed class Unseen : TableSource
    {
        public override Schema Schema { get; } = new([new Column("column0", LogicalType.Of(TypeKind.Varchar))]);

        public override TableScan Scan(IReadOnlyList<int> columns) => throw new InvalidOperationException("a view is made, not read");
    }

    sealed class Table(CsvTable rows, CsvSource source) : TableSource
    {
        public override Schema Schema => rows.Schema;

        public override long? EstimatedRows => rows.EstimatedRows;

        public override TableScan Scan(IReadOnlyList<int> columns) => new PlacedScan(Placing(() => rows.Scan(columns), source), source);

        public override void Dispose()
        {
            rows.Dispose();
            base.Dispose();
        }
    }

    sealed class PlacedScan(TableScan scan, CsvSource source) : TableScan
    {
        public override int MaxThreads => scan.MaxThreads;

        public override TableReader Open() => new PlacedReader(Placing(scan.Open, source), source);

        public override void Dispose()
        {
            scan.Dispose();
            base.Dispose();
        }
    }

    sealed class PlacedReader(TableReader reader, CsvSource source) : TableReader
    {
        public override void Fill(ChunkWriter output)
        {
            try
            {
                reader.Fill(output);
            }
            catch (QuernException e)
            {
                throw source.Placed(e);
            }
        }

        public override void Dispose()
        {
            reader.Dispose();
            base.Dispose();
        }
    }

    static T Placing<T>(Func<T> work, CsvSource source)
    {
        try
        {
            return work();
        }
        catch (QuernException e)
        {
            throw source.Placed(e);
        }
    }
}
