namespace Quern.Projects.Reading;

/// <summary>Does the same to each of many things on all processors, with results, and the error, as if it were done in order.</summary>
static class Each
{
    /// <summary>Fewer things than this are not worth a second thread.</summary>
    const int FewestForThreads = 4;

    /// <summary>Makes a result of each item, in their order.</summary>
    /// <exception cref="QuernException">That of the first item which failed.</exception>
    public static TResult[] Of<TItem, TResult>(IReadOnlyList<TItem> items, Func<TItem, TResult> make, CancellationToken cancel = default)
    {
        var results = new TResult[items.Count];
        if (items.Count < FewestForThreads)
        {
            for (var i = 0; i < results.Length; i++) results[i] = make(items[i]);
            return results;
        }
        var failed = items.Count;
        QuernException? failure = null;
        var gate = new Lock();
        Parallel.For(0, items.Count, new ParallelOptions { CancellationToken = cancel, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            if (i > Volatile.Read(ref failed)) return;
            try
            {
                results[i] = make(items[i]);
            }
            catch (QuernException e)
            {
                lock (gate)
                {
                    if (i >= failed) return;
                    (failed, failure) = (i, e);
                }
            }
        });
        return failure is null ? results : throw failure;
    }
}
