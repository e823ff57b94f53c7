namespace Quern.Rollups.Store;

/// <summary>Keeps a store mapped until it is disposed.</summary>
sealed class StoreUse : IDisposable
{
    RollupFiles? _files;

    internal StoreUse(RollupFiles files) => _files = files;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _files, null)?.Release();
}
