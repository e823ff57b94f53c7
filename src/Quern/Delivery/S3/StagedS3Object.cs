using Quern.Running;

namespace Quern.Delivery.S3;

/// <summary>An object that is sent, as far as nobody sees it: a large one in parts, a small one not yet.</summary>
sealed class StagedS3Object : StagedOutput
{
    readonly Destination _to;
    readonly S3Store _store;
    readonly string _key;
    readonly LocalCopy _local;
    S3Parts? _parts;

    StagedS3Object(Destination to, S3Store store, string key, LocalCopy local, S3Parts? parts) : base(local.Made.Rows)
    {
        _to = to;
        _store = store;
        _key = key;
        _local = local;
        _parts = parts;
    }

    /// <inheritdoc/>
    public override bool IsContended => true;

    /// <inheritdoc/>
    public override string? Path => _local.Path;

    /// <summary>Sends what can be sent.</summary>
    /// <exception cref="QuernException">S3 did not take it.</exception>
    public static StagedS3Object Send(Destination to, S3Store store, S3Url url, LocalCopy local, CancellationToken cancel)
    {
        var isLarge = new FileInfo(local.Path).Length >= store.PartBytes;
        return new StagedS3Object(
            to, store, url.Key, local, isLarge ? store.Begin(url.Key, local.Path, cancel).GetAwaiter().GetResult() : null);
    }

    /// <inheritdoc/>
    public override RunOutput Commit()
    {
        var bytes = new FileInfo(_local.Path).Length;
        if (_parts is { } parts) _store.Complete(parts, CancellationToken.None).GetAwaiter().GetResult();
        else _store.Put(_key, _local.Path, CancellationToken.None).GetAwaiter().GetResult();
        _parts = null;
        return new RunOutput(_to.Name, _to.Kind, Rows, bytes);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_parts is { } parts) _store.Abort(parts).GetAwaiter().GetResult();
        _parts = null;
        _store.Dispose();
        _local.Dispose();
    }
}
