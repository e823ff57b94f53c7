using System.Text;
using Quern.Chunks;
using Quern.Duck;
using Quern.Files;

namespace Quern.Csv;

/// <summary>
/// CSV in SQL: <c>select a, b from quern_csv(['x.csv', 'y.csv.gz'], names = ['a', 'b'], types = ['VARCHAR', 'DOUBLE'])</c>.
/// Without names they are those of the first file's header, and all columns are VARCHAR.
/// </summary>
/// <param name="maxThreads">Threads that may read at once, up to those of the database.</param>
sealed class CsvFunction(int maxThreads) : TableFunction
{
    static readonly LogicalType Varchar = LogicalType.Of(TypeKind.Varchar);
    static readonly LogicalType BigInt = LogicalType.Of(TypeKind.BigInt);
    static readonly LogicalType Texts = LogicalType.List(Varchar);
    static readonly TypeKind[] Kinds = [TypeKind.Varchar, TypeKind.Double, TypeKind.BigInt, TypeKind.Timestamp];

    /// <inheritdoc/>
    public override string Name => "quern_csv";

    /// <inheritdoc/>
    public override IReadOnlyList<LogicalType> Parameters => [Texts];

    /// <inheritdoc/>
    public override IReadOnlyList<Column> NamedParameters { get; } =
    [
        new("names", Texts),
        new("types", Texts),
        new("delim", Varchar),
        new("quote", Varchar),
        new("escape", Varchar),
        new("header", LogicalType.Of(TypeKind.Boolean)),
        new("skip", BigInt),
        new("empty", Varchar),
        new("bad", Varchar),
        new("block_bytes", BigInt),
        new("max_row_bytes", BigInt),
    ];

    /// <inheritdoc/>
    public override TableSource Bind(TableArguments arguments)
    {
        var files = List(arguments[0], "files") ?? [];
        if (files.Length == 0) throw Wrong("files", null, "a list of paths");
        var dialect = new CsvDialect
        {
            Delimiter = Byte(arguments, "delim") ?? (byte)',',
            Quote = arguments.Has("quote") ? Byte(arguments, "quote") : (byte)'"',
            Escape = Byte(arguments, "escape") ?? (byte)'"',
            HasHeader = (bool?)arguments["header"] ?? true,
            LinesAbove = (int)Number(arguments, "skip", 0, 0),
        };
        var names = List(arguments["names"], "names") ?? [.. CsvHeader.Read(files[0]).Columns];
        var types = List(arguments["types"], "types") ?? [.. names.Select(_ => "VARCHAR")];
        if (types.Length != names.Length || names.Length == 0) throw Wrong("types", string.Join(", ", types), "a type for each name");
        var read = new CsvRead
        {
            Files = [.. files.Select(f => new CsvFile(f, f))],
            Columns = [.. names.Zip(types, (name, type) => new CsvColumn(name, Kind(type))
            {
                Empty = Choice<OnEmpty>(arguments, "empty"),
                Bad = Choice<OnBad>(arguments, "bad"),
            })],
            Dialect = dialect,
        };
        return new CsvTable(
            read with
            {
                BlockBytes = (int)Number(arguments, "block_bytes", read.BlockBytes, 1),
                MaxRowBytes = (int)Number(arguments, "max_row_bytes", read.MaxRowBytes, 1),
            },
            maxThreads);
    }

    static string[]? List(object? value, string name) => value is null
        ? null
        : [.. ((object?[])value).Select(v => v as string ?? throw Wrong(name, "NULL", "a list of texts"))];

    static byte? Byte(TableArguments arguments, string name) => arguments[name] switch
    {
        null or "" => null,
        string text when Encoding.UTF8.GetByteCount(text) == 1 => (byte)text[0],
        var other => throw Wrong(name, other.ToString(), "one ASCII character"),
    };

    static long Number(TableArguments arguments, string name, long otherwise, long least) => arguments[name] switch
    {
        null => otherwise,
        long number when number >= least && number <= CsvRead.MostBytes => number,
        var other => throw Wrong(name, other.ToString(), FormattableString.Invariant($"{least} to {CsvRead.MostBytes}")),
    };

    static TypeKind Kind(string type)
    {
        foreach (var kind in Kinds)
            if (string.Equals(LogicalType.Of(kind).ToString(), type, StringComparison.OrdinalIgnoreCase)) return kind;
        throw Wrong("types", type, string.Join(", ", Kinds.Select(LogicalType.Of)));
    }

    static T Choice<T>(TableArguments arguments, string name) where T : struct, Enum =>
        arguments[name] is not string text ? default
        : Enum.TryParse<T>(text, ignoreCase: true, out var choice) && Enum.IsDefined(choice) ? choice
        : throw Wrong(name, text, string.Join(" or ", Enum.GetNames<T>()));

    static QuernException Wrong(string option, string? value, string wanted) =>
        new(new Fault("QN3003", "quern_csv does not take this value of an argument")
        {
            Where = option,
            Value = value,
            Wanted = wanted,
            ExitCode = ExitCode.Usage,
        });
}
