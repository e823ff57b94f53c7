using System.Globalization;
using Quern.Chunks;
using Quern.Converting.Sources;
using Quern.Delivery;
using Quern.Delivery.Parquet;

namespace Quern.Converting;

/// <summary>Who writes a Parquet file: our own writer, which the threads that read CSV hand their rows to, or the engine's.</summary>
/// <param name="Feed">What our own writer reads; null for the engine's.</param>
/// <param name="Line">Which one, and why, for people.</param>
sealed record ParquetChoice(CsvFeed? Feed, string Line)
{
    /// <summary>The part of the engine's memory that threads may fill with row groups.</summary>
    const int ShareOfMemory = 2;

    /// <summary>Chooses.</summary>
    /// <returns>Null when no Parquet file is written.</returns>
    public static ParquetChoice? Of(ConvertRequest request, ConvertPlan plan, IReadOnlyList<string> columns)
    {
        if (plan.Target.Form != FileForm.Parquet) return null;
        if (Reason(request, plan) is { } reason) return new(null, $"by the engine's writer: {reason}");
        var read = ((CsvSource)plan.Source).Counted(plan.Reading);
        var needed = Math.Max(1, plan.RowBytes * plan.RowGroupRows);
        var threads = (int)Math.Clamp(plan.Memory.EngineBytes / ShareOfMemory / needed, 1, plan.Reading.Threads);
        var feed = new CsvFeed(
            read, [.. columns.Select(c => plan.Source.Schema.IndexOf(c))], plan.Reading.InOrder, threads, plan.Reading.LimitBytes);
        return new(feed, string.Create(
            CultureInfo.InvariantCulture, $"by our own writer, {threads} {(threads == 1 ? "thread that reads" : "threads that read")} and write"));
    }

    static string? Reason(ConvertRequest request, ConvertPlan plan)
    {
        if (plan.Source is not CsvSource) return "only CSV is read without the engine";
        if (request.Parts is not null || request.PartitionBy.Count > 0) return "several files are written";
        if (plan.Target.Destination is not ParquetFile file) return "it is sent elsewhere";
        if (request.Where is not null) return "rows are filtered";
        if (request.Sort.Count > 0) return "rows are sorted";
        if (file.Options(new Shipment { Relation = "", Table = "", Columns = [] }) is null) return $"compression {request.Compression}";
        // The rows may be cast on their way.
        if (plan.Rows.Columns.FirstOrDefault(c => !plan.Source.Schema[plan.Source.Schema.IndexOf(c.Name)].Type.Equals(c.Type)) is { } cast)
            return $"column \"{cast.Name}\" becomes {cast.Type}";
        return ParquetWriter.Refused(plan.Rows) is { } refused ? $"column \"{refused.Name}\" is {refused.Type}" : null;
    }
}
