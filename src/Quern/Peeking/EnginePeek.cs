using Quern.Arrow;
using Quern.Budget;
using Quern.Chunks;
using Quern.Delivery.Sqlite.Reading;
using Quern.Duck;
using Quern.Files;

namespace Quern.Peeking;

/// <summary>Looks into files that the engine reads: Parquet, Arrow and its own databases.</summary>
sealed class EnginePeek(PeekRequest request, MemoryLedger memory, CancellationToken cancel)
{
    /// <summary>Looks into Parquet files, whose columns come together by name.</summary>
    public Preview OfParquet(IReadOnlyList<InputFile> files)
    {
        var list = Sql.Files(files.Select(file => file.Path));
        using var database = Open(null);
        using var session = database.Connect();
        var count = session.Scalar<long>($"select coalesce(sum(num_rows), 0)::bigint from parquet_file_metadata({list})", cancel);
        var preview = new Preview(Name(files), "Parquet") { SizeBytes = files.Sum(file => file.SizeBytes), RowCount = count };
        return Relation(session, preview, $"read_parquet({list}{(files.Count > 1 ? ", union_by_name = true" : "")})");
    }

    /// <summary>Looks into Arrow files with the same columns.</summary>
    public Preview OfArrow(IReadOnlyList<InputFile> files)
    {
        var preview = new Preview(Name(files), "Arrow IPC") { SizeBytes = files.Sum(file => file.SizeBytes), RowCount = 0 };
        var batches = 0L;
        var codecs = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            using var arrow = ArrowFile.Open(file.Path, file.Name);
            codecs.Add(arrow.Codec == ArrowCodec.None ? "not compressed" : arrow.Codec.ToString().ToLowerInvariant());
            batches += arrow.Batches;
            preview = preview with { RowCount = preview.RowCount + arrow.Rows };
        }
        preview = preview with { Remarks = [FormattableString.Invariant($"{batches} batches"), .. codecs] };
        using var database = Open(null);
        using var session = database.Connect();
        // With one thread rows come in their order.
        var read = new ArrowRead { Paths = [.. files.Select(file => file.Path)], Names = [.. files.Select(file => file.Name)] };
        session.Register(new ArrowView("peeked", read, request.Stats ? request.Threads : 1));
        return Relation(session, preview, "peeked()");
    }

    /// <summary>Looks into a table of a database, or lists its tables.</summary>
    public Preview OfDatabase(InputFile file, string? table)
    {
        using var database = OpenFile(file);
        using var session = database.Connect();
        var tables = Tables(session);
        var preview = new Preview(file.Name, "DuckDB") { SizeBytes = file.SizeBytes };
        if (table is null) return preview with { Tables = [.. tables.Select(t => t.Table)] };
        var (found, from) = tables.Find(t => t.Table.Name.Equals(table, StringComparison.OrdinalIgnoreCase));
        if (found is null) throw NoTable(file, table, tables);
        return Relation(session, preview with { Name = $"{file.Name}:{found.Name}", RowCount = found.Rows }, from);
    }

    /// <summary>Looks into a table of a SQLite database, or lists its tables.</summary>
    public Preview OfSqlite(InputFile file, string? table)
    {
        var reads = SqliteTableRead.All(file.RealPath, file.Name);
        var tables = reads.ConvertAll(r => (
            Table: new PeekTable(r.Table, r.IsView ? "view" : "table", r.IsView ? null : r.CountRows(), r.Columns.Count), From: "peeked()"));
        var preview = new Preview(file.Name, "SQLite") { SizeBytes = file.SizeBytes };
        if (table is null) return preview with { Tables = [.. tables.Select(t => t.Table)] };
        var at = reads.FindIndex(r => r.Table.Equals(table, StringComparison.OrdinalIgnoreCase));
        if (at < 0) throw NoTable(file, table, tables);
        using var database = Open(null);
        using var session = database.Connect();
        session.Register(new SqliteView("peeked", reads[at]));
        var found = tables[at].Table;
        return Relation(session, preview with { Name = $"{file.Name}:{found.Name}", RowCount = found.Rows }, "peeked()");
    }

    /// <summary>Files as messages name them.</summary>
    public static string Name(IReadOnlyList<InputFile> files) =>
        files.Count == 1 ? files[0].Name : FormattableString.Invariant($"{files[0].Name} and {files.Count - 1} more file{(files.Count == 2 ? "" : "s")}");

    DuckDatabase OpenFile(InputFile file)
    {
        try
        {
            return Open(file.Path);
        }
        catch (QuernException e) when (
            e.Fault is DuckFault { Kind: DuckErrorKind.IO } && e.Fault.What.Contains("lock", StringComparison.OrdinalIgnoreCase))
        {
            throw new QuernException(
                new Fault("QN8103", "another process has the database open")
                {
                    Where = file.Name,
                    Value = e.Fault.What,
                    Try = ["close the other process, then run again"],
                    ExitCode = ExitCode.Unreachable,
                },
                e);
        }
    }

    DuckDatabase Open(string? path)
    {
        var share = EngineShare.Of(memory, request.Threads);
        return DuckDatabase.Open(new DuckOptions
        {
            Path = path,
            ReadOnly = path is not null,
            MemoryLimitBytes = share.EngineBytes,
            Threads = share.Threads,
            TempDirectory = "",
            Settings = share.Settings,
        });
    }

    /// <summary>The tables and views, and how SQL names them.</summary>
    List<(PeekTable Table, string From)> Tables(DuckSession session)
    {
        var tables = new List<(PeekTable Table, string From)>();
        const string sql =
            """
            select case when schema_name = 'main' then '' else schema_name || '.' end || name, kind, column_count::bigint, schema_name, name
            from (select schema_name, table_name as name, 'table' as kind, column_count from duckdb_tables() where not internal
                  union all
                  select schema_name, view_name, 'view', column_count from duckdb_views() where not internal)
            order by all
            """;
        using (var result = session.Query(sql, cancel))
        {
            while (result.Next() is { } chunk)
            {
                for (var row = 0; row < chunk.Rows; row++)
                {
                    var (name, kind) = (ValueText.Read(chunk[0], row), ValueText.Read(chunk[1], row));
                    var table = new PeekTable(name, kind, null, (long)chunk[2].GetValue(row)!);
                    tables.Add((table, Sql.Name(null, ValueText.Read(chunk[3], row), ValueText.Read(chunk[4], row))));
                }
            }
        }
        return [.. tables.Select(t => t.Table.Kind == "view" ? t : (t.Table with { Rows = Count(session, t.From) }, t.From))];
    }

    long Count(DuckSession session, string from) => session.Scalar<long>($"select count(*) from {from}", cancel);

    Preview Relation(DuckSession session, Preview preview, string from)
    {
        var columns = Columns(session, from);
        if (!request.Stats) return preview with { Columns = columns, Rows = Rows(session, from, columns.Count) };
        return Stats(session, preview with { HasStats = true }, from, columns);
    }

    List<PeekColumn> Columns(DuckSession session, string from)
    {
        using var result = session.Query($"from {from} limit 0", cancel);
        return [.. result.Schema.Columns.Select(column => new PeekColumn(column.Name, column.Type.ToString()))];
    }

    List<IReadOnlyList<string?>> Rows(DuckSession session, string from, int columns)
    {
        var rows = new List<IReadOnlyList<string?>>();
        var sql = FormattableString.Invariant($"select columns(*)::varchar from (from {from} limit {request.Rows})");
        using var result = session.Query(sql, cancel);
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var cells = new string?[columns];
                for (var i = 0; i < columns; i++) cells[i] = chunk[i].IsNull(row) ? null : ValueText.Read(chunk[i], row);
                rows.Add(cells);
            }
        }
        return rows;
    }

    Preview Stats(DuckSession session, Preview preview, string from, List<PeekColumn> columns)
    {
        var measures = columns.Select(column => Sql.Name(column.Name)).Select(
            name => $"count({name}), min({name})::varchar, max({name})::varchar, approx_count_distinct({name})::bigint");
        using var result = session.Query($"select count(*), {string.Join(", ", measures)} from {from}", cancel);
        var chunk = result.Next()!;
        var rows = (long)chunk[0].GetValue(0)!;
        return preview with
        {
            RowCount = rows,
            StatsRows = rows,
            Columns = [.. columns.Select((column, i) => Measured(column, chunk, 1 + (4 * i), rows))],
        };
    }

    static PeekColumn Measured(PeekColumn column, Chunk chunk, int at, long rows)
    {
        var values = (long)chunk[at].GetValue(0)!;
        return column with
        {
            Nulls = rows - values,
            Min = chunk[at + 1].IsNull(0) ? null : ValueText.Read(chunk[at + 1], 0),
            Max = chunk[at + 2].IsNull(0) ? null : ValueText.Read(chunk[at + 2], 0),
            Distinct = Math.Min((long)chunk[at + 3].GetValue(0)!, values),
        };
    }

    static QuernException NoTable(InputFile file, string table, List<(PeekTable Table, string From)> tables)
    {
        var names = tables.Select(t => t.Table.Name).ToList();
        var nearest = NearestName.Of(table, names);
        var listing = $"quern peek {file.Name}     lists its tables";
        return new QuernException(new Fault("QN4010", "the database has no table of this name")
        {
            Where = file.Name,
            Value = $"\"{table}\"",
            Wanted = names.Count == 0 ? "a table: it has none" : string.Join(", ", names.Take(10)),
            Try = nearest is null ? [listing] : [$"{file.Name}:{nearest}", listing],
            ExitCode = ExitCode.Usage,
        });
    }
}
