using System.Globalization;
using Quern.Duck;
using Quern.Models.Materializations;
using Quern.Projects.Context;
using Quern.Projects.Warehouses;

namespace Quern.Models.Incremental;

/// <summary>The rows of one run of a growing table, in a temporary table: the query runs once, and before the table changes.</summary>
sealed class Batch : IDisposable
{
    readonly Build _build;
    bool _isThere;

    /// <summary>Runs the query.</summary>
    public Batch(Build build)
    {
        _build = build;
        var stamp = build.Time.GetUtcNow().ToString("yyyyMMddHHmmssffffff", CultureInfo.InvariantCulture);
        Relation = new Relation("temp", "main", $"{build.Target.Identifier}__dbt_tmp{stamp}", RelationKind.Table);
        Name = $"temp.main.{Sql.Name(Relation.Identifier!)}";
        build.Around($"create or replace temporary table {Name} as (", ")");
        _isThere = true;
        Columns = [.. build.Session.Query($"describe {Name}").Rows.Select(r => new TableColumn((string)r[0]!, (string)r[1]!))];
    }

    /// <summary>The table as macros see it.</summary>
    public Relation Relation { get; }

    /// <summary>Its name in SQL.</summary>
    public string Name { get; }

    /// <summary>Its columns, in order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Drops it while the transaction is open.</summary>
    public void Drop()
    {
        if (!_isThere) return;
        _isThere = false;
        _build.Session.Execute($"drop table if exists {Name}");
    }

    /// <summary>After an error the transaction is taken back, and the table with it.</summary>
    public void Dispose() => _isThere = false;
}
