namespace Quern.Bench.Months;

/// <summary>A month as the operator delivers it: <c>input/*.csv</c> or <c>input/*.csv.gz</c>.</summary>
/// <param name="cluster">The month.</param>
/// <param name="folder">The month's folder.</param>
/// <param name="compress">Whether files are compressed.</param>
/// <param name="hash">Whether to hash them.</param>
/// <param name="threads">Files written at a time.</param>
sealed class CsvMonth(Cluster cluster, string folder, bool compress, bool hash, int threads) : MonthOutput
{
    readonly ReportKind[] _kinds = ReportKind.All(cluster);

    public override string Folder => Path.Combine(folder, "input");

    string Extension => compress ? ".csv.gz" : ".csv";

    public override long Need() => _kinds.Sum(kind => DiskNeed.OfCsv(kind, compress));

    public override IReadOnlyList<FinishedFile> Write()
    {
        var work = _kinds.SelectMany(kind => Enumerable.Range(0, kind.Files).Select(index => (kind, index))).ToArray();
        var done = new FinishedFile[work.Length];
        Parallel.For(0, work.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
        {
            var (kind, index) = work[i];
            var name = cluster.Plan.FileName(kind.Name, index, kind.Files) + Extension;
            done[i] = CsvOutput.Write(kind.Create(index), Path.Combine(Folder, name), hash);
        });
        return done;
    }

    public override void Check() => new CsvCheck(cluster, Folder, Extension).Run();
}
