using System.Diagnostics;
using Quern.Bench.Terminal;

namespace Quern.Bench.Months;

/// <summary>Generates a month into a folder and says what it wrote.</summary>
/// <param name="plan">What to generate.</param>
/// <param name="folder">Gets <c>input/</c> and <c>params.json</c>.</param>
/// <param name="threads">Files written at a time.</param>
sealed class MonthJob(MonthPlan plan, string folder, int threads)
{
    readonly Cluster _cluster = new(plan);

    /// <summary>Whether files are <c>.csv.gz</c>.</summary>
    public bool Compress { get; init; }

    /// <summary>Whether to hash the files.</summary>
    public bool Hash { get; init; } = true;

    string InputFolder => Path.Combine(folder, "input");

    /// <summary>Writes the month.</summary>
    /// <exception cref="BenchException">Too little disk.</exception>
    public void Run()
    {
        var clock = Stopwatch.StartNew();
        var kinds = ReportKind.All(_cluster);
        Directory.CreateDirectory(InputFolder);
        var need = kinds.Sum(kind => DiskNeed.Of(kind, Compress));
        Out.Note($"{plan.Rows:N0} pod rows, {_cluster.Pods.Count:N0} pods, " +
            $"{_cluster.LabelSets.Count:N0} label sets, {_cluster.Nodes.Length} nodes, {_cluster.Namespaces.Length} namespaces, {_cluster.Volumes.Length} volumes");
        Out.Note($"needs about {Size.Of(need)} of disk in {folder}");
        DiskNeed.Require(folder, need);

        var work = kinds.SelectMany(kind => Enumerable.Range(0, kind.Files).Select(index => (kind, index))).ToArray();
        var done = new FinishedFile[work.Length];
        Parallel.For(0, work.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var (kind, index) = work[i];
            var name = plan.FileName(kind.Name, index, kind.Files) + (Compress ? ".csv.gz" : ".csv");
            done[i] = CsvOutput.Write(kind.Create(index), Path.Combine(InputFolder, name), Hash);
        });
        MonthParameters.Write(_cluster, Path.Combine(folder, "params.json"));
        Tell(done, clock.Elapsed);
    }

    /// <summary>Reads the month again and compares it with the plan.</summary>
    /// <exception cref="BenchException">A file does not hold what it should.</exception>
    public void Check() => new MonthCheck(_cluster, InputFolder, Compress ? ".csv.gz" : ".csv").Run();

    void Tell(FinishedFile[] files, TimeSpan took)
    {
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(folder, file.Path);
            Out.Line($"{file.Rows,13:N0} rows {file.Bytes,15:N0} bytes  {file.Sha256}  {name}");
        }
        var (rows, bytes, seconds) = (files.Sum(file => file.Rows), files.Sum(file => file.Bytes), took.TotalSeconds);
        Out.Line($"{rows,13:N0} rows {bytes,15:N0} bytes  in {seconds:F2} s " +
            $"({rows / seconds / 1e6:F2} M rows/s, {bytes / seconds / 1e6:F0} MB/s)");
    }
}
