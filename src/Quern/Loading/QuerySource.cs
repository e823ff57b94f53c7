using Quern.Chunks;
using Quern.Converting.Sources;
using Quern.Delivery.Sqlite.Reading;
using Quern.Duck;
using Quern.Files;

namespace Quern.Loading;

/// <summary>The rows of a query that the engine runs over files or by itself.</summary>
/// <param name="sql">The query.</param>
sealed class QuerySource(string sql) : Source
{
    static readonly string[] Beginnings = ["select", "with", "from", "values", "(", "table", "pivot", "unpivot"];

    Schema? _schema;

    /// <summary>Whether a word of the command line is a query.</summary>
    public static bool Is(string input) => input.AsSpan().TrimStart().IndexOfAny(" \n\t(") is > 0 or 0
        && Array.Exists(Beginnings, b => input.TrimStart().StartsWith(b, StringComparison.OrdinalIgnoreCase)
            && (b == "(" || input.TrimStart().Length > b.Length && !char.IsLetterOrDigit(input.TrimStart()[b.Length])))
        && input.TrimStart().Contains(' ', StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string Kind => "a query";

    /// <inheritdoc/>
    public override string Name => "the query";

    /// <inheritdoc/>
    public override IReadOnlyList<InputFile> Files => [];

    /// <inheritdoc/>
    public override Schema Schema => _schema ?? throw new InvalidOperationException("the source is not open");

    /// <inheritdoc/>
    public override string Open(DuckSession session, Reading reading)
    {
        session.Register(new SqliteFunction());
        Relation = $"({sql.Trim().TrimEnd(';')}\n)";
        try
        {
            using var rows = session.Query($"from {Relation} limit 0");
            _schema = rows.Schema;
        }
        catch (QuernException e) when (e.Fault is DuckFault fault)
        {
            throw new QuernException(
                new Fault("QN1151", "the engine does not take the query")
                {
                    Where = "quern load",
                    Value = fault.What,
                    Try = ["quern load \"from 'data/*.parquet'\" --to ..."],
                    ExitCode = ExitCode.Usage,
                },
                e);
        }
        return Relation;
    }

    /// <summary>A query without ORDER BY gives its rows as they are ready.</summary>
    public override bool ComesInOrder => false;

    /// <summary>Nobody knows but who reads them.</summary>
    public override long CountRows(DuckSession session, CancellationToken cancel) => -1;

    /// <inheritdoc/>
    public override IEnumerable<string> Lines() => sql.Split('\n');
}
