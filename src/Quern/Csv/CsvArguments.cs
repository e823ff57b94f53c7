using Quern.Chunks;
using Quern.Csv.Schemas;
using Quern.Csv.Values;
using Quern.Duck;

namespace Quern.Csv;

/// <summary>What a call of <see cref="CsvFunction"/> says, in the terms of the reader.</summary>
/// <param name="arguments">The call.</param>
sealed class CsvArguments(TableArguments arguments)
{
    /// <summary>What a schema is not given together with.</summary>
    static readonly string[] SaidBySchemas =
    [
        "columns", "names", "types", "formats", "nullstr", "empty", "bad", "delim", "quote", "escape", "comment", "encoding", "header",
        "skip",
    ];

    /// <summary>The schema, if the call names one.</summary>
    /// <param name="folder">Where a relative path begins.</param>
    public CsvSchema? Schema(string folder)
    {
        if (arguments["schema"] is not string path) return null;
        if (Array.Find(SaidBySchemas, arguments.Has) is { } other) throw Wrong("schema", path, $"a schema, or {other}: not both");
        return CsvSchema.Load(Path.GetFullPath(path, folder), path);
    }

    /// <summary>Paths and globs.</summary>
    public IReadOnlyList<string> Files() => arguments[0] switch
    {
        string text => [text],
        object?[] { Length: > 0 } list => Texts(list, "files"),
        _ => throw Wrong("files", null, "a path, a glob, or a list of them"),
    };

    /// <summary>The columns, if the call names them.</summary>
    public IReadOnlyList<CsvColumn>? Columns()
    {
        if (arguments["columns"] is { } columns)
        {
            if (columns is not Dictionary<string, object?> { Count: > 0 } types)
                throw Wrong("columns", columns.ToString(), "{'name': 'TYPE', ...}");
            return [.. types.Select(c => Column(c.Key, Type(c.Value as string, "columns")))];
        }
        if (arguments["names"] is not object?[] names)
            return arguments.Has("types") ? throw Wrong("types", null, "names for them") : null;
        var texts = Texts(names, "names");
        var kinds = arguments["types"] is object?[] list ? Texts(list, "types") : [.. texts.Select(_ => "VARCHAR")];
        if (kinds.Count != texts.Count || texts.Count == 0) throw Wrong("types", string.Join(", ", kinds), "a type for each name");
        return [.. texts.Zip(kinds, (name, type) => Column(name, Type(type, "types")))];
    }

    /// <summary>A column with what the call says of it.</summary>
    public CsvColumn Column(string name, LogicalType type) => new(name, type)
    {
        Empty = Choice<OnEmpty>("empty", arguments["empty"]),
        Bad = Choice<OnBad>(
            "bad", arguments["bad"] is Dictionary<string, object?> byName ? byName.GetValueOrDefault(name) : arguments["bad"]),
        Format = arguments["formats"] switch
        {
            null => null,
            Dictionary<string, object?> formats => formats.GetValueOrDefault(name) as string,
            var other => throw Wrong("formats", other.ToString(), "{'name': 'format', ...}"),
        },
    };

    /// <summary>Delimiter, quotes, header.</summary>
    public CsvDialect Dialect() => new()
    {
        Delimiter = Byte("delim") ?? (byte)',',
        Quote = arguments.Has("quote") ? Byte("quote") : (byte)'"',
        Escape = Byte("escape") ?? (byte)'"',
        Comment = Byte("comment"),
        Encoding = Encoding(),
        HasHeader = (bool?)arguments["header"] ?? true,
        LinesAbove = (int)(Number("skip", 0) ?? 0),
    };

    /// <summary>Texts that stand for NULL in all columns.</summary>
    public IReadOnlyList<string> Nulls() => arguments["nullstr"] switch
    {
        null => [],
        string text => [text],
        object?[] list => Texts(list, "nullstr"),
        var other => throw Wrong("nullstr", other.ToString(), "a text or a list of texts"),
    };

    /// <summary>A whole number; null when it is not given.</summary>
    public long? Number(string name, long least) => arguments[name] switch
    {
        null => null,
        long number when number >= least && number <= CsvRead.MostBytes => number,
        var other => throw Wrong(name, other.ToString(), FormattableString.Invariant($"{least} to {CsvRead.MostBytes}")),
    };

    static IReadOnlyList<string> Texts(object?[] list, string name) =>
        [.. list.Select(v => v as string ?? throw Wrong(name, "NULL", "a list of texts"))];

    static LogicalType Type(string? text, string where) =>
        LogicalType.TryParse(text ?? "", out var type) && CellTypes.Has(type) ? type : throw Wrong(where, text ?? "NULL", CellTypes.Names);

    byte? Byte(string name) => arguments[name] switch
    {
        null or "" => null,
        string text when System.Text.Encoding.UTF8.GetByteCount(text) == 1 => (byte)text[0],
        var other => throw Wrong(name, other.ToString(), "one ASCII character"),
    };

    CsvEncoding Encoding()
    {
        if (arguments["encoding"] is not string wanted) return CsvEncoding.Utf8;
        return EncodingNames.Find(wanted) ?? throw Wrong("encoding", wanted, string.Join(", ", EncodingNames.All));
    }

    static T Choice<T>(string name, object? value) where T : struct, Enum => value switch
    {
        null => default,
        // A number is no name of a choice.
        string { Length: > 0 } text when !char.IsAsciiDigit(text[0]) && Enum.TryParse<T>(text, ignoreCase: true, out var choice)
            && Enum.IsDefined(choice) => choice,
        var other => throw Wrong(name, other.ToString(), string.Join(" or ", Enum.GetNames<T>())),
    };

    static QuernException Wrong(string option, string? value, string wanted) =>
        new(new Fault("QN3003", "quern_csv does not take this value of an argument")
        {
            Where = option,
            Value = value,
            Wanted = wanted,
            Try = [$"leave {option} out", "schema = 'FILE'     where quern schema infer has written what the files are"],
            ExitCode = ExitCode.Usage,
        });
}
