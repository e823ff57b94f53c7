using System.Globalization;
using Quern.Budget;
using Quern.Converting;
using Quern.Converting.Sources;
using Quern.Csv.Inference;
using Quern.Delivery;
using Quern.Delivery.Postgres;
using Quern.Delivery.Sqlite;
using Quern.Duck;
using Quern.Running;

namespace Quern.Loading;

/// <summary>Loads files or the rows of a query into a table: all of them, or the table stays as it was.</summary>
/// <param name="run">The run.</param>
/// <param name="request">What is asked for.</param>
public sealed class Load(Run run, LoadRequest request)
{
    /// <summary>Blocks on their way to the server, each of a connection (measured at 20 million rows).</summary>
    const long SendingBytes = 8 << 20;

    const int EnoughForOneThread = 2;

    /// <summary>Is told, line by line, what was found out about the inputs. Default: null, nobody.</summary>
    public Action<string>? Say { get; init; }

    /// <summary>Checks what can be known of a request before the work begins.</summary>
    /// <exception cref="QuernException">Exit code 2: options contradict each other, or the destination cannot be written.</exception>
    public static void Check(LoadRequest request) => LoadTarget.Of(request).Check();

    /// <summary>Does the work.</summary>
    /// <exception cref="QuernException">It failed; the table is as it was.</exception>
    public void Make() => Open((database, _, _, _, pass, shipment) =>
    {
        try
        {
            using (pass)
            {
                pass.Stage(database, shipment);
                pass.Commit();
            }
        }
        finally
        {
            pass.SetAside(database);
        }
    });

    /// <summary>What <see cref="Make"/> would do, found out without reading the rows; the database is asked what the table is like.</summary>
    public IReadOnlyList<string> Explain()
    {
        List<string> lines = [];
        Open((database, share, source, destination, _, shipment) =>
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
    internal void Open(Action<DuckDatabase, EngineShare, Source, Destination, LoadPass, Shipment> use)
    {
        var destination = LoadTarget.Of(request);
        using var source = Find(destination);
        CheckInputs(source, destination);
        foreach (var line in source.Findings) Say?.Invoke(line);
        using var rejects = request.Rejects is null && request.MaxRejects is null
            ? null
            : new LoadRejects(source.Rejects ?? SourceFinder.Rejects(AllRejects), source);
        var beside = SendingBytes * (request.Connections ?? 2);
        var engine = new SourceEngine(run, source, Threads(source, destination), request.TempDirectory, isOrdered: true) { BesideBytes = beside };
        engine.Use((database, session, share) =>
        {
            using var pass = new LoadPass(run, request, source, destination, rejects);
            var reading = new Reading(true, share.Threads, share.LimitBytes, bytes => run.Progress.Advance(bytes, 0));
            use(database, share, source, destination, pass, pass.Open(database, session, reading));
        });
    }

    /// <summary>One thread reads Parquet files several times as fast as a server takes rows over two connections, or a SQLite file; more of
    /// them would only wait for each other, and hold memory (measured: bench/results/load-postgres.md, bench/results/sqlite.md).</summary>
    int Threads(Source source, Destination destination) => source is ParquetSource
        && (destination is SqliteFile || (destination is PostgresTable && (request.Connections ?? 0) <= EnoughForOneThread))
            ? 1 : request.Threads;

    Source Find(Destination destination) =>
        request.Inputs is [var only] && QuerySource.Is(only) && !File.Exists(Path.GetFullPath(only, request.BaseDirectory))
        ? new QuerySource(only)
        : new SourceFinder(run, Conversion with { TakenAsText = destination.TakenAsText }).Find();

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

    bool IsCsv => request.Inputs.All(i => i == CsvInference.StandardInput || Form(i) is null or FileForm.Csv);

    /// <summary>What a name says, that of a database also in front of its table.</summary>
    static FileForm? Form(string input) =>
        FileForms.ByName(input) ?? (input.LastIndexOf(':') is > 0 and var colon ? FileForms.ByName(input[..colon]) : null);

    void CheckInputs(Source source, Destination destination)
    {
        InputGuard.Check(AllRejects, source, destination.IsFile ? destination : null);
    }
}
