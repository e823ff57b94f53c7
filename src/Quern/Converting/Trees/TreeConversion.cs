using System.Globalization;
using Quern.Budget;
using Quern.Files;
using Quern.Running;

namespace Quern.Converting.Trees;

/// <summary>Makes a Parquet file of each CSV file below a folder, and of what has not changed nothing anew. The CSV files stay.</summary>
/// <param name="run">The run.</param>
/// <param name="request">What is asked for.</param>
public sealed class TreeConversion(Run run, TreeRequest request)
{
    const string Csv = ".csv";

    static readonly string[] Endings = [Csv, ".tsv", ".csv.gz", ".tsv.gz", ".csv.zst", ".tsv.zst"];

    readonly string _from = Path.GetFullPath(request.Folder, request.Each.BaseDirectory).TrimEnd('/');
    readonly string _to = Path.GetFullPath(request.Each.Output, request.Each.BaseDirectory).TrimEnd('/');

    /// <summary>Is given what became of each file, in the order in which they were converted, also when some failed.</summary>
    public Action<IReadOnlyList<TreeEntry>>? Tell { get; init; }

    /// <summary>Does the work: largest files first; a file that fails does not stop the others.</summary>
    /// <exception cref="QuernException">QN1150: some files could not be converted; the others are, and the sources are written.</exception>
    public void Make()
    {
        var files = Find();
        Directory.CreateDirectory(_to);
        TreeSources.Check(_to, request.Each.Output);
        using var rejects = TreeRejects.Of(request, _from);
        var state = TreeState.Load(_to, request.Each);
        var entries = new List<TreeEntry>(files.Count);
        try
        {
            foreach (var (file, name) in files)
            {
                run.Cancellation.ThrowIfCancellationRequested();
                entries.Add(Entry(file, name, state, rejects));
            }
        }
        finally
        {
            state.Save(files.Select(f => f.Name));
            rejects?.Complete();
        }
        TreeSources.Write(Path.GetFileName(_from), _from, _to, entries);
        Tell?.Invoke(entries);
        if (entries.Any(e => e.Fault is not null)) throw Failed([.. entries.Where(e => e.Fault is not null)]);
    }

    /// <summary>What <see cref="Make"/> would do.</summary>
    public IEnumerable<string> Explain()
    {
        var files = Find();
        var state = TreeState.Load(_to, request.Each);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{files.Count:N0} CSV files below {request.Folder}, {new MemorySize(files.Sum(f => f.File.SizeBytes))}; largest first");
        foreach (var (file, name) in files)
        {
            var parquet = ParquetOf(name);
            var isDone = FileStat.TryRead(file.RealPath) is { } stat && state.Unchanged(name, stat, Path.Combine(_to, parquet)) is not null;
            yield return $"  {name} ({new MemorySize(file.SizeBytes)}) to {parquet}{(isDone ? ", which is there and unchanged" : "")}";
        }
        yield return $"writes {Path.Combine(request.Each.Output, TreeSources.Name)}; the CSV files stay";
    }

    List<(InputFile File, string Name)> Find()
    {
        using var step = run.Step("look for CSV files");
        var files = InputFiles.Find(request.Each.BaseDirectory, [request.Folder], Endings, run.Cancellation)
            .Select(file => (File: file, Name: Path.GetRelativePath(_from, file.Path)))
            .OrderByDescending(f => f.File.SizeBytes).ThenBy(f => f.Name, StringComparer.Ordinal).ToList();
        step.Count(0, files.Sum(f => f.File.SizeBytes));
        return files;
    }

    TreeEntry Entry(InputFile file, string name, TreeState state, TreeRejects? rejects)
    {
        var entry = new TreeEntry(name, file.SizeBytes, ParquetOf(name));
        var parquet = Path.Combine(_to, entry.Parquet);
        var started = run.Time.GetUtcNow();
        var stat = FileStat.TryRead(file.RealPath);
        if (stat is { } now && state.Unchanged(name, now, parquet) is { } known)
            return entry with { ParquetBytes = Size(parquet), Rows = known, IsUnchanged = true };
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(parquet)!);
            var (written, rejected) = (run.Rows.Written, run.Rows.Rejected);
            Convert(name, entry.Parquet, rejects);
            var rows = run.Rows.Written - written;
            rejected = run.Rows.Rejected - rejected;
            rejects?.Take(name, rejected > 0);
            // Rows that are set aside are told by every run.
            if (rejected == 0 && FileStat.TryRead(file.RealPath) is { } after && after.Changed == stat?.Changed)
                state.Add(name, after, started, parquet, rows);
            return entry with { ParquetBytes = Size(parquet), Rows = rows, Rejected = rejected };
        }
        catch (QuernException e)
        {
            rejects?.Take(name, rows: true);
            // A result of an earlier run stays, and nobody is led to it: it is not what the file holds now.
            return entry with { Fault = e.Fault };
        }
    }

    /// <summary>As the caller would name the file, so that messages and the report do.</summary>
    void Convert(string name, string parquet, TreeRejects? rejects)
    {
        var each = request.Each with { Inputs = [Below(request.Folder, name)], Output = Below(request.Each.Output, parquet) };
        if (rejects?.For(name) is (var path, var told)) each = each with { Rejects = path, RejectsName = told };
        new Conversion(run, each).Make();
    }

    static string Below(string folder, string name) => folder is "." or "./" ? name : Path.Combine(folder, name);

    static string ParquetOf(string name) =>
        (name.EndsWith(Csv, StringComparison.OrdinalIgnoreCase) ? name[..^Csv.Length] : name) + ".parquet";

    static long? Size(string path) => FileStat.TryRead(path)?.SizeBytes;

    QuernException Failed(List<TreeEntry> failed) => new(new Fault("QN1150", "some files could not be converted")
    {
        Where = request.Folder,
        Value = string.Join(", ", failed.Take(5).Select(e => $"{e.Name} ({e.Fault!.Code})"))
            + (failed.Count > 5 ? $" and {failed.Count - 5} more" : ""),
        Try =
        [
            $"quern convert {Below(request.Folder, failed[0].Name)} out.parquet     to try one of them",
            "the others are converted: a next run takes these only",
        ],
    });
}
