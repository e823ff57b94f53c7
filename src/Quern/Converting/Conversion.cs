using Quern.Converting.Sources;
using Quern.Csv.Inference;
using Quern.Delivery;
using Quern.Delivery.Parquet;
using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Converting;

/// <summary>Turns files of one kind into a file of another: finds them, reads them as one table, writes what is asked for.</summary>
/// <param name="run">The run.</param>
/// <param name="request">What is asked for.</param>
public sealed class Conversion(Run run, ConvertRequest request)
{
    /// <summary>Is told, line by line, what was found out about the inputs. Default: null, nobody.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>Checks what can be known of a request before the work begins.</summary>
    /// <exception cref="QuernException">Exit code 2: options contradict each other, or the output cannot be written.</exception>
    public static void Check(ConvertRequest request) => ConvertTarget.Of(request).Destination.Check();

    /// <summary>Does the work.</summary>
    /// <exception cref="QuernException">It failed; the output is as it was.</exception>
    public void Make() => Open(Run);

    /// <summary>What <see cref="Make"/> would do, found out without reading the rows.</summary>
    public IReadOnlyList<string> Explain()
    {
        List<string> lines = [];
        Open((_, plan) => lines.AddRange(plan.Lines()));
        return lines;
    }

    void Open(Action<DuckDatabase, ConvertPlan> use)
    {
        var target = ConvertTarget.Of(request);
        using var source = new SourceFinder(run, request).Find();
        InputGuard.Check(request, source, target.Destination);
        foreach (var line in source.Findings) Say?.Invoke(line);
        // A file that takes rows as they come is in order when they are.
        var isStream = source.ComesInOneStream && target.Destination is ParquetFile;
        var isOrdered = !request.Unordered && request.Sort.Count == 0 && !isStream;
        new SourceEngine(run, source, request.Threads, request.TempDirectory, isOrdered).Use((database, session, share) =>
            use(database, ConvertPlan.Of(request, source, target, session, share, bytes => run.Progress.Advance(bytes, 0))));
    }

    void Run(DuckDatabase database, ConvertPlan plan)
    {
        try
        {
            Convert(database, plan);
        }
        finally
        {
            // What was set aside is of most use when it was too much.
            plan.Source.Complete();
        }
    }

    void Convert(DuckDatabase database, ConvertPlan plan)
    {
        using var session = database.Connect();
        run.Progress.Expect(plan.Source.Bytes);
        var shipment = new Shipment
        {
            Relation = $"({plan.Query}\n)",
            Table = plan.Target.Table,
            Columns = [.. plan.Rows.Columns.Select(c => c.Name)],
            RowGroupRows = plan.RowGroupRows,
            Rows = request.Parts is null ? null : CountAhead(database, plan),
            AllowEmpty = true,
            Csv = plan.Feed,
        };
        using var staged = Stage(database, plan, shipment);
        plan.Source.Judge(run);
        SteadyInputs.Check(plan.Source.Files.Where(f => f.Path != CsvInference.StandardInput), run.Cancellation);
        Count(plan.Source.CountRows(session, run.Cancellation), plan.Source.Rejected, staged.Rows);
        if (request.Verify) Verify(database, plan, staged);
        run.Cancellation.ThrowIfCancellationRequested();
        using var step = run.Step("put the output in place");
        var output = staged.Commit();
        run.Rows.CountWritten(output.Rows);
        run.Made(output);
        run.CountSource(plan.Source.Bytes);
    }

    /// <summary>Rows to come, for equal parts; those that will be set aside may be among them.</summary>
    long CountAhead(DuckDatabase database, ConvertPlan plan)
    {
        using var step = run.Step("count the rows");
        using var session = database.Connect();
        var relation = plan.Source.OpenAgain(session, plan.Memory.Threads)!;
        return session.Scalar<long>($"select count(*) from ({plan.Select(relation)}\n)", run.Cancellation);
    }

    StagedOutput Stage(DuckDatabase database, ConvertPlan plan, Shipment shipment)
    {
        using var step = run.Step($"write {plan.Target.Destination.Name}");
        var staged = plan.Target.Destination.Stage(database, shipment, run.Cancellation)!;
        step.Count(staged.Rows, plan.Source.Bytes);
        return staged;
    }

    void Verify(DuckDatabase database, ConvertPlan plan, StagedOutput staged)
    {
        using var step = run.Step("read the output back");
        new Verification(plan, request, database, plan.Memory.Threads).Check(staged, run.Cancellation);
        step.Count(staged.Rows, 0);
    }

    /// <summary>Without a condition every row that was read is written or set aside; with one, what is missing was filtered.</summary>
    void Count(long read, long rejected, long written)
    {
        var filtered = request.Where is null ? 0 : read - rejected - written;
        run.Rows.CountRead(read, written, filtered, rejected);
        run.Rows.Assert();
    }
}
