using Quern.Chunks;
using Quern.Duck;
using Quern.Projects.Context;

namespace Quern.Projects.Warehouses;

/// <summary>One connection to a <see cref="Warehouse"/>, for one thread: statements in a transaction that begins with the first of
/// them.</summary>
/// <param name="warehouse">The database.</param>
/// <param name="session">Its connection; disposed with this.</param>
public sealed class WarehouseSession(Warehouse warehouse, DuckSession session) : IDisposable
{
    readonly List<Action> _undo = [];
    readonly List<Action> _kept = [];
    CostLevel _measures;
    StatementCosts _costs = new();

    /// <summary>The database.</summary>
    public Warehouse Warehouse => warehouse;

    /// <summary>The connection underneath.</summary>
    public DuckSession Session => session;

    /// <summary>Stops statements. Default: never.</summary>
    public CancellationToken Cancellation { get; set; }

    /// <summary>Whether a transaction is open.</summary>
    public bool InTransaction { get; private set; }

    /// <summary>Put before every statement, as a comment of one line; null for none. Default: null.</summary>
    public string? Comment { get; set; }

    /// <summary>Whether <see cref="Comment"/> goes behind statements. Default: false.</summary>
    public bool CommentsBehind { get; set; }

    /// <summary>Lines that a statement is moved down by.</summary>
    internal int LinesAbove => Comment is null || CommentsBehind ? 0 : 1;

    /// <summary>Takes the statements that change something, as they are sent; null to let them go. Default: null.</summary>
    internal ICollection<string>? Sent { get; set; }

    /// <summary>What is measured of statements from now on. Default: nothing.</summary>
    public CostLevel Measures
    {
        get => _measures;
        set
        {
            if (value == _measures) return;
            _measures = value;
            session.Execute(value switch
            {
                CostLevel.None => "pragma disable_profiling",
                CostLevel.Operators => "set enable_profiling = 'no_output'; set profiling_coverage = 'ALL'",
                CostLevel.Spill => Profiling("""{"SYSTEM_PEAK_TEMP_DIR_SIZE": "true", "SYSTEM_PEAK_BUFFER_MEMORY": "true"}"""),
                _ => Profiling(
                    """{"SYSTEM_PEAK_TEMP_DIR_SIZE": "true", "SYSTEM_PEAK_BUFFER_MEMORY": "true", "CPU_TIME": "true", "OPERATOR_TIMING": "true"}"""),
            });
        }
    }

    /// <summary>What statements cost since the last call; null when nothing is measured.</summary>
    internal StatementCosts? TakeCosts()
    {
        var costs = _measures == CostLevel.None ? null : _costs;
        _costs = new StatementCosts();
        return costs;
    }

    /// <summary>Runs one or more statements, in the open transaction or each in its own.</summary>
    /// <returns>Rows inserted, updated and deleted.</returns>
    /// <exception cref="QuernException">A statement failed: a <see cref="DuckFault"/> with the place in the text.</exception>
    public long Execute(string sql)
    {
        Sent?.Add(sql);
        var changed = session.Execute(Dress(sql), Cancellation);
        Measure();
        return changed;
    }

    /// <summary>Runs a statement whose rows are a count of what it made: CREATE TABLE AS, INSERT, COPY.</summary>
    /// <returns>The count; 0 when it tells none.</returns>
    public long Make(string sql)
    {
        Sent?.Add(sql);
        var count = session.Scalar<long>(Dress(sql), Cancellation);
        Measure();
        return count;
    }

    /// <summary>Runs an INSERT on rows that are not in the database.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="name">What it calls the rows.</param>
    /// <param name="rows">Their columns.</param>
    /// <param name="fill">Writes the next rows; how many, 0 when there are no more.</param>
    /// <returns>How many there were.</returns>
    internal long Feed(string sql, string name, Schema rows, Func<ChunkWriter, int> fill)
    {
        Sent?.Add(sql);
        using var appender = session.AppendInto(Dress(sql), rows, name);
        using var buffer = new ChunkBuffer(rows);
        while (fill(buffer.Writer) > 0)
        {
            Cancellation.ThrowIfCancellationRequested();
            appender.Append(buffer);
            buffer.Clear();
        }
        var count = appender.Complete();
        Measure();
        return count;
    }

    /// <summary>Runs one or more statements and holds the rows of the last one.</summary>
    /// <returns>Its rows; empty without columns when the text holds no statement.</returns>
    public QueryTable Query(string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        var last = sql;
        if (sql.Contains(';', StringComparison.Ordinal))
        {
            var statements = SqlStatements.Split(sql);
            if (statements.Count == 0) return new QueryTable([], []);
            foreach (var statement in statements.Take(statements.Count - 1)) Execute(statement);
            last = statements[^1];
        }
        return QueryOne(last);
    }

    /// <summary>Runs one statement and holds its rows.</summary>
    public QueryTable QueryOne(string sql)
    {
        using var result = session.Query(Dress(sql), Cancellation);
        var columns = result.Schema.Columns.Select(c => new TableColumn(c.Name, c.Type.ToString())).ToList();
        var rows = new List<object?[]>();
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var values = new object?[columns.Count];
                for (var column = 0; column < values.Length; column++) values[column] = QueryValue.Of(chunk[column], row);
                rows.Add(values);
            }
        }
        Measure();
        return new QueryTable(columns, rows);
    }

    /// <summary>Begins a transaction unless one is open.</summary>
    public void Begin()
    {
        if (InTransaction) return;
        session.Execute("begin transaction", Cancellation);
        InTransaction = true;
    }

    /// <summary>Makes the open transaction's changes last; nothing when none is open.</summary>
    /// <exception cref="QuernException">The changes cannot last: the transaction has been taken back.</exception>
    public void Commit()
    {
        if (!InTransaction) return;
        try
        {
            session.Execute("commit");
        }
        catch (QuernException)
        {
            // A commit that fails has ended the transaction.
            InTransaction = false;
            Forget();
            throw;
        }
        InTransaction = false;
        _undo.Clear();
        foreach (var kept in _kept) kept();
        _kept.Clear();
    }

    /// <summary>Takes the open transaction's changes back, also what is remembered of relations; nothing when none is open.</summary>
    public void Rollback()
    {
        if (!InTransaction) return;
        InTransaction = false;
        Forget();
        session.Execute("rollback");
    }

    /// <summary>Notes what is to be done, outside of the database, once the open transaction's changes last or are taken back; without one they
    /// last. Neither may throw.</summary>
    internal void AtEnd(Action kept, Action takenBack)
    {
        if (!InTransaction)
        {
            kept();
            return;
        }
        _kept.Add(kept);
        _undo.Add(takenBack);
    }

    /// <summary>Makes a schema unless it is there.</summary>
    public void CreateSchema(string database, string schema)
    {
        if (warehouse.HasSchema(database, schema)) return;
        Execute($"create schema if not exists {Sql.Name(database)}.{Sql.Name(schema)}");
        Remember(() => warehouse.AddSchema(database, schema), () => warehouse.ForgetSchema(database, schema));
    }

    /// <summary>Notes that a relation was made.</summary>
    public void Created(Relation relation, RelationKind kind)
    {
        ArgumentNullException.ThrowIfNull(relation);
        var before = warehouse.Find(relation.Database ?? "", relation.Schema ?? "", relation.Identifier ?? "")?.Kind;
        Remember(() => warehouse.Add(relation, kind), () =>
        {
            if (before is { } was) warehouse.Add(relation, was);
            else warehouse.Forget(relation);
        });
    }

    /// <summary>Drops a relation, with what depends on it; nothing when it is not there.</summary>
    public void Drop(Relation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        var kind = relation.Kind ?? warehouse.Find(relation.Database ?? "", relation.Schema ?? "", relation.Identifier ?? "")?.Kind;
        if (kind is null) return;
        Execute($"drop {(kind == RelationKind.Table ? "table" : "view")} if exists {relation.Render()} cascade");
        Remember(() => warehouse.Forget(relation), () => warehouse.Add(relation, kind.Value));
    }

    /// <summary>Gives a relation another name in its schema.</summary>
    public void Rename(Relation from, Relation to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        var kind = from.Kind ?? warehouse.Find(from.Database ?? "", from.Schema ?? "", from.Identifier ?? "")?.Kind ?? RelationKind.Table;
        Execute($"alter {(kind == RelationKind.Table ? "table" : "view")} {from.Render()} rename to {Sql.Name(to.Identifier ?? "")}");
        Remember(() => Move(from, to, kind), () => Move(to, from, kind));
    }

    /// <summary>The columns of a relation, in order.</summary>
    public IReadOnlyList<TableColumn> Columns(Relation relation)
    {
        ArgumentNullException.ThrowIfNull(relation);
        return [.. Query($"describe {relation.Render()}").Rows.Select(r => new TableColumn((string)r[0]!, (string)r[1]!))];
    }

    /// <summary>The columns that a query gives, in order.</summary>
    public IReadOnlyList<TableColumn> ColumnsOf(string query) =>
        [.. Query($"describe ({query}\n)").Rows.Select(r => new TableColumn((string)r[0]!, (string)r[1]!))];

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Rollback();
        }
        catch (QuernException)
        {
            // Closing the connection takes back what is open.
        }
        finally
        {
            session.Dispose();
        }
    }

    string Dress(string sql)
    {
        var text = warehouse.CsvSources.Name(warehouse.OldSettings.Translate(sql, warehouse.Warn));
        if (Comment is null) return text;
        return CommentsBehind ? $"{text}\n{Comment}" : $"{Comment}\n{text}";
    }

    void Measure()
    {
        if (_measures != CostLevel.None && session.Profile() is { } profile) _costs.Add(profile, warehouse.Spill(profile.PeakTempBytes));
    }

    static string Profiling(string metrics) =>
        $"set enable_profiling = 'no_output'; set profiling_coverage = 'ALL'; set custom_profiling_settings = {Sql.Text(metrics)}";

    void Forget()
    {
        _kept.Clear();
        for (var i = _undo.Count - 1; i >= 0; i--) _undo[i]();
        _undo.Clear();
    }

    void Move(Relation from, Relation to, RelationKind kind)
    {
        warehouse.Forget(from);
        warehouse.Add(to, kind);
    }

    void Remember(Action change, Action undo)
    {
        change();
        if (InTransaction) _undo.Add(undo);
    }
}
