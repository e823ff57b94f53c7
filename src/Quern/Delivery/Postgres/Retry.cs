using Npgsql;
using Polly;
using Polly.Retry;
using Quern.Delivery.Postgres.Sessions;

namespace Quern.Delivery.Postgres;

/// <summary>Tries a load again that failed for a passing reason: the network, a restart, a lock, a conflict. Each attempt begins with
/// nothing in the database of the one before, so no row comes twice.</summary>
static class Retry
{
    const int MostAttempts = 20;

    static readonly TimeSpan First = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    /// <summary>Runs an attempt until one succeeds, or fails for another reason, or the time is over.</summary>
    /// <param name="budget">Time from the first failure on, in which a further attempt may begin.</param>
    /// <param name="shipment">What is loaded.</param>
    /// <param name="attempt">The work.</param>
    /// <param name="cancel">Ends it.</param>
    public static T Run<T>(TimeSpan budget, Shipment shipment, Func<T> attempt, CancellationToken cancel)
    {
        var time = shipment.Run?.Time ?? TimeProvider.System;
        long? failed = null;
        var (writes, failures) = (0L, 0L);
        var pipeline = new ResiliencePipelineBuilder<T> { TimeProvider = time }.AddRetry(new RetryStrategyOptions<T>
        {
            MaxRetryAttempts = MostAttempts,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = First,
            MaxDelay = Longest,
            ShouldHandle = args => new(args.Outcome.Exception is { } e && MayPass(e)),
            OnRetry = _ =>
            {
                shipment.Run?.Warn("QN8289", "a load failed for a passing reason and was tried again");
                return default;
            },
        }).Build();
        try
        {
            return pipeline.Execute(
                _ =>
                {
                    writes++;
                    return attempt();
                },
                cancel);
        }
        finally
        {
            shipment.Run?.Set("load_attempts", writes);
            shipment.Run?.Set("load_failures", failures);
        }

        bool MayPass(Exception e)
        {
            failures++;
            // Nobody answers at all: that is told at once, unless somebody did before.
            var isNew = failures == writes && e is QuernException { InnerException: not PostgresException };
            if (shipment.IsReadOnce || isNew && writes == 1 || !PostgresFaults.IsTransient(e)) return false;
            failed ??= time.GetTimestamp();
            return time.GetElapsedTime(failed.Value) < budget;
        }
    }
}
