using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;

namespace Quern.Fuzz.Csv;

/// <summary>What reading a file came to: its rows, or the fault it ends with.</summary>
/// <param name="Rows">The rows, cells behind one another; in no order when two threads read.</param>
/// <param name="Fault">The fault; null for none.</param>
sealed record CsvOutcome(IReadOnlyList<string> Rows, Fault? Fault)
{
    /// <summary>What stands for NULL in rows.</summary>
    public const string Null = "\u2400";

    /// <summary>A value with all its bits; null for NULL.</summary>
    public static string? Shown(Vector vector, int row) => vector.IsNull(row) ? null : vector.Type.Kind switch
    {
        TypeKind.Double => double.IsNaN(vector.Values<double>()[row]) ? "nan" : Hex(BitConverter.DoubleToUInt64Bits(vector.Values<double>()[row])),
        TypeKind.Float => float.IsNaN(vector.Values<float>()[row]) ? "nan" : Hex(BitConverter.SingleToUInt32Bits(vector.Values<float>()[row])),
        _ => ValueText.Read(vector, row),
    };

    /// <summary>Reads with threads of their own, in order.</summary>
    public static CsvOutcome InOrder(CsvRead read, int threads)
    {
        using var ordered = new CsvOrdered(read, threads, bytes: 1);
        return Collect(ordered.Next);
    }

    /// <summary>Reads with as many threads as said.</summary>
    public static CsvOutcome Of(CsvRead read, int threads, IReadOnlyList<int>? columns = null)
    {
        using var pass = new CsvPass(read, columns);
        if (threads == 1) return One(pass);
        var other = Task.Run(() => One(pass));
        CsvOutcome mine;
        try
        {
            mine = One(pass);
        }
        finally
        {
            other.Wait();
        }
        return new([.. mine.Rows, .. other.Result.Rows], mine.Fault ?? other.Result.Fault);
    }

    /// <summary>The fault in short: code, place and value, the name of a compressed file as that of the plain one.</summary>
    public string? Ending => Fault is null ? null
        : $"{Fault.Code} {Fault.Where?.Replace(".gz", "", StringComparison.Ordinal)} {Fault.Value}";

    /// <summary>Both in one text, for messages.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows.Count} rows [{string.Join("][", Rows)}] {Ending}");

    static CsvOutcome One(CsvPass pass)
    {
        using var chunks = new CsvChunks(pass);
        return Collect(chunks.Next);
    }

    static CsvOutcome Collect(Func<Chunk?> next)
    {
        var rows = new List<string>();
        try
        {
            while (next() is { } chunk)
                for (var row = 0; row < chunk.Rows; row++) rows.Add(Row(chunk, row));
            return new(rows, null);
        }
        catch (QuernException error)
        {
            return new(rows, error.Fault);
        }
    }

    static string Hex(ulong bits) => bits.ToString("X", CultureInfo.InvariantCulture);

    static string Row(Chunk chunk, int row)
    {
        var text = new StringBuilder();
        for (var column = 0; column < chunk.Schema.Count; column++) text.Append('|').Append(Shown(chunk[column], row) ?? Null);
        return text.ToString();
    }
}
