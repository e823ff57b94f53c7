using System.Diagnostics;
using Quern.Bench.Terminal;

namespace Quern.Bench.Months;

/// <summary>Generates a month into a folder and says what it wrote.</summary>
static class MonthJob
{
    /// <summary>Writes the month and <c>params.json</c>.</summary>
    /// <param name="cluster">What to write.</param>
    /// <param name="output">In which form.</param>
    /// <param name="folder">The month's folder.</param>
    /// <exception cref="BenchException">Too little disk, or files of an earlier month are in the way.</exception>
    public static void Run(Cluster cluster, MonthOutput output, string folder)
    {
        var clock = Stopwatch.StartNew();
        Directory.CreateDirectory(output.Folder);
        if (Directory.EnumerateFileSystemEntries(output.Folder).Any())
            throw new BenchException($"{output.Folder} is not empty; remove it first");
        Out.Note($"{cluster.Plan.Rows:N0} pod rows, {cluster.Pods.Count:N0} pods, " +
            $"{cluster.LabelSets.Count:N0} label sets, {cluster.Nodes.Length} nodes, " +
            $"{cluster.Namespaces.Length} namespaces, {cluster.Volumes.Length} volumes");
        var need = output.Need();
        Out.Note($"needs about {Size.Of(need)} of disk in {folder}");
        DiskNeed.Require(folder, need);
        var files = output.Write();
        MonthParameters.Write(cluster, Path.Combine(folder, "params.json"));
        Tell(files, folder, clock.Elapsed.TotalSeconds);
    }

    static void Tell(IReadOnlyList<FinishedFile> files, string folder, double seconds)
    {
        foreach (var file in files)
        {
            var name = Path.GetRelativePath(folder, file.Path);
            Out.Line($"{file.Rows,13:N0} rows {file.Bytes,15:N0} bytes  {file.Sha256}  {name}");
        }
        var (rows, bytes) = (files.Sum(file => file.Rows), files.Sum(file => file.Bytes));
        Out.Line($"{rows,13:N0} rows {bytes,15:N0} bytes  in {seconds:F2} s " +
            $"({rows / seconds / 1e6:F2} M rows/s, {bytes / seconds / 1e6:F0} MB/s)");
    }
}
