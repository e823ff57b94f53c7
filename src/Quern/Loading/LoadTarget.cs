using System.Globalization;
using Quern.Delivery;
using Quern.Delivery.Postgres;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Shapes;
using Quern.Delivery.Postgres.Typing;

namespace Quern.Loading;

/// <summary>The destination that a request names.</summary>
static class LoadTarget
{
    static readonly Dictionary<string, PartitionUnit> Units =
        new() { ["day"] = PartitionUnit.Day, ["month"] = PartitionUnit.Month, ["year"] = PartitionUnit.Year };

    /// <summary>Reads what a request says of it.</summary>
    /// <exception cref="QuernException">Exit code 2: QN1005 a value that is none; QN1146 an option that does not go with it; QN8260 to
    /// QN8262.</exception>
    public static Destination Of(LoadRequest request)
    {
        if (PostgresAddress.Is(request.To))
        {
            var table = TargetName.Parse(request.Table ?? Default(request));
            return new PostgresTable(PostgresAddress.Parse(request.To, request.Connection), table, Settings(request));
        }
        // A file is replaced whole: it has no rows that others could be added to.
        var wrong = request switch
        {
            { Keys.Count: > 0 } => "--key",
            { Mode: LoadMode.Merge } => "--mode merge",
            { Mode: LoadMode.Append } => "--mode append",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new QuernException(new Fault("QN1146", "an option does not go with this kind of output")
            {
                Where = wrong,
                Value = request.To,
                Wanted = "a database: postgres://...",
                Try = ["--mode replace"],
                ExitCode = ExitCode.Usage,
            });
        }
        return Destinations.Parse(request.To, request.BaseDirectory);
    }

    /// <summary>The name of a table for which nobody gave one.</summary>
    public static string Default(LoadRequest request)
    {
        var input = request.Inputs[0];
        if (QuerySource.Is(input) || input == "-") return "data";
        var name = Path.GetFileName(input.TrimEnd('/'));
        var isFile = File.Exists(Path.GetFullPath(input, request.BaseDirectory));
        if (!isFile && input.LastIndexOf(':') is > 0 and var colon) return input[(colon + 1)..];
        return name.Split('.')[0] is { Length: > 0 } stem && !stem.Contains('*', StringComparison.Ordinal) ? stem : "data";
    }

    static PostgresSettings Settings(LoadRequest request) => new()
    {
        Mode = request.Mode ?? LoadMode.Append,
        Keys = request.Keys,
        Dedupe = request.Dedupe is { } order && order.TrimStart().StartsWith("order by ", StringComparison.OrdinalIgnoreCase)
            ? order.TrimStart()["order by ".Length..]
            : request.Dedupe,
        Indexes = [.. request.Indexes.Select(i => i.Split(',', StringSplitOptions.TrimEntries))],
        Partition = request.PartitionBy is { } partition ? Partition(partition) : null,
        Shapes = request.Geometry.Select(Shape).ToDictionary(s => s.Column, s => s.Shape, StringComparer.OrdinalIgnoreCase),
        StripNul = request.StripNul,
        CutNanos = request.CutNanos,
        DropZ = request.DropZ,
        Evolves = request.Evolves,
        Method = request.Method,
        Connections = Within(request.Connections, "--connections", 64),
        BatchRows = Within(request.BatchRows, "--batch-rows", 10_000_000),
        RetryBudget = request.RetryBudget,
        LockTimeout = request.LockTimeout,
        MakesTable = request.Mode is LoadMode.Replace or LoadMode.Merge,
    };

    static int? Within(int? value, string option, int most) => value is null || (value >= 1 && value <= most)
        ? value
        : throw Wrong(option, value.Value.ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"1 to {most:N0}"));

    static (string, PartitionUnit) Partition(string text)
    {
        var parts = text.Split(':');
        if (parts.Length == 2 && Units.TryGetValue(parts[1], out var unit)) return (parts[0], unit);
        throw Wrong("--partition-by", text, "COLUMN:day, COLUMN:month or COLUMN:year");
    }

    static (string Column, ShapeColumn Shape) Shape(string text)
    {
        var parts = text.Split(':');
        var srid = parts.Length > 1 ? parts[1] : "0";
        var shape = ShapeColumn.Parse($"{(parts.Length > 2 ? parts[2] : "Geometry")},{srid}");
        return parts.Length <= 3 && shape is not null
            ? (parts[0], shape)
            : throw Wrong("--geometry", text, "COLUMN, COLUMN:4326 or COLUMN:4326:MultiPolygon");
    }

    static QuernException Wrong(string where, string value, string wanted) => new(new Fault("QN1005", "not a value of this option")
    {
        Where = where,
        Value = $"\"{value}\"",
        Wanted = wanted,
        ExitCode = ExitCode.Usage,
    });
}
