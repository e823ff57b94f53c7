using System.Globalization;
using System.Text;
using Quern.Csv;
using Quern.Duck;
using Quern.Tests.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

/// <summary>Generated files of dialects that CsvAgainstDuckTests does not have: escapes, comments, spellings of NULL, lines above, headers,
/// and rows that are too short or too long. A file comes from its seed alone, which a failure names.</summary>
public sealed class CsvDialectTests : IDisposable
{
    const int Files = 1_000;

    static readonly string[] Delimiters = [",", ";", "|", "\t", "\u0001", "~", ":", " "];

    readonly ScratchFolder _folder = new();
    readonly DuckSession _session = TestDuck.Memory();

    public void Dispose()
    {
        _session.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Random_dialects_are_read_as_the_engine_reads_them()
    {
        var (refused, nulls) = (0, 0);
        for (var seed = 0; seed < Files; seed++)
        {
            var random = new Random(seed);
            var file = new Generated(random);
            var path = _folder.Write("a.csv", file.Text);
            var wanted = Engine(file, path);
            if (wanted == "fault") refused++;
            nulls += wanted.Split("NULL").Length - 1;
            foreach (var bytes in new[] { random.Next(1, 12), random.Next(12, 200), 1 << 20 })
            {
                var found = Reading.Shown(file.Read(path, bytes) with { ForceScalar = random.Next(3) == 0 });
                if (found != wanted && !(wanted == "fault" && found.StartsWith("QN", StringComparison.Ordinal))) Assert.Fail($"seed {seed}, blocks of {bytes}, {file.Dialect}:\n{file.Text}\nwanted {wanted}\nfound  {found}");
            }
        }
        // There were files of all kinds.
        Assert.InRange(refused, Files / 50, Files / 2);
        Assert.True(nulls > Files, $"{nulls} cells were NULL");
    }

    string Engine(Generated file, string path)
    {
        var names = string.Join(", ", Enumerable.Range(0, file.Columns).Select(i => $"c{i}: 'VARCHAR'"));
        var row = string.Join(" || '|' || ", Enumerable.Range(0, file.Columns).Select(i => $"coalesce(c{i}, 'NULL')"));
        var comment = file.Dialect.Comment is { } c ? $", comment = '{(char)c}'" : "";
        try
        {
            return _session.Scalar<string>(
                $$"""
                select coalesce(string_agg('[' || {{row}} || ']', ''), '') from read_csv({{Sql.File(path)}}, auto_detect = false, header = {{file.Dialect.HasHeader}},
                    skip = {{file.Dialect.LinesAbove}}, delim = {{Sql.Text(((char)file.Dialect.Delimiter).ToString())}}, quote = {{Sql.Text(((char)file.Dialect.Quote!).ToString())}},
                    escape = {{Sql.Text(((char)file.Dialect.Escape).ToString())}}, nullstr = [{{string.Join(", ", file.Nulls.Select(Sql.Text))}}], new_line = '\n', columns = {{{names}}}{{comment}})
                """)!;
        }
        catch (QuernException)
        {
            return "fault";
        }
    }

    sealed class Generated
    {
        readonly Random _random;
        readonly char _delimiter;
        readonly char _quote;
        readonly char _escape;

        public Generated(Random random)
        {
            _random = random;
            _delimiter = Delimiters[random.Next(Delimiters.Length)][0];
            _quote = random.Next(3) == 0 ? '\'' : '"';
            _escape = random.Next(2) == 0 ? _quote : random.Next(2) == 0 ? '\\' : '^';
            Columns = random.Next(1, 6);
            Nulls = random.Next(3) switch { 0 => ["NA"], 1 => ["", "-"], _ => ["", "NULL", "n/a"] };
            Dialect = new()
            {
                Delimiter = (byte)_delimiter,
                Quote = (byte)_quote,
                Escape = (byte)_escape,
                Comment = random.Next(2) == 0 ? (byte)'#' : null,
                HasHeader = random.Next(2) == 0,
                LinesAbove = random.Next(4) == 0 ? random.Next(1, 3) : 0,
            };
            Text = Write();
        }

        public CsvDialect Dialect { get; }

        public string[] Nulls { get; }

        public int Columns { get; }

        public string Text { get; }

        public CsvRead Read(string path, int blockBytes) => Reading.Texts(path, Columns, blockBytes: blockBytes) with { Dialect = Dialect, Nulls = Nulls };

        string Write()
        {
            var text = new StringBuilder();
            for (var i = 0; i < Dialect.LinesAbove; i++) text.Append("a title without a meaning\n");
            if (Dialect.HasHeader) text.AppendJoin(_delimiter, Enumerable.Range(0, Columns).Select(i => $"c{i}")).Append('\n');
            for (var row = _random.Next(1, 15); row > 0; row--)
            {
                if (Dialect.Comment is not null && _random.Next(8) == 0) text.Append(CultureInfo.InvariantCulture, $"#{_quote}no {_delimiter} row\n");
                // Behind the last column the engine passes over spellings of NULL; here only empty cells are.
                var cells = _random.Next(60) == 0 ? _random.Next(1, Columns + 3) : Columns;
                text.AppendJoin(_delimiter, Enumerable.Range(0, cells).Select(i => i < Columns ? Cell(cells == 1) : "x")).Append('\n');
            }
            return text.ToString();
        }

        string Cell(bool isAlone)
        {
            var kind = _random.Next(8);
            // A row of one empty cell is a blank line, which has a test of its own.
            if (kind == 0) return isAlone ? "x" : "";
            if (kind == 1) return Nulls[^1];
            if (kind < 6) return Letters("abc1é😀.", _random.Next(1, _random.Next(9) == 0 ? 90 : 7));
            var inner = Letters($"ab{_delimiter}{_quote}{_escape}\n é", _random.Next(1, 20));
            var text = new StringBuilder();
            foreach (var letter in inner) text.Append(letter == _quote || letter == _escape ? _escape.ToString() : "").Append(letter);
            return $"{_quote}{text}{_quote}";
        }

        string Letters(string letters, int count)
        {
            var runes = letters.EnumerateRunes().ToArray();
            return string.Concat(Enumerable.Range(0, count).Select(_ => runes[_random.Next(runes.Length)].ToString()));
        }
    }
}
