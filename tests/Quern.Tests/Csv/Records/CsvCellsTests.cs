using System.Text;
using System.Text.RegularExpressions;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Records;
using Quern.Tests.Files;

namespace Quern.Tests.Csv.Records;

public sealed class CsvCellsTests : IDisposable
{
    readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Shows_every_cell_with_the_place_of_its_row()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var (bytes, records) = CsvText.Make(random, random.Next(2, 40), width: 3, random.Next(2) == 0 ? "\n" : "\r\n");
            var path = _scratch.WriteGzip("a.csv.gz", bytes);
            var (texts, places) = (new List<string>[] { [], [], [] }, new List<long>());
            CsvCells.Look(Read(path), [0, 1, 2], (column, place, text) =>
            {
                if (column == 1) places.Add(place);
                texts[column].Add(Encoding.UTF8.GetString(text));
            });
            for (var column = 0; column < 3; column++) Assert.Equal(records.Skip(1).Select(r => r.Fields[column]), texts[column]);
            Assert.Equal(records.Skip(1).Select(r => r.ByteOffset), places);
            var lines = records.Skip(1).Select(r => 1L + Regex.Count(Encoding.Latin1.GetString(bytes, 0, (int)r.ByteOffset), "\r\n|\r|\n"));
            Assert.Equal(lines, places.Select(place => LineCount.At(new CsvFile(path, "a"), place)));
        }
    }

    [Fact]
    public void Ends_when_that_is_enough()
    {
        var path = _scratch.Write("a.csv", "a,b,c\n" + string.Concat(Enumerable.Repeat("1,2,3\n", 100_000)));
        var cells = 0;
        CsvCells.Look(Read(path), [2], (_, _, _) => cells++, () => cells > 0);
        Assert.InRange(cells, 1, Chunk.Capacity);
    }

    [Fact]
    public void Says_that_the_file_is_cut_short_rather_than_that_nothing_was_found()
    {
        var zipped = ScratchFolder.Gzip("a,b,c\n1,a,\n2,b,\n"u8);
        var path = _scratch.Write("a.csv.gz", zipped.AsSpan(0, zipped.Length - 4));
        Assert.Equal("QN2010", ScratchFolder.FaultOf(() => CsvCells.Look(Read(path), [1], (_, _, _) => { })).Code);
    }

    static CsvRead Read(string path) => new()
    {
        Files = [new CsvFile(path, "a.csv")],
        Columns = [new("a", TypeKind.Varchar), new("b", TypeKind.Varchar), new("c", TypeKind.Varchar)],
    };
}
