using System.Diagnostics;
using Quern.Arrow;
using Quern.Duck;
using Quern.Tests.Files;

namespace Quern.Tests.Arrow;

/// <summary>Writes and reads Arrow in tests.</summary>
static class ArrowFiles
{
    /// <summary>Writes a query's rows to a file; returns its path.</summary>
    public static string Write(DuckSession session, string sql, string path, ArrowOptions? options = null)
    {
        using var result = session.Query(sql);
        using var file = File.Create(path);
        using var writer = new ArrowWriter(file, result.Schema, options);
        while (result.Next() is { } chunk) writer.Write(chunk);
        writer.Complete();
        Assert.Equal(file.Length, writer.Bytes);
        return path;
    }

    /// <summary>The rows of a query as texts, column by column: types first, then a text for each row, null for
    /// NULL.</summary>
    public static List<string?> Texts(DuckSession session, string sql)
    {
        var texts = new List<string?>();
        using var result = session.Query($"select columns(*)::varchar from ({sql})");
        while (result.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
                for (var column = 0; column < chunk.Schema.Count; column++) texts.Add((string?)chunk[column].GetValue(row));
        }
        return texts;
    }

    /// <summary>Rows, read without a database: columns by bars, NULL as such.</summary>
    public static List<string> Rows(string path)
    {
        using var set = new ArrowSet(new ArrowRead { Paths = [path], Names = [Path.GetFileName(path)] });
        using var chunks = new ArrowChunks(new ArrowPass(set));
        var rows = new List<string>();
        while (chunks.Next() is { } chunk)
        {
            for (var row = 0; row < chunk.Rows; row++)
            {
                var cells = new object[chunk.Schema.Count];
                for (var column = 0; column < cells.Length; column++) cells[column] = chunk[column].GetValue(row) ?? "NULL";
                rows.Add(string.Join('|', cells));
            }
        }
        return rows;
    }

    /// <summary>Reads mutated files for some seconds: each gives rows or a fault, never anything else. Half of the mutations hit
    /// metadata.</summary>
    public static void Mutate(ScratchFolder folder, byte[][] wholes)
    {
        const int MostMillis = 2000;
        var clock = Stopwatch.StartNew();
        var (tried, refused) = (0, 0);
        for (var seed = 0; clock.ElapsedMilliseconds < MostMillis && seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var bytes = wholes[seed % wholes.Length].ToArray();
            for (var i = random.Next(1, 4); i > 0; i--)
            {
                var at = random.Next(2) == 0 ? random.Next(bytes.Length) : Metadata(bytes, random);
                bytes[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)(bytes[at] ^ (1 << random.Next(8))), _ => 0xFF };
            }
            var path = folder.Write("m.arrow", bytes);
            tried++;
            try
            {
                Rows(path);
            }
            catch (QuernException fault) when (fault.Fault.Code.StartsWith("QN325", StringComparison.Ordinal))
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }
        Assert.True(refused > 0 && (refused < tried || tried < 20), $"{refused} of {tried} mutated files were refused: too tame or too wild");
    }

    /// <summary>A place in the footer or in front of a batch.</summary>
    static int Metadata(byte[] bytes, Random random)
    {
        var tail = Math.Min(1500, bytes.Length);
        return random.Next(2) == 0 ? bytes.Length - 1 - random.Next(tail) : random.Next(Math.Min(2500, bytes.Length));
    }
}
