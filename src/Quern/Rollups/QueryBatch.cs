using System.Diagnostics;
using Quern.Files;
using Quern.Rollups.Queries;

namespace Quern.Rollups;

/// <summary>Answers queries one after the other; one that fails does not keep the others from being answered.</summary>
public sealed class QueryBatch
{
    /// <summary>Absolute path of the store.</summary>
    public required string Store { get; init; }

    /// <summary>Absolute path of a folder or file of queries, or - for standard input; null for <see cref="Sql"/>.</summary>
    public string? Queries { get; init; }

    /// <summary>A query of the SQL subset; null for <see cref="Queries"/>.</summary>
    public string? Sql { get; init; }

    /// <summary>Absolute path of the folder for results, a file each; null to give them to <see cref="Answered"/> only.</summary>
    public string? Out { get; init; }

    /// <summary>csv, json or arrow. Default: csv.</summary>
    public string Format { get; init; } = "csv";

    /// <summary>Whether grains may answer. Default: true.</summary>
    public bool UseRollups { get; init; } = true;

    /// <summary>Answer both ways and compare. Default: false.</summary>
    public bool Verify { get; init; }

    /// <summary>What the fallback may take.</summary>
    public RollupStoreOptions Options { get; init; } = new();

    /// <summary>What standard input holds.</summary>
    public Func<string> Input { get; init; } = () => "";

    /// <summary>Told of each answer, with the name of its query, and the file it was written to.</summary>
    public Action<string, QueryResult, string?, TimeSpan>? Answered { get; init; }

    /// <summary>Told of each query that failed.</summary>
    public Action<string, Fault>? Failed { get; init; }

    /// <summary>Answers.</summary>
    /// <exception cref="QuernException">QN7501 to QN7506: the store; QN7564: the queries; QN7565, exit code 1: some failed; what a single --sql
    /// throws.</exception>
    public void Run(CancellationToken cancel)
    {
        using var store = RollupStore.Open(Store, Options);
        if (Sql is not null)
        {
            One(store, "q1", new QueryText("q1", "--sql", null, Sql), cancel);
            return;
        }
        var queries = QueryTexts.Find(Queries!, Input);
        if (Out is not null) Directory.CreateDirectory(Out);
        var failed = 0;
        foreach (var (name, read) in queries)
        {
            try
            {
                One(store, name, read(), cancel);
            }
            catch (QuernException e)
            {
                failed++;
                Failed?.Invoke(name, e.Fault);
            }
        }
        if (failed > 0)
            throw new QuernException(new Fault("QN7565", "queries failed: those without a result") { Value = $"{failed} of {queries.Count}" });
    }

    void One(RollupStore store, string name, QueryText text, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        var query = store.Read(text);
        var result = store.Answer(query, UseRollups, cancel);
        var took = Stopwatch.GetElapsedTime(began);
        if (Verify) store.Verify(query, text.Source, cancel);
        string? file = null;
        if (Out is not null)
        {
            file = Path.Combine(Out, $"{name}.{Format}");
            AtomicFile.Write(file, to => Write(result, Format, to));
        }
        Answered?.Invoke(name, result, file, took);
    }

    /// <summary>Writes a result in a format.</summary>
    public static void Write(QueryResult result, string format, Stream to)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (format == "json") result.WriteJson(to);
        else if (format == "arrow") result.WriteArrow(to);
        else result.WriteCsv(to);
    }
}
