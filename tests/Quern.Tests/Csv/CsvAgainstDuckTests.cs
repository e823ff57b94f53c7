using System.Globalization;
using System.Text;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

public sealed class CsvAgainstDuckTests : IDisposable
{
    const int Files = 1500;

    static readonly string[] Letters = ["a", "b", "1", ".", "é", "😀", " ", "\""];

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Random_files_read_as_the_engine_reads_them()
    {
        var faults = 0;
        for (var seed = 0; seed < Files; seed++)
        {
            var random = new Random(seed);
            var columns = random.Next(1, 5);
            var lineEnd = random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
            var text = RandomText(random, columns, lineEnd);
            var path = _folder.Write("a.csv", text);
            var wanted = Engine(path, columns, lineEnd);
            foreach (var bytes in new[] { random.Next(1, 12), random.Next(12, 100), 1 << 20 })
            {
                var read = Reading.Texts(path, columns, blockBytes: bytes) with { ForceScalar = random.Next(2) == 0 };
                var found = Reading.Shown(read);
                if (found.StartsWith("QN", StringComparison.Ordinal)) found = "fault";
                if (found == wanted || (found == "fault" && wanted.StartsWith("fault", StringComparison.Ordinal))) continue;
                Assert.Fail($"seed {seed}, blocks of {bytes}: {NewLine(text)}\nwanted {wanted}\nfound  {found}");
            }
            if (wanted.StartsWith("fault", StringComparison.Ordinal)) faults++;
        }
        Assert.InRange(faults, Files / 100, Files / 2);
    }

    string Engine(string path, int columns, string lineEnd)
    {
        var names = string.Join(", ", Enumerable.Range(0, columns).Select(i => $"c{i}: 'VARCHAR'"));
        var row = string.Join(" || '|' || ", Enumerable.Range(0, columns).Select(i => $"c{i}"));
        try
        {
            return _session.Scalar<string>(
                $$"""
                select coalesce(string_agg('[' || {{row}} || ']', ''), '') from read_csv({{Sql.File(path)}},
                    auto_detect = false, header = false,
                    delim = ',', quote = '"', escape = '"',
                    nullstr = 'never', new_line = '{{NewLine(lineEnd)}}', columns = {{{names}}})
                """)!;
        }
        catch (QuernException e)
        {
            return "fault " + e.Fault;
        }
    }

    // Said to the engine, which takes the first line end for the file's, even one between quotes.
    static string NewLine(string text) =>
        text.Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    static string RandomText(Random random, int columns, string lineEnd)
    {
        var text = new StringBuilder();
        var rows = random.Next(0, 12);
        for (var row = 0; row < rows; row++)
        {
            var cells = random.Next(200) == 0 ? random.Next(1, columns + 3) : columns;
            text.AppendJoin(',', Enumerable.Range(0, cells).Select(_ => Cell(random)));
            text.Append(row == rows - 1 && random.Next(2) == 0 ? "" : lineEnd);
            if (random.Next(15) == 0) text.Append(lineEnd);
        }
        // Line ends stay as they are: of mixed ones the engine takes some and refuses others.
        var at = random.Next(1, text.Length + 1);
        if (random.Next(40) == 0 && at < text.Length && text[at] is not ('\r' or '\n')) text[at] = ",\"x "[random.Next(4)];
        return text.ToString();
    }

    static string Cell(Random random)
    {
        var length = random.Next(5) == 0 ? random.Next(0, 90) : random.Next(0, 6);
        if (random.Next(3) > 0)
        {
            // Plain: anything but delimiter and line ends; a quote not in front.
            return string.Concat(Enumerable.Range(0, length).Select(i => Letters[random.Next(i == 0 ? Letters.Length - 2 : Letters.Length)]));
        }
        var inner = string.Concat(Enumerable.Range(0, length).Select(_ => random.Next(8) switch
        {
            0 => "\"\"",
            1 => ",",
            2 => "\n",
            3 => "\r",
            4 => " ",
            5 => "é",
            _ => random.Next(100).ToString(CultureInfo.InvariantCulture),
        }));
        return $"{(random.Next(9) == 0 ? " " : "")}\"{inner}\"{(random.Next(9) == 0 ? "  " : "")}";
    }
}
