using Quern.Files;

namespace Quern.Tests.Files;

public sealed class CsvPlaceFinderTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("a.csv")]
    [InlineData("a.csv.gz")]
    public void Finds_the_first_record_whose_field_matches(string name)
    {
        var path = Write(name, "id,note\n1,\"two\nlines\"\r\n\n2,\"1.2e3 \"\"EUR\"\"\"\n3,\n");
        Assert.Equal(new CsvPlace(5, 24, 2, 2, "1.2e3 \"EUR\"", "\"1.2e3 \"\"EUR\"\"\""),
            CsvPlaceFinder.FindValue(path, 1, v => v.StartsWith("1.2", StringComparison.Ordinal)));
        Assert.Equal(new CsvPlace(6, 42, 3, 2, "", ""), CsvPlaceFinder.FindValue(path, 1, v => v.Length == 0));
        Assert.Equal(new CsvPlace(1, 0, 1, 2, "note", "note"),
            CsvPlaceFinder.FindValue(path, 1, v => v == "note", hasHeader: false));
        Assert.Null(CsvPlaceFinder.FindValue(path, 1, v => v == "note"));
        Assert.Null(CsvPlaceFinder.FindValue(path, 2, _ => true));
    }

    [Fact]
    public void Finds_what_was_planted_in_generated_records()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (bytes, records) = CsvText.Make(random, random.Next(2, 40), width: 3);
            var path = _scratch.WriteGzip("a.csv.gz", bytes);
            var wanted = records[random.Next(1, records.Count)];
            var first = records.Skip(1).First(r => r.Fields[1] == wanted.Fields[1]);
            var number = records.IndexOf(first);
            Assert.Equal(new CsvPlace(first.Line, first.ByteOffset, number, 3, first.Fields[1], first.Raw[1]),
                CsvPlaceFinder.FindValue(path, 1, v => v == first.Fields[1]));
        }
    }

    [Fact]
    public void Says_that_the_file_is_cut_short_rather_than_that_nothing_was_found()
    {
        var zipped = ScratchFolder.Gzip("id,note\n1,a\n2,b\n"u8);
        var path = _scratch.Write("a.csv.gz", zipped.AsSpan(0, zipped.Length - 4));
        Assert.Equal("QN2010", ScratchFolder.FaultOf(() => CsvPlaceFinder.FindValue(path, 1, _ => false)).Code);
    }

    string Write(string name, string text) =>
        FileBytes.IsGzip(name) ? _scratch.WriteGzip(name, text) : _scratch.Write(name, text);
}
