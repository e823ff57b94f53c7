using System.Globalization;
using System.Text;
using Quern.Chunks;
using Quern.Csv;
using Quern.Csv.Records;
using Quern.Duck;

namespace Quern.Packs.OpenShift;

/// <summary>Finds the row whose interval cannot be read, to name it; slow, and only done when the run fails.</summary>
static class UndatedRow
{
    const string Column = "interval_start";

    /// <summary>Times that are remembered: 64 Ki of some 30 characters.</summary>
    const int MostTimes = 1 << 16;

    /// <summary>The fault that names the first such row.</summary>
    /// <param name="report">The report, or the fold of it, as the pack calls it.</param>
    /// <param name="count">How many such rows there are.</param>
    /// <param name="files">The files of the run.</param>
    /// <param name="session">The engine.</param>
    /// <param name="cancel">Ends the search.</param>
    public static QuernException Find(string report, long count, ReportFiles files, DuckSession session, CancellationToken cancel)
    {
        // A month has few times and many rows: each is asked about once.
        var reads = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var file in files.All)
        {
            if (file.Form == ReportForm.Csv)
            {
                var column = file.Columns.ToList().IndexOf(Column);
                if (First(file, column, text => !Reads(session, reads, text, cancel), cancel) is not (var place, { } value)) continue;
                var line = LineCount.At(new CsvFile(file.File.Path, file.File.Name), place);
                var where = string.Create(
                    CultureInfo.InvariantCulture,
                    $"{file.File.Name} line {line:N0} (byte {place:N0}), column {column + 1} \"{Column}\"");
                return Fault(count, where, value);
            }
            else
            {
                var undated = $"select count(*) from read_parquet({Sql.File(file.File.Path)}) where {Column} is null";
                if (session.Scalar<long>(undated, cancel) > 0) return Fault(count, $"{file.File.Name}, column \"{Column}\"", "NULL");
            }
        }
        return Fault(count, report, null);
    }

    /// <summary>The first cell of a column that matches, and where its row begins.</summary>
    static (long Place, string? Text) First(ReportFile file, int column, Predicate<string> matches, CancellationToken cancel)
    {
        var (place, found) = (0L, (string?)null);
        var read = new CsvRead
        {
            Files = [new CsvFile(file.File.Path, file.File.Name)],
            Columns = [.. file.Columns.Select((_, i) => new CsvColumn(string.Create(CultureInfo.InvariantCulture, $"column {i + 1}"), TypeKind.Varchar))],
            Dialect = new CsvDialect { LinesAbove = (int)file.LinesAbove },
        };
        CsvCells.Look(read, [column], Look, () => found is not null, cancel);
        return (place, found);

        void Look(int of, long at, ReadOnlySpan<byte> bytes)
        {
            if (found is not null) return;
            var text = Encoding.UTF8.GetString(bytes);
            if (matches(text)) (place, found) = (at, text);
        }
    }

    static bool Reads(DuckSession session, Dictionary<string, bool> known, string text, CancellationToken cancel)
    {
        if (known.TryGetValue(text, out var reads)) return reads;
        reads = session.Scalar<bool>($"select try_cast(replace({Sql.Text(text)}, ' +0000 UTC', '') as timestamp) is not null", cancel);
        if (known.Count < MostTimes) known[text] = reads;
        return reads;
    }

    static QuernException Fault(long count, string where, string? value) => new(
        new Fault("QN3102", FormattableString.Invariant($"the time of {count:N0} row{(count == 1 ? "" : "s")} cannot be read"))
        {
            Where = where,
            Value = value is null or "NULL" ? value : $"\"{value}\"",
            Wanted = "a time such as 2025-10-01 00:00:00 +0000 UTC, in UTC",
            Try = ["correct or remove the row: without a time it belongs to no day"],
        });
}
