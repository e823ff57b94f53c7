using System.Globalization;
using Quern.Delivery;
using Quern.Delivery.Folder;
using Quern.Delivery.Postgres;
using Quern.Delivery.Postgres.Address;
using Quern.Delivery.Postgres.Importing;
using Quern.Delivery.Postgres.Shapes;
using Quern.Delivery.Postgres.Typing;
using Quern.Delivery.S3;
using Quern.Delivery.Sqlite;
using Quern.Delivery.Sqlite.Parts;

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
        if (!S3Url.IsMeant(request.To)) PostgresAddress.Guard(request.To, request.Connection.Secrets);
        if (Sqlite(request) is { } sqlite) return sqlite;
        var place = PostgresAddress.Is(request.To) ? LoadPlaces.Postgres : LoadPlaces.File;
        LoadOptions.Check(request, place, (option, wanted) => Refused(option, request.To, wanted));
        if (PostgresAddress.Is(request.To))
        {
            var table = TargetName.Parse(request.Table ?? Default(request));
            return new PostgresTable(PostgresAddress.Parse(request.To, request.Connection), table, Settings(request));
        }
        if (request.Mode == LoadMode.Create && S3Url.IsMeant(request.To))
            throw Refused("--mode create", request.To, "--mode replace: what is in S3 is replaced whole");
        var file = Destinations.Parse(request.To, request.BaseDirectory);
        if (file is PartitionedFolder) throw Refused("a folder", request.To, "a file, or a database: postgres://..., or NAME.sqlite");
        file.MustBeNew = request.Mode == LoadMode.Create;
        return file;
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

    /// <summary>A SQLite database, several of them, or one on its way to S3; null when something else is meant.</summary>
    static Destination? Sqlite(LoadRequest request)
    {
        var name = request.To.TrimEnd('/');
        if (!SqliteFile.IsNamed(name)) return null;
        var isFolder = request.Method == LoadMethod.Partitioned || (request.To.EndsWith('/') && request.Method != LoadMethod.SingleFile);
        LoadOptions.Check(request, isFolder ? LoadPlaces.Parts : LoadPlaces.Sqlite, (option, wanted) => Refused(option, request.To, wanted));
        var mode = request.Mode ?? LoadMode.Append;
        var options = SqliteOptions.Default with
        {
            Mode = mode,
            Key = request.Keys,
            Indexes = [.. request.Indexes.Select(i => i.Split(',', StringSplitOptions.TrimEntries))],
            StripNul = request.StripNul,
            DecimalsAreReal = request.DecimalsAreReal,
            Dedupe = Order(request),
            Evolves = request.Evolves,
            MayRemake = false,
            MaxRows = request.MaxRows is null or >= 1
                ? request.MaxRows ?? SqliteOptions.Default.MaxRows
                : throw Wrong("--max-rows", request.MaxRows.Value.ToString(CultureInfo.InvariantCulture), "1 or more"),
            Writers = Within(request.Connections, "--connections", 64) ?? SqliteOptions.Default.Writers,
            LockWait = request.LockTimeout,
        };
        if (mode == LoadMode.Merge && request.Keys.Count == 0) throw Refused("--mode merge", request.To, "--key A,B");
        if (isFolder && request.Rejects is not null && request.Inputs.Any(QuerySource.Is))
            throw Refused("--rejects", request.To, "--method single_file: a folder of files is replaced whole");
        // Nothing is added to a folder, which is replaced whole: without a word about it, it must be new.
        if (isFolder && mode == LoadMode.Append) options = options with { Mode = LoadMode.Create };
        if (S3Url.IsMeant(name))
        {
            if (mode != LoadMode.Replace)
                throw Refused($"--mode {mode.ToString().ToLowerInvariant()}", request.To, "--mode replace: what is in S3 is replaced whole");
            if (!isFolder && request.Keys.Count > 0) throw Refused("--key", request.To, "no key: what is in S3 is replaced whole");
            var url = S3Url.Parse(isFolder ? name + "/" : name);
            return new S3Destination(request.To, url, S3Settings.Default, path => Local(request.To, path, isFolder, options));
        }
        return Local(request.To, Path.GetFullPath(name, request.BaseDirectory), isFolder, options);
    }

    static Destination Local(string to, string path, bool isFolder, SqliteOptions options) =>
        isFolder ? new SqliteFolder(to, path, options) : new SqliteFile(to, path, options);

    static QuernException Refused(string option, string to, string wanted) => new(
        new Fault("QN1146", "an option does not go with this kind of output")
        {
            Where = option,
            // An address may have a password in it.
            Value = PostgresAddress.Is(to) ? "PostgreSQL" : to,
            Wanted = wanted,
            ExitCode = ExitCode.Usage,
        });

    /// <summary>What stands behind ORDER BY.</summary>
    static string? Order(LoadRequest request) =>
        // It becomes a part of a statement, and must not end it.
        request.Dedupe?.Contains(';', StringComparison.Ordinal) == true
            ? throw Wrong("--dedupe", request.Dedupe, "columns as behind ORDER BY, without a semicolon")
        : request.Dedupe is { } order && order.TrimStart().StartsWith("order by ", StringComparison.OrdinalIgnoreCase)
            ? order.TrimStart()["order by ".Length..]
            : request.Dedupe;

    static PostgresSettings Settings(LoadRequest request) => new()
    {
        Mode = request.Mode ?? LoadMode.Append,
        Keys = request.Keys,
        Dedupe = Order(request),
        Indexes = [.. request.Indexes.Select(i => i.Split(',', StringSplitOptions.TrimEntries))],
        Partition = request.PartitionBy is { } partition ? Partition(partition) : null,
        Shapes = Shapes(request.Geometry),
        StripNul = request.StripNul,
        CutNanos = request.CutNanos,
        DropZ = request.DropZ,
        Evolves = request.Evolves,
        Method = request.Method,
        Import = Import(request),
        Connections = Within(request.Connections, "--connections", 64),
        BatchRows = Within(request.BatchRows, "--batch-rows", 10_000_000),
        RetryBudget = request.RetryBudget,
        LockTimeout = request.LockTimeout,
        MakesTable = request.Mode is LoadMode.Replace or LoadMode.Merge,
    };

    static ImportBucket? Import(LoadRequest request)
    {
        if ((request.Method == LoadMethod.S3) != (request.Stage is not null))
            throw Refused(request.Stage is null ? "--method s3" : "--stage", request.To, "--method s3 --stage s3://BUCKET/FOLDER");
        if (request.Stage is not { } stage) return null;
        if (!S3Url.IsMeant(stage)) throw Wrong("--stage", stage, "s3://BUCKET/FOLDER");
        var region = request.Connection.Variable("AWS_REGION") ?? request.Connection.Variable("AWS_DEFAULT_REGION") ?? "us-east-1";
        return new ImportBucket(S3Url.Parse(stage), request.Storage, region);
    }

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

    static Dictionary<string, ShapeColumn> Shapes(IReadOnlyList<string> texts)
    {
        var shapes = new Dictionary<string, ShapeColumn>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in texts)
        {
            var (column, shape) = Shape(text);
            if (!shapes.TryAdd(column, shape)) throw Wrong("--geometry", text, "each column once");
        }
        return shapes;
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
