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
        var rows = new List<string>();
        try
        {
            using var chunks = new CsvChunks(pass);
            while (chunks.Next() is { } chunk)
                for (var row = 0; row < chunk.Rows; row++) rows.Add(Row(chunk, row));
            return new(rows, null);
        }
        catch (QuernException error)
        {
            return new(rows, error.Fault);
        }
    }

    static string Row(Chunk chunk, int row)
    {
        var text = new StringBuilder();
        for (var column = 0; column < chunk.Schema.Count; column++)
            text.Append('|').Append(chunk[column].GetValue(row) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : "NULL");
        return text.ToString();
    }
}
