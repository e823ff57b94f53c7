using Quern.Delivery.S3;

namespace Quern.Delivery.Postgres.Importing;

/// <summary>Where files wait in S3 until the server has imported them.</summary>
/// <param name="url">Bucket, and what names begin with.</param>
/// <param name="settings">How S3 is reached.</param>
/// <param name="region">The bucket's region, as the server is told it.</param>
sealed class ImportBucket(S3Url url, S3Settings settings, string region) : IDisposable
{
    /// <summary>What names of ours begin with, behind the prefix.</summary>
    const string Mark = "quern-load-";

    /// <summary>No load takes so long.</summary>
    static readonly TimeSpan Leftover = TimeSpan.FromDays(1);

    S3Store? _store;

    /// <summary>The bucket's name.</summary>
    public string Name => url.Bucket;

    /// <summary>Its region.</summary>
    public string Region => region;

    /// <summary>What names of a load begin with.</summary>
    public string Stem => $"{url.Key.TrimEnd('/')}/{Mark}";

    /// <summary>The bucket.</summary>
    public S3Store Store => _store ??= new S3Store(settings, url.Bucket);

    /// <summary>Removes what killed loads left.</summary>
    public void RemoveLeftovers(CancellationToken cancel)
    {
        foreach (var (key, changed) in Store.List(Stem, cancel).GetAwaiter().GetResult())
            if (settings.Clock.GetUtcNow() - changed > Leftover) Remove(key);
    }

    /// <summary>Removes an object; one that stays is removed by a later load.</summary>
    public void Remove(string key)
    {
        try
        {
            Store.Delete(key, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (QuernException)
        {
            // The rows are what counts.
        }
    }

    /// <summary>Whether names can be listed there; the reason when not.</summary>
    public string? WhyNot(CancellationToken cancel)
    {
        try
        {
            Store.Check(Stem, cancel).GetAwaiter().GetResult();
            return null;
        }
        catch (QuernException e)
        {
            return e.Fault.What;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _store?.Dispose();
}
