using Quern.Chunks;
using Quern.Duck;

namespace Quern.Arrow;

/// <summary>
/// Arrow files in SQL: <c>select a, b from quern_arrow(['x.arrow', 'y.arrow'], batch = 'n')</c>, where <c>n</c> is the name of one
/// more column with the ordinal of the row's batch.
/// </summary>
/// <param name="maxThreads">Threads that may read at once, up to those of the database. With 1 rows come in their
/// order.</param>
public sealed class ArrowFunction(int maxThreads) : TableFunction
{
    static readonly LogicalType Varchar = LogicalType.Of(TypeKind.Varchar);

    /// <inheritdoc/>
    public override string Name => "quern_arrow";

    /// <inheritdoc/>
    public override IReadOnlyList<LogicalType> Parameters => [LogicalType.List(Varchar)];

    /// <inheritdoc/>
    public override IReadOnlyList<Column> NamedParameters { get; } = [new("batch", Varchar)];

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments)
    {
        var paths = (arguments[0] as object?[] ?? [])
            .Select(path => path as string ?? throw ArrowFaults.Argument("files", "NULL", "a list of paths")).ToList();
        if (paths.Count == 0) throw ArrowFaults.Argument("files", null, "a list of paths");
        return new ArrowTable(new ArrowSet(new ArrowRead { Paths = paths, BatchColumn = arguments["batch"] as string }), maxThreads);
    }
}
