using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Quern.Files;

/// <summary>
/// Says why an engine refuses a CSV file: the first record that breaks a rule which engines hold files to. The engine
/// has found that something is wrong; this finds what, and the line. Reads the file from its beginning.
/// </summary>
static class CsvFlaw
{
    const string Again = "export the file again: it may have been cut short";

    /// <summary>Looks for the first flaw.</summary>
    /// <param name="path">A CSV file, gzip when its name ends in <c>.gz</c>. Its first record is a header.</param>
    /// <param name="name">How the fault names it; default: <paramref name="path"/>.</param>
    /// <param name="limitBytes">The longest record that the engine takes. Default: 1 MiB.</param>
    /// <param name="cancel">Ends a long search.</param>
    /// <returns>
    /// QN2013 not UTF-8; QN2014 a record too long; QN2015 a quote never closed; QN3106 another number of fields than the
    /// header; QN3107 text after a closing quote; QN3108 a line end that is not the header's; null when every record is
    /// in order.
    /// </returns>
    /// <exception cref="QuernException">QN2001 to QN2012 when the file cannot be read.</exception>
    public static Fault? Find(
        string path, string? name = null, int limitBytes = CsvHeader.LimitBytes, CancellationToken cancel = default)
    {
        name ??= path;
        using var scan = new CsvScan(FileBytes.OpenContent(path, name), limitBytes: limitBytes);
        var (width, lineEnd, records) = (0, 0, 0L);
        while (scan.Read())
        {
            if ((++records & 0xfff) == 0) cancel.ThrowIfCancellationRequested();
            if (scan.IsBlank && width != 1) continue;
            if (width == 0) (width, lineEnd) = (scan.FieldCount, scan.LineEndBytes);
            if (OfRecord(scan, name, width, lineEnd, limitBytes) is { } fault) return fault;
        }
        return null;
    }

    static Fault? OfRecord(CsvScan scan, string name, int width, int lineEnd, int limitBytes)
    {
        var where = Invariant($"{name} line {scan.Line:N0} (byte {scan.ByteOffset:N0})");
        if (scan.IsOpenQuoted)
        {
            return new Fault("QN2015", "a quote is never closed")
            {
                Where = where,
                Try = ["close it, or double a quote that is data", Again],
            };
        }
        if (scan.IsTooLong)
        {
            return new Fault("QN2014", Invariant($"a record is longer than {limitBytes:N0} bytes"))
            {
                Where = where,
                Try = ["look for a quote that is not closed", "--memory SIZE     records may be longer from 512MB on"],
            };
        }
        if (scan.FieldCount != width)
        {
            return new Fault("QN3106", "a row has another number of fields than the header")
            {
                Where = where,
                Value = Invariant($"{scan.FieldCount} field{(scan.FieldCount == 1 ? "" : "s")}"),
                Wanted = Invariant($"{width} field{(width == 1 ? "" : "s")}, as in the header"),
                Try = ["look for a missing quote or delimiter in the line", Again],
            };
        }
        for (var i = 0; i < scan.KeptCount; i++)
        {
            if (OfField(scan.Raw(i), name, Invariant($"{where}, column {i + 1}")) is { } fault) return fault;
        }
        if (scan.LineEndBytes == lineEnd || scan.LineEndBytes == 0) return null;
        return new Fault("QN3108", "a row has another line end than the header")
        {
            Where = where,
            Value = LineEnd(scan.LineEndBytes),
            Wanted = $"{LineEnd(lineEnd)}, as in the header",
            Try = [$"sed -i 's/\\r$//' {name}     makes every line end LF"],
        };
    }

    static Fault? OfField(ReadOnlySpan<byte> raw, string name, string where)
    {
        if (!Utf8.IsValid(raw))
        {
            return new Fault("QN2013", "the file is not UTF-8")
            {
                Where = where,
                Value = $"\"{CsvScan.Text(raw)}\", byte 0x{FirstInvalid(raw):X2}",
                Try = [$"iconv -f WINDOWS-1252 -t UTF-8 {name}   if it comes from a Windows program"],
            };
        }
        if (raw.StartsWith((byte)'"'))
        {
            if (!HasTextAfterQuote(raw)) return null;
            return new Fault("QN3107", "a field goes on after its closing quote")
            {
                Where = where,
                Value = Encoding.UTF8.GetString(raw),
                Try = ["write \"\" for a quote that is data", Again],
            };
        }
        if (!raw.Contains((byte)'\r')) return null;
        return new Fault("QN3108", "a carriage return stands in a field without quotes")
        {
            Where = where,
            Value = $"\"{Encoding.UTF8.GetString(raw).Replace("\r", "\\r", StringComparison.Ordinal)}\"",
            Try = ["put the field in quotes", "end lines with LF or CRLF"],
        };
    }

    static byte FirstInvalid(ReadOnlySpan<byte> raw)
    {
        while (Rune.DecodeFromUtf8(raw, out _, out var length) == OperationStatus.Done) raw = raw[length..];
        return raw[0];
    }

    static bool HasTextAfterQuote(ReadOnlySpan<byte> raw)
    {
        for (var i = 1; i < raw.Length; i++)
        {
            if (raw[i] != '"') continue;
            if (i + 1 < raw.Length && raw[i + 1] == '"') i++;
            else return i + 1 < raw.Length;
        }
        return false;
    }

    static string LineEnd(int bytes) => bytes == 2 ? "CRLF" : "LF";

    static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
