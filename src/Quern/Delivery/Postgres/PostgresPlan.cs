using System.Globalization;
using Quern.Chunks;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Sessions;
using Quern.Delivery.Postgres.Typing;
using Quern.Duck;

namespace Quern.Delivery.Postgres;

/// <summary>What a load does: what <c>--explain</c> prints is what is run.</summary>
/// <param name="Address">The database.</param>
/// <param name="Name">The table.</param>
/// <param name="Table">The table as it is; null when it is made.</param>
/// <param name="Routes">How columns get there.</param>
/// <param name="Settings">What is asked for.</param>
sealed record PostgresPlan(
    PostgresAddress Address, TargetName Name, TargetTable? Table, IReadOnlyList<ColumnRoute> Routes, PostgresSettings Settings)
{
    /// <summary>Columns that a table which is there gets.</summary>
    public IReadOnlyList<TargetColumn> Added { get; init; } = [];

    /// <summary>Columns of the keys, as the table spells them.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>What the user should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Rows of a scope are replaced, whatever the mode. Default: null.</summary>
    public Scope? Scope { get; init; }

    /// <summary>What becomes of the rows that are there.</summary>
    public LoadMode Mode => Table is null ? LoadMode.Create : Settings.Mode;

    /// <summary>Rows wait in a table of their own until all are there.</summary>
    public bool IsStaged => MustStage || Connections > 1 || Method == LoadMethod.S3;

    bool MustStage => Scope is not null || Mode == LoadMode.Replace || Settings.Mode == LoadMode.Merge || Settings.Dedupe is not null
        || Settings.Partition is not null || Routes.Any(r => r.IsRead)
        || Table is { TakesCopy: false } or { Kind: 'p' } or { HasTriggers: true, IsCounted: false };

    /// <summary>Rows to come; null when nobody knows.</summary>
    public long? ExpectedRows { get; init; }

    /// <summary>How rows are best sent.</summary>
    public LoadAdvice Advice => LoadAdvice.Recommend(ExpectedRows, Math.Max(1, Routes.Count), new LoadSituation(MustStage));

    /// <summary>How rows are sent.</summary>
    public LoadMethod Method =>
        Settings.Method != LoadMethod.Auto ? Settings.Method : Settings.Connections > 1 ? LoadMethod.Async : Advice.Method;

    /// <summary>Connections that send.</summary>
    public int Connections => Method != LoadMethod.Async ? 1 : Settings.Connections ?? 2;

    /// <summary>Rows of an INSERT; null for COPY.</summary>
    public int? InsertRows => Method switch
    {
        LoadMethod.Standard => 1,
        LoadMethod.Optimized => Math.Max(2, Settings.BatchRows ?? 10_000),
        _ => null,
    };

    /// <summary>A unique index over just the keys.</summary>
    public bool HasUniqueKey => Table?.UniqueKeys.Any(k => k.Length == Keys.Count && k.All(Keys.Contains)) == true;

    /// <summary>The columns, quoted, with commas between.</summary>
    public string Columns => Sql.Names(Routes.Select(r => r.Target.Name));

    /// <summary>The statement that makes the table.</summary>
    public string CreateTable
    {
        get
        {
            var columns = Routes.Select(r => $"{Sql.Name(r.Target.Name)} {r.Target.Type}");
            var partition = Settings.Partition is { } p ? $" partition by range ({Sql.Name(ColumnNamed(p.Column))})" : "";
            return $"create table {Name.Sql} ({string.Join(", ", columns)}){partition}";
        }
    }

    /// <summary>Makes the plan.</summary>
    /// <exception cref="QuernException">As <see cref="Find"/>; QN8265 columns do not fit; QN8266 keys do
    /// not.</exception>
    public static PostgresPlan Of(
        PostgresSession session, PostgresAddress address, TargetName name, Schema rows, PostgresSettings settings, Scope? scope)
    {
        var table = Find(session, address, name, settings);
        var notes = new List<string>();
        var planner = new RoutePlanner(settings.StripNul, settings.CutNanos);
        List<ColumnRoute> routes = [];
        List<TargetColumn> added = [];
        foreach (var column in rows.Columns)
        {
            if (settings.LeftOut.Contains(column.Name)) continue;
            TargetName.Check(column.Name, "a column");
            var target = table is null ? New(column, settings) : Match(table, column.Name);
            if (target is null && settings.Evolves) added.Add(target = New(column, settings));
            if (target is null) throw Extra(address, table!, column.Name);
            if (target.IsGenerated)
            {
                notes.Add($"column \"{target.Name}\" is left out: the database makes its values");
                continue;
            }
            if (settings.DropZ && target.Shapes is { } shapes) target = target with { Shapes = shapes with { DropsZ = true } };
            var route = planner.Of(column, target);
            if (route.Note is { } note) notes.Add($"column \"{target.Name}\": {note}");
            routes.Add(route);
        }
        if (routes.Select(r => r.Target.Name).GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw Twice(address, name, twice.Key);
        if (table is not null) CheckMissing(address, table, routes, notes);
        var plan = new PostgresPlan(address, table?.Name ?? name, table, routes, settings) { Added = added, Notes = notes, Scope = scope };
        if (settings.Mode == LoadMode.Merge && settings.Keys.Count == 0) throw NoKey();
        foreach (var shape in settings.Shapes.Keys) plan.ColumnNamed(shape);
        if (settings.Partition is { } by && routes.First(r => r.Target.Name == plan.ColumnNamed(by.Column)).Target is var day
            && day.Base is not ("date" or "timestamp" or "timestamptz"))
        {
            throw NoDay(day);
        }
        return plan with { Keys = [.. settings.Keys.Select(plan.ColumnNamed)] };
    }

    /// <summary>Finds the table; null when it is made.</summary>
    /// <exception cref="QuernException">QN8263 the table is there; QN8264 it is not; QN8276 the user may not write it; QN7483 there is no such
    /// schema.</exception>
    public static TargetTable? Find(PostgresSession session, PostgresAddress address, TargetName name, PostgresSettings settings)
    {
        if (TargetTable.Find(session, name) is { } table)
        {
            if (settings.Mode == LoadMode.Create) throw Occupied(address, table.Name);
            if (!table.MayInsert) throw Refused(address, table.Name, $"permission denied for table {table.Name.Table}");
            return table;
        }
        if (settings.Mode == LoadMode.Append && !settings.MakesTable) throw Missing(session, address, name);
        var schema = session.Rows(
            "select nspname, has_schema_privilege(oid, 'create')::text from pg_namespace where nspname = coalesce($1, current_schema())",
            name.Schema);
        if (schema is [[_, "false" or "f"]]) throw Refused(address, name, $"permission denied for schema {schema[0][0]}");
        return null;
    }

    /// <summary>What <c>--explain</c> says of it.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{Address.Name}, {Address.Tls}";
        yield return Table is null ? $"makes table {Name}" : $"table {Name}: {Effect}";
        foreach (var route in Routes)
            yield return $"  {route.Target.Name} {route.Target.Type}{(route.Note is { } note ? $"     {note}" : "")}";
        foreach (var column in Added) yield return $"  adds {column.Name} {column.Type}";
        var sent = Settings.Import is { } import ? $"files of COPY BINARY in s3://{import.Name}/{import.Stem}..., which the server imports"
            : InsertRows is { } rows
            ? string.Create(CultureInfo.InvariantCulture, $"INSERT of {rows:N0} row{(rows > 1 ? "s" : "")} at a time")
            : string.Create(CultureInfo.InvariantCulture, $"binary COPY over {Connections} connection{(Connections > 1 ? "s" : "")}");
        yield return IsStaged ? $"{sent} into an unlogged staging table," : $"{sent} in one transaction,";
        yield return IsStaged ? "then one transaction that moves the rows, counts them and commits" : "which counts the rows and commits";
        if (Settings.Method == LoadMethod.Auto)
            foreach (var note in Advice.Notes) yield return $"  {note}";
        foreach (var index in Settings.Indexes) yield return $"then an index on {string.Join(", ", index)}";
    }

    string Effect => Scope is not null ? "rows of the run's source and days are replaced, others stay" : Mode switch
    {
        LoadMode.Append => "rows are added",
        LoadMode.Replace when Keys.Count == 0 => "all rows are replaced",
        LoadMode.Replace => $"rows with the same {string.Join(", ", Keys)} are replaced, others stay",
        _ => $"rows with the same {string.Join(", ", Keys)} are changed, new ones are added, others stay",
    };

    string ColumnNamed(string column) => Routes.Select(r => r.Target.Name).FirstOrDefault(n => n == column)
        ?? Routes.Select(r => r.Target.Name).FirstOrDefault(n => n.Equals(column, StringComparison.OrdinalIgnoreCase))
        ?? throw new QuernException(new Fault("QN8266", "this column is not among those that are loaded")
        {
            Where = "--key, --index, --geometry or --partition-by",
            Value = $"\"{column}\"",
            Wanted = string.Join(", ", Routes.Take(10).Select(r => r.Target.Name)),
            Try = NearestName.Of(column, Routes.Select(r => r.Target.Name)) is { } near ? [near] : [],
            ExitCode = ExitCode.Usage,
        });

    /// <summary>A column by its name, as the table spells it.</summary>
    public string Named(string column) => ColumnNamed(column);

    static TargetColumn New(Column column, PostgresSettings settings)
    {
        if (settings.Shapes.TryGetValue(column.Name, out var shapes))
            return new TargetColumn(column.Name, shapes.Sql, "geometry") { Shapes = shapes };
        var target = TypeNames.Of(column);
        if (!settings.Types.TryGetValue(column.Name, out var type)) return target;
        var word = type.Split('(')[0];
        return target with { Type = type, Base = word == "integer" ? "int4" : word, Scale = word == "numeric" ? target.Scale : null };
    }

    /// <summary>The column of a table that a column of the rows goes to; null when there is none.</summary>
    public static TargetColumn? Match(TargetTable table, string name)
    {
        if (table.Columns.FirstOrDefault(c => c.Name == name) is { } exact) return exact;
        var alike = table.Columns.Where(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return alike is [var one] ? one : null;
    }

    static void CheckMissing(PostgresAddress address, TargetTable table, List<ColumnRoute> routes, List<string> notes)
    {
        var given = routes.Select(r => r.Target.Name).ToHashSet();
        var missing = table.Columns.Where(c => !given.Contains(c.Name) && !c.IsGenerated).ToList();
        if (missing.Find(c => c.IsNotNull && !c.HasDefault) is { } needed)
        {
            throw new QuernException(new Fault("QN8265", "the table needs a column that is not loaded")
            {
                Where = $"{address.Name}, table {table.Name}",
                Value = $"\"{needed.Name}\" {needed.Type} not null",
                Try = [$"a query that has it: quern load 'select ..., ... as {needed.Name} from ...'"],
                ExitCode = ExitCode.Usage,
            });
        }
        if (missing.Count > 0)
        {
            var names = string.Join(", ", missing.Take(10).Select(c => c.Name));
            notes.Add($"columns that are not loaded stay NULL or get their default: {names}");
        }
    }

    static QuernException Occupied(PostgresAddress address, TargetName name) => new(new Fault("QN8263", "the table is there already")
    {
        Where = $"{address.Name}, table {name}",
        Try = ["--mode append     adds rows", "--mode replace     replaces rows"],
        ExitCode = ExitCode.Usage,
    });

    static QuernException Refused(PostgresAddress address, TargetName name, string why) => new(
        new Fault("QN8276", "the user may not do this in the database")
        {
            Where = $"{address.Name}, table {name}",
            Value = why,
            Try = ["grant it, or connect as another user"],
        });

    static QuernException Missing(PostgresSession session, PostgresAddress address, TargetName name)
    {
        var names = session.Rows(
            "select relname from pg_class where relkind in ('r', 'p', 'v', 'f') and pg_table_is_visible(oid) limit 1000").Select(r => r[0]!);
        return new(new Fault("QN8264", "there is no such table")
        {
            Where = $"{address.Name}, table {name}",
            Try = [.. NearestName.Of(name.Table, names) is { } near ? new[] { $"--table {near}" } : [], "--mode create     makes it"],
            ExitCode = ExitCode.Usage,
        });
    }

    static QuernException Extra(PostgresAddress address, TargetTable table, string column) => new(
        new Fault("QN8265", "the table has no such column")
        {
            Where = $"{address.Name}, table {table.Name}",
            Value = $"\"{column}\"",
            Try =
            [
                .. NearestName.Of(column, table.Columns.Select(c => c.Name)) is { } near
                    ? new[] { $"rename it: select {column} as {near} from ..." }
                    : [],
                "--schema-contract evolve     adds the column to the table",
            ],
            ExitCode = ExitCode.Usage,
        });

    static QuernException Twice(PostgresAddress address, TargetName name, string column) => new(
        new Fault("QN8265", "two columns would go into one")
        {
            Where = $"{address.Name}, table {name}",
            Value = $"\"{column}\"",
            Try = ["rename one of them in a query"],
            ExitCode = ExitCode.Usage,
        });

    static QuernException NoDay(TargetColumn column) => new(
        new Fault("QN7487", "partitions are made by days, months and years, and this column has none")
        {
            Where = "--partition-by",
            Value = $"\"{column.Name}\" {column.Type}",
            Wanted = "date, timestamp or timestamp with time zone",
            Try = [$"a query: select ..., {column.Name}::date as {column.Name} from ..."],
            ExitCode = ExitCode.Usage,
        });

    static QuernException NoKey() => new(new Fault("QN8266", "rows that are there can only be changed by a key")
    {
        Where = "--mode merge",
        Wanted = "--key A,B,...",
        Try = ["--key id", "--mode append"],
        ExitCode = ExitCode.Usage,
    });
}
