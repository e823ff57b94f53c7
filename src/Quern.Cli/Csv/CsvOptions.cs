using System.CommandLine;
using System.Globalization;
using Quern.Csv;
using Quern.Csv.Inference;

namespace Quern.Cli.Csv;

/// <summary>The options of every verb that reads CSV: what the files are like. What is not said is found out.</summary>
sealed class CsvOptions
{
    /// <summary>Most lines above a header that anybody can mean.</summary>
    const int MostLines = 1_000_000;

    static readonly Dictionary<string, byte> ByteNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["\\t"] = (byte)'\t',
        ["comma"] = (byte)',',
        ["semicolon"] = (byte)';',
        ["pipe"] = (byte)'|',
        ["space"] = (byte)' ',
    };

    readonly Option<string?> _delimiter = Text("--delimiter", "BYTE", "between cells: , ; tab | \\x01 (default: found out)");
    readonly Option<string?> _quote = Text("--quote", "BYTE", "around cells; none for no quotes (default: found out)");
    readonly Option<string?> _escape = Text("--escape", "BYTE", "before a quote that is data (default: found out)");

    readonly Option<string[]> _null =
        new("--null") { HelpName = "TEXT", Description = "a cell that stands for NULL; may be repeated, \"\" for empty" };

    readonly Option<bool> _header = Flag("--header", "the first record holds names (default: found out)");
    readonly Option<bool> _noHeader = Flag("--no-header", "the first record is data");
    readonly Option<string?> _comment = Text("--comment", "BYTE", "lines that begin with it are passed over");
    readonly Option<string?> _encoding = Text("--encoding", "NAME", "utf-8, utf-16, latin1, windows-1252; auto: found out (default)");
    readonly Option<string?> _skip = Text("--skip", "N", "lines above the header to pass over");

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [_delimiter, _quote, _escape, _null, _header, _noHeader, _comment, _encoding, _skip];

    /// <summary>What the caller said.</summary>
    /// <exception cref="QuernException">QN1005, exit code 2: a value that is none, or two that do not go together.</exception>
    public CsvHints Read(CommandContext context)
    {
        if (context.Value(_header) && context.Value(_noHeader))
            throw Wrong("--header", "--no-header", "one of the two", "two options that contradict each other");
        var quote = context.Value(_quote);
        var noQuote = quote is "" || string.Equals(quote, "none", StringComparison.OrdinalIgnoreCase);
        return new CsvHints
        {
            Delimiter = Byte(context, _delimiter),
            Quote = noQuote ? null : Byte(context, _quote),
            NoQuote = noQuote,
            Escape = Byte(context, _escape),
            HasHeader = context.Value(_header) ? true : context.Value(_noHeader) ? false : null,
            Comment = Byte(context, _comment),
            Encoding = Encoding(context),
            LinesAbove = Lines(context),
            Nulls = context.Value(_null) is { Length: > 0 } nulls ? nulls : null,
        };
    }

    static byte? Byte(CommandContext context, Option<string?> option)
    {
        if (context.Value(option) is not { } text) return null;
        if (CsvByte.Find(text) is { } found) return found;
        if (ByteNames.TryGetValue(text, out var named)) return named;
        throw Wrong(option.Name, text, "one ASCII character, tab, comma, semicolon, pipe, space, or \\x01 to \\xFF", "not a byte");
    }

    CsvEncoding? Encoding(CommandContext context) => context.Value(_encoding)?.ToLowerInvariant() switch
    {
        null or "auto" => null,
        var name => EncodingNames.Find(name) ?? throw Wrong(
            "--encoding", name, string.Join(", ", EncodingNames.All), "not an encoding", NearestName.Of(name, EncodingNames.All)),
    };

    int? Lines(CommandContext context)
    {
        if (context.Value(_skip) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var lines) && lines <= MostLines) return lines;
        throw Wrong("--skip", text, string.Create(CultureInfo.InvariantCulture, $"0 to {MostLines}"), "not a number of lines");
    }

    static QuernException Wrong(string where, string value, string wanted, string what, string? near = null) =>
        new(new Fault("QN1005", what)
        {
            Where = where,
            Value = $"\"{value}\"",
            Wanted = wanted,
            Try = near is null ? [] : [$"{where} {near}"],
            ExitCode = ExitCode.Usage,
        });

    static Option<string?> Text(string name, string help, string description) => new(name) { HelpName = help, Description = description };

    static Option<bool> Flag(string name, string description) => new(name) { Description = description, Arity = ArgumentArity.Zero };
}
