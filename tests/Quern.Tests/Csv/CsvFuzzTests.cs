using System.Diagnostics;
using Quern.Chunks;
using Quern.Csv;
using Quern.Tests.Files;

namespace Quern.Tests.Csv;

public sealed class CsvFuzzTests : IDisposable
{
    const int Files = 4000;

    readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Whatever the bytes are, every way of reading them says the same: the same rows, or the same fault.</summary>
    [Fact]
    public void Any_bytes_read_the_same_in_every_way()
    {
        var clock = Stopwatch.StartNew();
        var read = 0;
        for (var seed = 0; seed < Files && clock.ElapsedMilliseconds < 5000; seed++)
        {
            var random = new Random(seed);
            var bytes = Mutated(random);
            var path = _folder.Write("a.csv", bytes);
            var gzip = _folder.WriteGzip("a.csv.gz", bytes);
            var whole = Shown(Read(path, 1 << 20, scalar: true));
            if (whole.StartsWith('[')) read++;
            (string, int, bool)[] ways =
            [
                (path, random.Next(1, 9), false), (path, random.Next(9, 200), true), (path, random.Next(60, 400), false),
                (gzip, random.Next(1, 200), false),
            ];
            foreach (var (file, size, scalar) in ways)
            {
                var parts = Shown(Read(file, size, scalar));
                if (parts == whole) continue;
                Assert.Fail(
                    $"seed {seed}, {Path.GetExtension(file)}, blocks of {size}, scalar {scalar}: {Convert.ToHexString(bytes)}\n"
                    + $"whole {whole}\nparts {parts}");
            }
        }
        Assert.True(read > 50, $"only {read} files could be read at all: the fuzz is too wild");
    }

    static string Shown(CsvRead read)
    {
        try
        {
            return "[" + string.Join(';', Reading.Rows(read).Select(row => string.Join('|', row)));
        }
        catch (QuernException e)
        {
            return e.Fault.Code + " " + e.Fault.Where?.Replace(".gz", "", StringComparison.Ordinal);
        }
    }

    static CsvRead Read(string path, int blockBytes, bool scalar) => new()
    {
        Files = [new CsvFile(path, Path.GetFileName(path))],
        Columns =
        [
            new("a", TypeKind.Varchar),
            new("b", TypeKind.Double) { Empty = OnEmpty.Null, Bad = OnBad.Null },
            new("c", TypeKind.Timestamp) { Empty = OnEmpty.Null, Bad = OnBad.Null },
        ],
        Dialect = new CsvDialect { HasHeader = false },
        BlockBytes = blockBytes,
        MaxRowBytes = 2000,
        ForceScalar = scalar,
    };

    static byte[] Mutated(Random random)
    {
        var lineEnd = random.Next(3) switch { 0 => "\n", 1 => "\r\n", _ => "\r" };
        var text = string.Concat(Enumerable.Range(0, random.Next(1, 10)).Select(i => random.Next(4) switch
        {
            0 => $"plain,{i}.5,2025-10-01 00:00:00{lineEnd}",
            1 => $"\"quo\"\"ted, é\n\",\"{i}e3\",\"2025-10-01 00:00:00 +0000 UTC\"{lineEnd}",
            2 => $"{new string('w', random.Next(150))},,{lineEnd}",
            _ => $"5\" pipe,-{i},  {lineEnd}",
        }));
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        if (random.Next(3) == 0) return bytes;
        var special = "\",\n\r \0\u007f"u8.ToArray();
        for (var i = random.Next(1, 4); i > 0; i--)
            bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : special[random.Next(special.Length)];
        return bytes[..(random.Next(4) == 0 ? random.Next(1, bytes.Length + 1) : bytes.Length)];
    }
}
