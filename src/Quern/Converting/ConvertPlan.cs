using System.Globalization;
using Quern.Budget;
using Quern.Chunks;
using Quern.Converting.Sources;
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
    /// <summary>Makes the plan; the source is known to the engine from then on.</summary>
    /// <exception cref="QuernException">QN1127, exit code 2: a column or a condition does not fit the input.</exception>
    public static ConvertPlan Of(ConvertRequest request, Source source, ConvertTarget target, DuckSession session, EngineShare memory, Action<long> bytesRead)
    {
        var reading = new Reading(!request.Unordered && request.Sort.Count == 0, memory.Threads, bytesRead);
        var relation = source.Open(session, reading);
        var columns = Columns(request, source);
        var query = $"select {Sql.Names(columns)} from {relation}";
        if (request.Where is { } where) query += $"\nwhere ({where}\n)";
        // Rows that are equal in the keys are equal in all columns or in an order of their own: the same rows give the same file.
        if (request.Sort.Count > 0) query += $"\norder by {string.Join(", ", request.Sort.Concat(columns.Select(Sql.Name)))}";
        return new(source, relation, target, Described(session, query), query, reading, memory);
    }

    /// <summary>The plan, line by line.</summary>
    public IEnumerable<string> Lines()
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"1. read {Source.Kind}: {Source.Name} ({new MemorySize(Source.Bytes)})");
        foreach (var line in Source.Lines()) yield return $"   {line}";
        yield return Reading.InOrder ? "   in the order of the files" : "   in any order";
        yield return "2. run";
        foreach (var line in Query.Split('\n')) yield return $"   {line}";
        yield return $"3. write {Target.Destination.Name}: {Target.Manner}";
        yield return $"   {Target.Destination.Effect}";
        yield return "memory";
        foreach (var line in Memory.Lines()) yield return $"   {line}";
    }

    static List<string> Columns(ConvertRequest request, Source source)
    {
        var all = source.Schema.Columns.Select(c => c.Name).ToList();
        if (request.Columns is null) return all;
        return [.. request.Columns.Select(name => all.FirstOrDefault(c => c.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw NoColumn(name, all))];
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
            throw new QuernException(
                new Fault("QN1127", "the condition or the order does not fit the input")
                {
                    Where = "--where or --sort",
                    Value = fault.What,
                    Try = ["quern peek FILE     shows columns and types"],
                    ExitCode = ExitCode.Usage,
                },
                e);
        }
    }

    static QuernException NoColumn(string name, List<string> all) => new(new Fault("QN1128", "the input has no such column")
    {
        Where = "--columns",
        Value = $"\"{name}\"",
        Wanted = all.Count <= 10 ? string.Join(", ", all) : null,
        Try = NearestName.Of(name, all) is { } near ? [$"--columns {near}"] : ["quern peek FILE     shows the columns"],
        ExitCode = ExitCode.Usage,
    });
}
