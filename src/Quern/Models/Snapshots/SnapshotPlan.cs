using System.Globalization;
using Quern.Duck;
using Quern.Jinja.Values;
using Quern.Models.Materializations;

namespace Quern.Models.Snapshots;

/// <summary>How a snapshot keeps its history, as its configuration says (specification section 3.6).</summary>
sealed class SnapshotPlan
{
    /// <summary>Reads the configuration.</summary>
    /// <param name="build">The snapshot.</param>
    /// <param name="now">When the run sees the rows.</param>
    /// <exception cref="QuernException">QN7250: something is missing or not known.</exception>
    public SnapshotPlan(Build build, DateTimeOffset now)
    {
        var config = build.Config;
        Keys = config.Texts("unique_key");
        if (Keys.Count == 0) throw Wrong(build, "unique_key", null, "a column, or a list of columns, that tells rows apart");
        Now = string.Create(CultureInfo.InvariantCulture, $"timestamp '{now.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}'");
        var strategy = config.Text("strategy");
        IsTimestamp = strategy switch
        {
            "timestamp" => true,
            "check" => false,
            _ => throw Wrong(build, "strategy", strategy, "timestamp or check"),
        };
        if (IsTimestamp)
            UpdatedAt = config.Text("updated_at") ?? throw Wrong(build, "updated_at", null, "the column that says when a row changed last");
        else
            CheckColumns = config["check_cols"] is "all" ? null : CheckedColumns(build);
        HardDeletes = config.Text("hard_deletes") switch
        {
            null => config.Flag("invalidate_hard_deletes") is true ? HardDeleteMode.Invalidate : HardDeleteMode.Ignore,
            "ignore" => HardDeleteMode.Ignore,
            "invalidate" => HardDeleteMode.Invalidate,
            "new_record" => HardDeleteMode.NewRecord,
            var other => throw Wrong(build, "hard_deletes", other, "ignore, invalidate or new_record"),
        };
        ValidToCurrent = config["dbt_valid_to_current"] is { } current ? PythonText.Of(current) : null;
        var names = config["snapshot_meta_column_names"] as Dict;
        ScdId = Name(names, "dbt_scd_id");
        Updated = Name(names, "dbt_updated_at");
        ValidFrom = Name(names, "dbt_valid_from");
        ValidTo = Name(names, "dbt_valid_to");
        IsDeleted = Name(names, "dbt_is_deleted");
    }

    /// <summary>Columns or expressions that tell rows apart.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>The moment of the run, in SQL.</summary>
    public string Now { get; }

    /// <summary>Whether a column says when a row changed; otherwise values are compared.</summary>
    public bool IsTimestamp { get; }

    /// <summary>That column.</summary>
    public string? UpdatedAt { get; }

    /// <summary>The columns that are compared; null for all.</summary>
    public IReadOnlyList<string>? CheckColumns { get; }

    /// <summary>What becomes of rows that are gone.</summary>
    public HardDeleteMode HardDeletes { get; }

    /// <summary>What stands for "still valid", in SQL; null for NULL.</summary>
    public string? ValidToCurrent { get; }

    /// <summary>Name of the column that identifies a version, quoted, like those below.</summary>
    public string ScdId { get; }

    /// <summary>When the version was seen.</summary>
    public string Updated { get; }

    /// <summary>When it begins.</summary>
    public string ValidFrom { get; }

    /// <summary>When it ends.</summary>
    public string ValidTo { get; }

    /// <summary>Whether it says that the row is gone; only with <see cref="HardDeleteMode.NewRecord"/>.</summary>
    public string IsDeleted { get; }

    /// <summary>When a row of the query was changed, in SQL.</summary>
    public string ChangedAt => UpdatedAt is { } column ? $"({column})" : Now;

    /// <summary>The end of a version that has none.</summary>
    /// <param name="moment">An expression of the type of the column.</param>
    public string Open(string moment) =>
        ValidToCurrent is null ? $"nullif({moment}, {moment})" : $"coalesce(nullif({moment}, {moment}), {ValidToCurrent})";

    /// <summary>The condition for a version that is still valid.</summary>
    public string IsOpen => ValidToCurrent is null ? $"{ValidTo} is null" : $"({ValidTo} is null or {ValidTo} = {ValidToCurrent})";

    /// <summary>The identifier of a version.</summary>
    /// <param name="keys">Its keys in SQL.</param>
    /// <param name="moment">When it begins.</param>
    public static string Id(IEnumerable<string> keys, string moment) =>
        $"md5({string.Join(" || '|' || ", keys.Append(moment).Select(k => $"coalesce(cast({k} as varchar), '')"))})";

    static IReadOnlyList<string> CheckedColumns(Build build)
    {
        var columns = build.Config.Texts("check_cols");
        return columns.Count > 0 ? columns : throw Wrong(build, "check_cols", null, "a list of columns, or all");
    }

    static string Name(Dict? names, string name) => Sql.Name(names?[name] as string ?? name);

    static QuernException Wrong(Build build, string key, string? value, string wanted) =>
        new(new Fault("QN7250", $"the snapshot {build.Node.Name} needs `{key}`")
        {
            Where = build.Node.File,
            Value = value,
            Wanted = wanted,
        });
}
