namespace Quern.Bench.Months;

/// <summary>A form in which a month is written: report files, or a lake.</summary>
abstract class MonthOutput
{
    /// <summary>Folder inside the month's own that gets all files; must be new or empty.</summary>
    public abstract string Folder { get; }

    /// <summary>Estimate of the disk it takes at most, temporary files included.</summary>
    public abstract long Need();

    /// <summary>Writes every file.</summary>
    public abstract IReadOnlyList<FinishedFile> Write();

    /// <summary>Reads every file again and compares it with the plan.</summary>
    /// <exception cref="BenchException">A file does not hold what it should.</exception>
    public abstract void Check();
}
