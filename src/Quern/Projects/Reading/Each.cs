using System.Runtime.ExceptionServices;

namespace Quern.Projects.Reading;

/// <summary>Does the same to each of many things on all processors, with results, and the error, as if it were done in order.</summary>
static class Each
{
    /// <summary>Fewer things than this are not worth a second thread.</summary>
    const int FewestForThreads = 4;

    /// <summary>Makes a result of each item, in their order.</summary>
    /// <remarks>Not by <see cref="Parallel"/>: its code is compiled while a command starts, which takes longer than most of its work.</remarks>
    /// <exception cref="QuernException">That of the first item which failed.</exception>
    public static TResult[] Of<TItem, TResult>(IReadOnlyList<TItem> items, Func<TItem, TResult> make, CancellationToken cancel = default)
    {
        var results = new TResult[items.Count];
        if (items.Count < FewestForThreads)
        {
            for (var i = 0; i < results.Length; i++) results[i] = make(items[i]);
            return results;
        }
        var (next, failed) = (-1, items.Count);
        ExceptionDispatchInfo? failure = null;
        var gate = new Lock();
        var others = new Task[Math.Min(Environment.ProcessorCount, results.Length) - 1];
        for (var i = 0; i < others.Length; i++) others[i] = Task.Run(Work, CancellationToken.None);
        Work();
        Task.WaitAll(others, CancellationToken.None);
        failure?.Throw();
        cancel.ThrowIfCancellationRequested();
        return results;

        // Never throws. Items are begun in their order: whatever is before the first that fails is done, or fails itself.
        void Work()
        {
            for (int i; !cancel.IsCancellationRequested && (i = Interlocked.Increment(ref next)) < Volatile.Read(ref failed);)
            {
                try
                {
                    results[i] = make(items[i]);
                }
                catch (Exception e)
                {
                    lock (gate)
                    {
                        if (i < failed) (failed, failure) = (i, ExceptionDispatchInfo.Capture(e));
                    }
                }
            }
        }
    }
}
