namespace Quern.Loading.Benchmark;

/// <summary>Where a method stands among the others: medians of its rounds.</summary>
/// <param name="Rank">1 is the fastest by rows a second; equals share a rank.</param>
/// <param name="Trial">What was measured.</param>
/// <param name="Seconds">Median.</param>
/// <param name="RowsPerSecond">Rows of a load by the median.</param>
/// <param name="BytesPerSecond">The same in bytes of COPY BINARY, whatever the method sends; null when these are not known.</param>
/// <param name="CpuSeconds">Median; null when there is none but the server.</param>
/// <param name="PeakBytes">The most of all rounds; null when it is not known.</param>
/// <param name="Ratio">Its rows a second by those of the method that it is measured against.</param>
public sealed record LoadStanding(
    int Rank,
    LoadTrial Trial,
    double Seconds,
    double RowsPerSecond,
    double? BytesPerSecond,
    double? CpuSeconds,
    long? PeakBytes,
    double Ratio)
{
    /// <summary>Ranks methods, the fastest first.</summary>
    /// <param name="trials">The methods.</param>
    /// <param name="against">Name of the one that ratios refer to.</param>
    /// <param name="rowBytes">Bytes of a row in COPY BINARY; null when that is not known.</param>
    /// <exception cref="ArgumentException">None of the methods has that name.</exception>
    public static IReadOnlyList<LoadStanding> Of(IReadOnlyList<LoadTrial> trials, string against, double? rowBytes)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var rates = trials.Select(t => t.Rows / Median(t.Efforts.Select(e => e.Seconds))).ToList();
        var at = trials.ToList().FindIndex(t => t.Name == against);
        if (at < 0) throw new ArgumentException($"no method is called {against}", nameof(against));
        return
        [
            .. trials.Select((trial, i) => new LoadStanding(
                    1 + rates.Count(r => r > rates[i]),
                    trial,
                    Median(trial.Efforts.Select(e => e.Seconds)),
                    rates[i],
                    rates[i] * rowBytes,
                    trial.Efforts.Any(e => e.CpuSeconds is null) ? null : Median(trial.Efforts.Select(e => e.CpuSeconds!.Value)),
                    trial.Efforts.Max(e => e.PeakBytes),
                    rates[i] / rates[at]))
                .OrderBy(s => s.Rank),
        ];
    }

    /// <summary>The middle value; the mean of the two in the middle of an even number.</summary>
    static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
