using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using Quern.Chunks;
using Quern.Csv;
using Quern.Duck;

namespace Quern.Fuzz.Csv;

/// <summary>What a text stands for as a type: what DuckDB's <c>try_cast</c> and <c>try_strptime</c> say, where the reader is to say the
/// same. What was asked is remembered.</summary>
sealed partial class Casts : IDisposable
{
    const int MostKnown = 200_000;
    const string Utc = " +0000 UTC";

    readonly DuckSession _session;
    readonly Dictionary<(LogicalType Type, string? Format), DuckStatement> _statements = [];
    readonly Dictionary<(LogicalType Type, string? Format, string Text), string?> _known = [];

    public Casts()
    {
        using var database = DuckDatabase.Open(new DuckOptions { MemoryLimitBytes = 200_000_000, Threads = 1, TempDirectory = "" });
        _session = database.Connect();
        _session.Set("TimeZone", "UTC");
    }

    /// <summary>What stands for a cell whose value nobody but the reader knows.</summary>
    public const string Unsure = "unsure";

    /// <summary>The value as <see cref="CsvOutcome.Shown"/> shows it; null for none; <see cref="Unsure"/>.</summary>
    /// <param name="column">Of a type that is not VARCHAR.</param>
    /// <param name="text">Not empty.</param>
    public string? Value(CsvColumn column, string text)
    {
        if (column.Format?.StartsWith("epoch", StringComparison.Ordinal) == true) return Epoch(column, text);
        if (column.Format is null && IsMoment(column.Type.Kind)) text = text.Replace(Utc, "", StringComparison.Ordinal);
        if (text.Length == 0) return Unsure;
        var key = (column.Type, column.Format, text);
        if (!_known.TryGetValue(key, out var value))
        {
            if (_known.Count >= MostKnown) _known.Clear();
            value = _known[key] = Ask(column.Type, column.Format, text);
        }
        return IsSure(column, text, value) ? value : Unsure;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in _statements.Values) statement.Dispose();
        _session.Dispose();
    }

    string? Ask(LogicalType type, string? format, string text)
    {
        if (!_statements.TryGetValue((type, format), out var statement))
        {
            statement = _statements[(type, format)] = _session.Prepare(format is null
                ? $"select try_cast($1::varchar as {type})"
                : $"select m::{type} from (select try_strptime($1::varchar, {Sql.Text(format)}) as m) where '{type}' <> 'DATE' or m = date_trunc('day', m)");
        }
        statement.Bind(1, text);
        using var result = statement.Query();
        return result.Next() is { } chunk ? CsvOutcome.Shown(chunk[0], 0) : null;
    }

    /// <summary>The types in <c>Values/</c> say where they take less, or more, than DuckDB.</summary>
    static bool IsSure(CsvColumn column, string text, string? value) => column.Type.Kind switch
    {
        // What stands behind a date, or around a time, is not dropped.
        TypeKind.Date when column.Format is null => value is null || PlainDate().IsMatch(text),
        TypeKind.Time => value is null || PlainTime().IsMatch(text),
        TypeKind.Decimal => PlainNumber().IsMatch(text) || (value is null && !text.Contains('e', StringComparison.OrdinalIgnoreCase)),
        _ => true,
    };

    static string? Epoch(CsvColumn column, string text)
    {
        if (!Whole().IsMatch(text)) return text.Any(c => char.IsAsciiDigit(c)) ? Unsure : null;
        BigInteger nanos = column.Format switch { "epoch_s" => 1_000_000_000, "epoch_ms" => 1_000_000, "epoch_us" => 1_000, _ => 1 };
        var isNanos = column.Type.Kind == TypeKind.TimestampNanos;
        var micros = BigInteger.Parse(text, CultureInfo.InvariantCulture) * nanos / (isNanos ? 1 : 1_000);
        return text.Length > 15 ? Unsure : Moment(micros, isNanos, column.Type.Kind == TypeKind.TimestampTz);
    }

    // Only numbers of moments that .NET can name are told.
    static string Moment(BigInteger number, bool isNanos, bool hasZone)
    {
        var micros = isNanos ? BigInteger.Divide(number, 1_000) : number;
        if (BigInteger.Abs(micros) > 30_000_000_000_000_000 || (isNanos && number < 0)) return Unsure;
        var moment = DateTime.UnixEpoch.AddTicks((long)micros * 10);
        var rest = isNanos ? (int)(number % 1_000_000_000) : (int)(moment.Ticks % TimeSpan.TicksPerSecond) * 100;
        var shown = new StringBuilder(moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
        if (rest > 0) shown.Append('.').Append(rest.ToString("D9", CultureInfo.InvariantCulture).TrimEnd('0'));
        return hasZone ? $"{shown}+00" : shown.ToString();
    }

    static bool IsMoment(TypeKind kind) =>
        kind is TypeKind.Timestamp or TypeKind.TimestampSeconds or TypeKind.TimestampMillis or TypeKind.TimestampNanos or TypeKind.TimestampTz;

    [GeneratedRegex(@"^\d{1,6}-\d{1,2}-\d{1,2}\z")]
    private static partial Regex PlainDate();

    [GeneratedRegex(@"^\d{1,2}:\d\d:\d\d(\.\d{1,9})?\z")]
    private static partial Regex PlainTime();

    [GeneratedRegex(@"^[-+]?\d+(\.\d*)?\z")]
    private static partial Regex PlainNumber();

    [GeneratedRegex(@"^-?\d+\z")]
    private static partial Regex Whole();
}
