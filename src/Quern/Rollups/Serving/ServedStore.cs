namespace Quern.Rollups.Serving;

/// <summary>What a server answers from. Many threads call it at once.</summary>
abstract class ServedStore
{
    /// <summary>What there is to ask for, as JSON: <c>{"table", "rows", "columns": [{"name", "type"}], "measures": [{"of", "keep"}],
    /// "grains": [{"name", "keys", "rows"}]}</c>.</summary>
    public abstract string Schema { get; }

    /// <summary>Answers a query.</summary>
    /// <param name="query">An object of the JSON grammar, or a select.</param>
    /// <param name="format">Of the rows.</param>
    /// <param name="useRollups">False answers from the fallback only.</param>
    /// <param name="cancel">The client has gone, or the server stops.</param>
    /// <exception cref="QuernException">Exit code 2: the query is wrong; else it cannot be answered.</exception>
    public abstract Answered Query(string query, AnswerFormat format, bool useRollups, CancellationToken cancel);

    /// <summary>Says what would answer a query, and why, as JSON.</summary>
    /// <exception cref="QuernException">Exit code 2: the query is wrong.</exception>
    public abstract string Explain(string query);

    /// <summary>The query is JSON, and not SQL.</summary>
    protected static bool IsJson(string query) => query.AsSpan().TrimStart() is ['{', ..];
}
