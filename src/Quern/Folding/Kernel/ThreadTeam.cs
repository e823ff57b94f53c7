using System.Runtime.ExceptionServices;

namespace Quern.Folding.Kernel;

/// <summary>Runs pieces of work at once, each on a thread of its own.</summary>
static class ThreadTeam
{
    /// <summary>Runs all and waits; the first failure is thrown when all have ended.</summary>
    /// <param name="work">The pieces.</param>
    /// <param name="onFailure">Called when one has failed, so that the others end.</param>
    public static void Run(IReadOnlyList<Action> work, Action onFailure)
    {
        ExceptionDispatchInfo? first = null;
        var gate = new Lock();
        var threads = work.Skip(1).Select(piece => new Thread(() => Try(piece)) { IsBackground = true, Name = "fold" }).ToList();
        foreach (var thread in threads) thread.Start();
        Try(work[0]);
        foreach (var thread in threads) thread.Join();
        first?.Throw();

        void Try(Action piece)
        {
            try
            {
                piece();
            }
            catch (Exception e)
            {
                lock (gate) first ??= ExceptionDispatchInfo.Capture(e);
                onFailure();
            }
        }
    }
}
