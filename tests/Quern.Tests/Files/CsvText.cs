using System.Text;

namespace Quern.Tests.Files;

/// <summary>Random CSV with the places of its records known from writing them.</summary>
static class CsvText
{
    internal sealed record Record(string[] Fields, string[] Raw, long Line, long ByteOffset);

    static readonly string[] Pieces =
        ["a", "b", "7", " ", "é", "日", "😀", ",", "\"", "\n", "\r\n", "\r", "x\"y", "''", ";", "\t"];

    /// <summary>
    /// Records of random width; quotes where RFC 4180 needs them and sometimes where not; LF or CRLF, the last line end
    /// sometimes missing.
    /// </summary>
    internal static (byte[] Bytes, List<Record> Records) Make(Random random, int records, int? width = null, string? lineEnd = null)
    {
        var text = new List<byte>();
        if (random.Next(3) == 0) text.AddRange([0xEF, 0xBB, 0xBF]);
        var made = new List<Record>();
        var line = 1L;
        for (var i = 0; i < records; i++)
        {
            var fields = Enumerable.Range(0, width ?? random.Next(1, 5)).Select(_ => Field(random)).ToArray();
            var raw = fields.Select(f => Quote(f, random)).ToArray();
            // A single empty field would be a blank line.
            if (raw is [""]) raw = ["\"\""];
            made.Add(new(fields, raw, line, text.Count));
            text.AddRange(Encoding.UTF8.GetBytes(string.Join(',', raw)));
            line += raw.Sum(r => r.Count(c => c == '\n')) + 1;
            if (i < records - 1 || random.Next(2) == 0) text.AddRange(Encoding.UTF8.GetBytes(lineEnd ?? (random.Next(2) == 0 ? "\n" : "\r\n")));
        }
        return ([.. text], made);
    }

    static string Field(Random random) =>
        string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => Pieces[random.Next(Pieces.Length)]));

    static string Quote(string field, Random random) => field.AsSpan().ContainsAny("\",\r\n") || random.Next(4) == 0
        ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}
