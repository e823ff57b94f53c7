using System.Globalization;
using System.Text;

namespace Quern.Files;

/// <summary>
/// The first two records of a CSV file: what its columns are called and what a row looks like. Comma separated, RFC
/// 4180 quotes.
/// </summary>
/// <param name="Columns">Names of the columns; empty for a file without a byte (or with blank lines only).</param>
/// <param name="FirstRow">Fields of the first data record, as many as it has; null when the file holds a header
/// only.</param>
sealed record CsvHeader(IReadOnlyList<string> Columns, IReadOnlyList<string>? FirstRow)
{
    /// <summary>
    /// The most bytes that header, or first record, may have: 1 MiB. Longer means that the file is not CSV or a quote
    /// is never closed.
    /// </summary>
    public const int LimitBytes = 1 << 20;

    /// <summary>Physical line on which the header starts, from 1: more when blank lines stand above it.</summary>
    public long Line { get; private init; } = 1;

    static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Reads the beginning of a file; the rest is not touched, so a gzip file may still turn out to be cut short.
    /// </summary>
    /// <param name="path">A CSV file, gzip when its name ends in <c>.gz</c>.</param>
    /// <param name="name">How messages name it; default: <paramref name="path"/>.</param>
    /// <exception cref="QuernException">QN2001, QN2004, QN2009 cannot be opened; QN2010, QN2011, QN2012 broken gzip;
    /// QN2013 not UTF-8 text; QN2014 record too long; QN2015 a quote is never closed.</exception>
    public static CsvHeader Read(string path, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        name ??= path;
        using var scan = new CsvScan(FileBytes.OpenContent(path, name), limitBytes: LimitBytes);
        var columns = Next(scan, name, "header", skipBlank: true);
        var line = columns is null ? 1 : scan.Line;
        var row = columns is null ? null : Next(scan, name, "first record", skipBlank: columns.Length > 1);
        return new(columns ?? [], row) { Line = line };
    }

    static string[]? Next(CsvScan scan, string name, string what, bool skipBlank)
    {
        do
        {
            if (!scan.Read()) return null;
        }
        while (skipBlank && scan.IsBlank);
        var fields = new string[scan.KeptCount];
        for (var i = 0; i < fields.Length; i++)
        {
            Check(scan, i, name);
            fields[i] = scan.Text(i);
        }
        if (scan.IsTooLong)
        {
            throw Make(scan, name, "QN2014", Invariant($"the {what} is longer than {LimitBytes:N0} bytes"),
                "close a quote that was left open", "is this CSV?");
        }
        if (scan.IsOpenQuoted)
        {
            throw Make(scan, name, "QN2015", $"a quote in the {what} is never closed",
                "close it, or double a quote that is data");
        }
        return fields;
    }

    /// <summary>Text has no NUL, and is UTF-8; a field that was cut at the limit may end inside a character.</summary>
    static void Check(CsvScan scan, int field, string name)
    {
        var raw = scan.Raw(field);
        var problem = raw switch
        {
            [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] => ("the file is UTF-16", $"iconv -f UTF-16 -t UTF-8 {name}"),
            [0x1F, 0x8B, ..] => ("the file is gzip, but its name does not end in .gz", $"name it {name}.gz"),
            _ when raw.Contains((byte)0) => ("the file is not text", "is this CSV?"),
            _ => default((string What, string Try)?),
        };
        if (problem is var (what, tries)) throw Make(scan, name, "QN2013", what, tries);
        if (scan.IsTooLong) return;
        try
        {
            Strict.GetCharCount(raw);
        }
        catch (DecoderFallbackException e)
        {
            throw new QuernException(
                new Fault("QN2013", "the file is not UTF-8")
                {
                    Where = Invariant($"{name} line {scan.Line:N0} (byte {scan.ByteOffset:N0}), column {field + 1}"),
                    Value = $"\"{scan.Text(field)}\", byte 0x{Convert.ToHexString(e.BytesUnknown ?? [])}",
                    Try = [$"iconv -f WINDOWS-1252 -t UTF-8 {name}   if it comes from a Windows program"],
                }, e);
        }
    }

    static QuernException Make(CsvScan scan, string name, string code, string what, params string[] tries) =>
        new(new Fault(code, what)
        {
            Where = Invariant($"{name} line {scan.Line:N0} (byte {scan.ByteOffset:N0})"),
            Try = tries,
        });

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
