using System.Globalization;
using Quern.Duck;
using Quern.Running;

namespace Quern.Packs.OpenShift;

/// <summary>What the pack's models found out about the input: where each row went, and what the user should know.</summary>
static class SummaryChecks
{
    /// <summary>Counts the rows into the run, proves before anything is delivered that none was lost, and passes warnings on.</summary>
    /// <exception cref="QuernException">QN3102 a row has no readable interval; QN9007 rows were lost.</exception>
    public static void Count(Run run, DuckSession session, ReportFiles files)
    {
        long read = 0, kept = 0, filtered = 0;
        using (var counts = session.Query("select report, state, cast(row_count as bigint) from row_counts", run.Cancellation))
        {
            while (counts.Next() is { } chunk)
            {
                var states = chunk[1].Texts;
                var rows = chunk[2].Values<long>();
                for (var i = 0; i < chunk.Rows; i++)
                {
                    if (chunk[2].IsNull(i)) continue;
                    switch (states[i].ToString())
                    {
                        case "read": read += rows[i]; break;
                        case "kept": kept += rows[i]; break;
                        case "filtered" or "anomalous": filtered += rows[i]; break;
                        case "undated": throw UndatedRow.Find(chunk[0].Texts[i].ToString(), rows[i], files, session, run.Cancellation);
                        case var state: throw new InvalidOperationException($"the pack names a state that is not known: {state}");
                    }
                }
            }
        }
        run.Rows.CountRead(read, kept, filtered);
        run.Rows.Assert();
        using var warnings = session.Query(
            "select code, message, cast(occurrences as bigint) from warnings where occurrences > 0", run.Cancellation);
        while (warnings.Next() is { } chunk)
        {
            for (var i = 0; i < chunk.Rows; i++)
                run.Warn(chunk[0].Texts[i].ToString(), chunk[1].Texts[i].ToString(), chunk[2].Values<long>()[i]);
        }
    }

    /// <summary>
    /// Warns when roles are to be derived and nodes have none: a role needs a row of the node label report (specification section 2.5).
    /// </summary>
    public static void Roles(Run run, DuckSession session, SummaryParameters parameters)
    {
        if (!parameters.DeriveRoles) return;
        // Only unallocated capacity has no namespace: its namespace follows from the role.
        var nodes = session.Scalar<long>(
            $"select count(distinct node) from {SummaryPlan.Summary} where data_source = 'Pod' and namespace is null", run.Cancellation);
        if (nodes == 0) return;
        run.Warn("QN3209", "nodes for which no role can be derived: the namespace of their unallocated capacity is NULL", nodes);
    }

    /// <summary>The days asked for, and those of them that have rows; the others are warned about.</summary>
    public static (IReadOnlyList<DateOnly> Asked, IReadOnlyList<DateOnly> WithRows) Days(
        Run run, DuckSession session, SummaryParameters parameters)
    {
        var there = new HashSet<DateOnly>();
        using (var result = session.Query($"select distinct usage_start from {SummaryPlan.Summary}", run.Cancellation))
        {
            while (result.Next() is { } chunk)
            {
                for (var row = 0; row < chunk.Rows; row++) there.Add((DateOnly)chunk[0].GetValue(row)!);
            }
        }
        var asked = Enumerable.Range(0, parameters.End.DayNumber - parameters.Start.DayNumber + 1).Select(parameters.Start.AddDays).ToList();
        var without = asked.Where(d => !there.Contains(d)).ToList();
        if (without.Count > 0)
        {
            var names = string.Join(", ", without.Take(3).Select(d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
            run.Warn("QN3211", $"days without rows: {names}{(without.Count > 3 ? ", ..." : "")}", without.Count);
        }
        return (asked, [.. asked.Where(there.Contains)]);
    }
}
