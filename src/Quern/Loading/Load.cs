using System.Globalization;
using Quern.Budget;
using Quern.Converting;
using Quern.Converting.Sources;
using Quern.Csv.Inference;
using Quern.Delivery;
using Quern.Delivery.Sqlite;
using Quern.Duck;
using Quern.Files;
using Quern.Running;

namespace Quern.Loading;

/// <summary>Loads files or the rows of a query into a table: all of them, or the table stays as it was.</summary>
/// <param name="run">The run.</param>
/// <param name="request">What is asked for.</param>
public sealed class Load(Run run, LoadRequest request)
{
    /// <summary>Blocks on their way to the server, each of a connection (measured at 20 million rows).</summary>
    const long SendingBytes = 8 << 20;

    /// <summary>Is told, line by line, what was found out about the inputs. Default: null, nobody.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>Checks what can be known of a request before the work begins.</summary>
    /// <exception cref="QuernException">Exit code 2: options contradict each other, or the destination cannot be written.</exception>
    public static void Check(LoadRequest request) => LoadTarget.Of(request).Check();

    /// <summary>Does the work.</summary>
    /// <exception cref="QuernException">It failed; the table is as it was.</exception>
    public void Make() => Open((database, _, source, destination, shipment) =>
    {
        try
        {
            Deliver(database, source, destination, shipment);
        }
        finally
        {
            var rejects = shipment.Refused as LoadRejects;
            rejects?.Settle(database);
            source.Complete();
            rejects?.Complete();
        }
    });

    /// <summary>What <see cref="Make"/> would do, found out without reading the rows; the database is asked what the table is like.</summary>
    public IReadOnlyList<string> Explain()
    {
        List<string> lines = [];
        Open((database, share, source, destination, shipment) =>
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"1. read {source.Kind}: {source.Name} ({new MemorySize(source.Bytes)})"));
            lines.AddRange(source.Lines().Select(l => $"   {l}"));
            lines.Add($"2. load into {destination.Kind}");
            lines.AddRange(destination.Lines(database, shipment).Select(l => $"   {l}"));
            lines.Add("memory");
            lines.AddRange(share.Lines().Select(l => $"   {l}"));
        });
        return lines;
    }

    /// <summary>Opens engine and source, and gives them to some work; a load does this, and so does whoever measures one.</summary>
    internal void Open(Action<DuckDatabase, EngineShare, Source, Destination, Shipment> use)
    {
        var destination = LoadTarget.Of(request);
        using var source = Find();
        CheckInputs(source, destination);
        foreach (var line in source.Findings) Say?.Invoke(line);
        using var rejects = request.Rejects is null && request.MaxRejects is null
            ? null
            : new LoadRejects(source.Rejects ?? SourceFinder.Rejects(AllRejects), source);
        var beside = SendingBytes * (request.Connections ?? 2);
        var engine = new SourceEngine(run, source, request.Threads, request.TempDirectory, isOrdered: true) { BesideBytes = beside };
        engine.Use((database, session, share) =>
        {
            var relation = source.Open(session, new Reading(true, share.Threads, share.LimitBytes, bytes => run.Progress.Advance(bytes, 0)));
            var shipment = new Shipment
            {
                Relation = relation,
                Table = request.Table ?? LoadTarget.Default(request),
                Columns = [.. source.Schema.Columns.Select(c => c.Name)],
                ExpectedRows = source is QuerySource or { Kind: "CSV" } ? null : source.CountRows(session, run.Cancellation),
                AllowEmpty = request.AllowEmpty || (destination.IsFile && destination is not SqliteFile),
                Run = run,
                IsReadOnce = !source.ComesAgain,
                Restart = source.Restart,
                Refused = rejects,
                Locate = number => source.ComesAgain ? source.Places(database, [number]).FirstOrDefault() : null,
            };
            use(database, share, source, destination, shipment);
        });
    }

    Source Find() => request.Inputs is [var only] && QuerySource.Is(only) && !File.Exists(Path.GetFullPath(only, request.BaseDirectory))
        ? new QuerySource(only)
        : new SourceFinder(run, Conversion).Find();

    ConvertRequest Conversion => new()
    {
        BaseDirectory = request.BaseDirectory,
        Inputs = request.Inputs,
        Output = request.To,
        Hints = request.Hints,
        Schema = request.Schema,
        // Rows that cannot be read are set aside by the reader of CSV itself, into the same file.
        Rejects = IsCsv ? request.Rejects : null,
        MaxRejects = IsCsv ? request.MaxRejects : null,
        Threads = request.Threads,
        TempDirectory = request.TempDirectory,
    };

    ConvertRequest AllRejects => Conversion with { Rejects = request.Rejects, MaxRejects = request.MaxRejects };

    bool IsCsv => request.Inputs.All(i => i == CsvInference.StandardInput || FileForms.ByName(i) is null or FileForm.Csv);

    void CheckInputs(Source source, Destination destination)
    {
        if (destination.IsFile) InputGuard.Check(Conversion, source, destination);
    }

    void Deliver(DuckDatabase database, Source source, Destination destination, Shipment shipment)
    {
        run.Progress.Expect(source.Bytes);
        using var session = database.Connect();
        StagedOutput? staged;
        using (var step = run.Step($"load {destination.Name}"))
        {
            staged = destination.Stage(database, shipment, run.Cancellation);
            step.Count(staged?.Rows ?? 0, source.Bytes);
        }
        using (staged)
        {
            var rejects = shipment.Refused as LoadRejects;
            var refused = rejects?.Rows ?? 0;
            var repeated = staged?.Repeated ?? 0;
            var written = staged?.Rows ?? 0;
            rejects?.Settle(database);
            source.Judge(run);
            // What the reader set aside is in the same file, and counted there.
            var rejected = rejects is null or { IsShared: true } ? source.Rejected : refused;
            var read = source.CountRows(session, run.Cancellation) is >= 0 and var counted ? counted : written + repeated + rejected;
            rejects?.Judge(run, read);
            SteadyInputs.Check(source.Files.Where(f => f.Path != CsvInference.StandardInput), run.Cancellation);
            run.Rows.CountRead(read, written, repeated, rejected);
            run.Rows.Assert();
            if (repeated > 0)
                run.Warn("QN8290", "rows were left out: another has their key, and comes first in the order of --dedupe", repeated);
            if (staged is null)
            {
                run.Warn("QN3212", $"{destination.Name} stays as it is: there is nothing to write");
                return;
            }
            run.Cancellation.ThrowIfCancellationRequested();
            using var step = run.Step("commit");
            var output = staged.Commit();
            run.Rows.CountWritten(output.Rows);
            run.Made(output);
            run.CountSource(source.Bytes);
        }
    }
}
