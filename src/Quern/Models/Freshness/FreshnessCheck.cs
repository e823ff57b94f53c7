using System.Globalization;
using Quern.Jinja;
using Quern.Projects;
using Quern.Projects.Nodes;
using Quern.Projects.Warehouses;

namespace Quern.Models.Freshness;

/// <summary>Asks tables of sources when their last row came: <c>source freshness</c>.</summary>
/// <param name="project">The project.</param>
/// <param name="warehouse">The database.</param>
public sealed class FreshnessCheck(LoadedProject project, Warehouse warehouse)
{
    /// <summary>Whether anybody asks how fresh a table is; one whose limits cannot be read is asked, and says so.</summary>
    public static bool Wants(SourceTable table)
    {
        try
        {
            return FreshnessLimits.Of(table) is not null;
        }
        catch (QuernException)
        {
            return true;
        }
    }

    /// <summary>Asks tables one after another; one that fails does not stop the others.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="started">Is told of each before it is asked, with its number from 1.</param>
    /// <param name="ended">Is told of each result.</param>
    /// <param name="cancel">Stops between tables.</param>
    public IReadOnlyList<FreshnessResult> Run(
        IReadOnlyList<SourceTable> tables, Action<int, SourceTable> started, Action<int, FreshnessResult> ended, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(started);
        ArgumentNullException.ThrowIfNull(ended);
        var results = new List<FreshnessResult>();
        using var session = warehouse.Connect(project);
        session.Cancellation = cancel;
        for (var i = 0; i < tables.Count && !cancel.IsCancellationRequested; i++)
        {
            started(i + 1, tables[i]);
            results.Add(Ask(tables[i], session));
            ended(i + 1, results[^1]);
        }
        return results;
    }

    FreshnessResult Ask(SourceTable table, WarehouseSession session)
    {
        var time = project.Invocation.Time;
        var (began, now) = (time.GetTimestamp(), time.GetUtcNow().UtcDateTime);
        var result = new FreshnessResult { Table = table, Status = FreshnessStatus.RuntimeError, AskedAt = now };
        try
        {
            var limits = FreshnessLimits.Of(table)!;
            var micros = session.Query(Sql(table, limits, session)).Rows[0][0];
            var loaded = micros is null ? DateTime.MinValue : Moment(Convert.ToInt64(micros, CultureInfo.InvariantCulture));
            result = result with { Status = limits.Judge(now - loaded), LoadedAt = DateTime.SpecifyKind(loaded, DateTimeKind.Utc) };
        }
        catch (QuernException e)
        {
            session.Rollback();
            result = result with { Fault = e.Fault.Where is null ? e.Fault with { Where = $"{table.File}:{table.Line}" } : e.Fault };
        }
        return result with { Seconds = time.GetElapsedTime(began).TotalSeconds };
    }

    // The engine's calendar has more years than this one: what lies outside is taken for its first or last moment.
    static DateTime Moment(long micros)
    {
        const long Ticks = TimeSpan.TicksPerMicrosecond;
        var (first, last) = (DateTime.MinValue - DateTime.UnixEpoch, DateTime.MaxValue - DateTime.UnixEpoch);
        return DateTime.UnixEpoch.AddTicks(Math.Clamp(micros, first.Ticks / Ticks, last.Ticks / Ticks) * Ticks);
    }

    // A moment without a zone is taken for UTC, as dbt does.
    string Sql(SourceTable table, FreshnessLimits limits, WarehouseSession session)
    {
        if (Rendered(table.LoadedAtQuery, session) is { Length: > 0 } query) return $"select epoch_us(({query}\n))";
        if (Rendered(table.LoadedAtField, session) is not { Length: > 0 } field)
        {
            throw new QuernException(new Fault("QN7310", "the freshness of a source cannot be told")
            {
                Where = $"{table.File}:{table.Line}",
                Value = $"{table.Source}.{table.Name}",
                Wanted = "loaded_at_field: the column that says when a row came, or loaded_at_query",
            });
        }
        var filter = Rendered(limits.Filter, session) is { Length: > 0 } condition ? $" where {condition}" : "";
        return $"select epoch_us(max({field})) from {project.Templates.RelationOf(table).Render()}{filter}";
    }

    string? Rendered(string? text, WarehouseSession session) =>
        text is null || !Template.HasMarks(text) ? text : project.Templates.Render(text, "freshness", null, session);
}
