using System.Text;
using System.Text.Unicode;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Blocks;
using Quern.Csv.Inference;

namespace Quern.Models.Seeds;

/// <summary>The CSV file of a seed: UTF-8, a header of unique names, an empty cell is NULL.</summary>
/// <param name="File">The file.</param>
/// <param name="Dialect">Its delimiter; quotes as in RFC 4180.</param>
/// <param name="Names">As the header spells them.</param>
sealed record SeedFile(CsvFile File, CsvDialect Dialect, IReadOnlyList<string> Names)
{
    /// <summary>Reads the header.</summary>
    /// <param name="path">The file's absolute path.</param>
    /// <param name="delimiter">What stands between fields: one ASCII character.</param>
    /// <param name="name">What errors call the file.</param>
    /// <exception cref="QuernException">QN7242: there is no header, a name in it is empty or comes twice, or the delimiter is none. QN20xx: the
    /// file cannot be read, or is not UTF-8.</exception>
    public static SeedFile Open(string path, string delimiter, string name)
    {
        if (delimiter is not [< '\x7F' and not ('"' or '\r' or '\n')])
            throw NoHeader(name, $"the delimiter `{delimiter}` is not one ASCII character, or is one of quotes or line ends");
        var file = new CsvFile(path, name);
        var dialect = new CsvDialect { Delimiter = (byte)delimiter[0] };
        var start = FileStart.Read(file, CsvEncoding.Utf8, CsvRead.DefaultMaxRowBytes);
        if (FileHead.IsUtf16(start.Bytes)) throw CsvFaults.Utf16(file);
        var splitter = new RecordSplitter(dialect);
        splitter.Begin(start.Bytes, 0, start.Bytes.Length, start.IsAll);
        if (!splitter.Read()) throw NoHeader(name, start.IsAll ? "the file is empty" : "its first line does not end");
        if (splitter.IsOpen || splitter.HasFlaw) throw NoHeader(name, "a quote in it is not closed, or a name goes on behind its quote");
        var names = Enumerable.Range(0, splitter.Count).Select(cell => Name(splitter.Text(cell), name)).ToList();
        if (names.Exists(string.IsNullOrWhiteSpace)) throw NoHeader(name, "a column has no name");
        if (names.GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw NoHeader(name, $"the column `{twice.Key}` comes twice");
        return new SeedFile(file, dialect, names);
    }

    /// <summary>A read of all rows.</summary>
    /// <param name="types">What the columns are read as.</param>
    public CsvRead Read(IEnumerable<LogicalType> types) => new()
    {
        Files = [File],
        Columns = [.. Names.Zip(types, (name, type) => new CsvColumn(name, type) { Empty = OnEmpty.Null })],
        Dialect = Dialect,
    };

    static string Name(ReadOnlySpan<byte> text, string name) =>
        Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw new QuernException(new Fault("QN2013", "the file is not UTF-8")
        {
            Where = $"{name} line 1",
            Value = $"\"{Encoding.UTF8.GetString(text)}\"",
            Try = [$"iconv -f WINDOWS-1252 -t UTF-8 {name}   if it comes from a Windows program"],
        });

    static QuernException NoHeader(string name, string what) => new(new Fault("QN7242", $"a seed begins with a line of column names: {what}")
    {
        Where = $"{name} line 1",
        Try = ["correct the header", "set `delimiter` if it is not a comma"],
    });
}
