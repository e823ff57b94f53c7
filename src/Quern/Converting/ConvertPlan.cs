using System.Globalization;
using Quern.Budget;
using Quern.Chunks;
using Quern.Converting.Sources;
using Quern.Delivery;
using Quern.Duck;

namespace Quern.Converting;

/// <summary>What a conversion does: what <c>--explain</c> prints is what is run.</summary>
/// <param name="Source">What is read.</param>
/// <param name="Relation">What stands behind FROM for it.</param>
/// <param name="Target">Where it goes.</param>
/// <param name="Rows">The columns that go there.</param>
/// <param name="Query">The rows that go there.</param>
/// <param name="Reading">How the source is read.</param>
/// <param name="Memory">How the memory limit is shared out.</param>
sealed record ConvertPlan(
    Source Source, string Relation, ConvertTarget Target, Schema Rows, string Query, Reading Reading, EngineShare Memory)
{
    const int UsualRowGroup = 122_880;

    /// <summary>What a text takes while it waits to be written, beside its place in the row (measured on labels and names).</summary>
    const int TextBytes = 32;

    /// <summary>The part of the engine's memory that a row group may take before it is encoded.</summary>
    const int ShareOfRowGroup = 4;

    /// <summary>Makes the plan; the source is known to the engine from then on.</summary>
    /// <exception cref="QuernException">QN1147, exit code 2: a column or a condition does not fit the input.</exception>
    public static ConvertPlan Of(
        ConvertRequest request, Source source, ConvertTarget target, DuckSession session, EngineShare memory, Action<long> bytesRead)
    {
        var reading = new Reading(!request.Unordered && request.Sort.Count == 0, memory.Threads, memory.LimitBytes, bytesRead);
        var relation = source.Open(session, reading);
        var columns = Columns(request, source);
        var select = $"select {Sql.Names(columns)} from";
        var (found, query) = (Described(session, Query(select)), "");
        // Parquet has no whole numbers of 128 bits: the engine would write them as doubles.
        if (found.Columns.Any(IsCast))
        {
            select = $"select {string.Join(", ", found.Columns.Select(c => IsCast(c) ? Cast(c) : Sql.Name(c.Name)))} from";
            found = Described(session, Query(select));
        }
        CheckPartitions(request, found);
        query = Query(select);
        var plan = new ConvertPlan(source, relation, target, found, query, reading, memory) { RowsFrom = (select, relation) };
        return plan with { Writer = ParquetChoice.Of(request, plan, columns) };

        bool IsCast(Column column) =>
            (target.Form == FileForm.Parquet && IsHuge(column)) || (request.UuidAsText && column.Type.Kind == TypeKind.Uuid);

        string Query(string select)
        {
            var text = $"{select} {relation}";
            if (request.Where is { } where) text += $"\nwhere ({where}\n)";
            // Rows that are equal in the keys are equal in all columns or in an order of their own: the same rows give the same file.
            if (request.Sort.Count > 0) text += $"\norder by {string.Join(", ", request.Sort.Concat(columns.Select(Sql.Name)))}";
            return text;
        }
    }

    /// <summary>The beginning of the query.</summary>
    (string Select, string Relation) RowsFrom { get; init; }

    /// <summary>Who writes Parquet. Default: null, it is no Parquet.</summary>
    public ParquetChoice? Writer { get; private init; }

    /// <summary>The CSV files, where our own writer reads them. Default: null, the engine reads.</summary>
    public CsvFeed? Feed => Writer?.Feed;

    /// <summary>Rows of a row group: as asked for; else the usual, or fewer that fit the memory.</summary>
    public int RowGroupRows => Target.RowGroupRows ?? (int)Math.Clamp(
        Memory.EngineBytes / ShareOfRowGroup / RowBytes / ConvertTarget.LeastRowGroup * ConvertTarget.LeastRowGroup,
        ConvertTarget.LeastRowGroup, UsualRowGroup);

    /// <summary>Bytes of a row while it waits to be encoded, about.</summary>
    public long RowBytes => Math.Max(
        1, Rows.Columns.Sum(c => (long)Math.Max(c.Type.Width, 16) + (c.Type.IsText || c.Type.IsNested ? TextBytes : 0)));

    /// <summary>The same rows, in any order, from somewhere else.</summary>
    /// <param name="relation">What stands behind FROM there.</param>
    public string Select(string relation) =>
        $"{RowsFrom.Select} {relation}{Query[(RowsFrom.Select.Length + 1 + RowsFrom.Relation.Length)..]}";

    static string Cast(Column column) =>
        $"{Sql.Name(column.Name)}::{(IsHuge(column) ? "decimal(38, 0)" : "varchar")} as {Sql.Name(column.Name)}";

    static bool IsHuge(Column column) => column.Type.Kind is TypeKind.HugeInt or TypeKind.UHugeInt;

    /// <summary>The plan, line by line.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"1. read {Source.Kind}: {Source.Name} ({new MemorySize(Source.Bytes)})");
        foreach (var line in Source.Lines()) yield return $"   {line}";
        yield return Reading.InOrder ? "   in the order of the files" : "   in any order";
        yield return "2. run";
        foreach (var line in Query.Split('\n')) yield return $"   {line}";
        var groups = Target.Form switch
        {
            FileForm.Parquet => string.Create(CultureInfo.InvariantCulture, $", row groups of {RowGroupRows:N0} rows"),
            FileForm.Arrow => string.Create(CultureInfo.InvariantCulture, $", batches of {RowGroupRows:N0} rows"),
            _ => "",
        };
        yield return $"3. write {Target.Destination.Name}: {Target.Manner}{groups}";
        if (Writer is not null) yield return $"   {Writer.Line}";
        yield return $"   {Target.Destination.Effect}";
        yield return "memory";
        foreach (var line in Memory.Lines()) yield return $"   {line}";
    }

    static List<string> Columns(ConvertRequest request, Source source)
    {
        var all = source.Schema.Columns.Select(c => c.Name).ToList();
        if (request.Columns is null) return all;
        return
        [
            .. request.Columns.Select(
                name => all.Find(c => c.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw NoColumn(name, all)),
        ];
    }

    static Schema Described(DuckSession session, string query)
    {
        try
        {
            using var rows = session.Query($"from ({query}\n) limit 0");
            return rows.Schema;
        }
        catch (QuernException e) when (e.Fault is DuckFault fault)
        {
            const string error = "Error: ";
            var start = fault.What.IndexOf(error, StringComparison.Ordinal) is >= 0 and var at ? at + error.Length : 0;
            throw new QuernException(
                new Fault("QN1147", "the condition or the order does not fit the input")
                {
                    Where = "--where or --sort",
                    // Behind the class of the error, which says nothing to who wrote a condition.
                    Value = fault.What[start..],
                    Try = ["quern peek FILE     shows columns and types"],
                    ExitCode = ExitCode.Usage,
                },
                e);
        }
    }

    static void CheckPartitions(ConvertRequest request, Schema rows)
    {
        var names = rows.Columns.Select(c => c.Name).ToList();
        foreach (var name in request.PartitionBy)
            if (!names.Contains(name, StringComparer.OrdinalIgnoreCase)) throw NoColumn(name, names, "--partition-by");
        if (request.PartitionBy.Count < names.Count || request.PartitionBy.Count == 0) return;
        throw new QuernException(new Fault("QN1116", "no column is left for the files of the partitions")
        {
            Where = "--partition-by",
            Value = string.Join(", ", request.PartitionBy),
            Wanted = "at least one column that makes no folders",
            Try = ["partition by fewer columns", "--columns with more of them"],
            ExitCode = ExitCode.Usage,
        });
    }

    static QuernException NoColumn(string name, List<string> all, string option = "--columns") => new(new Fault(
        "QN1148", "the input has no such column")
    {
        Where = option,
        Value = $"\"{name}\"",
        Wanted = all.Count <= 10 ? string.Join(", ", all) : null,
        Try = NearestName.Of(name, all) is { } near ? [$"{option} {near}"] : ["quern peek FILE     shows the columns"],
        ExitCode = ExitCode.Usage,
    });
}
